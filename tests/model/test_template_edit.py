# SPDX-License-Identifier: Apache-2.0
"""What the designer does to templates, as sums a person can check with a ruler."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.model.template import Column, Image, Ornament, Qr, Template, Text, TextStyle
from desktop.model.template_copy import copied, duplicated, pasted
from desktop.model.template_edit import (
    HANDLES,
    LEAST,
    Box,
    added,
    aligned,
    around,
    box_of,
    changed,
    distributed,
    fitted,
    fresh_id,
    into_column,
    keeps_shape,
    moved,
    ordered,
    out_of_column,
    put,
    raised,
    resized,
    texts_of,
    without,
)
from desktop.model.template_form import BadTemplate, read_template, write_template


def text(name: str, x: float = 10, y: float = 10, **said: object) -> Text:
    return Text(id=name, x=x, y=y, width=40, height=10, text=name, **said)  # type: ignore[arg-type]


def page(*elements: object) -> Template:
    return Template(
        purpose="certificate",
        titles={"th": "แบบ"},
        width=297,
        height=210,
        elements=tuple(elements),  # type: ignore[arg-type]
    )


@pytest.fixture
def three() -> Template:
    return page(text("a", 10, 20), text("b", 60, 50), text("c", 200, 90))


@pytest.fixture
def flowing() -> Template:
    return page(
        Column(id="column", x=40, y=50, width=200, height=90),
        text("one", 40, column="column"),
        text("two", 40, column="column"),
        text("three", 40, column="column"),
        text("alone", 5, 5),
    )


def test_what_is_moved_goes_as_far_as_was_said(three: Template) -> None:
    after = moved(three, {"a", "c"}, 2.5, -1)
    assert box_of(after.element("a")) == Box(12.5, 19, 40, 10)
    assert box_of(after.element("c")) == Box(202.5, 89, 40, 10)
    assert after.element("b") is three.element("b")


def test_a_locked_element_is_not_moved(three: Template) -> None:
    """Mutant: ``free`` that does not look at ``locked``."""
    locked = changed(three, {"a"}, locked=True)
    assert moved(locked, {"a"}, 5, 5) == locked


def test_a_text_in_a_column_is_not_moved_but_goes_with_it(flowing: Template) -> None:
    """Mutant: a column that leaves the left edges of its texts behind."""
    assert moved(flowing, {"one"}, 5, 5) == flowing
    after = moved(flowing, {"column"}, 10, 3)
    assert after.element("one").x == 50
    assert after.element("one").width == 40
    half = put(flowing, {"column": Box(40, 50, 100, 90)})
    assert half.element("one").width == 20


@given(
    st.sampled_from(HANDLES),
    st.floats(-400, 400),
    st.floats(-400, 400),
    st.booleans(),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_a_resized_box_never_turns_over_and_keeps_what_it_should(
    handle: str, dx: float, dy: float, shape: bool, middle: bool
) -> None:
    """Mutant: a corner dragged over the other one, that gives a width under nothing."""
    start = Box(100, 100, 40, 20)
    after = resized(start, handle, dx, dy, shape=shape, middle=middle)  # type: ignore[arg-type]
    assert after.width >= LEAST
    assert after.height >= LEAST * 0.99
    if shape:
        assert after.width / after.height == pytest.approx(2)
    if middle:
        assert after.x + after.width / 2 == pytest.approx(120)
        assert after.y + after.height / 2 == pytest.approx(110)
    else:
        if "w" in handle:
            assert after.right == pytest.approx(start.right)
        if "e" in handle:
            assert after.x == pytest.approx(start.x)
        if "n" in handle:
            assert after.bottom == pytest.approx(start.bottom)
        if "s" in handle:
            assert after.y == pytest.approx(start.y)


def test_a_side_moves_alone_and_a_shape_grows_around_its_middle() -> None:
    start = Box(10, 10, 40, 20)
    assert resized(start, "e", 6, 99) == Box(10, 10, 46, 20)
    assert resized(start, "n", 99, -5) == Box(10, 5, 40, 25)
    assert resized(start, "se", 20, 1, shape=True) == Box(10, 10, 60, 30)
    assert resized(start, "e", 20, 0, shape=True) == Box(10, 5, 60, 30)


def test_codes_and_pictures_keep_their_shape() -> None:
    assert keeps_shape(Qr(id="q", x=0, y=0, width=9, height=9))
    assert keeps_shape(Image(id="i", x=0, y=0, width=9, height=9))
    assert not keeps_shape(text("a"))


def test_several_are_drawn_out_together() -> None:
    before, after = Box(0, 0, 100, 50), Box(10, 10, 200, 50)
    assert fitted(before, after, Box(50, 25, 10, 5)) == Box(110, 35, 20, 5)
    assert fitted(Box(0, 0, 0, 0), after, Box(0, 0, 3, 3)) == Box(10, 10, 3, 3)


@pytest.mark.parametrize(
    ("edge", "place"),
    [
        ("left", (0, 20)),
        ("centre", (128.5, 20)),
        ("right", (257, 20)),
        ("top", (10, 0)),
        ("middle", (10, 100)),
        ("bottom", (10, 200)),
    ],
)
def test_one_is_aligned_to_the_page(
    three: Template, edge: str, place: tuple[float, float]
) -> None:
    after = aligned(three, {"a"}, edge, "page").element("a")  # type: ignore[arg-type]
    assert (after.x, after.y) == place


def test_some_are_aligned_to_each_other(three: Template) -> None:
    after = aligned(three, {"a", "b"}, "right", "selection")
    assert (after.element("a").x, after.element("b").x) == (60, 60)
    assert aligned(three, set(), "right", "selection") == three


def test_gaps_are_made_equal_and_the_outer_two_stay(three: Template) -> None:
    after = distributed(three, {"a", "b", "c"}, "x")
    assert [one.x for one in after.elements] == [10, 105, 200]
    assert distributed(three, {"a", "b"}, "x") == three
    assert [one.y for one in distributed(three, {"a", "b", "c"}, "y").elements] == [20, 55, 90]


def names(template: Template) -> str:
    return "".join(one.id[0] for one in template.elements)


def test_order_is_changed_by_steps_and_all_the_way(three: Template) -> None:
    assert names(raised(three, {"a"}, "forward")) == "bac"
    assert names(raised(three, {"a"}, "front")) == "bca"
    assert names(raised(three, {"c"}, "backward")) == "acb"
    assert names(raised(three, {"c"}, "back")) == "cab"
    assert names(raised(three, {"a", "b"}, "forward")) == "cab"
    assert names(raised(three, {"c"}, "forward")) == "abc"
    assert names(raised(three, {"b", "c"}, "forward")) == "abc"
    assert names(ordered(three, "a", 1)) == "bac"
    assert names(ordered(three, "a", 99)) == "bca"
    assert ordered(three, "none", 0) == three


def test_a_text_gets_another_place_in_its_column(flowing: Template) -> None:
    def order(template: Template) -> list[str]:
        return [one.id for one in texts_of(template, "column")]

    assert order(into_column(flowing, "three", "column", 0)) == ["three", "one", "two"]
    assert order(into_column(flowing, "one", "column", 1)) == ["two", "one", "three"]
    assert order(into_column(flowing, "one", "column")) == ["two", "three", "one"]
    assert order(into_column(flowing, "alone", "column", 1)) == ["one", "alone", "two", "three"]
    assert into_column(flowing, "column", "column") == flowing


def test_the_first_text_goes_into_an_empty_column() -> None:
    held = page(Column(id="column", x=0, y=0, width=9, height=9), text("a"), text("b"))
    after = into_column(held, "b", "column")
    assert [one.id for one in after.elements] == ["column", "b", "a"]
    assert read_template(write_template(after)) == after


def test_a_text_taken_out_of_its_column_stays_where_it_was_seen(flowing: Template) -> None:
    after = out_of_column(flowing, "two", Box(41, 62, 80, 7))
    two = after.element("two")
    assert isinstance(two, Text)
    assert (two.column, box_of(two)) == ("", Box(41, 62, 80, 7))
    assert out_of_column(flowing, "alone", Box(0, 0, 1, 1)) == flowing


def test_a_column_that_is_deleted_leaves_its_texts(flowing: Template) -> None:
    """Mutant: texts that name a column that is gone, which no file may hold."""
    after = without(flowing, {"column"})
    left = [one for one in after.elements if isinstance(one, Text)]
    assert [one.column for one in left] == [""] * 4
    assert left[0].y == 50
    assert left[0].y < left[1].y < left[2].y
    assert read_template(write_template(after)) == after


def test_what_is_added_gets_an_id_of_its_own(three: Template) -> None:
    after, name = added(three, text("a"))
    assert name == "a-2"
    assert after.elements[-1].id == "a-2"
    assert added(after, text("a-2"))[1] == "a-3"
    assert fresh_id(three, "ใหม่") == "ใหม่"


def test_copies_lie_a_little_aside_and_are_chosen_by_their_ids(three: Template) -> None:
    locked = changed(three, {"b"}, locked=True)
    after, ids = duplicated(locked, {"a", "b"})
    assert ids == ("a-2", "b-2")
    assert box_of(after.element("a-2")) == Box(13, 23, 40, 10)
    assert not after.element("b-2").locked


def test_elements_go_from_one_template_into_another(flowing: Template) -> None:
    data = copied(flowing, {"column"})
    other = page(text("one", 0, 0))
    after, ids = pasted(other, data)
    assert ids == ("column", "one-2", "two", "three")
    assert [one.id for one in texts_of(after, "column")] == ["one-2", "two", "three"]
    assert read_template(write_template(after)) == after


def test_a_text_copied_without_its_column_stands_alone(flowing: Template) -> None:
    """Mutant: a clipboard that holds a text of a column that is not on it."""
    after, (name,) = pasted(page(), copied(flowing, {"two"}))
    found = after.element(name)
    assert isinstance(found, Text)
    assert found.column == ""
    assert found.height > 0


def test_anything_else_on_the_clipboard_is_refused(three: Template) -> None:
    with pytest.raises(BadTemplate):
        pasted(three, "สวัสดี")
    with pytest.raises(BadTemplate):
        pasted(three, b'{"format": "other"}')


def test_a_template_never_gets_more_elements_than_can_be_read(three: Template) -> None:
    """Mutant: a paste after which the draft cannot be opened again."""
    many = page(*(text(f"t{n}") for n in range(399)))
    with pytest.raises(BadTemplate):
        pasted(many, copied(three, {"a", "b"}))


def test_properties_are_given_to_those_that_have_them(three: Template) -> None:
    frame = Ornament(id="f", x=0, y=0, width=9, height=9, drawing="frame")
    held = replace(three, elements=(*three.elements, frame))
    after = changed(held, {"a", "f"}, style=TextStyle(size=20), hidden=True)
    first = after.element("a")
    assert isinstance(first, Text)
    assert first.style.size == 20
    assert after.element("f").hidden


def test_the_whole_of_nothing_is_nothing() -> None:
    assert around(()) is None
    assert around((Box(1, 2, 3, 4), Box(0, 5, 1, 9))) == Box(0, 2, 4, 12)
