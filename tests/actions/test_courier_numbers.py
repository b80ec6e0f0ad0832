# SPDX-License-Identifier: Apache-2.0
"""Certificate numbers that are asked for and lent by a stick: once, however often it is read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.actions import courier as action
from desktop.centre.lease import leases
from desktop.centre.stick import answer_stick
from desktop.store import certificate as register
from desktop.sync import courier
from tests.actions.test_joined_office import certificate_of
from tests.centre.running import RunningCentre
from tests.field import BY
from tests.sync.laptops import laptop
from tests.village import FIVE, Village

YEAR = 2569


@pytest.fixture
def village(at: RunningCentre, tmp_path: Path) -> Iterator[Village]:
    made = laptop(at, tmp_path / "one")
    made.visit(FIVE[0], 0)
    with made.field.store.write(BY) as write:
        register.put_certificate(write, certificate_of(1, 1))
    yield made
    made.field.store.close()


def _lent(at: RunningCentre) -> int:
    with at.centre.database.read() as conn:
        return len(leases(conn))


def test_a_stick_is_lent_numbers_once_however_often_it_is_read(
    at: RunningCentre, village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutants: every message of a large file asks for numbers, and each reading of the stick
    lends a block more: soon the centre may give none until its next backup."""
    monkeypatch.setattr(action, "_LIMIT", 2_000)
    store = village.field.store
    done = action.write(store, BY, tmp_path / "a.samut")
    assert done is not None
    receipt = tmp_path / courier.receipt_name("a.samut")
    for _time in range(3):
        answer_stick(at.centre, done.path, receipt)
        assert _lent(at) == 1
        action.read_receipt(store, BY, receipt)
    with store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM lease").scalar() == 1

    # The next file asks for nothing more; one whose receipt was lost may ask again.
    done = action.write(store, BY, tmp_path / "b.samut")
    assert done is not None
    answer_stick(at.centre, done.path, receipt)
    assert _lent(at) == 1
