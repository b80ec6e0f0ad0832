# SPDX-License-Identifier: Apache-2.0
"""The register in the file: numbers only go up, and words come back as they were frozen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from desktop.model.certificate import Certificate, Signer, Wording
from desktop.store import certificate
from desktop.store.certificate import Printing, Receipt
from tests.hall import BY, Hall, open_hall

WORDS = Wording(
    recipient="นางสาวน้ำทิพย์ ณ นคร",
    document_word="ประกาศนียบัตร",
    opening="ให้ไว้เพื่อแสดงว่า",
    deed="ได้ผ่านการอบรม",
    subject="โครงการทดสอบ",
    when_where="เมื่อวันที่ ๑ มีนาคม ๒๕๖๒",
    given="ให้ไว้ ณ วันที่ ๑ มีนาคม พ.ศ. ๒๕๖๒",
    issuer=("กรม", "กระทรวง"),
    signers=(Signer("นางนภา เศรษฐกร", "อธิบดี"), Signer("นายมานะ อดทน", "ผู้ว่าราชการ")),
    wish="ขอให้มีความสุข",
    fund="กองทุน",
)


def row(number: int, **fields: object) -> Certificate:
    plain = Certificate(
        id=f"c{number}",
        event_id="event-1",
        kind="completion",
        year=2562,
        number=number,
        number_text=f"{number}/2562",
        seat=number,
        status="issued",
        issue_date="2019-03-03",
        wording=WORDS,
        enrolment_id=f"n{number}",
        organisation="ศูนย์",
        reason="เหตุผล",
        replaces="c0",
        layout="h",
        edition=2,
        proof="cHJvb2Y=",
        office_id="office-1",
    )
    return replace(plain, **fields)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = open_hall(tmp_path)
    yield hall
    hall.store.close()


def keep(hall: Hall, *rows: Certificate) -> None:
    with hall.store.write(BY) as write:
        for one in rows:
            certificate.put_certificate(write, one)


def next_number(hall: Hall, kind: str = "completion", year: int = 2562) -> int:
    with hall.store.write(BY) as write:
        return certificate.next_number(write, kind, year)


def test_a_row_comes_back_as_it_was_kept(hall: Hall) -> None:
    """Fails when a column is left out or two are exchanged."""
    unused = row(2, status="unused", wording=None, issue_date="")
    keep(hall, row(1), unused)

    with hall.store.read() as conn:
        assert certificate.register(conn) == (row(1), unused)
        assert certificate.certificate(conn, "c1") == row(1)
        assert certificate.certificates(conn, ("c2", "c1")) == (unused, row(1))
        with pytest.raises(KeyError):
            certificate.certificate(conn, "c9")


def test_the_register_is_read_by_event_kind_and_year_in_the_order_of_numbers(hall: Hall) -> None:
    keep(hall, row(3), row(1), row(2, kind="project"), row(4, year=2561), row(5, event_id="other"))

    with hall.store.read() as conn:
        mine = certificate.register(conn, event_id="event-1", kind="completion", year=2562)
        assert [one.number for one in mine] == [1, 3]
        assert [one.id for one in certificate.register(conn)] == ["c4", "c1", "c3", "c5", "c2"]


def test_a_number_never_returns_even_from_a_row_that_was_deleted(hall: Hall) -> None:
    """Fails when ``next_number`` leaves out rows under a tombstone."""
    assert next_number(hall) == 1
    keep(hall, row(7), row(9, status="void"))
    assert next_number(hall) == 10

    with hall.store.write(BY) as write:
        write.delete("certificate", "c9")

    assert next_number(hall) == 10
    assert next_number(hall, "project") == 1
    assert next_number(hall, year=2563) == 1


def test_printings_are_facts_with_the_words_that_were_on_the_paper(hall: Hall) -> None:
    keep(hall, row(1))
    first = Printing("p1", "c1", "2019-03-03T04:00:00.000Z", BY, "เครื่อง ๑", 1, "", WORDS)
    second = replace(first, id="p2", at="2019-03-03T05:00:00.000Z", copies=2, reason="กระดาษติด")
    with hall.store.write(BY) as write:
        certificate.put_prints(write, [("event-1", second), ("event-1", first)])

    with hall.store.read() as conn:
        assert certificate.prints(conn, "c1") == (first, second)
        assert certificate.certificate(conn, "c1").prints == 2
    with pytest.raises(IntegrityError, match="only grows"), hall.store.write(BY) as write:
        certificate.put_prints(write, [("event-1", replace(first, reason="แก้ประวัติ"))])


def test_who_took_a_certificate_stands_beside_its_row(hall: Hall) -> None:
    keep(hall, row(1), row(2))
    with hall.store.write(BY) as write:
        taker = Receipt("ผู้แทน", "2019-03-04")
        certificate.set_status(write, (row(2),), "handed", receipt=taker)

    with hall.store.read() as conn:
        found = certificate.receipts(conn, "event-1")
    assert found == {"c2": Receipt("ผู้แทน", "2019-03-04")}
