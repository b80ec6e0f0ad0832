# SPDX-License-Identifier: Apache-2.0
"""Runs a campaign as a test does: shortly, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any


def tally(name: str, *arguments: str) -> dict[str, Any]:
    """What ``python -m tests.campaigns.NAME`` counted; its last line of JSON."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.campaigns.{name}", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    assert lines, done.stderr
    result: dict[str, Any] = json.loads(lines[-1])
    assert done.returncode == (1 if result["faults"] else 0), done.stderr
    return result
