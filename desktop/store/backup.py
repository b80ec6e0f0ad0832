# SPDX-License-Identifier: Apache-2.0
"""Copies of the store, and going back to one.

A copy is encrypted with the same key, checked page by page before it gets its name, and has the
key file beside it (``2026-11-20.db`` and ``2026-11-20.keys.json``). The attachments it needs
are in ``attachments`` beside it, each once for all copies of that folder: a sealed file has a
name of its own and never changes.
"""

from __future__ import annotations

import re
import shutil
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2 as sqlite

from desktop.i18n import _
from desktop.store import check, sealed
from desktop.store.clock import Clock, instant, system_clock
from desktop.store.disk import FolderLock, flush_file, flush_folder, write_whole
from desktop.store.engine import connect
from desktop.store.errors import Damaged, WrongKey, damaged, no_store, spoken
from desktop.store.ids import new_id
from desktop.store.keys import KEY_FILE, DataKey

FILE: Final = "samut.db"
FOLDER: Final = "backups"
KEPT: Final = 7

_OF_A_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}\.db")
_SIDES: Final = ("", "-wal", "-shm", "-journal")


def backups(folder: Path) -> tuple[Path, ...]:
    """The copies of each day in the folder of a store, the newest first."""
    kept = folder / FOLDER
    if not kept.is_dir():
        return ()
    found = (path for path in kept.iterdir() if _OF_A_DAY.fullmatch(path.name))
    return tuple(sorted(found, reverse=True))


def copy_of_the_day(path: Path, key: DataKey, day: date) -> Path:
    """Copy the store at ``path``, in place of an earlier copy of that day; keep the last seven.

    Returns the copy. An older one is removed only after the new one is whole; files with other
    names are left alone.
    """
    to = path.parent / FOLDER / f"{day.isoformat()}.db"
    copy(path, key, to)
    with spoken():
        for old in backups(path.parent)[KEPT:]:
            old.unlink(missing_ok=True)
            old.with_suffix(".keys.json").unlink(missing_ok=True)
        _prune(to.parent, key)
    return to


def _prune(folder: Path, key: DataKey) -> None:
    """Remove the attachments that no copy in ``folder`` needs any more."""
    needed: set[str] = set()
    for path in folder.glob("*.db"):
        try:
            with closing(connect(path, key, write=False)) as raw:
                needed.update(_files(raw))
        except sqlite.Error:
            return  # a copy that cannot be read may need any of them
    sealed.sweep(folder, needed)


def _sealed(raw: Any) -> list[sealed.Sealed]:
    """The sealed files that a store needs; none for one before version 2."""
    there = raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'attachment_file'").fetchone()
    if there is None:
        return []
    rows = raw.execute("SELECT sha256, file, key, size FROM attachment_file")
    return [sealed.Sealed(*row) for row in rows]


def _files(raw: Any) -> list[str]:
    return [one.file for one in _sealed(raw)]


def copy(path: Path, key: DataKey, to: Path) -> None:
    """Copy the store at ``path`` to ``to`` in one snapshot, check it, then give it its name."""
    part = to.with_name(f"{to.name}.part")
    if not path.is_file():
        # A stick that was pulled out: no empty folder is to stand where the data was.
        raise no_store(path.parent)
    with spoken():
        to.parent.mkdir(parents=True, exist_ok=True)
        remove(part)
        try:
            with (
                closing(connect(path, key, write=False)) as source,
                closing(connect(part, key, write=True, create=True)) as target,
            ):
                source.backup(target)
                # A page of the source that is damaged is copied as zeros, under a seal that
                # holds: only the structure and the logs show it.
                if not check.settle(target) or not check.look(target).sound:
                    raise damaged()
                target.execute("COMMIT")
                files = _files(target)
            flush_file(part)
            # Before the copy has its name: a copy that is there is whole.
            sealed.copy(path.parent, to.parent, files)
            part.replace(to)
        finally:
            remove(part)
        flush_folder(to.parent)
        slots = path.parent / KEY_FILE
        if slots.exists():
            write_whole(to.with_suffix(".keys.json"), slots.read_bytes())


def restore(folder: Path, key: DataKey, backup: Path, clock: Clock = system_clock) -> Path:
    """Put ``backup`` in the place of the store of ``folder``, which must not be open.

    What was there is kept in the folder that is returned (``damaged-…``), for the centre to
    rescue from. The store goes on as a new device, because what the old one did after the backup
    may be known elsewhere already. At no moment is there no store. Raises :class:`Damaged` for a
    backup that is not sound, and leaves everything as it was.
    """
    path, part = folder / FILE, folder / f"{FILE}.part"
    now = clock()
    aside = folder / f"damaged-{now:%Y%m%d-%H%M%S}"
    with spoken():
        folder.mkdir(parents=True, exist_ok=True)
    with closing(FolderLock(folder)), spoken():
        try:
            remove(part)
            shutil.copyfile(backup, part)
            files = _become_new_device(part, key, clock)
            flush_file(part)
            aside.mkdir()
            if path.exists():
                shutil.copyfile(path, aside / FILE)
                flush_file(aside / FILE)
                # Those that only the old store opens are swept at the next opening.
                sealed.copy(folder, aside, [one.name for one in sealed.present(folder)])
            # One that is there and damaged is why somebody goes back; it stays put aside.
            sealed.remove(folder, [one.file for one in files if not sealed.opens(folder, one)])
            sealed.copy(backup.parent, folder, [one.file for one in files])
            # Another file's WAL beside the restored one would be read into it.
            for side in _SIDES[1:]:
                beside = path.with_name(path.name + side)
                if beside.exists():
                    beside.replace(aside / beside.name)
            flush_folder(aside)
            part.replace(path)
            flush_folder(folder)
            slots = backup.with_suffix(".keys.json")
            if not (folder / KEY_FILE).exists() and slots.exists():
                write_whole(folder / KEY_FILE, slots.read_bytes())
        finally:
            remove(part)
    return aside


def _become_new_device(part: Path, key: DataKey, clock: Clock) -> list[sealed.Sealed]:
    """Let the copy go on as another device; returns the files it needs."""
    try:
        with spoken(), closing(connect(part, key, write=True)) as raw:
            if not check.look(raw).sound:
                raise damaged()
            raw.execute("COMMIT")
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("UPDATE device SET is_this = 0")
            if raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'lease'").fetchone():
                # Numbers lent to the laptop may have been used after the backup was made.
                raw.execute("DELETE FROM lease")
            raw.execute(
                "INSERT INTO device (id, created_at, is_this) VALUES (?, ?, 1)",
                (new_id(), instant(clock()).utc),
            )
            raw.execute("COMMIT")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return _sealed(raw)
    except (Damaged, WrongKey) as problem:
        raise _unusable() from problem


def _unusable() -> Damaged:
    return Damaged(
        _(
            "This backup cannot be used: part of it is damaged. Nothing was changed. "
            "Choose an older one."
        )
    )


def remove(path: Path) -> None:
    """Remove a database file with what SQLite keeps beside it."""
    for side in _SIDES:
        path.with_name(path.name + side).unlink(missing_ok=True)
