# SPDX-License-Identifier: Apache-2.0
"""``/v1/sync`` end to end: what one laptop says another hears, and nothing that was touched on the
way is taken."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from desktop.centre import audit
from desktop.centre.config import LimitsSection
from desktop.centre.device import device_of, revoke
from desktop.centre.schema import device as device_table
from desktop.sync.envelope import HEAD_BYTES, Kind, new_nonce, seal
from desktop.sync.keys import Keys
from desktop.sync.protocol import Pull
from desktop.sync.row import row_from_wire
from tests.centre.postgresql import Server
from tests.centre.running import (
    Laptop,
    RunningCentre,
    centre_in_process,
    milliseconds,
    state_hash,
)

TAMBON = "t:630101"
HOME = {"kind": "household", "id": "h-1", "set": {"village": "บ้านใหม่", "needs": "หลังคารั่ว"}}


@pytest.fixture
def at(tmp_path: Path) -> Iterator[RunningCentre]:
    with centre_in_process(tmp_path / "centre") as running:
        yield running


def test_what_one_laptop_says_another_hears(at: RunningCentre) -> None:
    first, second = at.laptop(), at.laptop()
    pushed = first.sync(first.push(TAMBON, HOME))
    heard = second.sync(pull=(Pull(TAMBON, 0),))

    assert pushed.push[0].last == 1
    assert not pushed.push[0].notes
    (page,) = heard.pull
    (row,) = (row_from_wire(wire) for wire in page.rows)
    assert (row.key, row.fields) == (("household", "h-1"), HOME["set"])
    assert TAMBON in (heard.scopes or ())


def test_all_of_it_stands_on_postgresql_too(tmp_path: Path, postgresql: Server) -> None:
    """Founding, joining, a push, a pull and a photo on the database of a country."""
    with centre_in_process(tmp_path / "centre", database=postgresql.new()) as at:
        first, second = at.laptop(), at.laptop()
        assert not first.sync(first.push(TAMBON, HOME)).push[0].notes
        assert _ids(second) == {"h-1"}
        photo = hashlib.sha256(b"photo").hexdigest()
        path = f"/v1/blob/{photo}"
        assert first.call("PATCH", path, body=b"photo", length=5).status_code == 204
        assert at.client.get("/healthz").json() == {"status": "ok"}
        assert at.centre.gauges()["samut_devices"][1] == 2


def test_what_was_read_and_written_is_in_the_audit_log_and_the_laptop_was_heard_of(
    at: RunningCentre,
) -> None:
    """Fails when a pull leaves no trace: nobody could say what a lost laptop held."""
    first, second = at.laptop(), at.laptop()
    first.sync(first.push(TAMBON, HOME), waiting=7)
    second.sync(pull=(Pull(TAMBON, 0),))

    with at.centre.database.read() as conn:
        wrote = audit.entries(conn, lane=first.device)
        read = audit.entries(conn, lane=second.device)
        known = device_of(conn, first.device)
    assert ("push", "scope", TAMBON, "1") in {
        (one.action, one.noun, one.record_id, one.detail) for one in wrote
    }
    assert ("pull", "scope", TAMBON, "1") in {
        (one.action, one.noun, one.record_id, one.detail) for one in read
    }
    assert known is not None
    assert known.waiting == 7
    assert known.last_contact
    assert not audit.verify(at.centre.database)


def test_every_bit_counts(at: RunningCentre) -> None:
    """Fails when any byte of an envelope is outside the signature."""
    laptop = at.laptop()
    laptop.sync(laptop.push(TAMBON, HOME))
    good = laptop.envelope(laptop.request(laptop.push(TAMBON, {**HOME, "id": "h-2"}, first=2)))
    before = state_hash(at.centre)
    chosen = {*range(HEAD_BYTES), *range(len(good) - 64, len(good))}
    chosen |= set(random.Random(4).sample(range(HEAD_BYTES, len(good) - 64), 60))
    for place in sorted(chosen):
        bent = bytearray(good)
        bent[place] ^= 1 << (place % 8)
        assert laptop.post(bytes(bent)).status_code in (400, 401)
    assert state_hash(at.centre) == before


def test_a_message_that_was_cut_or_lengthened_is_nothing(at: RunningCentre) -> None:
    laptop = at.laptop()
    good = laptop.envelope(laptop.request(laptop.push(TAMBON, HOME)))
    before = state_hash(at.centre)
    cut = [good[:n] for n in (0, 1, 4, HEAD_BYTES - 1, HEAD_BYTES, len(good) - 1)]
    for other in (*cut, good + b"\0", good + good, b"SMT1", b"\0" * 300):
        assert laptop.post(other).status_code == 400
    assert state_hash(at.centre) == before


def test_nobody_speaks_for_another(at: RunningCentre) -> None:
    """Fails when the device of the envelope is not the one whose key is asked."""
    honest, thief = at.laptop(), at.laptop()
    stranger = Laptop(at)
    before = state_hash(at.centre)

    assert stranger.post(stranger.envelope(stranger.request())).status_code == 401
    forged = Laptop(at, device=honest.device, keys=thief.keys, people=honest.people)
    assert forged.post(forged.envelope(forged.request())).json() == {"error": "forged"}
    new_key = Laptop(at, device=honest.device, keys=Keys.make(), people=honest.people)
    assert new_key.post(new_key.envelope(new_key.request())).status_code == 401
    assert state_hash(at.centre) == before


def test_a_stream_belongs_to_the_laptop_that_began_it(at: RunningCentre) -> None:
    """Fails when a believed laptop may number its ops under another's name."""
    first, second = at.laptop(), at.laptop()
    first.sync(first.push(TAMBON, HOME))
    second.incarnation = first.incarnation
    refused = second.post(second.envelope(second.request(second.push(TAMBON, HOME))))

    assert (refused.status_code, refused.json()) == (409, {"error": "device"})


def test_an_answer_or_a_card_is_no_request(at: RunningCentre) -> None:
    laptop = at.laptop()
    for kind in (Kind.ANSWER, Kind.CARD, Kind.HALL_REQUEST):
        other = seal(
            kind, laptop.device, laptop.request().to_json(), laptop.keys.signing,
            created=milliseconds(), nonce=new_nonce(),
        )  # fmt: skip
        assert laptop.post(other).status_code == 400
    assert laptop.post(laptop.envelope({"device": 3})).status_code == 400
    assert laptop.post(laptop.envelope({})).status_code == 400


def test_said_again_in_any_order_nothing_changes(at: RunningCentre) -> None:
    """Fails when an op is taken twice, or one out of turn."""
    laptop = at.laptop()
    said, before = [], ""
    for n in range(1, 6):
        push = laptop.push(TAMBON, {**HOME, "id": f"h-{n}"}, first=n, before=before)
        said.append(laptop.envelope(laptop.request(push)))
        assert laptop.post(said[-1]).status_code == 200
        before = _chain(at, laptop)
    held = state_hash(at.centre)
    replay = said * 10
    random.Random(2569).shuffle(replay)
    for envelope in replay:
        assert laptop.post(envelope).status_code == 200
    assert state_hash(at.centre) == held


def _chain(at: RunningCentre, laptop: Laptop) -> str:
    from desktop.centre.schema import stream

    with at.centre.database.read() as conn:
        query = select(stream.c.chain).where(stream.c.device == laptop.incarnation)
        return bytes(conn.execute(query).scalar_one()).hex()


def test_a_lost_laptop_brings_what_it_has_and_takes_nothing(at: RunningCentre) -> None:
    """Fails when a revoked device is served rows, or when its unsent work is thrown away."""
    witness, lost = at.laptop(), at.laptop()
    witness.sync(witness.push(TAMBON, HOME))
    database = at.centre.database
    with database.write() as conn:
        revoke(conn, database, lost.device)
    answer = lost.sync(lost.push(TAMBON, {**HOME, "id": "h-9"}), pull=(Pull(TAMBON, 0),))

    assert answer.push[0].last == 1
    assert not answer.pull
    assert not answer.scopes
    assert _ids(witness) == {"h-1", "h-9"}
    with database.write() as conn:
        over = (database.now() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        conn.execute(
            update(device_table).where(device_table.c.id == lost.device).values(grace_until=over)
        )
    late = lost.sync(
        lost.push(TAMBON, {**HOME, "id": "h-10"}, first=2, before=_chain(at, lost)),
        pull=(Pull(TAMBON, 0),),
    )
    assert not late.pull
    assert _ids(witness) == {"h-1", "h-9"}


def _ids(laptop: Laptop) -> set[str]:
    (page,) = laptop.sync(pull=(Pull(TAMBON, 0),)).pull
    return {row_from_wire(wire).id for wire in page.rows}


@pytest.mark.parametrize("kind", ["device", "account", "address"])
def test_a_flood_waits_and_others_do_not(tmp_path: Path, kind: str) -> None:
    """Fails when one of the three windows is not asked."""
    few = LimitsSection(**{"device": 10_000, "account": 10_000, "address": 10_000, kind: 20})
    with centre_in_process(tmp_path / "centre", limits=few) as at:
        flood, other = at.laptop(), at.laptop()
        statuses = [flood.post(flood.envelope(flood.request())).status_code for _ in range(25)]
        answer = flood.post(flood.envelope(flood.request()))
        assert statuses[0] == 200
        assert answer.status_code == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 61
        expected = 429 if kind == "address" else 200
        assert other.post(other.envelope(other.request())).status_code == expected


def test_a_database_that_does_not_answer_means_wait(
    at: RunningCentre, monkeypatch: pytest.MonkeyPatch, expect_warning: Callable[[str], None]
) -> None:
    """Fails when a busy database is a fault: laptops would tell people of it."""
    from desktop.centre.database import Busy
    from desktop.centre.routes import sync

    laptop = at.laptop()

    def busy(*_: object, **__: object) -> None:
        raise Busy("busy")

    monkeypatch.setattr(sync, "answer", busy)
    answer = laptop.post(laptop.envelope(laptop.request()))
    assert (answer.status_code, answer.json()) == (503, {"error": "busy"})
    assert answer.headers["Retry-After"] == "5"

    def broken(*_: object, **__: object) -> None:
        raise ValueError("สมหญิง")

    monkeypatch.setattr(sync, "answer", broken)
    expect_warning("fault")
    answer = laptop.post(laptop.envelope(laptop.request()))
    assert (answer.status_code, answer.json()) == (500, {"error": "fault"})
