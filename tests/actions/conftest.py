# SPDX-License-Identifier: Apache-2.0
"""The stores that actions are tried on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store.store import Store
from tests.actions.office_ground import Ground
from tests.actions.proof_ground import other_office
from tests.centre.running import RunningCentre, running_centre
from tests.field import Field, open_field
from tests.hall import Hall, open_hall
from tests.sync.laptops import laptop
from tests.village import Village


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """A real store with an event of one day, nobody on its roster yet."""
    made = open_hall(tmp_path / "hall")
    yield made
    made.store.close()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Store]:
    """The store of a laptop of another office."""
    made = other_office(tmp_path / "elsewhere")
    yield made.store
    made.store.close()


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    """An office with one event of two days."""
    made = Ground(tmp_path / "ground")
    yield made
    made.store.close()


@pytest.fixture
def field(tmp_path: Path) -> Iterator[Field]:
    """A store in which home visits are written down."""
    made = open_field(tmp_path / "store")
    yield made
    made.store.close()


@pytest.fixture
def at(tmp_path: Path) -> Iterator[RunningCentre]:
    """A centre that is called over TLS."""
    with running_centre(tmp_path / "centre") as running:
        yield running


@pytest.fixture
def village(at: RunningCentre, tmp_path: Path) -> Iterator[Village]:
    """A laptop that joined the centre."""
    made = laptop(at, tmp_path / "one")
    yield made
    made.field.store.close()
