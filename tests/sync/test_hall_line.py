# SPDX-License-Identifier: Apache-2.0
"""The line of a hall: real TLS on loopback, joining, being let in and put out, refusals."""

from __future__ import annotations

import json
import socket
import ssl
import time
from typing import Any

import pytest

from desktop.sync import hall_hub
from desktop.sync.envelope import Kind, new_nonce, open_envelope, seal
from desktop.sync.hall import (
    HallProblem,
    HubUnreachable,
    JoinedHall,
    JoiningRests,
    OpenHall,
    Standing,
    WrongCode,
)
from desktop.sync.hall_code import TRIES, _check
from desktop.sync.hall_desk import Desk, Seen, Talk, join
from desktop.sync.keys import Keys
from tests.sync.hall_line_ground import DESK, HUB, LOCAL, OTHER, Ground, until


def test_a_desk_joins_by_the_code_and_waits_for_a_persons_word(ground: Ground) -> None:
    """Fails when whoever has the code is let in without being named by a person."""
    keys, seen = Keys.make(), list[Seen]()
    hall = ground.joined(keys=keys)
    assert (hall.event_id, hall.event_name, hall.hub_door) == ("event-1", "งาน", "ประตู A")
    assert [(m.door, m.standing) for m in ground.hub.hall.members] == [("ประตู B", "asking")]
    ground.desk(hall, keys, seen)
    until(lambda: seen and seen[-1].phase == "asking")
    assert not ground.asked
    ground.hub.say_of(DESK, "in")
    until(lambda: seen[-1].exchanged)
    assert ground.asked[0] == (DESK, {"say": 1})
    assert seen[-1].doors == {HUB: "ประตู A", DESK: "ประตู B"}


def test_a_desk_put_out_hears_it_and_gets_nothing_more(ground: Ground) -> None:
    """Fails when the hub answers whoever it once let in."""
    keys, seen = Keys.make(), list[Seen]()
    hall = ground.joined(keys=keys)
    ground.hub.say_of(DESK, "in")
    desk = ground.desk(hall, keys, seen)
    until(lambda: seen and seen[-1].exchanged)
    ground.hub.say_of(DESK, "out")
    until(lambda: seen[-1].phase == "out")
    before = len(ground.asked)
    desk.poke()
    time.sleep(0.2)
    assert len(ground.asked) == before


def test_a_slip_of_the_finger_is_told_before_the_hub_hears_of_it(ground: Ground) -> None:
    code = ground.hub.code
    slip = code[:-1] + str((int(code[-1]) + 1) % 10)
    with pytest.raises(HallProblem):
        ground.tried(slip)
    assert ground.hub.code == code


def test_wrong_codes_are_counted_and_then_joining_rests_until_a_person_shows_another(
    ground: Ground,
) -> None:
    """Fails when tries are not counted, or the same code works again."""
    first = ground.hub.code
    for step in range(1, TRIES + 1):
        with pytest.raises(WrongCode):
            join(
                LOCAL, ground.hub.port, ground.wrong(step), device=DESK, door="B", keys=Keys.make()
            )
        if step == 1:
            assert ground.hub.code == first
    assert ground.hub.code == ""
    with pytest.raises(JoiningRests):
        ground.tried(first)
    assert not ground.hub.hall.members
    ground.hub.show_new_code()
    ground.joined()
    assert len(ground.hub.hall.members) == 1


def test_begun_joins_that_are_dropped_teach_nothing_and_do_not_pile_up(ground: Ground) -> None:
    """The hub proves nothing before the desk has: fails when ``begin`` tells the hub's proof."""
    said = json.dumps({"device": DESK, "door": "B", "ed25519": "00" * 32})
    for number in range(40):
        body = {"session": f"{number:032x}", "share": "09" + "00" * 31, "said": said}
        status, told = ground.hub.begin(json.dumps(body).encode())
        assert status in (200, 403)
        assert b"proof" not in told
    assert len(ground.hub._joining) == hall_hub._PENDING
    assert ground.hub.code


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{}", b'{"session": 1}', b"\xff", b"[" * 5000,
        b'{"session": "00", "share": "00", "said": "{}"}',
        json.dumps({"session": "00" * 16, "share": "00" * 32, "said": json.dumps(
            {"device": DESK, "door": "B", "ed25519": "00" * 32})}).encode(),
    ],
)  # fmt: skip
def test_nonsense_is_refused_and_costs_no_try(ground: Ground, body: bytes) -> None:
    assert ground.hub.begin(body)[0] == 400
    assert ground.hub.prove(body)[0] in (400, 403)
    assert ground.hub.say(body)[0] == 400
    assert ground.hub._tries == TRIES


def said(ground: Ground, keys: Keys, session: str, number: int, device: str = DESK) -> bytes:
    payload = {"hall": "hall-1", "session": session, "n": number, "ask": number}
    return seal(Kind.HALL_REQUEST, device, payload, keys.signing, created=1, nonce=new_nonce())


def heard(ground: Ground, answer: bytes) -> dict[str, Any]:
    told = open_envelope(answer, ground.keys.public.signing, kind=Kind.HALL_ANSWER).payload
    assert isinstance(told, dict)
    return told


def test_what_was_said_once_cannot_be_said_again(ground: Ground) -> None:
    """Every recorded envelope ten times more, in both orders: nothing of it is done.

    Fails when numbers are not counted, and when a new session of the hub takes old ones.
    """
    keys = Keys.make()
    ground.joined(keys=keys)
    ground.hub.say_of(DESK, "in")
    session = heard(ground, ground.hub.say(said(ground, keys, "", 1))[1])["session"]
    recorded = [said(ground, keys, session, number) for number in range(1, 6)]
    for envelope in recorded:
        assert heard(ground, ground.hub.say(envelope)[1])["standing"] == "in"
    assert len(ground.asked) == 5
    for _again in range(10):
        for envelope in (*recorded, *reversed(recorded)):
            told = heard(ground, ground.hub.say(envelope)[1])
            assert told["standing"] == "again"
            assert "give" not in told
    ground.hub.close()
    ground.hub = ground.opened(ground.kept[-1])
    for envelope in recorded:
        assert heard(ground, ground.hub.say(envelope)[1])["standing"] == "again"
    assert len(ground.asked) == 5


@pytest.mark.parametrize("standing", ["asking", "out"])
def test_a_desk_that_asks_without_being_let_in_gets_nothing(
    ground: Ground, standing: Standing
) -> None:
    """A program that does not wait for its turn. Fails when the hub leaves that to the desk."""
    keys = Keys.make()
    ground.joined(keys=keys)
    ground.hub.say_of(DESK, standing)
    session = heard(ground, ground.hub.say(said(ground, keys, "", 1))[1])["session"]
    told = heard(ground, ground.hub.say(said(ground, keys, session, 2))[1])
    assert told["standing"] == standing
    assert told.keys() == {"hall", "session", "standing"}
    assert not ground.asked


def test_every_flipped_byte_and_every_strangers_key_is_refused(ground: Ground) -> None:
    """Fails when the signature is not verified with the key that joined."""
    keys = Keys.make()
    ground.joined(keys=keys)
    ground.hub.say_of(DESK, "in")
    session = heard(ground, ground.hub.say(said(ground, keys, "", 1))[1])["session"]
    good = said(ground, keys, session, 2)
    for place in range(0, len(good), 7):
        flipped = good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :]
        assert ground.hub.say(flipped)[0] in (400, 401)
    assert ground.hub.say(said(ground, Keys.make(), session, 3))[0] == 401
    assert ground.hub.say(said(ground, keys, session, 3, OTHER))[0] == 401
    assert not ground.asked
    assert ground.hub.say(good)[0] == 200
    assert len(ground.asked) == 1


def test_the_hub_is_started_again_and_the_desks_go_on_without_a_code(ground: Ground) -> None:
    """Fails when certificate, port or members are not kept."""
    keys, seen = Keys.make(), list[Seen]()
    hall = ground.joined(keys=keys)
    ground.hub.say_of(DESK, "in")
    desk = ground.desk(hall, keys, seen)
    until(lambda: seen and seen[-1].exchanged)
    ground.hub.close()
    desk.poke()
    until(lambda: desk.seen.phase == "alone")
    before = len(ground.asked)
    hall_again = OpenHall.from_json(json.loads(json.dumps(ground.kept[-1].to_json())))
    assert hall_again == ground.kept[-1]
    ground.hub = ground.opened(hall_again)
    assert ground.hub.port == hall.port
    until(lambda: len(ground.asked) > before)
    assert JoinedHall.from_json(json.loads(json.dumps(hall.to_json()))) == hall


def test_nobody_there_is_told_in_a_sentence() -> None:
    with socket.create_server((LOCAL, 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(HubUnreachable):
        join(
            LOCAL,
            port,
            "00000000"[:7] + _check("0000000"),
            device=DESK,
            door="B",
            keys=Keys.make(),
        )


def test_a_copy_of_the_hubs_own_notebook_does_not_join(ground: Ground) -> None:
    with pytest.raises(HallProblem):
        ground.joined(device=HUB)
    assert not ground.hub.hall.members


def test_a_copy_of_a_store_that_is_in_the_hall_does_not_take_its_place(ground: Ground) -> None:
    """Same device, same keys. Fails when the second joins over the first."""
    keys, seen = Keys.make(), list[Seen]()
    hall = ground.joined(keys=keys)
    ground.hub.say_of(DESK, "in")
    ground.desk(hall, keys, seen)
    until(lambda: seen and seen[-1].exchanged)
    with pytest.raises(HallProblem):
        ground.joined(keys=keys)
    assert ground.hub.hall.members[0].standing == "in"


def test_a_store_that_goes_on_under_another_name_keeps_the_name_of_its_door(
    ground: Ground,
) -> None:
    keys, seen = Keys.make(), list[Seen]()
    hall = ground.joined(keys=keys)
    ground.hub.say_of(DESK, "in")
    talk = Talk(dict, lambda _told: False, seen.append, name=lambda: OTHER)
    desk = Desk(hall, DESK, keys, talk)
    ground.desks.append(desk)
    desk.start()
    until(lambda: seen and OTHER in seen[-1].doors)
    assert seen[-1].doors[OTHER] == "ประตู B"


def test_tls_older_than_1_3_is_not_spoken(ground: Ground) -> None:
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    with (
        pytest.raises(ssl.SSLError),
        socket.create_connection((LOCAL, ground.hub.port)) as plain,
        old.wrap_socket(plain),
    ):
        pass
