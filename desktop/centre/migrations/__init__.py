# SPDX-License-Identifier: Apache-2.0
"""How older tables of the centre become newer ones: forward only, each step a transaction.

A migration is a module with one function named after what it does, for both databases. It
imports nothing from the project, because the project moves on and the migration must not. The
number it leads to stands in ``centre_version`` and is written in the same transaction. Several
services may start at once: one migrates, the others wait.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection, Engine, inspect

from desktop.centre.migrations.m0001_first import m0001_first
from desktop.errors import Problem
from desktop.i18n import _

STEPS: Final[tuple[Callable[[Connection], None], ...]] = (m0001_first,)
"""The step at place n leads from version n to n + 1."""

_LOCK: Final = 0x5A4D5544
"""A number of our own for PostgreSQL's advisory lock."""


class NewerDatabase(Problem):
    """The database was written by a newer version of the program."""


def newest() -> int:
    """The version this program writes."""
    return len(STEPS)


def version(conn: Connection) -> int:
    """The version of the database; 0 for an empty one."""
    if not inspect(conn).has_table("centre_version"):
        return 0
    return int(conn.exec_driver_sql("SELECT version FROM centre_version").scalar_one())


def migrate(engine: Engine, upto: int | None = None) -> None:
    """Bring the tables to the newest version, or to ``upto``. Raises :class:`NewerDatabase`."""
    upto = newest() if upto is None else upto
    while _step(engine, upto):
        pass


def _step(engine: Engine, upto: int) -> bool:
    """One step; False when there was none to take."""
    with engine.connect() as raw:
        conn = raw.execution_options(centre_writes=True)
        with conn.begin():
            if conn.dialect.name == "postgresql":
                # A large table may need longer than a statement of the service.
                conn.exec_driver_sql("SET LOCAL lock_timeout = 0")
                conn.exec_driver_sql("SET LOCAL statement_timeout = 0")
                conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            found = version(conn)
            if found > newest():
                raise NewerDatabase(
                    _(
                        "This database was written by a newer version of the program. "
                        "Install that version here."
                    )
                )
            if found >= upto:
                return False
            STEPS[found](conn)
            if found == 0:
                conn.exec_driver_sql("CREATE TABLE centre_version (version INTEGER NOT NULL)")
                conn.exec_driver_sql("INSERT INTO centre_version VALUES (0)")
            conn.exec_driver_sql(f"UPDATE centre_version SET version = {found + 1}")  # noqa: S608
    return True
