# SPDX-License-Identifier: Apache-2.0
"""Where lines of Thai may end. In titles.txt a person has marked every place with |."""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.thai import breaking
from desktop.thai.breaking import break_penalty, break_points, with_breaks

GOLDEN = Path(__file__).parent.parent / "golden" / "thai"
MARKED = (GOLDEN / "titles.txt").read_text(encoding="utf-8").splitlines()
BY_ICU = (GOLDEN / "icu_breaks.txt").read_text(encoding="utf-8").splitlines()


def places(marked: str) -> set[int]:
    ends: set[int] = set()
    end = 0
    for piece in marked.split("|")[:-1]:
        end += len(piece)
        ends.add(end)
    return ends


def wrong(title: str, points: set[int], right: set[int]) -> list[str]:
    return [f"{title[max(0, p - 8) : p]}|{title[p : p + 8]}" for p in sorted(points - right)]


@pytest.mark.parametrize("marked", MARKED)
def test_no_title_of_the_field_is_broken_inside_a_word(marked: str) -> None:
    """Mutant: empty WORDS; no veto of glued words."""
    title = marked.replace("|", "")
    points = set(break_points(title))
    assert wrong(title, points, places(marked)) == []


def test_the_titles_keep_enough_places_to_be_set_in_balance() -> None:
    """Mutant: break at spaces only."""
    found = sum(len(break_points(marked.replace("|", ""))) for marked in MARKED)
    assert found >= 0.75 * sum(len(places(marked)) for marked in MARKED)


def test_icu_alone_would_break_words() -> None:
    """The list is needed still. When this fails, ICU has learnt: the list may shrink."""
    bad = [
        slip
        for marked, by_icu in zip(MARKED, BY_ICU, strict=True)
        for slip in wrong(marked.replace("|", ""), places(by_icu), places(marked))
    ]
    assert any("เครือ|ข่าย" in slip for slip in bad)
    assert any("ท้อง|ถิ่น" in slip for slip in bad)


@pytest.fixture
def without_icu(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A platform for which icu4py has no wheel."""
    real = builtins.__import__

    def refuse(name: str, *args: object, **kinds: object) -> ModuleType:
        if name.startswith("icu4py"):
            raise ImportError(name)
        return real(name, *args, **kinds)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", refuse)
    breaking._break_points.cache_clear()
    yield
    breaking._break_points.cache_clear()


def test_without_icu_there_are_fewer_breaks_and_none_is_wrong(without_icu: None) -> None:
    """Mutant: break before every known word, whatever stands before it."""
    found = 0
    for marked in MARKED:
        title = marked.replace("|", "")
        points = set(break_points(title))
        assert wrong(title, points, places(marked)) == []
        found += len(points)
    assert break_points("ขบวนการ") == []
    assert found > 0.4 * sum(len(places(marked)) for marked in MARKED)


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("องค์การบริหารส่วนตำบลโนนราษี", "องค์การ|บริหาร|ส่วน|ตำบล|โนนราษี"),
        ("เทศบาลตำบลแม่เหียะ", "เทศบาลตำบล|แม่เหียะ"),
        ("นายกันตพงศ์ รังษีสว่าง", "นายกันตพงศ์ |รังษีสว่าง"),
        ("หม่อมราชวงศ์หญิงศิริจันทราวดี ณ อยุธยาวรรณพฤกษ์", "หม่อมราชวงศ์หญิงศิริจันทราวดี |ณ อยุธยาวรรณพฤกษ์"),
        ("ว่าที่ร้อยตรีหญิงฐิติญาณัฏฐ์ กตัญญูปิ่นเฟื่องฟุ้ง", "ว่าที่ร้อยตรีหญิงฐิติญาณัฏฐ์ |กตัญญูปิ่นเฟื่องฟุ้ง"),
        ("เรืออากาศตรี สมบูรณ์ทรัพย์ เจริญรุ่งเรืองกิจ", "เรืออากาศตรี |สมบูรณ์ทรัพย์ |เจริญรุ่งเรืองกิจ"),
        ("นายวิเชียร ปิ่นเพชรฟ้า ณ ป้อมเพชร์", "นายวิเชียร |ปิ่นเพชรฟ้า |ณ ป้อมเพชร์"),
        ("พระครูปลัดสุวัฒน (ปยุตฺโต) สํวโร", "พระครูปลัดสุวัฒน |(ปยุตฺโต) |สํวโร"),
        ("เครือข่าย (ภาคเหนือตอนบน)", "เครือข่าย |(ภาคเหนือ|ตอนบน)"),
        ("สมาคมสตรีในพระบรมราชินูปถัมภ์", "สมาคม|สตรี|ใน|พระบรมราชินูปถัมภ์"),
        ("สมเด็จพระนางเจ้าสิริกิติ์ พระบรมราชินีนาถ", "สมเด็จพระนางเจ้า|สิริกิติ์ |พระบรมราชินีนาถ"),
        ("เครดิตยูเนี่ยนบ้านมั่นคงสามัคคี", "เครดิตยูเนี่ยนบ้านมั่นคง|สามัคคี"),
        ("คนพิการทางสติปัญญาและออทิสติก", "คนพิการ|ทาง|สติปัญญา|และ|ออทิสติก"),
        ("กลุ่มเปราะบางชาวปกาเกอะญอ", "กลุ่มเปราะบาง|ชาว|ปกาเกอะญอ"),
        ("โรงแรมปรินซ์ พาเลซ", "โรงแรม|ปรินซ์ |พาเลซ"),
        ("โรงแรมอวานี่พลัส", "โรงแรม|อวานี่พลัส"),
        ("เดอะปรินส์ฮอลล์", "เดอะ|ปรินส์ฮอลล์"),
        ("มูลนิธิเวิลด์วิชันส์แห่งประเทศไทย", "มูลนิธิ|เวิลด์|วิ|ชันส์|แห่ง|ประเทศไทย"),
        ("สวนพาร์ค ณ เมือง", "สวน|พาร์ค |ณ |เมือง"),
        ("นายสม\u200bชาย ใจดี", "นายสม\u200b|ชาย |ใจดี"),
        ("ใกล้ ๆ บ้าน", "ใกล้ ๆ |บ้าน"),
        ("สม\u200bชาย", "สม\u200b|ชาย"),
        ("", ""),
        ("ก", "ก"),
        ("plain English words", "plain |English |words"),
    ],
)
def test_names_hold_together_and_what_a_person_chose_is_kept(text: str, broken: str) -> None:
    """Mutant: no veto for royal words, places, persons, people of rank, Pali, ๆ, silent or single
    letters; drop the ZWSP typed."""
    points = break_points(text)
    assert (
        "|".join(text[a:b] for a, b in zip([0, *points], [*points, None], strict=True)) == broken
    )


THAI_TEXT = st.text(
    st.one_of(
        st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B),
        st.sampled_from(" \u200b()ab1😀"),
    ),
    max_size=40,
)


@given(THAI_TEXT)
def test_a_break_never_parts_a_letter_from_its_marks(text: str) -> None:
    """Mutant: no veto before dependent vowels (the marks of a broken text would float)."""
    points = break_points(text)
    assert points == sorted(set(points))
    for point in points:
        assert 0 < point < len(text)
        if text[point - 1] not in " \u200b":
            assert text[point] not in "ะัาำิีึืฺุู็่้๊๋์ํ๎ๅๆฯ"
            assert text[point - 1] not in "เแโใไ"


@given(THAI_TEXT)
def test_breaks_for_the_screen_add_nothing_else(text: str) -> None:
    """Mutant: strip the pieces."""
    assert with_breaks(text).replace("\u200b", "") == text.replace("\u200b", "")


def test_a_label_gets_its_invisible_spaces() -> None:
    assert with_breaks("และพัฒนาเครือข่าย อพม.") == "และ\u200bพัฒนา\u200bเครือข่าย อพม."


def _penalties(text: str, ends: Sequence[str]) -> list[float]:
    return [break_penalty(text, text.index(end) + len(end)) for end in ends]


def test_an_ugly_break_costs_and_one_at_a_space_pays() -> None:
    """Mutant: all penalties nought; "…ความมั่นคงของ|มนุษย์" comes back."""
    text = "โครงการอาสาสมัครพัฒนาสังคมและความมั่นคงของมนุษย์ ให้เข้าใจสิทธิ ประจำปี ๒๕๖๒"
    inside, after_of, at_space, before_year = _penalties(
        text, ["อาสาสมัคร", "มั่นคงของ", "มนุษย์ ", "ประจำปี "]
    )
    assert at_space < 0 < inside < after_of
    assert at_space < before_year
    assert break_penalty("พัฒนาและช่วยเหลือ", len("พัฒนาและ")) > 0
    assert break_penalty("พัฒนาและช่วยเหลือ", len("พัฒนา")) == 0
