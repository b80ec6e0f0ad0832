# SPDX-License-Identifier: Apache-2.0
"""Tables of templates, and templates of which several go on a sheet."""

from __future__ import annotations

import io
import re
from typing import Final

import pikepdf
import pypdfium2
import pytest

from desktop.model.template import (
    Column,
    Filling,
    Ornament,
    Paper,
    Qr,
    Signatories,
    Table,
    TableColumn,
    Template,
    Text,
    TextStyle,
)
from desktop.model.template_field import sample_filling
from desktop.printing.template_mark import Set, Stroke
from desktop.printing.template_page import (
    NONE,
    boxes,
    check_fillings,
    layer_pdf,
    pages_pdf,
    troubles,
)
from desktop.printing.template_place import place, read
from desktop.printing.template_shipped import shipped_template, shipped_templates
from desktop.printing.template_table import total_of

_STYLE = TextStyle(size=11, smallest=8, align="left", max_lines=2)


def _sheet(**changes: object) -> Template:
    table = Table(
        id="rows",
        x=20,
        y=40,
        width=170,
        height=109,
        head_row=9,
        row=10,
        columns=(
            TableColumn(label="ที่", text="{no}", width=10),
            TableColumn(label="ชื่อ", text="{name}", width=60, style=_STYLE),
            TableColumn(label="ค่าเดินทาง", text="{fare}", width=30, total=True),
            TableColumn(label="ที่พัก", text="{lodging}", width=30, total=True, when="lodging"),
        ),
        **changes,  # type: ignore[arg-type]
    )
    words = Text(id="page", x=20, y=20, width=170, height=8, text="{page}", style=_STYLE)
    return Template(
        purpose="sheet", titles={"th": "x"}, width=210, height=297, elements=(words, table)
    )


def _filling(count: int, **fields: str) -> Filling:
    rows = tuple(
        {"no": str(number), "name": f"นางสาวฐิติญาณัฏฐ์ ปิ่นเฟื่องฟุ้ง <{number}>", "fare": "๑,๒๔๐.๕๐"}
        for number in range(1, count + 1)
    )
    return Filling(fields=fields, rows=rows)


def _text(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_rows_go_on_over_pages_that_say_which_they_are() -> None:
    """Ten rows fit. Fails when a row is lost or doubled at a page's end, and when the pages are
    not counted in the digits of the event."""
    template, filling = _sheet(), _filling(23)
    assert len(_text(pages_pdf(template, [filling, _filling(1)]))) == 4
    pages = _text(pages_pdf(template, [filling]))
    assert [f"หน้า {digit}/๓" in page for digit, page in zip("๑๒๓", pages, strict=True)] == [
        True
    ] * 3
    for number in range(1, 24):
        assert "".join(pages).count(f"<{number}>") == 1
    assert "หน้า" not in _text(pages_pdf(template, [_filling(3)]))[0]


def test_blank_rows_fill_the_page_and_are_kept_on_every_one() -> None:
    """Fails when a page with room left ends after its last row although rows are to stay blank."""
    template = _sheet(blank_rows=3)
    assert len(_text(pages_pdf(template, [_filling(8)]))) == 2
    placement = place(template, read(template, _filling(2)), NONE, rows=_filling(2).rows)
    (table,) = (part.marks for part in placement.parts if part.element.id == "rows")
    feet = {round(m.y, 2) for m in table if isinstance(m, Stroke) and m.y == m.to_y}
    assert len(feet) == 12  # the head has two, and ten rows one each
    assert not placement.faults


def test_a_page_sums_its_amounts_and_leaves_columns_out_that_nobody_needs() -> None:
    """Fails when satang are lost, when digits change their kind, and when the column of a field
    that is empty takes room."""
    template = _sheet(totals=True)
    (without,) = _text(pages_pdf(template, [_filling(3)]))
    assert "๓,๗๒๑.๕๐" in without
    assert "รวม" in without
    assert "ที่พัก" not in without
    (with_it,) = _text(pages_pdf(template, [_filling(3, lodging="x")]))
    assert "ที่พัก" in with_it


@pytest.mark.parametrize(
    ("texts", "total"),
    [
        (["๑,๒๔๐.๕๐", "", "๙.๕๐"], "๑,๒๕๐.๐๐"),
        (["1,000", "250"], "1,250"),
        ([], ""),
        (["-", "๕๐"], "๕๐"),
        (["๒๐ บาท"], ""),
    ],
)
def test_amounts_are_added_as_they_are_written(texts: list[str], total: str) -> None:
    """Fails when a float adds them, or what is no amount is added as something."""
    assert total_of(texts) == total


def test_a_cell_too_long_is_told() -> None:
    """Fails when a cell is cut, or runs into the next."""
    filling = Filling(fields={}, rows=({"no": "1", "name": "ว่าที่ร้อยตรีหญิง" * 30, "fare": ""},))
    ((index, problem),) = check_fillings(_sheet(), [filling])
    assert (index, problem.element_id) == (0, "rows")


LONG: Final = (
    ("name", "ศาสตราจารย์เกียรติคุณ ดร. นายแพทย์ หม่อมหลวงปิ่นฟุ้งเฟื่อง ปู่ชื่นรุ่งเรืองกิ่งศักดิ์"),
    ("position", "นักพัฒนาสังคมชำนาญการพิเศษ รักษาการในตำแหน่งผู้อำนวยการศูนย์พัฒนาราษฎรบนพื้นที่สูงจังหวัดตาก"),
    ("organisation", "สมาคมเพื่อการพัฒนาคุณภาพชีวิตและส่งเสริมอาชีพผู้ด้อยโอกาสคนพิการและผู้สูงอายุ (ภาคเหนือตอนบน) "
     "จังหวัดเชียงใหม่ แม่ฮ่องสอน ลำพูน และลำปาง"),
)  # fmt: skip


@pytest.mark.parametrize(("field", "text"), LONG)
def test_one_long_name_does_not_keep_a_sign_in_sheet_from_being_printed(
    field: str, text: str
) -> None:
    """Fails when a cell is never set smaller than the template says: the whole sheet of the
    morning was refused, and when what is set so leaves its row or is too small for anybody."""
    template = shipped_template("sign_in")
    usual = sample_filling("sheet", "usual", 3)
    rows = tuple({**row, field: text} for row in usual.rows)
    filling = Filling(fields=usual.fields, rows=rows)
    assert troubles(template, filling) == ()
    assert "".join(text.split()) in "".join(_text(pages_pdf(template, [filling]))[0].split())
    placement = place(template, read(template, filling), NONE, rows=rows)
    (table,) = (part.marks for part in placement.parts if part.element.id == "people")
    said = [one for one in table if isinstance(one, Set) and len(one.text) > 12]
    assert min(one.size for one in said) >= 5
    foot = [one.y for one in table if isinstance(one, Stroke) and one.y == one.to_y]
    for one in said:
        assert not any(one.ink[1] < line < one.ink[3] for line in foot), one.text


def _badges(**paper: object) -> Template:
    name = Text(id="name", x=8, y=20, width=74, height=12, text="{name}", style=_STYLE)
    return Template(
        purpose="badge",
        titles={"th": "ป้าย"},
        width=90,
        height=54,
        elements=(name,),
        paper=Paper(**paper),  # type: ignore[arg-type]
    )


def test_badges_lie_in_rows_with_marks_between_which_nothing_is_drawn() -> None:
    """Ten to a sheet of A4. Fails when the second page of a sheet lies on the first, when rows
    run upward, and when a cutting mark is drawn on a badge."""
    template = _badges(columns=2, rows=5)
    names = [f"นายหนึ่ง{number}" for number in range(1, 13)]
    data = pages_pdf(template, [Filling(fields={"name": name}) for name in names])
    with pypdfium2.PdfDocument(data) as document:
        assert len(document) == 2
        assert document[0].get_size() == pytest.approx((595.3, 841.9), abs=0.1)
        words = document[0].get_textpage()
        places = []
        for name in names[:10]:
            index, _count = words.search(
                name + ("" if name[-2:] == "10" else "\r")
            ).get_next() or (words.search(name).get_next())
            left, bottom, _right, _top = words.get_charbox(index)
            places.append((round(left / 72 * 25.4), round(297 - bottom / 72 * 25.4)))
        image = document[0].render(scale=2).to_pil().convert("L")
    assert [x for x, _y in places[:2]] == [23, 113]
    assert places[2][1] - places[0][1] == 54
    assert places[9] == (113, places[0][1] + 4 * 54)
    unit = 2 * 72 / 25.4
    left, top = 15, (297 - 270) / 2
    blank = image.crop(
        (int(left * unit), int(top * unit), int(105 * unit), int((top + 15) * unit))
    )
    assert blank.getextrema() == (255, 255)
    margin = image.crop((0, 0, image.width, int((top - 1) * unit)))
    assert margin.getextrema()[0] < 150


def test_a_tent_is_read_from_both_sides() -> None:
    """Fails when the second half is not turned, or not over the first."""
    template = _badges(width=120, height=150, fold=True)
    data = pages_pdf(template, [Filling(fields={"name": "นายสมชาย"})])
    with pypdfium2.PdfDocument(data) as document:
        image = document[0].render(scale=2).to_pil().convert("L")
    turned = image.rotate(180)
    middle = image.height // 2
    low = image.crop((60, middle, image.width - 60, image.height))
    assert low.getextrema()[0] < 100
    difference = [
        abs(one - other) > 60
        for one, other in zip(
            low.tobytes(),
            turned.crop((60, middle, image.width - 60, image.height)).tobytes(),
            strict=True,
        )
    ]
    assert sum(difference) / len(difference) < 0.002


def test_words_may_stand_within_a_frame_but_not_across_it() -> None:
    """The frame's box is the whole page. Fails when its box is taken for its ink, and when its
    ink is not looked at; a watermark is no obstacle."""
    words = Text(id="name", x=10, y=20, width=70, height=12, text="{name}", style=_STYLE)
    across = Text(id="role", x=2, y=40, width=60, height=8, text="{role}", style=_STYLE)
    filling = Filling(fields={"name": "นายสมชาย", "role": "วิทยากร"})

    def told(colour: str) -> set[tuple[str, str, str]]:
        frame = Ornament(
            id="frame", x=5, y=5, width=80, height=44, drawing="earlier:frame",
            properties={"inset": 0.0, "stroke": colour, "line": 1.0},
        )  # fmt: skip
        template = Template(
            purpose="badge", titles={"th": "x"}, width=90, height=54, safe=1,
            elements=(frame, words, across),
        )  # fmt: skip
        return {(one.element_id, one.kind, one.other) for one in troubles(template, filling)}

    assert told("#8C6A1E") == {("role", "collision", "frame")}
    assert told("#F3ECDA") == set()


def test_ink_too_near_the_edge_and_on_other_ink_is_told() -> None:
    """Fails when boxes are compared instead of ink, or the margin is measured from the box."""
    near = Text(id="near", x=1, y=2, width=40, height=8, text="ก", style=_STYLE)
    one = Text(id="one", x=20, y=20, width=60, height=10, text="ญู่", style=_STYLE)
    other = Text(id="other", x=20, y=20, width=60, height=10, text="ฟื้น", style=_STYLE)
    beside = Text(id="beside", x=19, y=20, width=60, height=10, text="ก",
                  style=TextStyle(align="right"))  # fmt: skip
    template = Template(
        purpose="badge", titles={"th": "x"}, width=90, height=54,
        elements=(near, one, other, beside),
    )  # fmt: skip
    found = {(t.element_id, t.kind, t.other) for t in troubles(template, Filling(fields={}))}
    assert found == {("near", "edge", ""), ("one", "collision", "other")}


def test_lenient_pages_show_what_does_not_fit() -> None:
    """Fails when the designer's preview stops at the very page that needs to be seen."""
    template = _badges(columns=2, rows=5)
    filling = Filling(fields={"name": "ว่าที่ร้อยตรีหญิง☃" * 40})
    kinds = {one.kind for one in troubles(template, filling)}
    assert "unprintable" in kinds or "overflow" in kinds
    data = pages_pdf(template, [filling], lenient=True)
    assert isinstance(io.BytesIO(data), io.BytesIO)
    assert "ว่าที่ร้อยตรีหญิง" in _text(data)[0]


def test_a_table_cell_sets_its_text_inside_its_column() -> None:
    """Fails when cells are placed by the template's widths instead of the shares of the box."""
    template, filling = _sheet(), _filling(1)
    placement = place(template, read(template, filling), NONE, rows=filling.rows)
    (table,) = (part.marks for part in placement.parts if part.element.id == "rows")
    rights = [mark.ink[2] for mark in table if isinstance(mark, Set)]
    assert max(rights) / 72 * 25.4 < 190


@pytest.mark.parametrize("name", sorted(shipped_templates()))
def test_no_number_of_a_shipped_template_has_an_exponent(name: str) -> None:
    """PDF has no 1e-14: readers pass the operator over, and what follows stands elsewhere. Fails
    when a number is written by Python's rules; a turned tent is where nought is 4e-14."""
    template = shipped_template(name)
    filling = sample_filling(template.purpose, "worst")
    held = io.BytesIO(pages_pdf(template, [filling, filling], lenient=True))
    with pikepdf.open(held) as pdf:
        streams = [page.Contents.read_bytes() for page in pdf.pages]
        streams += [
            one.read_bytes()
            for one in pdf.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form"
        ]
    assert len(streams) > 1
    for stream in streams:
        assert not re.search(rb"\d[eE][-+]\d", stream)
        for numbers in re.findall(rb"([^\n]*) cm\b", stream):
            assert len(numbers.split()) >= 6


def test_a_template_of_nonsense_is_told_about_and_never_ends_in_an_error() -> None:
    """A file from elsewhere is read and looked at before anybody has put it right. Fails when a
    size or a row of nought divides, when a code too long for any symbol is drawn, or an ornament
    that nobody knows."""
    nought = TextStyle(size=0, smallest=0, leading=-1)
    columns = (TableColumn(label="{", text="{what}", width=0, style=nought),)
    template = Template(
        purpose="certificate",
        titles={},
        width=50,
        height=50,
        elements=(
            Column(id="c", x=0, y=0, width=0, height=0),
            Text(id="t", x=0, y=0, width=0, height=0, text="{recipient}", style=nought,
                 column="c"),
            Text(id="u", x=90, y=90, width=0, height=1, text="ก\n\n☃{subject}", style=nought),
            Text(id="v", x=0, y=0, width=10, height=0, text="{", style=nought),
            Qr(id="q", x=0, y=0, width=0, height=0, text="{proof}"),
            Qr(id="r", x=0, y=0, width=9, height=9, text="{proof}{proof}{proof}"),
            Signatories(id="s", x=0, y=0, width=1, height=0, hand=90),
            Ornament(id="o", x=0, y=0, width=0, height=0, drawing="nobody"),
            Ornament(id="p", x=0, y=0, width=0, height=0, drawing="frame",
                     properties={"line": []}),
            Table(id="b", x=0, y=0, width=0, height=0, columns=columns, row=0, head_row=-3,
                  blank_rows=-5, totals=True),
        ),
        paper=Paper(width=10, height=10, columns=3, gap_x=-9, fold=True),
    )  # fmt: skip
    filling = sample_filling("certificate", "worst")
    filling = Filling(
        fields={**filling.fields, "proof": "7" * 2300},
        signers=filling.signers,
        pictures={"signature:2": "0" * 64},
        rows=({"what": "1"}, {}),
    )
    told = {(one.element_id, one.kind) for one in troubles(template, filling)}
    assert {("t", "overflow"), ("u", "unprintable"), ("v", "missing"), ("q", "overflow")} <= told
    assert {("r", "overflow"), ("s", "missing"), ("o", "missing"), ("b", "missing")} <= told
    assert boxes(template, filling)["o"] == (0, 0, 0, 0)
    assert pages_pdf(template, [filling], lenient=True).startswith(b"%PDF")
    assert layer_pdf(template, filling, ["u", "b"]).startswith(b"%PDF")


def test_a_code_too_small_for_a_scanner_is_told() -> None:
    """Fails when a long text is put into a square in which no scanner tells its modules apart."""
    template = Template(
        purpose="badge", titles={"th": "x"}, width=90, height=54,
        elements=(Qr(id="q", x=20, y=20, width=12, height=12, text="{code}"),),
    )  # fmt: skip
    assert troubles(template, Filling(fields={"code": "12345600000017"})) == ()
    (trouble,) = troubles(template, Filling(fields={"code": "7" * 430}))
    assert (trouble.kind, "19" in trouble.sentence) == ("overflow", True)
