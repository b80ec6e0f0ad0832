# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import io

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from resources.build import catalogue

SENTENCES = {
    "Saved": None,
    "Saved {count} people": None,
    ("{count} page", "{count} pages"): None,
}


def template() -> Catalog:
    found = Catalog()
    for msgid in SENTENCES:
        found.add(msgid, locations=[("desktop/ui/roster.py", 7)])
    return found


THAI = {
    "Saved": "บันทึกแล้ว",
    "Saved {count} people": "บันทึกแล้ว {count} คน",
    "{count} page": "{count} หน้า",
}


def test_a_whole_translation_has_no_fault() -> None:
    assert list(catalogue.faults(catalogue.translate(template(), THAI))) == []


def test_a_sentence_without_thai_is_named() -> None:
    """Fails when an empty translation passes for one: the window would be half English."""
    some = {**THAI, "Saved": ""}

    assert list(catalogue.faults(catalogue.translate(template(), some))) == ["no Thai: 'Saved'"]


def test_a_lost_or_misspelt_placeholder_is_named() -> None:
    """Fails when placeholders are not compared: the sentence would raise KeyError when shown."""
    some = {**THAI, "Saved {count} people": "บันทึกแล้ว {number} คน", "{count} page": "หน้า"}

    assert sorted(catalogue.faults(catalogue.translate(template(), some))) == [
        "placeholders differ (count): '{count} page'",
        "placeholders differ (count, number): 'Saved {count} people'",
    ]


def test_the_same_sentences_give_the_same_files_without_date_or_line() -> None:
    """Fails when Babel's own header comes back: every run would make the catalogue stale."""
    once = catalogue.outputs(catalogue.extract(), catalogue.translate(template(), THAI))
    again = catalogue.outputs(catalogue.extract(), catalogue.translate(template(), THAI))

    assert once == again
    for text in once.values():
        assert b"-Date:" not in text
        assert b".py:" not in text


def test_what_is_no_longer_said_leaves_the_catalogue() -> None:
    translated = catalogue.translate(template(), {**THAI, "Gone": "ไปแล้ว"})
    po = catalogue.outputs(template(), translated)[catalogue.PO]

    assert {message.id for message in read_po(io.BytesIO(po), locale="th") if message.id} == set(
        SENTENCES
    )
