# SPDX-License-Identifier: Apache-2.0
"""A real encrypted store with a clock that a test may set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store.store import Store
from tests.store.ground import KEY, SetClock


@pytest.fixture
def clock() -> SetClock:
    """The clock of :func:`store`."""
    return SetClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where :func:`store` lives."""
    return tmp_path / "store"


@pytest.fixture
def store(folder: Path, clock: SetClock) -> Iterator[Store]:
    """An empty store, open."""
    made = Store.create(folder, KEY, clock=clock)
    yield made
    made.close()
