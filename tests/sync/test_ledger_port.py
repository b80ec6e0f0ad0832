# SPDX-License-Identifier: Apache-2.0
"""The simulation's ledger does what the real ones do (``tests/centre/test_ledger.py``)."""

from __future__ import annotations

import pytest

from tests.sync.ledger_port import LedgerPort
from tests.sync.memory import Crash
from tests.sync.memory_ledger import MemoryLedger


@pytest.fixture
def ledger() -> MemoryLedger:
    made = MemoryLedger()
    made.fuse = 10**9  # it copies what it may have to take back only when it can die
    return made


class TestTheDictionaries(LedgerPort):
    """Everything the port asks."""

    death = Crash
