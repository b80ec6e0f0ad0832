# SPDX-License-Identifier: Apache-2.0
"""Choices: written in the form, from lists, from other answers; cascades that are cleared."""

from __future__ import annotations

import pytest

from desktop.xforms.lists import CsvList, GeoJsonList, XmlList
from desktop.xforms.problem import FormRefused
from tests.xforms.making import at, control, form, opened, repeat, say, session, value

AREAS = (
    "name,label,province,amphoe\n63,ตาก,,\n50,เชียงใหม่,,\n"
    "6301,เมืองตาก,63,\n6306,แม่สอด,63,\n5001,เมืองเชียงใหม่,50,\n"
    "630601,แม่สอด,63,6306\n630602,แม่กุ,63,6306\n"
).encode()
CASCADE = '<instance id="areas" src="jr://file-csv/areas.csv"/>'
CASCADE_BODY = """
<select1 ref="/data/province"><itemset nodeset="instance('areas')/root/item[province = '']">
<value ref="name"/><label ref="label"/></itemset></select1>
<select1 ref="/data/amphoe"><itemset nodeset="instance('areas')/root/item[province =
 /data/province][amphoe = '']"><value ref="name"/><label ref="label"/></itemset></select1>
<select1 ref="/data/tambon"><itemset nodeset="instance('areas')/root/item[amphoe = /data/amphoe]">
<value ref="name"/><label ref="label"/></itemset></select1>"""


def test_a_cascade_offers_what_is_below_and_clears_what_is_no_longer_there() -> None:
    """F12, fails when the answer below stays: a visit would be in a tambon of no such amphoe."""
    one = session(
        "<province/><amphoe/><tambon/>", CASCADE, CASCADE_BODY, files={"areas.csv": AREAS}
    )
    say(one, "province", "63")
    offered = one.choices(control(one, "amphoe"), at(one, "amphoe"))
    assert [(choice.value, choice.label) for choice in offered] == [
        ("6301", "เมืองตาก"),
        ("6306", "แม่สอด"),
    ]
    say(one, "amphoe", "6306")
    say(one, "tambon", "630602")
    changes = one.answer(at(one, "province"), "50")
    assert changes.cleared == {at(one, "amphoe"), at(one, "tambon")}
    assert value(one, "amphoe") == value(one, "tambon") == ""
    say(one, "province", "63")
    assert value(one, "amphoe") == ""


def test_a_cleared_parent_clears_the_children() -> None:
    one = session(
        "<province/><amphoe/><tambon/>", CASCADE, CASCADE_BODY, files={"areas.csv": AREAS}
    )
    for question, answer in (("province", "63"), ("amphoe", "6306"), ("tambon", "630601")):
        say(one, question, answer)
    changes = one.answer(at(one, "province"), "")
    assert at(one, "tambon") in changes.cleared


def test_choosing_does_not_make_the_choices_of_the_same_question_others() -> None:
    """Fails when a window would rebuild the list under the person's finger."""
    one = session(
        "<province/><amphoe/><tambon/>", CASCADE, CASCADE_BODY, files={"areas.csv": AREAS}
    )
    changes = one.answer(at(one, "province"), "63")
    assert changes.choices == {at(one, "amphoe")}


def test_a_big_list_is_asked_for_what_is_wanted_and_never_walked() -> None:
    """Fails when a cascade or a chosen value reads the whole list: 7,400 tambon a keystroke."""

    class Store:
        def __init__(self) -> None:
            self.list = CsvList(AREAS)
            self.asked: list[str] = []

        def open(self, _uri: str) -> Store:
            return self

        def all(self) -> list[object]:
            raise AssertionError("walked")

        def matching(self, path: tuple[str, ...], child: str, wanted: str) -> object:
            self.asked.append(child)
            return self.list.matching(path, child, wanted)

    store = Store()
    from desktop.xforms.form import Form
    from tests.xforms.making import source

    body = CASCADE_BODY.replace("[province = '']", "")
    of = Form.load(source("<province/><amphoe/><tambon/>", CASCADE, body), store)  # type: ignore[arg-type]
    one = opened(of)
    say(one, "province", "63")
    say(one, "amphoe", "6306")
    assert value(one, "province") == "63"
    assert {"name", "province"} <= set(store.asked)


def test_an_answer_that_is_no_choice_is_not_taken() -> None:
    """F25, fails when the order of a select's answer is that of the taps."""
    items = "".join(f"<item><value>{one}</value><label>{one}</label></item>" for one in "abc")
    one = session(
        "<x/><y/><r/>",
        "",
        f'<select1 ref="/data/x">{items}</select1><select ref="/data/y">{items}</select>'
        f'<rank ref="/data/r">{items}</rank>',
    )
    say(one, "x", "z")
    say(one, "y", "c z a")
    say(one, "r", "c a b")
    assert (value(one, "x"), value(one, "y"), value(one, "r")) == ("", "a c", "c a b")


def test_choices_may_be_the_entries_of_this_record() -> None:
    one = session(
        "<p jr:template=''><id/><name/></p><head/>",
        "",
        """<repeat nodeset="/data/p"><input ref="/data/p/name"/></repeat>
        <select1 ref="/data/head"><itemset nodeset="/data/p[name != '']"><value ref="id"/>
        <label ref="name"/></itemset></select1>""",
    )
    for number, name in enumerate(("สมชาย", "สมหญิง"), 1):
        one.add(repeat(one, "p"))
        say(one, f"p[{number}]/id", str(number))
        changes = one.answer(at(one, f"p[{number}]/name"), name)
        assert at(one, "head") in changes.choices
    say(one, "head", "2")
    offered = one.choices(control(one, "head"), at(one, "head"))
    assert [choice.label for choice in offered] == ["สมชาย", "สมหญิง"]
    changes = one.remove(at(one, "p[2]"))
    assert changes.cleared == {at(one, "head")}


def test_a_choice_has_the_other_columns_of_its_row() -> None:
    one = session(
        "<province/><amphoe/><tambon/>", CASCADE, CASCADE_BODY, files={"areas.csv": AREAS}
    )
    say(one, "province", "63")
    choice = one.choices(control(one, "amphoe"), at(one, "amphoe"))[1]
    assert choice.extra["province"] == "63"


def test_the_name_of_a_choice_and_pulled_data() -> None:
    one = session(
        "<province/><amphoe/><tambon/><said/><pulled/>",
        CASCADE
        + """<bind nodeset="/data/said" calculate="jr:choice-name(/data/province,
        '/data/province')"/><bind nodeset="/data/pulled"
        calculate="pulldata('areas', 'label', 'name', /data/province)"/>""",
        CASCADE_BODY,
        files={"areas.csv": AREAS},
    )
    say(one, "province", "63")
    assert (value(one, "said"), value(one, "pulled")) == ("ตาก", "ตาก")


def test_a_list_that_is_not_there_is_refused_by_name() -> None:
    """F13, fails when a form opens with a question that offers nothing."""
    with pytest.raises(FormRefused, match=r"areas\.csv"):
        form("<province/><amphoe/><tambon/>", CASCADE, CASCADE_BODY, files={})


def test_lists_are_read_with_any_separator_and_mark() -> None:
    data = "\ufeffname;label\nx;ก\n\ny;\n".encode()
    rows = CsvList(data).all()[0].children
    assert [[cell.value for cell in row.children] for row in rows] == [["x", "ก"], ["y", ""]]
    assert len(CsvList(data).matching(("root", "item"), "name", "y")) == 1


@pytest.mark.parametrize("data", [b"\xff\xfe", b"", b"a,b\n1,2,3\n"])
def test_a_list_that_cannot_be_read_is_refused(data: bytes) -> None:
    with pytest.raises(FormRefused):
        CsvList(data).all()


def test_features_of_a_map_are_items_with_their_geometry() -> None:
    data = b"""{"type":"FeatureCollection","features":[{"type":"Feature","id":7,
    "geometry":{"type":"Point","coordinates":[99.5,16.75]},"properties":{"title":"x","n":3}}]}"""
    item = GeoJsonList(data).all()[0].children[0]
    assert {cell.name: cell.value for cell in item.children} == {
        "geometry": "16.75 99.5 0 0",
        "id": "7",
        "title": "x",
        "n": "3",
    }
    with pytest.raises(FormRefused):
        GeoJsonList(b'{"type":"Point"}').all()


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b'{"type":"FeatureCollection","features":[{"geometry":{"type":"Point",'
        b'"coordinates":[NaN,1]}}]}',
        b'{"type":"FeatureCollection","features":[{"geometry":{"type":"Point",'
        b'"coordinates":[1,1]},"properties":["x"]}]}',
    ],
)
def test_a_map_that_is_none_is_refused(data: bytes) -> None:
    """Mutants: only what is no JSON is refused; "nan" is a place."""
    with pytest.raises(FormRefused):
        GeoJsonList(data).all()


def test_an_xml_list_is_its_root() -> None:
    assert XmlList(b"<root><item><name>x</name></item></root>").all()[0].name == "root"
