# SPDX-License-Identifier: Apache-2.0
"""Finding a hall on the network: really called out and really heard, on loopback."""

from __future__ import annotations

import time

import pytest

from desktop.sync.discovery import (
    Calling,
    Listening,
    Nearby,
    Watch,
    find,
    own_addresses,
    typed_address,
)

LOCAL = ("127.0.0.1",)
HALL = Nearby("0193-hall", "ประตู A", "123456", LOCAL, 8443)


def test_a_hall_that_calls_is_heard_and_one_that_closes_is_forgotten() -> None:
    heard: list[tuple[Nearby, ...]] = []
    listening = Listening(heard.append, interfaces=LOCAL)
    calling = Calling(HALL, LOCAL)
    try:
        _until(lambda: (HALL,) in heard)
        assert listening.halls == (HALL,)
        calling.close()
        _until(lambda: listening.halls == ())
    finally:
        calling.close()
        listening.close()


def test_a_watch_hears_without_keeping_anybody_waiting() -> None:
    calling = Calling(HALL, LOCAL)
    watch = Watch(LOCAL)
    try:
        assert watch.halls == ()
        _until(lambda: watch.halls == (HALL,))
    finally:
        calling.close()
        watch.close(wait=True)


def test_a_hall_is_found_again_at_its_new_address() -> None:
    calling = Calling(HALL, LOCAL)
    try:
        assert find(HALL.hall, 5, LOCAL) == HALL
        assert find("another", 0.3, LOCAL) is None
    finally:
        calling.close()


def _until(holds: object) -> None:
    end = time.monotonic() + 10
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < end, "nothing was heard"
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("192.168.1.20", ("192.168.1.20", 8443)),
        (" 192.168.1.20 : 9000 ", ("192.168.1.20", 9000)),
        ("192.168.1.20:0", None),
        ("192.168.1.20:70000", None),
        ("192.168.1", None),
        ("hub", None),
        ("", None),
    ],
)
def test_an_address_is_read_as_a_person_types_it(text: str, meant: tuple[str, int] | None) -> None:
    assert typed_address(text, 8443) == meant


def test_a_loopback_address_is_offered_to_nobody() -> None:
    assert "127.0.0.1" not in own_addresses()
