# SPDX-License-Identifier: Apache-2.0
"""What becomes of a certificate is what a check of its paper says."""

from __future__ import annotations

from dataclasses import replace

from desktop.actions import certificate as life
from desktop.actions.proof import check, check_many, prover, qr_text
from desktop.model import proof as code
from desktop.model.facilitator import Office
from desktop.store import certificate, person, roster
from desktop.store import proof as store_proof
from desktop.sync import issuer
from tests.actions.issuing import give, issued
from tests.actions.proof_ground import WORDS, forge, issue
from tests.hall import BY, Hall


def test_paper_of_an_issue_that_was_taken_back_is_void(hall: Hall) -> None:
    """The mutant: a row under a tombstone counted as one that is not here, and so genuine."""
    one = issue(hall)
    with hall.store.write(BY) as write:
        write.delete("certificate", one.id)
    verdict = check(hall.store, qr_text(one.proof))
    assert (verdict.outcome, verdict.revoked and verdict.revoked.why) == ("revoked", "void")
    with hall.store.read() as conn:
        assert [gone.part for gone in store_proof.revoked(conn, ("office-1",))] == [
            code.certificate_part(one.id)
        ]


def test_paper_whose_number_was_given_anew_is_replaced(hall: Hall) -> None:
    """The mutant: the row's words not looked at. An issue that was taken back and done again for
    another name has the same row."""
    one = issue(hall)
    again = replace(one, wording=replace(WORDS, recipient="นายสมชาย ใจดี"))
    with hall.store.write(BY) as write:
        again = replace(again, proof=prover(write).proof_for(again))
        certificate.put_certificate(write, again)
    assert check(hall.store, qr_text(again.proof)).outcome == "genuine"
    verdict = check(hall.store, qr_text(one.proof))
    assert (verdict.outcome, verdict.revoked and verdict.revoked.by) == ("revoked", "12/2562")


def test_the_same_certificate_signed_by_two_computers_of_the_office_is_one(hall: Hall) -> None:
    """The mutant: proofs compared as they are; of two laptops that issued apart one would make
    the other's paper false."""
    one, second = issue(hall), issuer.Signer(issuer.make_key())
    digits = forge(one, second._key.private_bytes_raw(), key=second.key_id)
    with hall.store.write(BY) as write:
        store_proof.tell_issuer(
            write, Office("office-1", "กองทดสอบ", "10"), second.public, second.key_id
        )
    assert check(hall.store, digits).outcome == "genuine"


def test_what_the_office_does_to_its_certificates_is_what_a_check_says(hall: Hall) -> None:
    """Through the actions of the window. The mutants: an issue, or a replacement, that signs
    nothing; a replacement that keeps the proof of the old name."""
    people = give(hall, "หนึ่ง", "สอง", "สาม")
    ids = issued(hall, *people)

    def proof(certificate_id: str) -> str:
        with hall.store.read() as conn:
            return qr_text(certificate.certificate(conn, certificate_id).proof)

    before = {one: proof(one) for one in ids}
    assert [one.outcome for one in check_many(hall.store, tuple(before.values()))] == [
        "genuine"
    ] * 3
    life.void(hall.store, BY, ids[0], "พิมพ์ผิด")
    with hall.store.write(BY) as write:
        held = person.person(write.conn, _person_of(hall, people[1]))
        person.put_person(write, replace(held, first="สองใหม่"))
    again = life.replace_after_name_fix(hall.store, BY, ids[1], "แก้ชื่อ").value
    life.hand_over(hall.store, BY, [ids[2]])
    life.take_back(hall.store, BY, [ids[2]], "ไม่มารับ")

    first, second, third = check_many(hall.store, tuple(before.values()))
    assert (first.outcome, first.revoked and first.revoked.why) == ("revoked", "void")
    assert (second.outcome, second.revoked and second.revoked.why) == ("revoked", "replaced")
    assert (third.outcome, third.returned) == ("genuine", "2019-03-01")
    fresh = check(hall.store, qr_text(again.proof))
    assert fresh.claim is not None
    assert (fresh.outcome, fresh.claim.edition) == ("genuine", 2)
    assert "สองใหม่" in fresh.claim.recipient


def _person_of(hall: Hall, enrolment_id: str) -> str:
    with hall.store.read() as conn:
        return roster.enrolment(conn, enrolment_id).person_id
