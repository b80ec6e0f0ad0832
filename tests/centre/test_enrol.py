# SPDX-License-Identifier: Apache-2.0
"""A laptop joins: the happy way, and every way it must not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from desktop.centre import audit
from desktop.centre.account import account_of, accounts, set_active
from desktop.centre.config import LimitsSection
from desktop.centre.device import device_of
from desktop.sync.device_certificate import Holder, read_certificate
from desktop.sync.keys import Keys
from tests.centre.running import OFFICE, Laptop, RunningCentre, centre_in_process


class _Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> _Clock:
    return _Clock()


@pytest.fixture
def at(tmp_path: Path, clock: _Clock) -> Iterator[RunningCentre]:
    with centre_in_process(
        tmp_path / "centre", clock=clock, limits=LimitsSection(wrong_codes=5)
    ) as running:
        yield running


def _devices(at: RunningCentre, laptop: Laptop) -> bool:
    with at.centre.database.read() as conn:
        return device_of(conn, laptop.device) is not None


def test_a_code_lets_one_laptop_in_and_tells_it_all_it_needs(at: RunningCentre) -> None:
    laptop = Laptop(at, people=("f-1", "f-2"))
    answer = laptop.join(at.make_code(("6306", "63"), role="supervisor"))
    told = answer.json()

    assert answer.status_code == 200
    centre = at.centre.identity
    certificate = read_certificate(told["certificate"], centre.keys.public.signing)
    assert certificate.device == laptop.device
    assert certificate.keys == laptop.keys.public
    assert certificate.holders == tuple(
        Holder(one, "supervisor", ("63",)) for one in ("f-1", "f-2")
    )
    assert certificate.not_after - certificate.issued == timedelta(days=365)
    assert told["centre"] == {
        "id": centre.id, "name": "ศูนย์ทดสอบ", "ca": at.ca, "pin": at.pin,
        **centre.keys.public.to_json(),
    }  # fmt: skip
    assert told["office"]["id"] == OFFICE
    assert [one["id"] for one in told["accounts"]] == ["f-1", "f-2"]
    assert told["epoch"] == 1
    with at.centre.database.read() as conn:
        assert {one.id for one in accounts(conn, device=laptop.device)} == {"f-1", "f-2"}
        joined = audit.entries(conn, lane=laptop.device)
    assert [(one.action, one.record_id) for one in joined] == [("join", laptop.device)]


def test_a_wrong_code_is_refused_and_the_sixth_try_waits(at: RunningCentre) -> None:
    """Fails when the window is not asked before the code: a guesser could go on for ever."""
    right = at.make_code()
    laptop = Laptop(at)
    answers = [laptop.join("AAAAA-AAAAA") for _ in range(5)]

    assert {(one.status_code, one.json()["error"]) for one in answers} == {(403, "code")}
    sixth = laptop.join(right)
    assert (sixth.status_code, sixth.json()) == (429, {"error": "often"})
    assert int(sixth.headers["Retry-After"]) > 0
    assert not _devices(at, laptop)


def test_five_wrong_guesses_at_one_code_end_it_wherever_they_come_from(tmp_path: Path) -> None:
    """Fails when only the address is counted."""
    with centre_in_process(tmp_path, limits=LimitsSection(wrong_codes=100)) as at:
        right = at.make_code()
        wrong = right[:5] + ("-AAAAA" if not right.endswith("AAAAA") else "-BBBBB")
        # The first four letters find the code; the fifth letter is part of what proves it.
        for _ in range(5):
            assert Laptop(at).join(wrong).status_code == 403
        assert Laptop(at).join(right).status_code == 403


def test_a_code_works_once_but_an_answer_that_was_lost_can_be_asked_for_again(
    at: RunningCentre,
) -> None:
    code = at.make_code()
    first, other = Laptop(at), Laptop(at)

    assert first.join(code).status_code == 200
    assert first.join(code).status_code == 200
    refused = other.join(code)
    assert (refused.status_code, refused.json()) == (410, {"error": "used"})
    assert not _devices(at, other)


def test_a_code_of_yesterday_is_too_old(at: RunningCentre, clock: _Clock) -> None:
    code = at.make_code()
    clock.now += timedelta(hours=24, seconds=1)
    refused = Laptop(at).join(code)

    assert (refused.status_code, refused.json()) == (410, {"error": "expired"})


def test_nobody_joins_with_anothers_key(at: RunningCentre) -> None:
    """Fails when possession of the key is not proved, or not for this device."""
    code = at.make_code()
    honest, thief = Laptop(at), Laptop(at)
    stolen = thief.join(code, **honest.keys.public.to_json())
    other_name = thief.join(code, device=str(uuid4()))

    assert [one.json()["error"] for one in (stolen, other_name)] == ["forged", "forged"]
    assert {one.status_code for one in (stolen, other_name)} == {401}
    assert honest.join(code).status_code == 200, "the refused tries used nothing up"


def test_a_device_does_not_change_its_key_by_joining_again(at: RunningCentre) -> None:
    first = at.laptop()
    twin = Laptop(at, device=first.device, keys=Keys.make())
    refused = twin.join(at.make_code())

    assert (refused.status_code, refused.json()) == (409, {"error": "device"})
    with at.centre.database.read() as conn:
        kept = device_of(conn, first.device)
    assert kept is not None
    assert kept.ed25519 == first.keys.public.signing


def test_a_code_gives_no_more_than_it_was_made_for(at: RunningCentre) -> None:
    """Fails when a known facilitator is put on a laptop by a code that reaches less far."""
    boss = Laptop(at, people=("boss",))
    assert boss.join(at.make_code(("",), role="supervisor")).status_code == 200
    thief = Laptop(at, people=("boss",))

    for areas, role in ((("63",), "supervisor"), (("",), "facilitator")):
        refused = thief.join(at.make_code(areas, role=role))
        assert (refused.status_code, refused.json()) == (409, {"error": "facilitator"})
    elsewhere = thief.join(at.make_code(("",), role="supervisor", office="office-nan"))
    assert elsewhere.status_code == 409
    assert thief.join(at.make_code(("",), role="supervisor")).status_code == 200


def test_somebody_who_was_closed_is_not_opened_by_a_code(at: RunningCentre) -> None:
    assert Laptop(at, people=("gone",)).join(at.make_code()).status_code == 200
    with at.centre.database.write() as conn:
        set_active(conn, at.centre.database, "gone", False)
    refused = Laptop(at, people=("gone", "new")).join(at.make_code())

    assert refused.status_code == 409
    with at.centre.database.read() as conn:
        assert account_of(conn, "new") is None, "nothing half done"


def test_what_a_laptop_wrote_under_its_own_office_is_opened_to_the_whole_office(
    at: RunningCentre,
) -> None:
    """Fails when a laptop can name another office as its own and so read it."""
    from desktop.centre.rights import rights_of

    first, second, stranger = Laptop(at, people=("a",)), Laptop(at, people=("b",)), Laptop(at)
    own = {"id": "0190-own", "name": "พมจ. ตาก"}
    assert first.join(at.make_code(), office=own).status_code == 200
    assert second.join(at.make_code()).status_code == 200

    database = at.centre.database
    assert rights_of(database, first.device).may_hold("o:0190-own")
    assert rights_of(database, second.device).may_hold("o:0190-own")
    for taken in ("0190-own", OFFICE):
        refused = stranger.join(
            at.make_code(office="office-nan"), office={"id": taken, "name": "x"}
        )
        assert (refused.status_code, refused.json()) == (409, {"error": "office"})


@pytest.mark.parametrize(
    "other",
    [
        {"code": 1},
        {"code": "A" * 65},
        {"device": "no-uuid"},
        {"name": "ก" * 201},
        {"name": "a\x00b"},
        {"ed25519": "00"},
        {"facilitators": "all"},
        {"facilitators": [{"id": "", "name": ""}]},
        {"facilitators": [{"id": "a b", "name": ""}]},
        {"facilitators": [{"id": "a", "name": ""}, {"id": "a", "name": ""}]},
        {"facilitators": [{"id": str(n), "name": ""} for n in range(51)]},
        {"now": None},
        {"office": "x"},
    ],
)
def test_a_body_that_cannot_be_meant_is_refused(
    at: RunningCentre, other: dict[str, object]
) -> None:
    laptop = Laptop(at)
    refused = laptop.join(at.make_code(), **other)

    assert (refused.status_code, refused.json()) == (400, {"error": "malformed"})


def test_what_is_no_json_and_what_is_too_long_is_refused(at: RunningCentre) -> None:
    for body, status in ((b"", 400), (b"[]", 400), (b"{", 400), (b" " * 70_000, 413)):
        assert at.client.post("/v1/enrol", content=body).status_code == status


def test_a_clock_in_the_wrong_year_joins_all_the_same(at: RunningCentre) -> None:
    laptop = Laptop(at)
    assert laptop.join(at.make_code(), now="2569-11-20T06:00:00+07:00").status_code == 200
    again = replace(laptop, device=str(uuid4()), keys=Keys.make(), people=("x",))
    assert again.join(at.make_code(), now="yesterday").status_code == 200
