# SPDX-License-Identifier: Apache-2.0
"""The bytes and digits of a certificate's QR code: one way to write them, for ever."""

from __future__ import annotations

import binascii
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.model import proof as code
from desktop.model.proof import (
    Claim,
    Damaged,
    Newer,
    NotOurs,
    certificate_part,
    decode,
    encode,
    fitted,
    from_digits,
    to_digits,
)
from desktop.model.proof_text import TOKENS, cut_to, plain, read_text, write_text
from desktop.store.ids import new_id

VECTORS: dict[str, Any] = json.loads(
    Path("tests/golden/proof/v1/vectors.json").read_text(encoding="utf-8")
)
CLAIM = Claim(
    b"\1\2\3\4\5\6", bytes(8), 1, 2562, 12, "12/2562", date(2019, 3, 3),
    "นางสาวน้ำทิพย์ ณ นคร",
    "โครงการอบรมเชิงปฏิบัติการเพื่อพัฒนาศักยภาพอาสาสมัคร", "กรมพัฒนาสังคมและสวัสดิการ",
)  # fmt: skip
SIGNATURE = bytes(range(64))
TEXT = (
    st.lists(
        st.one_of(
            st.sampled_from("กขคงนมรสอ่้์ิีุูัาำเแโใไฤๆฯ๑๒๓ .-/()“”–…aZé𠮷"),
            st.sampled_from(sorted(TOKENS.values())),
        ),
        max_size=20,
    )
    .map("".join)
    .filter(lambda text: len(write_text(text)) < 120)
)
CLAIMS = st.builds(
    Claim, st.binary(min_size=6, max_size=6), st.binary(min_size=8, max_size=8),
    st.integers(0, 255), st.integers(1, 65535), st.integers(1, 2**24 - 1),
    TEXT.filter(bool), st.dates(date(1970, 1, 1), date(2149, 6, 6)), TEXT, TEXT, TEXT,
    st.integers(1, 255),
)  # fmt: skip


@pytest.mark.parametrize("vector", VECTORS["vectors"])
def test_what_stands_on_paper_is_read_for_ever(vector: dict[str, Any]) -> None:
    """The mutants: a token, a field, the check or the order of anything changed."""
    said = vector["claim"] | {
        "key": bytes.fromhex(vector["claim"]["key"]),
        "part": bytes.fromhex(vector["claim"]["part"]),
        "issued": date.fromisoformat(vector["claim"]["issued"]),
    }
    signed = bytes.fromhex(vector["payload"] + vector["signature"])

    assert decode(bytes.fromhex(vector["payload"])) == Claim(**said)
    assert encode(Claim(**said)).hex() == vector["payload"]
    assert to_digits(signed) == vector["digits"]
    assert from_digits(vector["digits"]) == signed


def test_the_table_of_words_is_frozen() -> None:
    """The mutant: two words of the table exchanged, or one added in the middle."""
    assert {f"{byte:02x}": word for byte, word in TOKENS.items()} == VECTORS["tokens"]


@given(CLAIMS)
@settings(max_examples=60, deadline=None)
def test_a_claim_comes_back_from_its_bytes_and_its_digits(claim: Claim) -> None:
    signed = encode(claim) + SIGNATURE
    payload, signature = code.split(from_digits(to_digits(signed)))
    assert (decode(payload), signature) == (claim, SIGNATURE)


@given(CLAIMS, st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_bytes_are_taken_are_those_that_would_be_written(
    claim: Claim, data: st.DataObject
) -> None:
    """The mutant: ``decode`` that does not encode again, so that “12/2562” written out, an
    escaped ก or a word spelt letter by letter is a second payload of the same claim."""
    payload = bytearray(encode(claim))
    at = data.draw(st.integers(0, len(payload) - 1))
    payload[at] = data.draw(st.integers(0, 255))
    try:
        found = decode(bytes(payload))
    except (Damaged, Newer):
        return
    assert encode(found) == bytes(payload)


def _with_texts(*texts: bytes) -> bytes:
    """The head of ``CLAIM`` with texts as given."""
    return encode(CLAIM)[:24] + b"".join(bytes([len(one)]) + one for one in texts)


@pytest.mark.parametrize(
    "payload",
    [
        _with_texts(b"12/2562", b"A", b"", b""),
        _with_texts(b"", b"\0A", b"", b""),
        _with_texts(b"", "\0ก".encode(), b"", b""),
        _with_texts(b"", write_text("กา") + write_text("ร"), b"", b""),
        _with_texts(b"", b"\0\n", b"", b""),
        _with_texts(b"", b"\0\xe2\x80\xae", b"", b""),
        _with_texts(b"", b"\0", b"", b""),
        _with_texts(b"", b"\0\xff", b"", b""),
        _with_texts(b"", b"A", b"", b"") + b"\0",
        _with_texts(b"", b"A", b""),
        encode(CLAIM)[:18] + bytes(3) + encode(CLAIM)[21:],
        encode(CLAIM)[:23] + bytes(1) + encode(CLAIM)[24:],
        b"\0" + encode(CLAIM)[1:],
        encode(CLAIM)[:20],
        b"",
    ],
)
def test_a_second_way_to_write_a_claim_is_refused(payload: bytes) -> None:
    """The mutant: no encoding again. Bytes after the texts are refused twice over."""
    with pytest.raises(Damaged):
        decode(payload)


def test_a_later_version_is_said_to_be_one() -> None:
    """The mutant: every version read as the first."""
    with pytest.raises(Newer):
        decode(b"\2" + encode(CLAIM)[1:])


def test_digits_that_are_cut_or_mistyped_are_noticed() -> None:
    """The mutants: no check in the digits; a length that is not looked at."""
    digits = to_digits(encode(CLAIM) + SIGNATURE)
    for at in range(0, len(digits), 7):
        wrong = digits[:at] + str((int(digits[at]) + 1) % 10) + digits[at + 1 :]
        with pytest.raises(Damaged):
            from_digits(wrong)
    for cut in (digits[:-1], digits[1:], digits[:100], digits + "0", "0" + digits, digits * 20):
        with pytest.raises(Damaged):
            from_digits(cut)
    with pytest.raises(Damaged):
        from_digits("9" * len(digits))


@pytest.mark.parametrize("text", ["", "12345678901234567890", "กขค", "๑" * 300, "1" * 299 + " "])
def test_what_is_no_code_of_a_certificate_is_said_to_be_none(text: str) -> None:
    with pytest.raises(NotOurs):
        from_digits(text)


def test_zeros_in_front_are_kept_and_count() -> None:
    """The mutant: digits without the zeros in front; their bytes would be fewer."""
    signed = bytes(100)
    assert to_digits(signed).startswith("000")
    assert from_digits(to_digits(signed)) == signed


def test_every_number_of_bytes_has_a_number_of_digits_of_its_own() -> None:
    """The mutant: a ratio that is a little off, which fails for long codes alone."""
    for length in range(92, 700):
        signed = b"\xff" * length
        assert from_digits(to_digits(signed)) == signed


def test_certificates_of_one_run_have_different_parts() -> None:
    """The mutant: the last eight bytes of the id, which are the same for a whole run."""
    ids = [new_id() for _one in range(2000)]
    assert len({certificate_part(one) for one in ids}) == len(ids)


# ---- texts


def test_a_thai_letter_is_one_byte_and_a_usual_word_too() -> None:
    assert len(write_text("กุลธิดา ศรีสวัสดิ์วงศ์")) == len("กุลธิดา ศรีสวัสดิ์วงศ์")
    assert write_text("โครงการ") == b"\x01"
    assert read_text(write_text("ว่าที่ร้อยตรีหญิง Zoë")) == "ว่าที่ร้อยตรีหญิง Zoë"


@pytest.mark.parametrize("text", ["a\nb", "a\u202eb", "\ud800", "\u200b", "\x7f"])
def test_what_cannot_be_seen_cannot_be_said(text: str) -> None:
    """The mutant: controls let through, which turn a name round on the screen."""
    with pytest.raises(ValueError, match="seen"):
        write_text(text)


def test_breaks_of_the_line_and_unseen_marks_are_left_out_of_a_wording() -> None:
    assert plain("โครงการ\n อบรม\u200b\u00ad  พัฒนา ") == "โครงการ อบรม พัฒนา"


@given(TEXT, st.integers(1, 40))
@settings(max_examples=100, deadline=None)
def test_a_text_is_cut_to_its_room_and_ends_in_an_ellipsis(text: str, most: int) -> None:
    cut = cut_to(text, most)
    assert len(write_text(cut)) <= most
    assert cut == text or cut.endswith("…")


@pytest.mark.parametrize(("most", "cut"), [(4, "น้ำ…"), (3, "…"), (2, "…"), (7, "น้ำใจ…")])
def test_a_text_is_never_cut_between_a_letter_and_its_marks(most: int, cut: str) -> None:
    """The mutant: cut anywhere, so that a น stands for น้ำ, or a ใ for ใจ."""
    assert cut_to("น้ำใจเด่น", most) == cut


# ---- room


@pytest.mark.parametrize("address", ["", "https://check.example.go.th/v#"])
def test_a_title_is_cut_and_a_name_is_not(address: str) -> None:
    """The mutants: name or number cut before the title; an issuer kept while the title is cut."""
    long = replace(CLAIM, title="โครงการเสริมสร้างเครือข่ายธนาคารเวลาและเพื่อนบ้าน" * 12)
    found = fitted(long, code.room(address))
    assert len(encode(found)) <= code.room(address)
    assert (found.recipient, found.number_text, found.issuer) == (CLAIM.recipient, "12/2562", "")
    assert found.title.endswith("…")
    assert len(found.title) > 40
    assert fitted(CLAIM, code.room(address)) == CLAIM
    tight = len(encode(CLAIM)) - 1
    assert fitted(CLAIM, tight) == replace(CLAIM, issuer="")


def test_a_name_nobody_has_is_cut_so_that_there_is_a_code_at_all() -> None:
    absurd = replace(CLAIM, recipient="က" * 200, title="ก" * 200)
    assert len(encode(fitted(absurd, code.room()))) <= code.room()


def test_a_number_with_many_words_is_told_without_them_beside_the_longest_name() -> None:
    """Mutants: the number cut at its end, so that a whole series reads alike; the room of the name
    reckoned with a short number, so that nobody can be issued anything."""
    said = "ศูนย์พัฒนาสังคม ที่ พม 0312.1234567/000000012/2562"
    long = replace(CLAIM, number_text=said, recipient="ก" * 120, title="โครงการ" * 20)
    for address in ("", "https://check.example.go.th/" + "v" * 19 + "#"):
        found = fitted(long, code.room(address))
        assert found.number_text == "12/2562"
        assert len(encode(found)) <= code.room(address)
    usual = replace(CLAIM, number_text="พม 0312/00012/2562")
    assert fitted(usual, code.room()).number_text == "พม 0312/00012/2562"


def test_an_address_is_a_part_of_its_own() -> None:
    assert code.qr_parts("https://x.th/v#123") == ("https://x.th/v#", "123")
    assert code.qr_parts("123") == ("123",)
    assert code.qr_parts("https://x.th/#top") == ("https://x.th/#top",)


def test_the_check_is_the_crc_that_every_language_has() -> None:
    """CRC-16/CCITT-FALSE of “123456789” is 29B1: what a page in a browser computes."""
    assert binascii.crc_hqx(b"123456789", 0xFFFF) == 0x29B1
