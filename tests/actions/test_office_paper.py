# SPDX-License-Identifier: Apache-2.0
"""What an office says of itself on its papers is kept, taken back, and fits on the paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.actions.office_paper import (
    CASE_YEARS,
    LONGEST,
    PHOTO_YEARS,
    WATERMARK,
    PaperSettings,
    PaperSettingsProblem,
    keep_paper_settings,
    notice_blanks,
    paper_settings,
    read_years,
)
from desktop.model.notice import BLANKS, UNKNOWN, filled
from desktop.printing.document import A4, A4_LANDSCAPE, Document
from desktop.printing.watermark import Watermark, draw_watermark
from desktop.store.notice import notice
from tests.actions.office_ground import BY, NOW, Ground

SAID = PaperSettings("ลับ เฉพาะผู้ดูแลเรื่อง", "โทร. 055 000 000", "เจ้าหน้าที่คุ้มครองข้อมูล พส.", 12, 3)


def _kept(ground: Ground) -> PaperSettings:
    with ground.store.read() as conn:
        return paper_settings(conn)


def test_until_the_office_speaks_the_department_does(ground: Ground) -> None:
    """Fails when a telephone or an officer is made up, or a watermark is empty."""
    assert _kept(ground) == PaperSettings(WATERMARK, "", "", CASE_YEARS, PHOTO_YEARS)
    with ground.store.read() as conn:
        blanks = notice_blanks(conn)
    assert set(blanks) == set(BLANKS)
    assert UNKNOWN in filled(notice("th"), blanks).text()


def test_what_is_said_is_kept_stands_in_the_notice_and_is_taken_back(ground: Ground) -> None:
    """Fails when the undo leaves the new words, or the notice does not know them."""
    done = keep_paper_settings(ground.store, BY, SAID)
    assert _kept(ground) == done.value == SAID
    with ground.store.read() as conn:
        read_aloud = filled(notice("th"), notice_blanks(conn)).text()
    assert SAID.contact in read_aloud
    assert SAID.dpo in read_aloud
    assert UNKNOWN not in read_aloud
    assert done.undo is not None
    back = done.undo(ground.store)
    assert _kept(ground) == PaperSettings()
    assert back.undo is not None
    back.undo(ground.store)
    assert _kept(ground) == SAID
    assert keep_paper_settings(ground.store, BY, SAID).undo is None, "nothing was changed"


def test_spaces_are_tidied_and_an_empty_watermark_is_the_departments(ground: Ground) -> None:
    """Fails when a restricted paper could go out with nothing written across it."""
    keep_paper_settings(ground.store, BY, replace(SAID, watermark=" \n ", contact=" โทร.\n 055  "))
    assert _kept(ground).watermark == WATERMARK
    assert _kept(ground).contact == "โทร. 055"


@pytest.mark.parametrize("name", sorted(LONGEST))
def test_a_text_too_long_for_paper_is_refused(ground: Ground, name: str) -> None:
    longest = "ก" * LONGEST[name]
    keep_paper_settings(ground.store, BY, replace(SAID, **{name: longest}))  # type: ignore[arg-type]
    with pytest.raises(PaperSettingsProblem):
        keep_paper_settings(
            ground.store,
            BY,
            replace(SAID, **{name: longest + "ก"}),  # type: ignore[arg-type]
        )


@pytest.mark.parametrize("wide", [False, True])
def test_the_longest_watermark_fits_across_a_page(*, wide: bool) -> None:
    """Fails when the limit is set so high that printing a restricted case breaks."""
    document = Document(A4_LANDSCAPE if wide else A4, title="", subject="")
    words = ("ฬ" * 39 + " ") * 2
    draw_watermark(document, Watermark(words.strip(), "ธิดา ใจดี", NOW))


def test_years_are_read_in_both_digits() -> None:
    assert read_years(" ๑๐ ") == read_years("10") == 10
    for wrong in ("", "0", "101", "สิบ", "-2", "2.5"):
        with pytest.raises(PaperSettingsProblem):
            read_years(wrong)
