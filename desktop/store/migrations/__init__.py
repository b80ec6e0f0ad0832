# SPDX-License-Identifier: Apache-2.0
"""How an older file becomes a newer one: forward only, each step in its own transaction.

A migration is a module with one function named after what it does. It imports nothing from the
project, because the project moves on and the migration must not. The number it leads to is kept
in ``user_version`` in the same transaction. The caller makes a backup before the first step.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from desktop.store.errors import newer_file
from desktop.store.migrations.m0001_first import m0001_first
from desktop.store.migrations.m0002_home_visits import m0002_home_visits
from desktop.store.migrations.m0003_sync import m0003_sync
from desktop.store.migrations.m0004_certificates import m0004_certificates

STEPS: Final[tuple[Callable[[Any], None], ...]] = (
    m0001_first,
    m0002_home_visits,
    m0003_sync,
    m0004_certificates,
)
"""The step at place n leads from version n to n + 1."""


def newest() -> int:
    """The version this program writes."""
    return len(STEPS)


def version(raw: Any) -> int:
    """The version of an open file; 0 for a new one."""
    return int(raw.execute("PRAGMA user_version").fetchone()[0])


def refuse_newer(found: int) -> None:
    """Raise :class:`NewerFile` for a file this program does not know."""
    if found > newest():
        raise newer_file()


def migrate(raw: Any) -> None:
    """Bring the file of the driver connection ``raw`` to the newest version."""
    refuse_newer(version(raw))
    for number in range(version(raw), newest()):
        raw.execute("BEGIN IMMEDIATE")
        try:
            STEPS[number](raw)
            raw.execute(f"PRAGMA user_version = {number + 1}")
            raw.execute("COMMIT")
        except BaseException:
            raw.rollback()
            raise
