# SPDX-License-Identifier: Apache-2.0
"""What of XML is read, and what is refused before it can do harm."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import Problem
from desktop.xforms import document
from desktop.xforms.form import Form
from desktop.xforms.problem import FormRefused
from tests.xforms.making import form, opened, source


def test_a_document_type_is_refused_with_its_line() -> None:
    """F30, fails when the DOCTYPE handler is not set: expat would expand what it declares."""
    bomb = b'<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "c">]>\n<a>&b;</a>'
    with pytest.raises(FormRefused, match="2"):
        document.read(bomb)


def test_an_entity_from_elsewhere_is_refused() -> None:
    """Fails when entities are resolved: the file would be read into an answer."""
    with pytest.raises(FormRefused):
        document.read(b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')


def test_what_is_no_xml_is_refused_with_its_line() -> None:
    with pytest.raises(FormRefused, match="3"):
        document.read(b"<a>\n<b>\n</a>")


def test_a_huge_file_is_refused_before_it_is_read() -> None:
    """Fails when the size is not looked at first."""
    with pytest.raises(FormRefused, match="16"):
        document.read(b"<a>" + b" " * document.LARGEST + b"</a>")


def test_a_file_of_nothing_but_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when elements are not counted: four bytes of file are 300 of memory."""
    monkeypatch.setattr(document, "MOST", 1000)
    with pytest.raises(FormRefused, match="1000"):
        document.read(b"<a>" + b"<b/>" * 1000 + b"</a>")


NASTY = [
    "", ".", "..", "/", "//*", "/data/x:", "@", "current()", "../../../..", "instance('l')/a",
    "instance('none')", "1 div 0", "-", "''", "node()", "/data/p", "/data/p/a", "position(..)",
    "count(.)", "jr:itext('t')", "jr:itext('none')", "jr:itext(/data/a)", "/data/a | /data/b",
    "\ud7ff\u0e01", "once(.)", "pulldata('l', 'a', 'b', .)", "randomize(/data/p)", "true()",
]  # fmt: skip
HOLED = (
    "<a/><b/><p jr:template=''><a/></p>",
    """<instance id="l"><root><item><a>1</a></item></root></instance>
    <bind nodeset="{0}" type="{1}" relevant="{2}" calculate="{3}"/>
    <bind nodeset="/data/a" constraint="{4}" jr:constraintMsg="{5}"/>
    <setvalue event="odk-instance-load" ref="{6}" value="{7}"/>""",
    """<input ref="{8}"><label ref="{9}"/><hint><output value="{10}"/></hint></input>
    <group ref="{11}"><repeat nodeset="/data/p" jr:count="{12}"><select1 ref="{13}">
    <itemset nodeset="{14}"><value ref="{15}"/><label ref="{16}"/></itemset></select1></repeat>
    </group>""",
)
SOUND = (
    "/data/b", "string", "true()", "/data/a", ".", "x", "/data/a", "1", "/data/a",
    "jr:itext('t')", "/data/a", "/data/p", "2", "/data/p/a", "instance('l')/root/item", "a", "a",
)  # fmt: skip


@given(
    holes=st.dictionaries(
        st.integers(0, len(SOUND) - 1), st.sampled_from(NASTY), min_size=1, max_size=3
    )
)
@settings(max_examples=150)
def test_a_form_with_nonsense_in_it_opens_or_is_refused_and_nothing_else(
    holes: dict[int, str],
) -> None:
    """Fails when a mistake of a form's author ends as a fault of the program."""
    filled = [escape(holes.get(number, sound)) for number, sound in enumerate(SOUND)]
    answers, model, body = HOLED
    itext = (
        '<itext><translation lang="th"><text id="t"><value>x</value></text></translation></itext>'
    )
    try:
        of = form(answers, model.format(*filled), body.format(*filled), itext)
        one = opened(of)
        for control in of.controls():
            node = one.node(control)
            if node is not None:
                one.label(control, node)
                one.hint(control, node)
                one.message(node)
                one.choices(control, node)
        one.faults()
    except Problem:
        pass


@pytest.mark.parametrize("place", ["", '<instance id="l"><root>{}</root></instance>'])
def test_bottomless_nesting_is_refused_also_inside_a_list_that_is_not_read_yet(place: str) -> None:
    """Fails when depth is counted only where nodes are made."""
    deep = "<x>" * 250 + "</x>" * 250
    data = source("<a/>", place.format(deep)) if place else deep.encode()
    with pytest.raises(FormRefused, match="200"):
        Form.load(data) if place else document.read(data)


def test_an_encoding_that_is_not_utf_8_is_understood() -> None:
    data = '<?xml version="1.0" encoding="windows-874"?><a>สวัสดี</a>'.encode("cp874")
    assert document.elements(document.read(data))[0].value == "สวัสดี"


def test_what_is_no_form_is_refused_by_what_it_is() -> None:
    with pytest.raises(FormRefused, match="survey"):
        Form.load(b"<survey/>")


def test_a_list_inside_the_form_is_read_when_it_is_needed_with_its_prefixes() -> None:
    of = form(
        "<a/>",
        '<instance id="l"> <root><item><name>x</name><orx:l>ก</orx:l></item></root></instance>',
    )
    root = of.lists["l"].all()[0]
    item = root.children[0]
    assert [inside.name for inside in item.children] == ["name", "l"]
    assert item.children[1].namespace == "http://openrosa.org/xforms"


def test_text_around_values_is_kept_in_labels_and_dropped_in_answers() -> None:
    label = document.elements(document.read(b"<label>a <output/> b</label>"))[0]
    assert [inside.value for inside in label.children] == ["a ", "", " b"]
    data = document.elements(document.read(b"<data>\n <a/>\n</data>"))[0]
    assert [inside.name for inside in data.children] == ["a"]
