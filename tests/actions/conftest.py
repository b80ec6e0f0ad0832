# SPDX-License-Identifier: Apache-2.0
"""The stores that actions are tried on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store.store import Store
from tests.actions.proof_ground import other_office
from tests.hall import Hall, open_hall


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
