# SPDX-License-Identifier: Apache-2.0
"""The files of records to the centre and from it: what a round of sync does after the rows.

A file that came is sealed and flushed before its row is written; half a file is sealed as well,
and goes on from there in another round.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from typing import Any, Final

from desktop.store import attachment, centre, sealed, upload
from desktop.store.sealed import FileLost, Sealed
from desktop.store.store import Store
from desktop.store.upload import Upload
from desktop.sync.blob import Moved, Pace, Stop, fetch, send
from desktop.sync.carrier import BlobCarrier

THUMBNAIL: Final = 16 * 1024
"""Bytes: what is no larger comes before all else."""
A_ROUND: Final = 24 * 1024 * 1024
"""Bytes of pictures that are fetched in one round; the next goes on."""
ROOM: Final = 2 * 1024**3
"""Bytes that stay free on the disk whatever there is to fetch."""
_HALF: Final = "half:"
_WORTH: Final = 16 * 1024
_MANY: Final = 500

Progress = Callable[[int, int], object]


def send_files(
    store: Store, carrier: BlobCarrier, *, pace: Pace, stop: Stop, skip: Collection[str] = ()
) -> Moved:
    """Send what the centre does not have, thumbnails first; ``skip`` was refused before.

    Raises :class:`~desktop.sync.carrier.Unanswered`.
    """
    with store.read() as conn:
        waiting = [one for one in upload.waiting(conn, _MANY) if one.sha256 not in skip]
    sizes = {one.sha256: one.size for one in waiting}

    def came(sha256: str, offset: int) -> None:
        with store.write("") as write:
            if offset >= sizes[sha256]:
                upload.keep_sent(write, sha256)
            else:
                upload.keep_offset(write, sha256, offset)

    return send(carrier, waiting, content_reader(store), came, pace=pace, stop=stop)


def content_reader(store: Store) -> Callable[[str], bytes | None]:
    """Reads kept files by their hash; None for one that is lost or damaged."""

    def read(sha256: str) -> bytes | None:
        try:
            return attachment.content(store, sha256)
        except FileLost:
            return None

    return read


def fetch_files(
    store: Store, carrier: BlobCarrier, *, stop: Stop, skip: Collection[str] = (),
    most: int = A_ROUND,
) -> Moved:  # fmt: skip
    """Fetch what records here name and this laptop lacks, thumbnails first, then the newest
    pictures, up to ``most`` bytes and as long as the disk has room.

    Raises :class:`~desktop.sync.carrier.Unanswered`.
    """
    with store.read() as conn:
        missing = [one for one in upload.missing(conn, _MANY) if one.sha256 not in skip]
    missing.sort(key=lambda one: one.size > THUMBNAIL)  # stable: the newest stay first
    most = min(most, shutil.disk_usage(store.folder).free - ROOM)
    chosen: list[Upload] = []
    for one in missing:
        if one.size <= most:
            most -= one.size
            chosen.append(one)
    return fetch(
        carrier,
        chosen,
        lambda sha256: _half(store, sha256),
        lambda sha256, content, whole: _keep(store, sha256, content, whole=whole),
        stop=stop,
    )


def fetch_file(store: Store, carrier: BlobCarrier, sha256: str, *, stop: Stop) -> bool:
    """Fetch one file that somebody wants to see; whether it is here now.

    Raises :class:`~desktop.sync.carrier.Unanswered`.
    """
    with store.read() as conn:
        wanted = [one for one in upload.missing(conn, 100_000) if one.sha256 == sha256]
    fetch(
        carrier,
        wanted,
        lambda name: _half(store, name),
        lambda name, content, whole: _keep(store, name, content, whole=whole),
        stop=stop,
    )
    with store.read() as conn:
        return attachment.kept(conn, sha256) is not None


def _half(store: Store, sha256: str) -> bytes:
    """What came of a file before."""
    with store.read() as conn:
        noted = _noted(centre.value(conn, _HALF + sha256))
    if noted is None:
        return b""
    try:
        return sealed.read(store.folder, noted)
    except FileLost:
        return b""


def _noted(told: Any) -> Sealed | None:
    if not isinstance(told, list):
        return None
    sha256, file, key, size = told
    return Sealed(sha256, file, bytes.fromhex(key), size)


def _keep(store: Store, sha256: str, content: bytes, *, whole: bool) -> None:
    with store.read() as conn:
        before = _noted(centre.value(conn, _HALF + sha256))
    file = sealed.write(store.folder, content) if whole or len(content) >= _WORTH else None
    if file is None and before is None:
        return
    with store.write("") as write:
        if file is not None and whole and attachment.kept(write.conn, sha256) is None:
            attachment.keep_row(write, file)
        if whole:
            upload.keep_sent(write, sha256)  # it came from there
        half = None
        if file is not None and not whole:
            half = [file.sha256, file.file, file.key.hex(), file.size]
        centre.keep(write, _HALF + sha256, half)
    if before is not None:
        sealed.remove(store.folder, [before.file])
