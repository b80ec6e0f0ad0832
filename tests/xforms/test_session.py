# SPDX-License-Identifier: Apache-2.0
"""Answers, validity, words in two languages, actions, and the end of a record."""

from __future__ import annotations

import hashlib
import re

import pytest

from desktop.i18n import use_language
from desktop.xforms.problem import FormRefused
from desktop.xforms.validity import Locked, Unfinished
from tests.xforms.making import at, control, form, opened, repeat, say, session, value

ITEXT = """<itext><translation lang="ไทย (th)" default="true()">
<text id="q"><value>ชื่อ<output value="/data/who"/>คือ</value>
<value form="guidance">ถามช้าๆ</value>
<value form="image">jr://images/q.png</value></text>
<text id="h"><value>ตามบัตร</value></text>
<text id="m"><value>มากกว่า <output value="/data/who"/></value></text>
<text id="only"><value>มีแต่ไทย</value></text>
</translation><translation lang="English (en)">
<text id="q"><value>The name of <output value="/data/who"/></value>
</text><text id="h"><value>As on the card</value></text></translation></itext>"""
WORDS_MODEL = """<bind nodeset="/data/q" constraint=". &gt; 5" jr:constraintMsg="jr:itext('m')"
 required="/data/who != ''" jr:requiredMsg="ต้องตอบ"/>"""
WORDS_BODY = """<input ref="/data/who"><label ref="jr:itext('only')"/></input>
<input ref="/data/q"><label ref="jr:itext('q')"/><hint ref="jr:itext('h')"/></input>"""


def test_words_follow_the_language_and_the_answers() -> None:
    one = session("<who/><q/>", WORDS_MODEL, WORDS_BODY, ITEXT)
    changes = one.answer(at(one, "who"), "แม่")
    assert at(one, "q") in changes.texts
    asked = control(one, "q")
    assert one.label(asked, at(one, "q")) == "ชื่อแม่คือ"
    one.language = "English (en)"
    assert one.label(asked, at(one, "q")) == "The name of แม่"
    assert one.hint(asked, at(one, "q")) == "As on the card"
    assert one.media(asked, at(one, "q"), "image") == ""
    one.language = "th"
    assert one.language == "ไทย (th)"
    assert one.guidance(asked, at(one, "q")) == ""
    assert one.media(asked, at(one, "q"), "image") == "q.png"


def test_a_text_without_translation_is_said_in_the_forms_own_language() -> None:
    """F14, fails when a missing translation leaves a question without words."""
    one = session("<who/><q/>", WORDS_MODEL, WORDS_BODY, ITEXT)
    one.language = "English (en)"
    assert one.label(control(one, "who"), at(one, "who")) == "มีแต่ไทย"


def test_messages_say_what_is_wrong_in_the_forms_words_or_ours() -> None:
    use_language("en")
    one = session("<who/><q/><r/>", WORDS_MODEL + '<bind nodeset="/data/r" required="true()"/>',
                  WORDS_BODY + '<input ref="/data/r"/>', ITEXT)  # fmt: skip
    say(one, "who", "5")
    assert one.message(at(one, "q")) == "ต้องตอบ"
    changes = one.answer(at(one, "q"), "3")
    assert changes.validity == {at(one, "q")}
    assert one.message(at(one, "q")) == "มากกว่า 5"
    say(one, "q", "9")
    assert one.message(at(one, "q")) == ""
    assert [(fault.node.name, fault.kind) for fault in one.faults()] == [("r", "required")]
    assert one.faults()[0].message == "This question needs an answer."


def test_a_question_that_is_not_relevant_has_no_fault() -> None:
    one = session(
        "<a/><g><b/></g>",
        """<bind nodeset="/data/g" relevant="/data/a = 1"/>
        <bind nodeset="/data/g/b" required="true()" constraint=". = 2"/>""",
        '<input ref="/data/a"/><input ref="/data/g/b"/>',
    )
    assert one.faults() == ()
    say(one, "a", "1")
    assert len(one.faults()) == 1
    say(one, "g/b", "3")
    assert one.faults()[0].kind == "constraint"
    say(one, "a", "")
    assert one.faults() == ()
    assert at(one, "g/b").value == "3"


def test_what_is_read_only_cannot_be_answered_also_inside_a_group() -> None:
    """F15, fails when read-only is not handed down, or is left to the window."""
    one = session(
        "<a/><g><b/></g>",
        '<bind nodeset="/data/g" readonly="/data/a = 1"/>',
        '<input ref="/data/a"/><input ref="/data/g/b"/>',
    )
    changes = one.answer(at(one, "a"), "1")
    assert at(one, "g/b") in changes.readonly
    with pytest.raises(Locked):
        say(one, "g/b", "x")


def test_a_calculation_of_a_person_is_kept_until_what_it_reads_changes() -> None:
    """F16."""
    one = session("<a/><b/>", '<bind nodeset="/data/b" calculate="/data/a * 2"/>', "")
    say(one, "a", "2")
    say(one, "b", "5")
    assert value(one, "b") == "5"
    say(one, "a", "3")
    assert value(one, "b") == "6"


def test_a_calculation_waits_while_it_is_not_relevant() -> None:
    one = session(
        "<a/><b/><c/>",
        '<bind nodeset="/data/b" calculate="/data/a * 2" relevant="/data/c = 1"/>',
        "",
    )
    say(one, "a", "2")
    assert at(one, "b").value == ""
    say(one, "c", "1")
    assert at(one, "b").value == "4"


def test_setting_an_answer_to_what_it_is_changes_nothing() -> None:
    one = session("<a>1</a><b/>", '<bind nodeset="/data/b" calculate="/data/a"/>', "")
    one.evaluations = 0
    changes = one.answer(at(one, "a"), "1")
    assert (changes.values, changes.answered, one.evaluations) == (set(), {at(one, "a")}, 0)


def test_characters_xml_cannot_hold_are_left_out_of_an_answer() -> None:
    """Fails when a pasted control character makes a record that nobody can read."""
    one = session("<a/>", "", '<input ref="/data/a"/>')
    say(one, "a", "ก\x00\x0bข\ud800\nค")
    assert value(one, "a") == "กข\nค"


def test_words_written_inside_a_repeat_are_its_label() -> None:
    """F26, fails when they are dropped, or the forms of a text are joined."""
    one = session(
        "<p/>",
        "",
        """<repeat nodeset="/data/p"><label ref="jr:itext('t')"/></repeat>""",
        """<itext><translation lang="th"><text id="t"><value form="long">ยาว</value>
        <value form="short">สั้น</value></text></translation></itext>""",
    )
    assert one.label(repeat(one, "p"), at(one, "p[1]")) == "ยาว"


def test_the_language_changes_no_answer_until_it_is_calculated_again() -> None:
    """F28, fails when switching the window's language writes into the record."""
    one = session(
        "<who/><q/><said/>",
        """<bind nodeset="/data/said" calculate="concat(jr:itext('h'), /data/q)"/>""",
        WORDS_BODY,
        ITEXT,
    )
    assert value(one, "said") == "ตามบัตร"
    one.language = "English (en)"
    assert value(one, "said") == "ตามบัตร"
    say(one, "q", "!")
    assert value(one, "said") == "As on the card!"


# -- actions


def test_values_are_set_when_the_record_begins_and_not_when_it_is_taken_up_again() -> None:
    from desktop.xforms import codec

    """F24."""
    of = form(
        "<a/><b/><c/>",
        """<setvalue event="odk-instance-first-load" ref="/data/a" value="now()"/>
        <setvalue event="odk-instance-first-load odk-instance-load" ref="/data/b">เดิม</setvalue>
        <setvalue event="odk-instance-load" ref="/data/c" value="count(/data/c) + 1"/>""",
    )
    one = opened(of)
    assert value(one, "a") == "2026-11-20T09:30:00.000+07:00"
    assert (value(one, "b"), value(one, "c")) == ("เดิม", "2")
    say(one, "a", "x")
    say(one, "c", "")
    again = opened(of, restore=codec.from_json(of, codec.to_json(one)))
    assert (value(again, "a"), value(again, "c")) == ("x", "2")


def test_a_changed_answer_sets_others_in_its_own_entry() -> None:
    """Fails when an action inside a repeat reaches every entry."""
    one = session(
        "<p jr:template=''><a/><b/><new/></p><out/>",
        """<bind nodeset="/data/p/a" type="int"/>""",
        """<repeat nodeset="/data/p"><setvalue event="odk-new-repeat" ref="/data/p/new"
        value="position(..)"/><input ref="/data/p/a">
        <setvalue event="xforms-value-changed" ref="/data/p/b" value="../a + 1"/>
        <setvalue event="xforms-value-changed" ref="/data/out" value="'changed'"/></input>
        </repeat>""",
    )
    for _number in range(3):
        one.add(repeat(one, "p"))
    changes = one.answer(at(one, "p[2]/a"), "4")
    assert [value(one, f"p[{number}]/b") for number in (1, 2, 3)] == ["", "5", ""]
    assert [value(one, f"p[{number}]/new") for number in (1, 2, 3)] == ["1", "2", "3"]
    assert at(one, "p[2]/b") in changes.values
    assert value(one, "out") == "changed"


def test_an_action_is_fired_by_a_calculated_answer_too() -> None:
    """F24."""
    one = session(
        "<a/><b/><c/>",
        '<bind nodeset="/data/b" calculate="/data/a * 2"/>',
        """<input ref="/data/b"><setvalue event="xforms-value-changed" ref="/data/c"
        value="/data/b"/></input>""",
    )
    say(one, "a", "4")
    assert value(one, "c") == "8"


def test_a_place_is_set_from_what_the_device_knows() -> None:
    model = """<bind nodeset="/data/a" type="geopoint"/>
    <odk:setgeopoint event="odk-instance-first-load" ref="/data/a"/>"""
    assert value(session("<a/>", model), "a") == ""
    of = form("<a/>", model)
    one = opened(of, properties={"geopoint": "16.88 99.12 0 5"})
    assert value(one, "a") == "16.88 99.12 0.0 5.0"


def test_an_event_that_does_not_exist_is_refused() -> None:
    with pytest.raises(FormRefused, match="odk-inftance"):
        form("<a/>", '<setvalue event="odk-inftance-load" ref="/data/a" value="1"/>')


def test_what_is_asked_of_the_device_is_filled_once() -> None:
    model = """<bind nodeset="/data/s" jr:preload="timestamp" jr:preloadParams="start"/>
    <bind nodeset="/data/d" jr:preload="date" jr:preloadParams="today"/>
    <bind nodeset="/data/u" jr:preload="property" jr:preloadParams="username"/>
    <bind nodeset="/data/e" jr:preload="timestamp" jr:preloadParams="end"/>
    <bind nodeset="/data/meta/instanceID" jr:preload="uid"/>"""
    of = form("<s/><d/><u/><e/><meta><instanceID/></meta>", model)
    one = opened(of, properties={"username": "ครูแดง"})
    assert value(one, "s") == "2026-11-20T09:30:00.000+07:00"
    assert (value(one, "d"), value(one, "u"), value(one, "e")) == ("2026-11-20", "ครูแดง", "")
    assert re.fullmatch(r"uuid:[0-9a-f-]{36}", value(one, "meta/instanceID"))
    assert value(opened(of), "meta/instanceID") == value(one, "meta/instanceID")
    one.finalise()
    assert value(one, "e") == "2026-11-20T09:30:00.000+07:00"


# -- the end

CORE = """<bind nodeset="/data/day" type="date" dsdw:core="visit.visited_on" required="true()"/>
<bind nodeset="/data/p/pid" dsdw:core="person.id" dsdw:index="true"/>
<bind nodeset="/data/hidden" relevant="false()" dsdw:core="visit.place"/>"""
CORE_ANSWERS = """<day/><hidden>x</hidden><p jr:template=''><pid/></p>
<meta><instanceID/><instanceName/></meta>"""
CORE_BODY = '<input ref="/data/day"/><repeat nodeset="/data/p"><input ref="/data/p/pid"/></repeat>'


def test_a_finished_record_is_frozen_with_its_hash_and_its_core() -> None:
    one = session(CORE_ANSWERS, CORE + """<bind nodeset="/data/meta/instanceName"
        calculate="concat('เยี่ยม ', /data/day)"/>""", CORE_BODY)  # fmt: skip
    with pytest.raises(Unfinished) as refused:
        one.finalise()
    assert refused.value.faults[0].node is at(one, "day")
    say(one, "day", "2026-11-20")
    for number, person in enumerate(("ก1", "ข2"), 1):
        one.add(repeat(one, "p"))
        say(one, f"p[{number}]/pid", person)
    done = one.finalise()
    assert done.sha256 == hashlib.sha256(done.xml).hexdigest()
    assert done.name == "เยี่ยม 2026-11-20"
    assert done.instance_id == value(one, "meta/instanceID")
    assert done.core == {
        "visit.visited_on": "2026-11-20",
        "person.id": ("ก1", "ข2"),
        "visit.place": "",
    }
    keys = [entry.key for entry in one.instances(repeat(one, "p"))]
    assert [(found.path, found.repeat, found.value) for found in done.indexed] == [
        ("/data/p/pid", keys[0], "ก1"),
        ("/data/p/pid", keys[1], "ข2"),
    ]
    assert b"hidden" not in done.xml
    assert b"dsdw" not in done.xml
    assert '"pid":"ข2"' in done.answers


def test_a_correction_keeps_the_id_it_replaces() -> None:
    """F27, fails when a server could not tell which record is replaced."""
    from desktop.xforms import codec

    of = form(CORE_ANSWERS, CORE, CORE_BODY)
    one = opened(of)
    say(one, "day", "2026-11-20")
    before = one.finalise()
    again = opened(of, restore=codec.from_xml(of, before.xml))
    assert value(again, "meta/instanceID") == before.instance_id
    from desktop.xforms.journal import Clock, seeded
    from desktop.xforms.session import Session
    from tests.xforms.making import BEGUN

    ids, chance = seeded("other")
    corrected = Session(
        of,
        clock=Clock(BEGUN),
        ids=ids,
        chance=chance,
        restore=codec.from_xml(of, before.xml),
        correcting=True,
    )
    assert value(corrected, "meta/deprecatedID") == before.instance_id
    assert corrected.finalise().instance_id != before.instance_id


def test_attributes_of_an_entity_are_kept_and_calculated() -> None:
    one = session(
        """<name/><meta><entity dataset="households" id="" create="1"><label/></entity>
        </meta>""",
        """<bind nodeset="/data/meta/entity/@id" calculate="once(uuid())"/>
        <bind nodeset="/data/meta/entity/label" calculate="/data/name"/>""",
        '<input ref="/data/name"/>',
    )
    say(one, "name", "บ้านทุ่ง")
    xml = one.finalise().xml.decode()
    assert re.search(
        r'<entity dataset="households" id="[0-9a-f-]{36}" create="1"><label>บ้านทุ่ง</label>', xml
    )
