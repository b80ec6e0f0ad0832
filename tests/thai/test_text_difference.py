# SPDX-License-Identifier: Apache-2.0
"""Two texts side by side: what only one of them says is marked by whole words."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.thai.text_difference import combined, compare, pieces

_THAI = st.text("กขคงจดตนปมรลวสหอะาิีึืุูเแโไใ่้๊๋์ำ ๆฯ0๑a😀", max_size=24)


def test_the_differing_words_are_marked_and_no_others() -> None:
    """Mutant: the whole text is marked as soon as one word differs."""
    left, right = compare(
        "ต้องการเตียงผู้ป่วยและเบาะลม ลูกสาวดูแลคนเดียว", "ต้องการรถเข็นและเบาะลม ลูกชายดูแลคนเดียว"
    )

    assert [span.text for span in left if span.differs] == ["เตียงผู้ป่วย", "ลูกสาว"]
    assert [span.text for span in right if span.differs] == ["รถเข็น", "ลูกชาย"]


def test_a_tone_mark_is_never_marked_apart_from_its_letter() -> None:
    """Mutant: the texts are compared letter by letter: of ปา and ป่า the mark alone is marked."""
    left, right = compare("เข้าไปในปา", "เข้าไปในป่า")

    assert [s.text for s in left if s.differs][-1].endswith("ปา")
    assert [s.text for s in right if s.differs][-1].endswith("ป่า")


@settings(max_examples=80, deadline=None)
@given(_THAI, _THAI)
def test_nothing_of_either_text_is_lost_or_cut_inside_a_cluster(left: str, right: str) -> None:
    """Mutant: blanks between words are dropped; what is shown is not what was written."""
    for text, spans in zip((left, right), compare(left, right), strict=True):
        assert "".join(span.text for span in spans) == text
        cut = {sum(len(s.text) for s in spans[:n]) for n in range(1, len(spans))}
        before = {sum(len(p) for p in pieces(text)[:n]) for n in range(len(pieces(text)))}
        assert cut <= before
        assert not any(
            unicodedata.combining(text[at]) and not text[at - 1].isspace() for at in cut
        )


def test_same_texts_have_no_marks() -> None:
    assert all(not span.differs for spans in compare("บ้านริมคลอง", "บ้านริมคลอง") for span in spans)


def test_combining_keeps_every_word_once() -> None:
    """Mutant: a text that is part of the other is said twice."""
    assert combined(["รถเข็น", "รถเข็น และเบาะลม"]) == "รถเข็น และเบาะลม"
    assert combined(["เตียง", " ", "เบาะลม"]) == "เตียง\nเบาะลม"
