# SPDX-License-Identifier: Apache-2.0
"""What of XML is read, and what is refused before it can do harm."""

from __future__ import annotations

import pytest

from desktop.xforms import document
from desktop.xforms.form import Form
from desktop.xforms.problem import FormRefused
from tests.xforms.making import form, source


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
