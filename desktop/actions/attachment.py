# SPDX-License-Identifier: Apache-2.0
"""The files of records as a window needs them."""

from __future__ import annotations

from desktop.store import attachment
from desktop.store.sealed import FileLost
from desktop.store.store import Store

__all__ = ["FileLost", "content"]


def content(store: Store, name: str) -> bytes:
    """The bytes of a kept file, by the name in an answer or by its hash. For a thread.

    Raises :class:`FileLost` when it is not on this computer, or is not what was kept.
    """
    return attachment.content(store, name)
