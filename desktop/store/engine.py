# SPDX-License-Identifier: Apache-2.0
"""How a connection to the encrypted file is opened.

SQLCipher with the raw 256-bit key (no key derivation at each open), WAL, and
``synchronous=FULL``: with NORMAL a power cut loses commits that were acknowledged, and FULL
costs 0.15 ms. ``temp_store=MEMORY`` is a security setting: the default build would write sort
runs to a temporary file in the clear.

``cipher_memory_security`` stays OFF: ON wipes what SQLite frees, but Python's own copies of the
same text are never wiped, so only ending the process (the hard lock) empties the memory; and it
makes a roster of 10,000 rows 4.5 times slower to save (1.6 s against 0.36 s) and a check-in
0.25 ms. SQLCipher wipes the key itself in both cases.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlite

from desktop.store.keys import DataKey

APPLICATION_ID: Final = 0x53414D55  # "SAMU"

_BUSY_MS: Final = 5_000
_CACHE_KIB: Final = 65_536  # holds the database of a field office whole
_READERS: Final = 4

PRAGMAS: Final = (
    "temp_store = MEMORY",
    "foreign_keys = ON",
    "secure_delete = ON",
    f"cache_size = -{_CACHE_KIB}",
    f"busy_timeout = {_BUSY_MS}",
    "trusted_schema = OFF",
    "synchronous = FULL",
)

_ON_DISK_STORES: Final = {"file", "1", "default", "0"}


def _guard(action: int, name: str | None, value: str | None, *_rest: object) -> int:
    """Refuse the statements that would put plain text on the disk."""
    spills = (
        action == sqlite.SQLITE_PRAGMA
        and (name or "").lower() == "temp_store"
        and (value or "").lower() in _ON_DISK_STORES
    )
    refused = spills or action == sqlite.SQLITE_ATTACH
    return int(sqlite.SQLITE_DENY if refused else sqlite.SQLITE_OK)


def connect(path: Path, key: DataKey, *, write: bool, create: bool = False) -> Any:
    """A driver connection to ``path``, keyed and set up; readers are ``query_only``.

    Raises the driver's own errors: NOTADB for a wrong key, CANTOPEN, READONLY.
    """
    # A URI so that opening creates nothing; `as_uri` escapes what a folder's name may hold.
    connection = sqlite.connect(
        f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=_BUSY_MS / 1000,
        cached_statements=256,
    )
    try:
        for pragma in ("cipher_log_level = NONE", "cipher_memory_security = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute("PRAGMA journal_mode = WAL" if write else "PRAGMA query_only = ON")
        connection.set_authorizer(_guard)
    except BaseException:
        connection.close()
        raise
    return connection


def engine(path: Path, key: DataKey, *, write: bool) -> Engine:
    """An engine over ``path``: one connection for the writer, a few for readers."""
    made = create_engine(
        "sqlite://",
        module=sqlite,
        creator=lambda: connect(path, key, write=write),
        poolclass=QueuePool,
        pool_size=1 if write else _READERS,
        max_overflow=0 if write else _READERS,
        hide_parameters=True,  # an error text must not carry a person's name
    )
    begin = "BEGIN IMMEDIATE" if write else "BEGIN"

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return made
