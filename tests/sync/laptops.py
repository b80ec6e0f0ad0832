# SPDX-License-Identifier: Apache-2.0
"""Whole laptops for tests: a real store with the shipped forms, joined to a real centre."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.actions import sync
from desktop.actions.joining import join
from desktop.sync.https import Https
from desktop.sync.invitation import Invitation
from tests.centre.running import RunningCentre
from tests.field import BY
from tests.village import Village


def laptop(at: RunningCentre, folder: Path, areas: tuple[str, ...] = ("63",)) -> Village:
    """A village whose laptop has joined; its clock is the field's."""
    village = Village.open(folder)
    store, clock = village.field.store, village.field.clock
    join(store, BY, Invitation(at.url, at.make_code(areas), at.pin), clock=clock)
    return village


@contextmanager
def line(village: Village) -> Iterator[Https]:
    """Its line to the centre."""
    opened = sync.open_line(village.field.store)
    assert opened is not None
    with opened:
        yield opened


def synced(village: Village, *, files: bool = True) -> sync.Round:
    """One round."""
    with line(village) as opened:
        return sync.sync_round(village.field.store, opened, blobs=opened if files else None)
