# SPDX-License-Identifier: Apache-2.0
"""The code of a hall: its digits, and the exchange that it authenticates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.sync import hall_code
from desktop.sync.hall_code import (
    Exchange,
    Ticket,
    WrongShare,
    generator,
    is_code,
    new_code,
    read_ticket,
    ticket_digits,
)

HUB_CERTIFICATE, ANOTHER = bytes(32), bytes([1]) * 32


def test_a_new_code_passes_its_own_check_and_no_two_are_alike() -> None:
    codes = {new_code() for _each in range(50)}
    assert len(codes) > 45
    assert all(is_code(code) and len(code) == 8 for code in codes)


@given(st.integers(0, 10**7 - 1), st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_seen_before_it_costs_a_try(drawn: int, place: int, step: int) -> None:
    """Fails without the check digit."""
    body = f"{drawn:07d}"
    code = body + hall_code._check(body)
    wrong = code[:place] + str((int(code[place]) + step) % 10) + code[place + 1 :]
    assert is_code(code)
    assert not is_code(wrong)


def test_what_is_no_code_is_told() -> None:
    assert not any(is_code(text) for text in ("", "1234567", "๑๒๓๔๕๖๗๘", "abcdefgh", "1" * 9))


@given(st.ip_addresses(v=4), st.integers(1, 65535))
def test_a_picture_of_digits_holds_address_port_and_code(address: object, port: int) -> None:
    ticket = Ticket(str(address), port, new_code())
    digits = ticket_digits(ticket)
    assert len(digits) == 25
    assert read_ticket(digits) == ticket
    assert read_ticket(digits[:-1] + str((int(digits[-1]) + 1) % 10)) is None


def test_the_generator_is_that_of_the_published_vectors() -> None:
    """draft-irtf-cfrg-cpace, B.1.1. Fails when any part of the hashed text or the map differs."""
    session = bytes.fromhex("7e4b4791d6a8ef019b936c79fb7f2c57")
    made = generator(b"Password", b"\nAinitiator\nBresponder", session)
    assert made.hex() == "4e6098733061c0e8486611a904fe5edb049804d26130a44131a6229e55c5c321"


def test_shares_and_key_are_those_of_the_published_vectors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """draft-irtf-cfrg-cpace, B.1.2 to B.1.5."""
    session = bytes.fromhex("7e4b4791d6a8ef019b936c79fb7f2c57")
    point = generator(b"Password", b"\nAinitiator\nBresponder", session)
    monkeypatch.setattr(hall_code, "generator", lambda *_said: point)
    first = Exchange(
        "", b"", session,
        bytes.fromhex("45acf93116ae5d3dae995a7c627df2924321a8e857d9a200807131e38839b0c2"),
    )  # fmt: skip
    second = Exchange(
        "", b"", session,
        bytes.fromhex("a145e914b347002d298ce2051394f0ed68cf3623dfe5db082c78ffa5a667acdc"),
    )  # fmt: skip
    assert first.share.hex() == "6f7fd31863b18b0cc9830fc842c60dea80120ccf2fd375498225e45a52065361"
    assert second.share.hex() == "e1b730a4956c0f853d96c5d125cebeeea46952c07c6f66da65bd9ffd2f71a462"
    keys: list[str] = []
    real = hall_code._session_key

    def heard(*said: bytes) -> bytes:
        key = real(*said)
        keys.append(key.hex())
        return key

    monkeypatch.setattr(hall_code, "_session_key", heard)
    one = first.desk(b"ADa", second.share, b"ADb")
    other = second.hub(b"ADb", first.share, b"ADa")
    assert one == other
    assert set(keys) == {
        "99a9e0ff35acb94ad8af1cd6b32ac409dc7d00557ccd9a7d19d3b4629e5f1f08"
        "4f9332096162438c7ecc78331b4eda17e1a229a47182eccc9ea58cd9cdcd8e9a"
    }


@pytest.mark.parametrize(
    "share",
    [
        "00" * 32,
        "01" + "00" * 31,
        "ec" + "ff" * 30 + "7f",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
    ],
)
def test_a_share_on_which_everybody_would_agree_is_refused(share: str) -> None:
    """The points of low order of the draft: fails when the key of zeros is taken."""
    mine = Exchange(new_code(), HUB_CERTIFICATE, bytes(16))
    with pytest.raises(WrongShare):
        mine.desk(b"", bytes.fromhex(share), b"")


def proofs(
    codes: tuple[str, str], certificates: tuple[bytes, bytes], heard: bytes = b"hub"
) -> tuple[hall_code.Proofs, hall_code.Proofs]:
    desk, hub = (
        Exchange(code, seen, bytes(16)) for code, seen in zip(codes, certificates, strict=True)
    )
    return desk.desk(b"desk", hub.share, heard), hub.hub(b"hub", desk.share, b"desk")


def test_same_code_and_same_certificate_come_to_the_same_proofs() -> None:
    code = new_code()
    desk, hub = proofs((code, code), (HUB_CERTIFICATE, HUB_CERTIFICATE))
    assert desk == hub
    assert desk.desk != desk.hub


def test_another_code_certificate_or_name_proves_nothing() -> None:
    """Fails when the code, the fingerprint or what the sides say does not enter the key."""
    code = new_code()
    for codes, certificates, heard in (
        ((code, new_code()), (HUB_CERTIFICATE, HUB_CERTIFICATE), b"hub"),
        ((code, code), (HUB_CERTIFICATE, ANOTHER), b"hub"),
        ((code, code), (HUB_CERTIFICATE, HUB_CERTIFICATE), b"another"),
    ):
        desk, hub = proofs(codes, certificates, heard)
        assert not hall_code.same(desk.desk, hub.desk)
        assert not hall_code.same(desk.hub, hub.hub)
