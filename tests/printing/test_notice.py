# SPDX-License-Identifier: Apache-2.0
"""The privacy notice: shipped in every version, short enough to be read aloud, and on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop.errors import Problem
from desktop.model.notice import BLANKS, UNKNOWN, filled
from desktop.paths import shipped
from desktop.printing.notice import notice_pdf, withdrawal_pdf
from desktop.store.notice import notice, versions
from tests.printing.visits import OFFICE, joined, pages_of, text_of

SAID = {
    "office": OFFICE,
    "contact": "055 123 456",
    "dpo": "02 659 6399",
    "case_years": "10",
    "photo_years": "2",
}


@pytest.mark.parametrize("version", versions())
def test_every_version_says_what_section_23_asks_for_in_both_languages(version: str) -> None:
    """Mutant: a version without whom to complain to, or in one language. The words are those of
    the act's list: purpose, ground, what, how long, whom, contact, rights."""
    thai = notice("th", version).text()
    english = notice("en", version).text()

    for said in ("เพื่อช่วยเหลือ", "ตามกฎหมาย", "เราจดชื่อ", "{case_years} ปี", "หน่วยงาน", "{contact}",
                 "{dpo}", "ขอดู", "ขอแก้", "ขอลบ", "คัดค้าน", "ถอนความยินยอม", "ร้องเรียน"):  # fmt: skip
        assert said in thai
    for said in (
        "help you",
        "law",
        "{case_years} years",
        "agencies",
        "{dpo}",
        "erase",
        "complain",
    ):
        assert said in english
    for kept in ("th", "en"):
        assert set(notice(kept, version).withdrawals) == {"photo", "publication", "all"}
        assert notice(kept, version).version == version


@pytest.mark.parametrize("version", versions())
def test_it_is_read_aloud_in_a_minute(version: str) -> None:
    """Mutant: a lawyer's paragraph. Thai is read at about fifteen characters a second, English at
    about three words."""
    assert len(filled(notice("th", version), SAID).text()) <= 950
    assert len(filled(notice("en", version), SAID).text().split()) <= 190
    assert all(len(sentence) <= 75 for sentence in notice("th", version).simple)


@pytest.mark.parametrize("language", ["th", "en"])
def test_only_the_known_blanks_are_open_and_an_unsaid_one_is_a_dotted_line(language: str) -> None:
    """Mutant: "{dpo}" read aloud on a porch."""
    open_ = notice(language)
    texts = [*(part.text for part in open_.parts), *open_.simple]
    assert {name for text in texts for name in re.findall(r"{(.*?)}", text)} == set(BLANKS)

    told = filled(open_, SAID | {"dpo": "  "})
    texts = [*(part.text for part in told.parts), *told.simple]
    assert not any("{" in text for text in texts)
    assert sum(UNKNOWN in text for text in texts) == 2


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("simple", [False, True])
def test_the_paper_is_one_page_with_every_word_and_the_version(
    language: str, simple: bool
) -> None:
    """Mutant: a part that is not drawn; a paper of which nobody can say which version it was."""
    told = filled(notice(language), SAID)
    (page,) = pages_of(notice_pdf(told, "arabic", simple=simple))

    texts = told.simple if simple else [part.text for part in told.parts]
    for text in texts:
        assert joined(text) in joined(page)
    assert told.version in page
    assert ("Page 1/1" if language == "en" else "หน้า 1/1") in page


@pytest.mark.parametrize("what", ["photo", "publication", "all"])
def test_what_stops_and_what_goes_on_is_told(what: str) -> None:
    """Mutant: a withdrawal that says nothing of the help that goes on."""
    told = filled(notice("th"), SAID)
    text = joined(text_of(withdrawal_pdf(told, what, "thai", case_no="63-2570-A1-0007")))

    for said in (*told.withdrawals[what].stops, *told.withdrawals[what].stays):
        assert joined(said) in text
    assert "63-2570-A1-0007" in text


def test_a_version_that_is_not_there_is_a_sentence() -> None:
    """Mutant: a bare KeyError, or a file not found."""
    for version in ("2400-1", "../holidays"):
        with pytest.raises(Problem):
            notice("th", version)
    assert notice("xx").language == "th"


def test_a_version_cannot_lead_out_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: a version of a consent that came from elsewhere, taken for a path as it is."""
    real = shipped("resources", "notices", "2569-1.json").read_text("utf-8")
    (tmp_path / "notices").mkdir()
    (tmp_path / "notices" / "2569-1.json").write_text(real, "utf-8")
    (tmp_path / "outside.json").write_text(real, "utf-8")
    monkeypatch.setattr(
        "desktop.store.notice.shipped", lambda _resources, *parts: tmp_path.joinpath(*parts)
    )

    assert notice("th", "2569-1").version == "2569-1"
    with pytest.raises(Problem):
        notice("th", "../outside")
