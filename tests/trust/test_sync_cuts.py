# SPDX-License-Identifier: Apache-2.0
"""A line that is cut in the middle of a round, at whatever byte, loses and doubles nothing.

Here at places drawn by a seed; ``./test --campaign cuts --tls`` cuts at every byte.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from desktop.actions.sync import sync_round
from desktop.store.store import Store
from desktop.sync.carrier import Reach
from desktop.sync.http_line import Reply
from desktop.sync.https import Https
from tests.campaigns import cuts
from tests.trust import two_ends


def test_a_cut_line_loses_and_doubles_nothing() -> None:
    """Rows and a photo each way, then everything is compared. Mutants: below."""
    found = cuts.run(cuts.arguments("--sample", "30", "--seed", "4"))
    assert found["faults"] == []
    assert found["cut"] > 20
    assert found["taken_but_unheard"] > 0


@pytest.mark.parametrize(
    ("mutant", "cut", "says"),
    [
        ("believes", "600", "the centre has"),
        ("taken_again", "-1500", "doubled"),
        ("half_is_whole", "-300", "a photo did not come as it is"),
    ],
)
def test_what_a_cut_would_do_to_a_worse_program_is_noticed(
    mutant: str, cut: str, says: str
) -> None:
    """The mutants of the test above: sent counts as received; the centre takes again what it
    has; half a photo counts as one."""
    found = cuts.run(cuts.arguments(f"--at={cut}", "--mutant", mutant))
    assert any(says in fault for fault in found["faults"])


class _Meddled(Https):
    """Somebody on the line changes one byte of each answer, or gives the last one again."""

    place = 0
    before = b""

    def _call(self, method: str, path: str, *given: Any, **named: Any) -> Reply:
        reply = super()._call(method, path, *given, **named)
        kind, body = type(self), bytearray(reply.body)
        if kind.place < 0:
            return Reply(reply.status, reply.headers, kind.before)
        kind.before = reply.body
        body[kind.place % len(body)] ^= 1
        return Reply(reply.status, reply.headers, bytes(body))


def test_an_answer_that_is_not_the_centres_own_moves_no_mark(tmp_path: Path) -> None:
    """One byte of it changed, anywhere; or the answer to another question. Mutant: the
    nonce not looked at."""
    draw = random.Random(6)
    with cuts.plain_centre(tmp_path / "centre") as at:
        store = two_ends.found_laptop(at, tmp_path / "laptop")
        try:
            assert two_ends.finish(store) == []
            for number, place in enumerate([*range(0, 640, 40), *[-1] * 4]):
                two_ends.write_visit(store, number, draw, 0)
                marks = _marks(store)
                _Meddled.place = place
                with two_ends.line(store, kind=_Meddled) as bad:
                    done = sync_round(store, bad)
                assert (done.reach, done.acked, done.rows) == (Reach.STRANGER, 0, 0)
                assert _marks(store) == marks
            assert two_ends.finish(store) == []
            assert two_ends.lost_or_doubled(store, at.centre.database, set()) == []
        finally:
            store.close()


def _marks(store: Store) -> list[Any]:
    with store.read() as conn:
        return [
            conn.exec_driver_sql(f"SELECT * FROM {table}").fetchall()
            for table in ("stream_ack", "op_place", "scope_state", "received", "op_note")
        ]
