# SPDX-License-Identifier: Apache-2.0
"""Nothing is kept that could never be sent: it would hold up everything written after it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from desktop.store.errors import TooLong
from desktop.store.oplog import MOST_OP
from desktop.store.store import Store
from desktop.store.sync import notebook
from desktop.sync.envelope import Kind, new_nonce, open_envelope, seal
from desktop.sync.keys import Keys
from desktop.sync.laptop import build_request
from desktop.sync.protocol import Request
from tests.store.ground import BY, KEY, SetClock

SCOPE = "t:630609"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path / "store", KEY, clock=SetClock())
    yield made
    made.close()


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_not_kept(store: Store, number: float) -> None:
    """Mutant: an op says Infinity, which is not JSON; the centre refuses the message it is in,
    and every later one that begins with it."""
    with pytest.raises(ValueError, match="no number"), store.write(BY) as write:
        write.put("household", "h1", SCOPE, area="630609", lat=number)
    with store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM household").scalar() == 0


def test_a_text_that_no_message_can_hold_is_refused_when_it_is_written(store: Store) -> None:
    """Mutant: it is kept, no envelope can be made of it, and nothing is ever sent again."""
    with pytest.raises(TooLong), store.write(BY) as write:
        write.put("household", "h1", SCOPE, area="630609", needs="ก" * MOST_OP)


def test_the_longest_text_that_is_kept_can_be_sent(store: Store) -> None:
    longest = "ก" * (MOST_OP // 3 - 1000)
    for n in range(3):
        with store.write(BY) as write:
            write.put("household", f"h{n}", SCOPE, area="630609", needs=longest)
    keys, nonce = Keys.make(), new_nonce()
    asked = build_request(notebook(store), now="2026-11-20T02:00:00Z")
    sealed = seal(
        Kind.REQUEST, str(uuid4()), asked.to_json(), keys.signing, created=1, nonce=nonce
    )
    opened = open_envelope(sealed, keys.public.signing, kind=Kind.REQUEST)
    told = Request.from_json(opened.payload)
    assert told.push[0].ops[0].body["set"]["needs"] == longest


def test_ten_thousand_changes_of_one_moment_go_in_parts(store: Store) -> None:
    fields = {"area": "630609", "needs": "ข้าวสาร" * 20, "welfare": [], "dependants": []}
    with store.write(BY) as write:
        write.put_many("household", [(f"h{n}", SCOPE, fields) for n in range(10_000)])
    asked = build_request(notebook(store), now="2026-11-20T02:00:00Z")
    assert 0 < len(asked.push[0].ops) < 10_000
    assert len(asked.push[0].ops) + asked.waiting == 10_000
