# SPDX-License-Identifier: Apache-2.0
"""Entries of repeats: counted, fixed, added, removed, nested, begun from templates."""

from __future__ import annotations

import pytest

from desktop.xforms.problem import FormRefused
from desktop.xforms.validity import Locked
from tests.xforms.making import at, repeat, say, session, value

BODY = """<input ref="/data/n"/><group ref="/data/p"><label>คน</label>
<repeat nodeset="/data/p"{more}><input ref="/data/p/name"/></repeat></group>"""
COUNTED = BODY.format(more=' jr:count="/data/n"')


def test_a_count_that_is_blank_means_no_entry_yet() -> None:
    """F6, fails when the entries a form gives are shown before the count asks for them."""
    one = session("<n/><p><name>ก</name></p>", "", COUNTED)
    assert one.instances(repeat(one, "p")) == ()


def test_counted_entries_begin_as_the_form_gives_them_and_then_as_the_template() -> None:
    one = session("<n/><p><name>ก</name></p><p><name>ข</name></p>", "", COUNTED)
    say(one, "n", "3")
    assert [value(one, f"p[{number}]/name") for number in (1, 2, 3)] == ["ก", "ข", ""]


def test_a_count_that_becomes_blank_keeps_the_entries_there_are() -> None:
    """F7, fails when clearing a number to type another removes what was written below it."""
    one = session("<n/><p jr:template=''><name/></p>", "", COUNTED)
    say(one, "n", "2")
    say(one, "p[2]/name", "สมหญิง")
    say(one, "n", "")
    assert value(one, "p[2]/name") == "สมหญิง"
    changes = one.answer(at(one, "n"), "1")
    assert len(changes.removed) == 1
    assert len(one.instances(repeat(one, "p"))) == 1


@pytest.mark.parametrize(("count", "entries"), [("-3", 0), ("2.9", 2)])
def test_a_count_is_a_whole_number_from_none_up(count: str, entries: int) -> None:
    one = session("<n/><p jr:template=''><name/></p>", "", COUNTED)
    say(one, "n", count)
    assert len(one.instances(repeat(one, "p"))) == entries


def test_a_count_of_millions_is_refused() -> None:
    """F8, fails when the number of entries is not bounded: a slip would fill the memory."""
    one = session("<n/><p jr:template=''><name/></p>", "", COUNTED)
    with pytest.raises(FormRefused, match="10000"):
        say(one, "n", "99999999")


def test_entries_the_form_decides_cannot_be_added_or_removed() -> None:
    one = session("<n>1</n><p jr:template=''><name/></p>", "", COUNTED)
    entry = one.instances(repeat(one, "p"))[0]
    assert not one.can_add(repeat(one, "p"), None)
    assert not one.can_remove(entry)
    with pytest.raises(Locked):
        one.remove(entry)
    with pytest.raises(Locked):
        one.add(repeat(one, "p"))


def test_a_fixed_repeat_has_the_entries_of_the_form_or_one() -> None:
    """F9, fails when a fixed repeat that is only a template has nothing to fill."""
    more = ' jr:noAddRemove="true()"'
    given = session("<n/><p><name>ก</name></p><p><name/></p>", "", BODY.format(more=more))
    assert len(given.instances(repeat(given, "p"))) == 2
    template = session("<n/><p jr:template=''><name/></p>", "", BODY.format(more=more))
    assert len(template.instances(repeat(template, "p"))) == 1
    assert not template.can_add(repeat(template, "p"), None)


def test_a_new_entry_is_blank_unless_there_is_a_template() -> None:
    """F10, fails when the first entry's answers are copied into a new one."""
    plain = session("<n/><p><name>ก</name></p>", "", BODY.format(more=""))
    assert plain.add(repeat(plain, "p"))[0].children[0].value == ""
    made = session(
        "<n/><p jr:template=''><name>ใหม่</name></p><p><name>ก</name></p>",
        "",
        BODY.format(more=""),
    )
    assert made.add(repeat(made, "p"))[0].children[0].value == "ใหม่"


def test_an_entry_may_be_put_between_others_and_keys_stay() -> None:
    """Fails when keys are positions: a journal would answer the wrong person."""
    one = session(
        "<n/><p jr:template=''><name/><place/></p>",
        '<bind nodeset="/data/p/place" calculate="position(..)"/>',
        BODY.format(more=""),
    )
    first, third = one.add(repeat(one, "p"))[0], one.add(repeat(one, "p"))[0]
    second = one.add(repeat(one, "p"), None, 1)[0]
    assert one.instances(repeat(one, "p")) == (first, second, third)
    assert [value(one, f"p[{number}]/place") for number in (1, 2, 3)] == ["1", "2", "3"]
    place = one.place(third.children[0])
    one.remove(first)
    assert one.find(place) is third.children[0]
    assert one.reference(third.children[0]) == "/data/p[2]/name"
    assert place.endswith(f"/p[#{third.key}]/name")


def test_a_nested_counted_repeat_counts_in_each_entry() -> None:
    one = session(
        "<h jr:template=''><n/><c jr:template=''><x/></c></h>",
        "",
        """<repeat nodeset="/data/h"><input ref="/data/h/n"/>
        <repeat nodeset="/data/h/c" jr:count="../n"><input ref="/data/h/c/x"/></repeat>
        </repeat>""",
    )
    houses = [one.add(repeat(one, "h"))[0] for _number in range(2)]
    say(one, "h[2]/n", "3")
    assert len(one.instances(repeat(one, "h", "c"), houses[0])) == 0
    assert len(one.instances(repeat(one, "h", "c"), houses[1])) == 3


def test_a_repeat_that_is_not_relevant_has_nothing_to_add_even_while_it_is_empty() -> None:
    one = session(
        "<n/><p jr:template=''><name/></p>",
        '<bind nodeset="/data/p" relevant="/data/n = 1"/>',
        BODY.format(more=""),
    )
    assert not one.can_add(repeat(one, "p"), None)
    say(one, "n", "1")
    assert one.can_add(repeat(one, "p"), None)


def test_what_is_not_relevant_is_kept_and_counts_for_nothing() -> None:
    """F11, fails when an answer is dropped with its relevance, or still seen by others."""
    one = session(
        "<n>1</n><p jr:template=''><name/></p><t/><c/><u/>",
        """<bind nodeset="/data/p" relevant="/data/n = 1"/>
        <bind nodeset="/data/t" calculate="sum(/data/p/name)"/>
        <bind nodeset="/data/c" calculate="count(/data/p)"/>
        <bind nodeset="/data/u" relevant="/data/p/name != '7'"/>""",
        BODY.format(more=""),
    )
    one.add(repeat(one, "p"))
    say(one, "p[1]/name", "7")
    assert (value(one, "t"), value(one, "c"), at(one, "u").relevant) == ("7", "1", False)
    changes = one.answer(at(one, "n"), "0")
    assert at(one, "p[1]/name") in changes.relevance
    assert (value(one, "t"), value(one, "c"), at(one, "u").relevant) == ("0", "0", True)
    assert b"<p>" not in one.finalise().xml
    say(one, "n", "1")
    assert value(one, "p[1]/name") == "7"
