# SPDX-License-Identifier: Apache-2.0
"""Making a centre: its folder, keys, authority, tables, and the first who may sign in.

``centre.toml`` is written last, so a folder that has it is a whole centre. What an attempt that
failed left behind is removed, except tables in a database that was there before.
"""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from desktop.centre import tls
from desktop.centre.centre import TLS_FOLDER
from desktop.centre.config import FILE, Config, checked, config_text
from desktop.centre.database import Clock, open_database, system_clock
from desktop.centre.identity import Identity, make_identity
from desktop.centre.staff import account as staff_account
from desktop.errors import Problem
from desktop.i18n import _

ALPHABET: Final = "abcdefghjkmnpqrstvwxyz23456789"
"""None of these is mistaken for another on paper."""
BACKUP_KEY: Final = "backup.key"
_LETTERS: Final = 16
_FOUNDER: Final = "samut centre init"


class NotEmpty(Problem):
    """The folder holds something already."""


@dataclass(frozen=True, slots=True)
class Founded:
    """A new centre."""

    config: Config
    identity: Identity
    pin: str
    """By which laptops know it; empty behind a proxy."""
    login: str
    password: str
    """Of the first administrator: shown once, to be changed at the first sign-in."""
    backup_key: Path | None = None
    """The file with the key that opens backups, to be taken away; None when the configuration
    names a recipient already."""


def found_centre(config: Config, login: str, clock: Clock = system_clock) -> Founded:
    """Make the centre that ``config`` decides on, with ``login`` as its first administrator.

    Raises :class:`NotEmpty`, and what its parts raise; then the folder is as it was.
    """
    checked(config)
    folder = config.folder
    if folder.exists() and any(folder.iterdir()):
        raise NotEmpty(
            _("{folder} is not empty. Choose a folder that is, or that is not there yet.").format(
                folder=folder
            )
        )
    there = folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    try:
        return _made(config, login, clock)
    except BaseException:
        for path in folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if not there:
            folder.rmdir()
        raise


def _made(config: Config, login: str, clock: Clock) -> Founded:
    folder = config.folder
    identity = make_identity(folder)
    config, backup_key = _with_backup_key(config)
    pin = ""
    if config.listen.tls == "own":
        tls.make_authority(folder / TLS_FOLDER, config.centre.name, clock())
        tls.make_server(folder / TLS_FOLDER, config.host_name, clock())
        pin = tls.authority_pin(folder / TLS_FOLDER)
    password = first_password()
    database = open_database(config.database_url, clock=clock)
    try:
        with database.write() as conn:
            staff_account.add(
                conn, login, login, "admin", password, by=_FOUNDER, now=database.now()
            )
    finally:
        database.close()
    (folder / FILE).write_text(config_text(config), "utf-8")
    return Founded(config, identity, pin, login, password, backup_key)


def _with_backup_key(config: Config) -> tuple[Config, Path | None]:
    if config.backup.recipient:
        return config, None
    import pyrage

    key = pyrage.x25519.Identity.generate()
    file = config.folder / BACKUP_KEY
    tls.keep_secret(file, f"{key}\n".encode())
    backup = replace(config.backup, recipient=str(key.to_public()))
    return replace(config, backup=backup), file


def first_password() -> str:
    """A password that can be read from paper: four groups of four."""
    letters = [secrets.choice(ALPHABET) for _letter in range(_LETTERS)]
    return "-".join("".join(letters[at : at + 4]) for at in range(0, _LETTERS, 4))
