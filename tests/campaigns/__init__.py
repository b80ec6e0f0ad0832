# SPDX-License-Identifier: Apache-2.0
"""The long runs: ``python -m tests.campaigns.NAME --seeds A:B``.

Each prints one line of JSON at the end and leaves with 1 if anything was lost.
"""

from __future__ import annotations


def seeds(text: str) -> range:
    """``A:B`` as the seeds A, A + 1, … B - 1."""
    first, _colon, last = text.partition(":")
    return range(int(first), int(last) if last else int(first) + 1)
