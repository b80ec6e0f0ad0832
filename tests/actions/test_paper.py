# SPDX-License-Identifier: Apache-2.0
"""The papers of an event from a real store: who is on them, and by which template."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from PIL import Image

from desktop.actions.asset import import_asset
from desktop.actions.attendance import arrive
from desktop.actions.claim import fill_usual, mark_paid, set_amounts, set_detail, set_plan
from desktop.actions.paper import badge_paper, envelope_paper, sheet_paper, tent_paper
from desktop.actions.paper_filling import NothingToPrint
from desktop.actions.paper_template import paper_templates
from desktop.actions.receipt import claims_book, receipt_paper, receipt_sheet_paper
from desktop.actions.roster import Entry, add_entries, withdraw
from desktop.actions.sheet import prepare_sheets
from desktop.actions.template import create
from desktop.actions.template import withdraw as withdraw_template
from desktop.model.claim import ClaimPlan, Usual
from desktop.model.paper import Whom
from desktop.model.template import Table, Text
from desktop.printing.template_shipped import shipped_template
from tests.actions.office_ground import BY, FIRST, Ground, cid

MM = 72 / 25.4


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    """Twenty people of two agencies; the first three came in the morning of the first day."""
    made = Ground(tmp_path / "profile")
    letters = "กขคงจฉชซญดตถทธนบปผพฟ"
    entries = [
        Entry(
            first=f"บุญ{letter}", last=f"สกุล{letter}", title="นาย", phone="0812345678",
            identifier=cid(number), position="นักพัฒนาชุมชน",
            organisation="อบต.ด่านแม่ละเมา" if number % 2 else "เทศบาลตำบลม่วงเตี้ย",
            organisation_area="630609" if number % 2 else "94",
            group="lgo" if number < 5 else "apm",
        )
        for number, letter in enumerate(letters)
    ]  # fmt: skip
    made.ids = add_entries(made.store, BY, made.event.id, entries).value.enrolment_ids  # type: ignore[attr-defined]
    morning = made.sessions()[0]
    for one in _ids(made)[:3]:
        arrive(made.store, BY, one, morning.id, morning.start, "paper", "จากใบลงชื่อ")
    yield made
    made.store.close()


def _ids(ground: Ground) -> tuple[str, ...]:
    found: tuple[str, ...] = ground.ids  # type: ignore[attr-defined]
    return found


def _pages(pdf: bytes) -> list[str]:
    read = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return read.stdout.decode().split("\f")[:-1]


def _named(ground: Ground, text: str) -> list[str]:
    """First names of the roster that stand in a text, in the order of the roster."""
    return [row.first for row in ground.roster() if row.first in text]


def _sizes(pdf: bytes) -> set[tuple[int, int]]:
    with pypdfium2.PdfDocument(pdf) as document:
        return {tuple(round(side / MM) for side in page.get_size()) for page in document}  # type: ignore[misc]


def test_the_sheets_of_a_day_hold_the_rows_that_were_fixed(ground: Ground) -> None:
    """Mutants: rows by the roster of today instead of the page; the code of another page."""
    pages = prepare_sheets(ground.store, BY, ground.event.id, 1).value
    add_entries(ground.store, BY, ground.event.id, [Entry(first="บุญฮ", last="มาใหม่")])
    read = _pages(sheet_paper(ground.store, ground.event.id, pages))
    names = [row.first for row in ground.roster() if row.first != "บุญฮ"]
    assert [_named(ground, page) for page in read] == [names[:17], names[17:]]
    for page, text in zip(pages, read, strict=True):
        assert page.code in "".join(text.split())
        assert f"หน้า {page.page}/2" in text
        assert "ลายมือชื่อ เช้า" in text
        assert "ลายมือชื่อ บ่าย" in text
        assert "081-234-5678" in text
    second = prepare_sheets(ground.store, BY, ground.event.id, 2).value
    assert "บ่าย" not in _pages(sheet_paper(ground.store, ground.event.id, second))[0]


def test_a_sheet_of_fewer_rows_goes_on_under_the_same_code(ground: Ground) -> None:
    """Mutants: people beyond the template's rows left out; a code that is not in the store."""
    shipped = shipped_template("sign_in")
    higher = tuple(
        replace(one, row=13.4) if isinstance(one, Table) else one for one in shipped.elements
    )
    create(ground.store, BY, "แถวสูง", replace(shipped, elements=higher))
    pages = prepare_sheets(ground.store, BY, ground.event.id, 1).value
    read = _pages(sheet_paper(ground.store, ground.event.id, pages))
    assert len(read) == 4
    assert [_named(ground, page) for page in read[:2]] == [
        [row.first for row in ground.roster()[:7]], [row.first for row in ground.roster()[7:14]]
    ]  # fmt: skip
    for part in read[:3]:
        assert pages[0].code in "".join(part.split())
    assert "(ต่อ)" not in read[0]
    assert "หน้า 1/2 (ต่อ)" in read[1]


def test_the_template_that_was_saved_last_is_offered_until_it_is_withdrawn(
    ground: Ground,
) -> None:
    """Mutant: the shipped badge printed by an office that made its own."""
    shipped = shipped_template("badge")
    stamp = Text(id="stamp", x=4, y=33, width=60, height=6, text="ของเราเอง")
    ours = create(ground.store, BY, "ป้ายของเรา", replace(
        shipped, elements=(*[one for one in shipped.elements if one.id != "organisation"], stamp)
    )).value  # fmt: skip
    event_id = ground.event.id
    cards = paper_templates(ground.store, "badge")
    assert [card.id for card in cards] == [ours.id, "badge"]
    assert "ของเราเอง" in _pages(badge_paper(ground.store, event_id))[0]
    assert "ของเราเอง" not in _pages(badge_paper(ground.store, event_id, template="badge"))[0]
    withdraw_template(ground.store, BY, ours.id)
    assert "ของเราเอง" not in _pages(badge_paper(ground.store, event_id))[0]
    assert {card.id for card in paper_templates(ground.store, "envelope")} == {
        "envelope_dl", "envelope_no9", "envelope_c5",
    }  # fmt: skip


def test_the_two_receipts_do_not_take_each_others_template(ground: Ground) -> None:
    """Mutant: a sheet for everybody drawn by the form of one person."""
    assert [card.id for card in paper_templates(ground.store, "receipt")] == ["receipt"]
    assert [card.id for card in paper_templates(ground.store, "receipt_sheet")] == [
        "receipt_sheet"
    ]


@pytest.mark.parametrize(
    ("whom", "count"),
    [
        (Whom(), 20), (Whom(came=True), 3), (Whom(group="lgo"), 5),
        (Whom(came=True, group="apm"), 0),
    ],
)  # fmt: skip
def test_badges_are_for_whom_they_are_asked(ground: Ground, whom: Whom, count: int) -> None:
    """Mutants: everybody whoever was asked for; two conditions of which one holds."""
    if not count:
        with pytest.raises(NothingToPrint):
            badge_paper(ground.store, ground.event.id, whom=whom)
        return
    read = "".join(_pages(badge_paper(ground.store, ground.event.id, whom=whom)))
    assert len(_named(ground, read)) == count


def test_one_badge_is_printed_alone(ground: Ground) -> None:
    """Mutant: ten badges wasted for one."""
    read = _pages(badge_paper(ground.store, ground.event.id, whom=Whom(ids=_ids(ground)[4:5])))
    assert len(read) == 1
    assert _named(ground, read[0]) == ["บุญจ"]


def test_whoever_was_withdrawn_gets_no_tent(ground: Ground) -> None:
    """Mutant: a name on a table where nobody sits."""
    withdraw(ground.store, BY, _ids(ground)[0], "ป่วย")
    read = "".join(_pages(tent_paper(ground.store, ground.event.id)))
    assert len(_named(ground, read)) == 19
    assert read.count("บุญข") == 2


def test_letters_go_to_people_or_to_their_agencies(ground: Ground) -> None:
    """Mutants: an envelope for each of ten people of one agency; a postcode that is a guess."""
    event_id = ground.event.id
    people = _pages(envelope_paper(ground.store, event_id))
    assert len(people) == 20
    pdf = envelope_paper(ground.store, event_id, to="agencies", template="envelope_c5")
    agencies = _pages(pdf)
    assert len(agencies) == 2
    assert _sizes(pdf) == {(229, 162)}
    tambon = next(text for text in agencies if "ด่านแม่ละเมา" in text)
    assert "ตำบลด่านแม่ละเมา อำเภอแม่สอด" in tambon
    assert "จังหวัดตาก 63110" in tambon
    assert "ศูนย์พัฒนาราษฎรบนพื้นที่สูงจังหวัดตาก" in tambon, "who sends it"
    province = next(text for text in agencies if "ม่วงเตี้ย" in text)
    assert "จังหวัดปัตตานี\n" in province, "a province has many postcodes"


def test_the_emblem_of_the_office_stands_on_its_tents_and_envelopes(ground: Ground) -> None:
    """Mutant: an emblem that only certificates show."""

    def pictures(pdf: bytes) -> int:
        with pypdfium2.PdfDocument(pdf) as document:
            kinds = [one.type for page in document for one in page.get_objects(max_depth=4)]
        return kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE)

    one = Whom(ids=_ids(ground)[:1])
    before = tent_paper(ground.store, ground.event.id, whom=one)
    made = io.BytesIO()
    Image.new("RGB", (60, 60), "#B8892B").save(made, "PNG")
    import_asset(ground.store, BY, "emblem", "ตราหน่วยงาน", made.getvalue())
    tent = tent_paper(ground.store, ground.event.id, whom=one)
    envelope = envelope_paper(ground.store, ground.event.id, whom=one)
    assert pictures(before) == 0
    assert pictures(tent) == 2, "one on each face"
    assert pictures(envelope) == 1


def _paid(ground: Ground) -> None:
    usual = {"meal": Usual(240_00, daily=True), "fare": Usual(1_200_50)}
    plan = ClaimPlan(ground.event.id, usual, "นางสาวธิดาพร เสาวนะ", "เจ้าหน้าที่การเงิน")  # type: ignore[arg-type]
    set_plan(ground.store, BY, plan)
    fill_usual(ground.store, BY, ground.event.id)


def test_before_amounts_are_typed_the_receipt_sheet_lists_everybody(ground: Ground) -> None:
    """Mutant: no sheet at all for an office that fills it in by hand."""
    read = _pages(receipt_sheet_paper(ground.store, ground.event.id))
    assert len(_named(ground, "".join(read))) == 20
    assert "รวมเงินหน้านี้" in read[0]
    assert "0.00" not in read[0]
    assert "ค่าตอบแทน" not in read[0]


def test_a_receipt_sheet_sums_each_page_and_all_pages(ground: Ground) -> None:
    """Mutants: people who are paid nothing; the sum of all pages on the first."""
    _paid(ground)
    event_id = ground.event.id
    one = _pages(receipt_sheet_paper(ground.store, event_id))
    assert len(one) == 1
    assert _named(ground, one[0]) == ["บุญก", "บุญข", "บุญค"]
    assert "4,321.50" in one[0]
    assert "สี่พันสามร้อยยี่สิบเอ็ดบาทห้าสิบสตางค์" in one[0]
    assert "รวมเงินทุกหน้า" not in one[0], "there is one page"
    assert "นางสาวธิดาพร เสาวนะ" in one[0]
    assert "ตำบลด่านแม่ละเมา" in one[0], "no address of her own, so that of her agency"
    changes = [(each, "honorarium", 600_00) for each in _ids(ground)]
    set_amounts(ground.store, BY, event_id, changes)  # type: ignore[arg-type]
    first, second = _pages(receipt_sheet_paper(ground.store, event_id))
    assert "ค่าตอบแทน" in first
    assert "รวมเงินทุกหน้า" not in first
    assert "รวมเงินทุกหน้า 16,321.50 บาท" in second
    assert "หนึ่งหมื่นหกพันสามร้อยยี่สิบเอ็ดบาทห้าสิบสตางค์" in second
    assert "10,921.50" in first
    assert "5,400.00" in second


def test_money_owed_to_who_left_stays_on_the_sheet(ground: Ground) -> None:
    """Mutant: a sheet whose sum is not that of the list."""
    _paid(ground)
    withdraw(ground.store, BY, _ids(ground)[0], "กลับก่อน")
    read = "".join(_pages(receipt_sheet_paper(ground.store, ground.event.id)))
    assert "4,321.50" in read
    assert "บุญก" in read


def test_a_receipt_of_ones_own_says_what_was_paid_and_no_more_of_her(ground: Ground) -> None:
    """Mutants: an identity number that nobody asked for; amounts of another person."""
    _paid(ground)
    event_id, (first, *_rest) = ground.event.id, _ids(ground)
    set_detail(ground.store, BY, event_id, first, "fare", "แม่สอด – กรุงเทพฯ ไป-กลับ")
    mark_paid(ground.store, BY, event_id, [first], FIRST)
    read = _pages(receipt_paper(ground.store, BY, event_id))
    assert len(read) == 3
    assert "ค่าพาหนะ แม่สอด – กรุงเทพฯ ไป-กลับ" in " ".join(read[0].split())
    assert "1,440.50" in read[0]
    assert "หนึ่งพันสี่ร้อยสี่สิบบาทห้าสิบสตางค์" in read[0]
    assert "วันที่ 20 พฤศจิกายน 2569" in read[0]
    assert "........ พ.ศ." in read[1], "not paid yet: the day is written by hand"
    assert "เลขประจำตัว" not in "".join(read)
    assert cid(0) not in "".join(read)
    masked = _pages(receipt_paper(ground.store, BY, event_id, numbers="masked"))[0]
    assert f"{cid(0)[0]}-xxxx-xxxxx-{cid(0)[10:12]}-{cid(0)[12]}" in masked
    assert cid(0) not in masked
    whole = _pages(receipt_paper(
        ground.store, BY, event_id, whom=Whom(ids=(first,)), numbers="whole",
    ))  # fmt: skip
    assert len(whole) == 1
    number = cid(0)
    assert "-".join((number[0], number[1:5], number[5:10], number[10:12], number[12])) in whole[0]


def test_whole_identity_numbers_on_paper_are_noted(ground: Ground) -> None:
    """Mutant: numbers that leave the store without a trace."""
    _paid(ground)

    def noted() -> int:
        with ground.store.read() as conn:
            query = (
                "SELECT count(*) FROM audit WHERE action = 'print' AND noun = 'person_identifier'"
            )
            return int(conn.exec_driver_sql(query).scalar_one())

    receipt_paper(ground.store, BY, ground.event.id, numbers="masked")
    assert noted() == 0
    receipt_paper(ground.store, BY, ground.event.id, numbers="whole")
    assert noted() == 1


def test_nothing_paid_is_a_sentence(ground: Ground) -> None:
    """Mutant: an empty page, or a receipt over nought."""
    with pytest.raises(NothingToPrint):
        receipt_paper(ground.store, BY, ground.event.id)
    with pytest.raises(NothingToPrint):
        claims_book(ground.store, ground.event.id)


def test_the_workbook_has_everybody_who_is_paid(ground: Ground) -> None:
    """Mutant: a column per kind in another order than its head."""
    _paid(ground)
    made = claims_book(ground.store, ground.event.id)
    page = openpyxl.load_workbook(io.BytesIO(made), data_only=True).worksheets[0]
    rows = list(page.iter_rows(min_row=4, values_only=True))
    assert rows[0][4:10] == ("ค่าอาหาร", "ค่าเช่าที่พัก", "ค่าพาหนะ", "เบี้ยเลี้ยง", "ค่าตอบแทน", "รวม")
    assert rows[1][1] == "นายบุญก สกุลก"
    assert rows[1][3:10] == (1, 240, None, 1200.5, None, None, 1440.5)
    assert rows[4][9] == 4321.5
