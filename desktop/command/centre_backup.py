# SPDX-License-Identifier: Apache-2.0
"""``samut centre backup`` and ``samut centre restore``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import Problem
from desktop.i18n import _, ngettext

if TYPE_CHECKING:
    from desktop.centre.config import Config


class NoBackup(Problem):
    """There is no such backup, or nothing to open it with."""


def backup(arguments: argparse.Namespace) -> int:
    """Copy everything to the other place, read it back, and say what is safe."""
    from desktop.centre.backup import make_backup
    from desktop.centre.centre import attachment_shelf, backup_shelf, open_centre
    from desktop.centre.own_files import keep_files

    centre = open_centre(arguments.folder)
    try:
        config = centre.config
        if not config.backup.recipient:
            raise NoBackup(
                _('Nothing says to whom backups are sealed. Put [backup] recipient = "age1…".')
            )
        destination = backup_shelf(config, arguments.to)
        made = make_backup(
            centre.database, attachment_shelf(config), destination, config.backup.recipient
        )
        keep_files(config, destination, made.name)
    finally:
        centre.close()
    print(
        ngettext(
            "{name}: {count} change, {size} bytes, read back and the same.",
            "{name}: {count} changes, {size} bytes, read back and the same.",
            made.ops,
        ).format(name=made.name, count=made.ops, size=made.size)
    )
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """Bring a backup back into an empty database, as a new history of the same centre."""
    from desktop.centre.centre import attachment_shelf, backup_shelf
    from desktop.centre.config import FILE, Config, read_config
    from desktop.centre.own_files import bring_files
    from desktop.centre.restore import restore_backup
    from desktop.centre.sealing import read_identity

    folder: Path = arguments.folder.expanduser().absolute()
    try:
        key = arguments.key.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as unread:
        raise NoBackup(
            _("The key that opens backups cannot be read from {file}.").format(file=arguments.key)
        ) from unread
    identity = read_identity(key)
    there = (folder / FILE).exists()
    place = backup_shelf(read_config(folder) if there else Config(folder), arguments.source)
    try:
        if not there:
            bring_files(folder, place, arguments.name, identity)
        config = read_config(folder)
        with _room_for(config) as aside:
            done = restore_backup(
                config.database_url, place, arguments.name, key, attachment_shelf(config)
            )
    except KeyError as missing:
        raise NoBackup(
            _("There is no backup {name} there.").format(name=arguments.name)
        ) from missing
    if aside is not None:
        print(_("The database that was here is now {file}").format(file=aside))
    changes = done.rows.get("op", 0)
    print(
        ngettext("{count} change is back.", "{count} changes are back.", changes).format(
            count=changes
        )
    )
    if done.missing:
        print(
            ngettext(
                "{count} photo is nowhere; a laptop that has it sends it again.",
                "{count} photos are nowhere; laptops that have them send them again.",
                len(done.missing),
            ).format(count=len(done.missing))
        )
    print(
        _(
            "This is history {epoch} of the centre. Start it; laptops then say again what the "
            "backup did not have."
        ).format(epoch=done.epoch)
    )
    return 0


@contextmanager
def _room_for(config: Config) -> Iterator[Path | None]:
    """Move a SQLite file out of the way, and back when the block fails; nothing is deleted but
    what the block itself began."""
    if not config.on_sqlite:
        yield None
        return
    file = Path(config.database_url.removeprefix("sqlite:///"))
    mark = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = file.with_name(f"{file.name}.before-{mark}")
    there = file.exists()
    if there:
        _move(file, aside)
    try:
        yield aside if there else None
    except BaseException:
        if there:
            for ending in _ENDINGS:
                file.with_name(file.name + ending).unlink(missing_ok=True)
            _move(aside, file)
        raise


_ENDINGS = ("-wal", "-shm", "")


def _move(source: Path, target: Path) -> None:
    for ending in _ENDINGS:
        part = source.with_name(source.name + ending)
        if part.exists():
            part.replace(target.with_name(target.name + ending))
