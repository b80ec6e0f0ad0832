# SPDX-License-Identifier: Apache-2.0
"""The centre's database: PostgreSQL for a country, SQLite for trying it out and for a hall.

``Database.write()`` is one transaction and ``Database.read()`` one snapshot. What a busy or
absent database says becomes :class:`Busy`, after which nothing was done and the caller may ask
again; laptops do so by themselves.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine, MetaData, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool

from desktop.centre.migrations import migrate
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.chain import canonical

Clock = Callable[[], datetime]
"""Gives an aware datetime."""

STATEMENT_MILLISECONDS: Final = 30_000
LOCK_MILLISECONDS: Final = 10_000
IDLE_MILLISECONDS: Final = 60_000

# Lock not available, deadlock, could not serialise, statement cancelled by its timeout, too many
# connections, the server is going down or not yet up.
_TRANSIENT: Final = frozenset(
    {"55P03", "40P01", "40001", "57014", "53300", "57P01", "57P02", "57P03"}
)

_GONE: Final = frozenset({"57P01", "57P02", "57P03"})
_SQLITE_TRANSIENT: Final = ("SQLITE_BUSY", "SQLITE_LOCKED")


class Busy(Problem):
    """The database could not do it now; nothing was done."""


class Unusable(Problem):
    """The database is not one this program can work with."""


def system_clock() -> datetime:
    """The computer's clock in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """An aware datetime as the tables keep it: ``2026-11-20T06:12:14.123Z``."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def new_id() -> str:
    """A new UUIDv7 as text."""
    number = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    number = number & ~(0xF << 76 | 0x3 << 62) | 0x7 << 76 | 0x2 << 62
    return str(uuid.UUID(int=number))


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. Made by :func:`open_database`; safe to share between threads."""

    engine: Engine
    clock: Clock = system_clock

    @property
    def is_postgresql(self) -> bool:
        """Whether this is PostgreSQL; otherwise it is SQLite."""
        return self.engine.dialect.name == "postgresql"

    def now(self) -> datetime:
        """The moment, aware, UTC."""
        return self.clock().astimezone(UTC)

    def stamp(self) -> str:
        """The moment as the tables keep it."""
        return stamp(self.clock())

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction, kept when the block ends well. Raises :class:`Busy`."""
        with _translated(self.engine), self.engine.connect() as raw:
            conn = raw.execution_options(centre_writes=True)
            with conn.begin():
                yield conn

    @contextmanager
    def read(self, *, snapshot: bool = False) -> Iterator[Connection]:
        """For reading. ``snapshot``: all statements see the same moment. Raises :class:`Busy`."""
        options: dict[str, Any] = {}
        if self.is_postgresql and snapshot:
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        elif self.is_postgresql:
            options = {"isolation_level": "AUTOCOMMIT"}
        with _translated(self.engine), self.engine.connect() as raw:
            conn = raw.execution_options(**options)
            with conn.begin():
                yield conn

    def check(self) -> None:
        """Raise :class:`Busy` unless the database answers."""
        with self.read() as conn:
            conn.exec_driver_sql("SELECT 1").scalar()

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def declared() -> MetaData:
    """Every table of the centre, the pages' own too."""
    from desktop.centre.schema import metadata
    from desktop.centre.staff import tables  # noqa: F401 - declares its tables in the metadata

    return metadata


def open_database(
    url: str, *, clock: Clock = system_clock, pool: int = 10, migrated: bool = True
) -> Database:
    """Open ``postgresql+psycopg://…`` or ``sqlite:///…`` and bring its tables up to date.

    ``pool`` connections are kept at most, and as many again under load. ``migrated=False``
    leaves the tables as they are. Raises :class:`Busy` when the server does not answer,
    :class:`Unusable` for another kind of database or one of a newer program.
    """
    address = make_url(url)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    if address.drivername == "postgresql+psycopg":
        engine = _postgresql(address, pool)
    elif address.drivername in ("sqlite", "sqlite+pysqlite"):
        if not address.database or address.database == ":memory:":
            raise Unusable(_("Give the file of the database: sqlite:///folder/centre.sqlite3"))
        engine = _sqlite(address, pool)
    else:
        raise Unusable(_("The centre keeps its data in PostgreSQL or SQLite, in nothing else."))
    database = Database(engine, clock)
    if migrated:
        try:
            with _translated(engine):
                migrate(engine)
        except BaseException:
            engine.dispose()
            raise
    return database


def _postgresql(address: Any, pool: int) -> Engine:
    options = (
        f"-c statement_timeout={STATEMENT_MILLISECONDS} -c lock_timeout={LOCK_MILLISECONDS} "
        f"-c idle_in_transaction_session_timeout={IDLE_MILLISECONDS} -c timezone=UTC "
        # A few rows of one scope are always found by its key; generic plans are right and cheap.
        # Rows are read in the order of their numbers, and not all of a scope's to sort them.
        "-c jit=off -c random_page_cost=1.1"
    )
    return create_engine(
        address,
        pool_size=pool,
        max_overflow=pool,
        pool_timeout=10,
        pool_recycle=1800,
        # Values of a failed statement are personal and must not stand in an error.
        hide_parameters=True,
        json_serializer=canonical,
        connect_args={"options": options, "connect_timeout": 10, "application_name": "samut"},
    )


def _sqlite(address: Any, pool: int) -> Engine:
    engine = create_engine(
        address,
        poolclass=QueuePool,
        pool_size=pool,
        max_overflow=pool,
        pool_timeout=10,
        hide_parameters=True,
        json_serializer=canonical,
        connect_args={"timeout": LOCK_MILLISECONDS / 1000, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def prepare(raw: sqlite3.Connection, _record: object) -> None:
        # Transactions are begun by the listener below and not by the driver's guessing.
        raw.isolation_level = None
        for pragma in (
            "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY",
            "secure_delete=ON",
        ):  # fmt: skip
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(conn: Connection) -> None:
        writes = conn.get_execution_options().get("centre_writes", False)
        conn.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def _translated(engine: Engine) -> Iterator[None]:
    """What a busy, absent or restarted database says, as :class:`Busy`.

    A connection that was lost while it lay in the pool is found by its first use: that one
    request is told to come again, and the pool is fresh for the next.
    """
    module: Any = engine.dialect.loaded_dbapi
    try:
        yield
    except PoolTimeout as wrong:
        raise _busy() from wrong
    except (DBAPIError, module.Error) as wrong:
        orig = wrong.orig if isinstance(wrong, DBAPIError) else wrong
        state = getattr(orig, "sqlstate", None)
        sqlite_says = getattr(orig, "sqlite_errorname", "")
        lost = isinstance(orig, module.OperationalError) and state is None and not sqlite_says
        if lost or state in _GONE:
            engine.dispose()
        if lost or state in _TRANSIENT or sqlite_says.startswith(_SQLITE_TRANSIENT):
            raise _busy() from wrong
        raise


def _busy() -> Busy:
    return Busy(_("The centre's database is busy or does not answer. Try again in a moment."))
