# SPDX-License-Identifier: Apache-2.0
"""The files of records as a window needs them."""

from __future__ import annotations

from desktop.errors import Problem
from desktop.i18n import _
from desktop.store import attachment
from desktop.store import record as records
from desktop.store.sealed import FileLost
from desktop.store.store import Store

__all__ = ["FileLost", "Withheld", "content", "shown"]


class Withheld(Problem):
    """A photo whose person took her consent back."""


def content(store: Store, name: str) -> bytes:
    """The bytes of a kept file, by the name in an answer or by its hash. For a thread.

    Raises :class:`FileLost` when it is not on this computer, or is not what was kept.
    """
    return attachment.content(store, name)


def shown(store: Store, reader: str, name: str) -> bytes:
    """The bytes of a file of a finished record, for somebody who reads it. For a thread.

    Of a photo that has not come from the centre yet it is the thumbnail, if that has. Raises
    :class:`Withheld` where no record that names it may show it to her, and :class:`FileLost` as
    :func:`content`.
    """
    sha256 = name.partition(".")[0]
    with store.read() as conn:
        if not records.shows(conn, reader, sha256):
            raise Withheld(_("The consent to photos was taken back. This photo is not shown."))
        small = "" if attachment.kept(conn, sha256) else attachment.thumbnail(conn, sha256)
    try:
        return attachment.content(store, small or name)
    except FileLost:
        if not small:
            raise
        return attachment.content(store, name)  # which says that it is not here
