# SPDX-License-Identifier: Apache-2.0
"""A laptop joins a real centre over TLS with a code; what is refused is a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.actions.joining import JoiningProblem, join, read_picture, read_typed
from desktop.actions.office import found
from desktop.model.facilitator import Facilitator, Office
from desktop.store import centre, facilitator
from desktop.store.store import Store
from desktop.sync.invitation import Invitation
from tests.centre.running import RunningCentre
from tests.field import BY, open_field

LINK = Invitation("https://sync.example.go.th:8443", "ABCDEFGHIJ", "a" * 64)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_field(tmp_path / "store").store
    yield made
    made.close()


# ---- what is typed


def test_a_link_brings_the_address_and_the_pin_along() -> None:
    assert read_typed(LINK.link) == LINK
    assert read_typed(f"  {LINK.link}\n", "elsewhere.example") == LINK


def test_a_scanner_under_the_thai_keyboard_is_understood() -> None:
    """Mutant: the scanner's keys come as Thai letters and the link is refused."""
    from desktop.thai.keyboard import to_thai_layout

    assert read_typed(to_thai_layout(LINK.link)) == LINK


@pytest.mark.parametrize("address", ["sync.example.go.th", "https://sync.example.go.th/"])
def test_a_code_and_an_address_typed_by_hand(address: str) -> None:
    found = read_typed("abcde-fghij", address)

    assert found == Invitation("https://sync.example.go.th", "ABCDEFGHIJ")


@pytest.mark.parametrize(
    ("code", "address"),
    [
        ("", "sync.example.go.th"),
        ("ABCDE-FGHIJ", ""),
        ("ABCDE-FGHIJ", "http://sync.example.go.th"),
        ("ABCDE-FGHIJ", "https://user@sync.example.go.th/path"),
        ("ABCDE-FGHIJ", "sync.example.go.th:notaport"),
        ("https://elsewhere.example", "sync.example.go.th"),
        ("samut://join?a=http%3A%2F%2Fx&c=1", ""),
    ],
)
def test_what_cannot_be_meant_is_a_sentence(code: str, address: str) -> None:
    """Mutant: an address without TLS is taken, and the code is told to whoever listens."""
    with pytest.raises(JoiningProblem):
        read_typed(code, address)


def test_a_picture_of_the_qr_is_read(tmp_path: Path) -> None:
    import segno

    picture = tmp_path / "qr.png"
    segno.make(LINK.link, error="m").save(str(picture), scale=6)

    assert read_typed(read_picture(picture)) == LINK


def test_a_picture_without_a_code_is_a_sentence(tmp_path: Path) -> None:
    from PIL import Image

    empty, text = tmp_path / "empty.png", tmp_path / "text.png"
    Image.new("RGB", (40, 40), "white").save(empty)
    text.write_text("no picture")

    for path in (empty, text, tmp_path / "nowhere.png"):
        with pytest.raises(JoiningProblem):
            read_picture(path)


# ---- joining


def test_joining_tells_the_office_the_people_and_the_areas(
    store: Store, at: RunningCentre
) -> None:
    done = join(store, BY, Invitation(at.url, at.make_code(("63",)), at.pin))

    assert done.value.areas == ("63",)
    assert set(done.value.people) == {"สมศรี ใจดี", "วิชัย มาก"}
    assert done.value.office
    assert "sync" in done.changed
    with store.read() as conn:
        told = centre.joined(conn)
        keys = centre.device_keys(conn)
    assert told is not None
    assert (told["address"], told["device"]) == (at.url, store.device)
    assert keys is not None


def test_the_private_keys_stay_the_same_when_joining_again(
    store: Store, at: RunningCentre
) -> None:
    """Mutant: each try makes new keys, and the centre no longer knows this laptop."""
    code = at.make_code(("63",))
    join(store, BY, Invitation(at.url, code, at.pin))
    with store.read() as conn:
        before = centre.device_keys(conn)

    join(store, BY, Invitation(at.url, code, at.pin))

    with store.read() as conn:
        assert centre.device_keys(conn) == before


def test_a_wrong_code_changes_nothing(store: Store, at: RunningCentre) -> None:
    """Mutant: the laptop believes it has joined before the centre said so."""
    with pytest.raises(JoiningProblem):
        join(store, BY, Invitation(at.url, "ZZZZZZZZZZ", at.pin))

    with store.read() as conn:
        assert centre.joined(conn) is None


def test_a_stranger_in_the_centres_place_never_hears_the_code(
    store: Store, at: RunningCentre
) -> None:
    """Mutant: the pin is not looked at; a Wi-Fi with a certificate of its own gets the code."""
    code = at.make_code(("63",))

    with pytest.raises(JoiningProblem):
        join(store, BY, Invitation(at.url, code, "0" * 64))

    assert join(store, BY, Invitation(at.url, code, at.pin)).value.areas == ("63",)


def test_nobody_there_is_a_sentence(store: Store) -> None:
    with pytest.raises(JoiningProblem):
        join(store, BY, Invitation("https://127.0.0.1:9", "ABCDEFGHIJ", "0" * 64))


def test_only_who_can_unlock_this_laptop_is_told_to_work_on_it(
    tmp_path: Path, at: RunningCentre
) -> None:
    """Mutant: everybody of the office whose row has come is told when a laptop joins again, and
    it is given the restricted cases of all of them."""
    office, malee = Office("", "พมจ.ตาก", "63"), Facilitator("", "มะลิ", "")
    store, _code = found(tmp_path / "founded", office, malee, "four words of hers")
    try:
        with store.write(BY) as write:
            facilitator.put_facilitator(write, Facilitator("colleague", "วิชัย มาก", ""))

        done = join(store, BY, Invitation(at.url, at.make_code(("63",)), at.pin))

        assert done.value.people == ("มะลิ",)
    finally:
        store.close()
