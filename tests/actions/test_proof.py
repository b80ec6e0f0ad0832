# SPDX-License-Identifier: Apache-2.0
"""Certificates are signed when they are issued, and checked with nothing but what is here."""

from __future__ import annotations

import base64
import random
from dataclasses import replace

import pytest

from desktop.actions.proof import Verdict, check, check_many, digits_in, prover, qr_text
from desktop.actions.proof_address import proof_address, set_proof_address
from desktop.model import proof as code
from desktop.model.facilitator import Office
from desktop.store import centre, facilitator
from desktop.store import proof as store_proof
from desktop.store.ids import new_id
from desktop.sync import issuer
from desktop.sync.keys import Keys
from desktop.thai.keyboard import to_thai_layout
from tests.actions.proof_ground import WORDS, forge, issue, join_a_centre, matched, step
from tests.campaigns import proof as forging
from tests.hall import BY, Hall

pytestmark = pytest.mark.usefixtures("english")


# ---- signing


def test_a_certificate_is_genuine_and_says_what_is_on_the_paper(hall: Hall) -> None:
    """The mutant: fields exchanged between wording and code."""
    one = issue(hall)
    verdict = check(hall.store, qr_text(one.proof))
    claim = verdict.claim
    assert claim is not None
    assert (verdict.outcome, verdict.issuer, verdict.own) == ("genuine", "กองทดสอบ", True)
    assert (claim.recipient, claim.title) == (WORDS.recipient, WORDS.subject)
    assert (claim.number_text, claim.year, claim.kind, claim.edition) == ("12/2562", 2562, 1, 1)
    assert (claim.issued.isoformat(), claim.issuer) == ("2019-03-03", "กองทดสอบ")


def test_a_laptop_has_one_key_which_all_the_office_is_told(hall: Hall) -> None:
    """The mutant: a new key for every batch."""
    issue(hall, 1), issue(hall, 2)
    with hall.store.read() as conn:
        private = store_proof.laptop_issuer(conn)
        (known,) = store_proof.issuer_keys(conn)
    assert private is not None
    assert known.public == issuer.public_of(private)
    assert (known.office_id, known.issuer) == ("office-1", "กองทดสอบ")
    with hall.store.write(BY) as write, pytest.raises(ValueError, match="already"):
        store_proof.keep_laptop_issuer(write, issuer.make_key())


def test_the_key_is_no_part_of_what_issuing_takes_back(hall: Hall) -> None:
    """The mutant: the key among the steps; undoing the first issue would disown all later
    paper of this laptop."""
    with hall.store.write(BY) as write:
        prover(write)
        assert not write.undo


def test_the_private_key_is_in_no_op(hall: Hall) -> None:
    """The mutant: the private half told where the public one belongs."""
    issue(hall)
    with hall.store.read() as conn:
        private = store_proof.laptop_issuer(conn)
        bodies = "".join(conn.exec_driver_sql("SELECT body FROM op").scalars())
    assert private is not None
    assert issuer.public_of(private).hex() in bodies
    assert private.hex() not in bodies


def test_the_keys_to_the_centre_are_found_beside_the_key_for_certificates(hall: Hall) -> None:
    """The mutant: every key of the laptop counted as one of those two."""
    keys = Keys.make()
    with hall.store.write(BY) as write:
        centre.keep_device_keys(write, keys.signing, keys.sealing)
    issue(hall)
    with hall.store.read() as conn:
        assert centre.device_keys(conn) == (keys.signing, keys.sealing)


def test_a_number_without_paper_has_no_proof(hall: Hall) -> None:
    with pytest.raises(ValueError, match="not used"):
        issue(hall, wording=None)
    assert qr_text("") == ""
    with pytest.raises(ValueError, match="no proof"):
        qr_text("not base64!")


def test_an_address_is_frozen_with_the_certificate(hall: Hall) -> None:
    """The mutant: the address of today in front of yesterday's code; a reprint would differ."""
    before = issue(hall, 1)
    set_proof_address(hall.store, BY, "https://check.example.go.th/v")
    after = issue(hall, 2)
    set_proof_address(hall.store, BY, "")
    assert proof_address(hall.store) == ""
    assert qr_text(before.proof).isdigit()
    assert qr_text(after.proof).startswith("https://check.example.go.th/v#")
    assert check(hall.store, qr_text(after.proof)).outcome == "genuine"


def test_breaks_of_lines_in_a_wording_do_not_stop_an_issue(hall: Hall) -> None:
    """The mutant: the wording as it is, with breaks that a person made in it."""
    one = issue(hall, wording=replace(WORDS, subject="โครงการ\nทดสอบ\u200b ๒"))
    claim = check(hall.store, qr_text(one.proof)).claim
    assert claim is not None
    assert claim.title == "โครงการ ทดสอบ ๒"


# ---- reading what was scanned


def test_a_scanner_is_understood_whatever_the_keyboard_is_set_to(hall: Hall) -> None:
    """The mutants: no mapping of the Thai row; the address mapped as if it were digits."""
    digits = qr_text(issue(hall).proof)
    link = "https://check.example.go.th/v#" + digits
    thai = digits.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    spaced = " ".join(digits[at : at + 5] for at in range(0, len(digits), 5)) + "\n"
    for typed in (digits, to_thai_layout(digits), thai, spaced, link, to_thai_layout(link)):
        assert digits_in(typed) == digits
    assert digits_in("x" * 30_000) == ""


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("", "foreign"), ("สวัสดี", "foreign"), ("12345678901234567890", "foreign"),
        ("https://example.go.th/v#top", "foreign"), ("7" * 200, "damaged"), ("1" * 430, "damaged"),
    ],
)  # fmt: skip
def test_what_is_no_code_is_said_to_be_none(hall: Hall, typed: str, outcome: str) -> None:
    assert check(hall.store, typed) == Verdict(outcome)  # type: ignore[arg-type]


# ---- verdicts


def test_a_changed_name_under_an_old_signature_is_altered(hall: Hall) -> None:
    """The mutant: a signature that is not looked at."""
    one = issue(hall)
    assert check(hall.store, forge(one, recipient="นายปลอม แปลง")).outcome == "altered"


def test_another_key_under_the_office_s_name_is_altered(hall: Hall) -> None:
    """The mutant: a key believed for its id."""
    one = issue(hall)
    assert check(hall.store, forge(one, issuer.make_key(), number=99)).outcome == "altered"


def test_a_key_nobody_told_of_proves_nothing(hall: Hall) -> None:
    """The mutants: an unknown key believed; its content called genuine."""
    one, key = issue(hall), issuer.make_key()
    verdict = check(hall.store, forge(one, key, key=issuer.Signer(key).key_id))
    assert (verdict.outcome, verdict.issuer, verdict.as_of) == ("unknown", "", "")
    assert verdict.claim is not None
    assert verdict.claim.recipient == WORDS.recipient


def test_a_key_that_came_in_an_event_s_scope_is_not_the_office_s(hall: Hall) -> None:
    """The mutant: every row of ``issuer_key`` believed. Whoever shares an event may write rows
    in its scope, and would sign certificates of this office."""
    key = issuer.make_key()
    signer = issuer.Signer(key)
    with hall.store.write("stranger") as write:
        for scope in ("w:event-1", "o:elsewhere"):
            write.put(
                "issuer_key", new_id(), scope, key_id=signer.key_id.hex(),
                public=signer.public.hex(), office_id="office-1", issuer="กองทดสอบ",
                made_at=write.now().utc,
            )  # fmt: skip
    digits = forge(issue(hall), key, key=signer.key_id)
    assert check(hall.store, digits).outcome == "unknown"


def test_a_later_version_asks_for_a_newer_program(hall: Hall) -> None:
    payload, signature = code.split(base64.b64decode(issue(hall).proof))
    digits = code.to_digits(b"\2" + payload[1:] + signature)
    assert check(hall.store, digits).outcome == "newer"


def test_a_void_certificate_is_revoked_from_that_moment(hall: Hall) -> None:
    """The mutant: a genuine signature is all that is asked for."""
    one = issue(hall)
    digits = qr_text(one.proof)
    step(hall, one, "void", "2019-03-02")
    verdict = check(hall.store, digits)
    assert verdict.outcome == "revoked"
    assert verdict.revoked is not None
    assert (verdict.revoked.why, verdict.revoked.on) == ("void", "2019-03-02")


def test_a_replaced_certificate_names_the_one_that_took_its_place(hall: Hall) -> None:
    """The mutant: both editions stand, as they have one number."""
    one = issue(hall)
    step(hall, one, "replaced", "2019-03-02")
    again = issue(hall, replaces=one.id, edition=2)
    verdict = check(hall.store, qr_text(one.proof))
    assert verdict.revoked is not None
    assert (verdict.outcome, verdict.revoked.by) == ("revoked", "12/2562")
    assert check(hall.store, qr_text(again.proof)).outcome == "genuine"


def test_a_paper_that_came_back_is_genuine_and_said_to_lie_in_the_office(hall: Hall) -> None:
    one = issue(hall)
    step(hall, one, "returned", "2019-03-05")
    verdict = check(hall.store, qr_text(one.proof))
    assert (verdict.outcome, verdict.returned) == ("genuine", "2019-03-05")


def test_another_certificate_of_the_same_number_says_nothing(hall: Hall) -> None:
    """The mutant: the row found by number alone; registers of two kinds count apart."""
    one = issue(hall, kind="participation")
    step(hall, issue(hall), "void", "2019-03-02")
    assert check(hall.store, qr_text(one.proof)).outcome == "genuine"


def test_without_a_centre_what_is_known_is_known_now(hall: Hall) -> None:
    digits = qr_text(issue(hall).proof)
    assert check(hall.store, digits).as_of == hall.store.now().utc


def test_with_a_centre_it_is_known_until_the_register_was_confirmed(hall: Hall) -> None:
    """The mutant: today's date, though another laptop may have voided it since."""
    digits = qr_text(issue(hall).proof)
    join_a_centre(hall)
    assert check(hall.store, digits).as_of == ""
    matched(hall, "w:event-1", "2019-02-28T03:00:00.000Z")
    assert check(hall.store, digits).as_of == "2019-02-28T03:00:00.000Z"


def test_a_key_of_an_office_joined_later_stays_known(hall: Hall) -> None:
    """The mutant: the keys of today's office alone; paper of before would be a stranger's."""
    one = issue(hall)
    with hall.store.write(BY) as write:
        facilitator.belong_to(write, Office("office-2", "สำนักงานใหม่", "10"))
    assert check(hall.store, qr_text(one.proof)).outcome == "genuine"
    again = issue(hall, 13)
    assert check(hall.store, qr_text(again.proof)).issuer in ("สำนักงานใหม่", "กองทดสอบ")
    with hall.store.read() as conn:
        assert {one.office_id for one in store_proof.issuer_keys(conn)} == {"office-1", "office-2"}


def test_many_codes_are_checked_in_their_order(hall: Hall) -> None:
    one, two = issue(hall, 1), issue(hall, 2)
    step(hall, two, "void", "2019-03-02")
    texts = (qr_text(two.proof), "x", qr_text(one.proof))
    assert [one.outcome for one in check_many(hall.store, texts)] == [
        "revoked", "foreign", "genuine",
    ]  # fmt: skip


def test_nothing_forged_is_accepted() -> None:
    """A sample of the campaign: 25 of each way to forge. The mutants are named there, and
    each of them is noticed."""
    assert forging.run(random.Random(1), 250)["accepted"] == []
    for mutant in forging.MUTANTS:
        assert forging.run(random.Random(1), 600, mutant)["accepted"], mutant
