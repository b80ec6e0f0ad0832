# SPDX-License-Identifier: Apache-2.0
"""Code lists and holidays in the language of the moment."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.i18n import use_language
from desktop.store import codelist
from desktop.store.holiday import holiday


def test_a_word_is_in_the_language_of_the_moment() -> None:
    assert codelist.word("session_kind", "opening") == "พิธีเปิด"
    assert codelist.word("sex", "f") == "หญิง"
    use_language("en")
    assert codelist.word("sex", "f") == codelist.code("sex", "f").en
    assert codelist.word("sex", "f") != "หญิง"


def test_an_unknown_code_is_shown_and_an_unknown_list_is_a_bug() -> None:
    """Fails when a code of a newer program is hidden: a fact would vanish from the screen."""
    assert codelist.word("session_kind", "hologram") == "hologram"
    with pytest.raises(KeyError):
        codelist.codes("no_such_list")


def test_sessions_count_by_their_kind() -> None:
    assert codelist.counts_by_default("lecture")
    assert not codelist.counts_by_default("opening")
    assert not codelist.counts_by_default("hologram")
    assert [code.code for code in codelist.codes("sex")] == ["m", "f", "x"]


def test_holidays_are_named_in_both_languages() -> None:
    assert holiday(date(2026, 1, 1)) == "วันขึ้นปีใหม่"
    use_language("en")
    assert holiday(date(2026, 1, 1)) == "New Year's Day"
    assert holiday(date(2026, 11, 20)) is None
