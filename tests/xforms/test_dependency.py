# SPDX-License-Identifier: Apache-2.0
"""Which computations an answer reaches, and what circles are refused."""

from __future__ import annotations

import pytest

from desktop.xforms.dependency import Cycle
from desktop.xforms.problem import ExpressionRefused, FormRefused
from tests.xforms.making import at, form, repeat, say, session, value

PERSON = "<person jr:template=''><age/><adult/><note/></person><adults/>"
PERSON_MODEL = """
<bind nodeset="/data/person/age" type="int" constraint=". &lt; 130"/>
<bind nodeset="/data/person/adult" calculate="if(../age &gt;= 18, 1, 0)"/>
<bind nodeset="/data/person/note" relevant="../age &gt; 60"/>
"""
PERSON_BODY = """<group ref="/data/person"><repeat nodeset="/data/person">
<input ref="/data/person/age"/><input ref="/data/person/note"/></repeat></group>"""


def test_an_answer_in_one_entry_evaluates_nothing_of_the_others() -> None:
    """Fails when the scope of a reference is not limited to the instance it stays in."""
    one = session(PERSON, PERSON_MODEL, PERSON_BODY)
    people = [one.add(repeat(one, "person"))[0] for _number in range(100)]
    one.evaluations = 0
    one.answer(people[40].children[0], "70")
    assert one.evaluations == 3  # adult, note, the constraint of age
    one.evaluations = 0
    one.answer(people[40].children[0], "71")
    assert one.evaluations == 3


def test_a_total_over_all_entries_is_one_evaluation_more() -> None:
    """Fails when a reference from outside makes the inner computations due everywhere."""
    model = PERSON_MODEL + '<bind nodeset="/data/adults" calculate="sum(/data/person/adult)"/>'
    one = session(PERSON, model, PERSON_BODY)
    people = [one.add(repeat(one, "person"))[0] for _number in range(100)]
    one.evaluations = 0
    one.answer(people[7].children[0], "70")
    assert one.evaluations == 4
    assert value(one, "adults") == "1"


def test_adding_an_entry_at_the_end_evaluates_nothing_of_the_others() -> None:
    """Fails when structure makes every computation of the repeat due."""
    one = session(PERSON, PERSON_MODEL, PERSON_BODY)
    for _number in range(50):
        one.add(repeat(one, "person"))
    one.evaluations = 0
    one.add(repeat(one, "person"))
    assert one.evaluations <= 4


def test_positions_after_a_removed_entry_are_counted_again_and_no_others() -> None:
    """Fails when later siblings are not touched by a removal."""
    model = '<bind nodeset="/data/p/n" calculate="position(..)"/>'
    one = session(
        "<p jr:template=''><n/></p>",
        model,
        '<group ref="/data/p"><repeat nodeset="/data/p"><input ref="/data/p/n"/></repeat></group>',
    )
    for _number in range(10):
        one.add(repeat(one, "p"))
    one.evaluations = 0
    one.remove(at(one, "p[4]"))
    assert [node.children[0].value for node in one.instances(repeat(one, "p"))] == [
        str(number) for number in range(1, 10)
    ]
    assert one.evaluations == 6


def test_nested_entries_stay_in_their_own_household() -> None:
    """Fails when a reference through .. climbs to the root."""
    one = session(
        "<h jr:template=''><limit/><p jr:template=''><age/><over/></p></h>",
        '<bind nodeset="/data/h/p/over" calculate="../age &gt; ../../limit"/>',
        """<repeat nodeset="/data/h"><input ref="/data/h/limit"/>
        <repeat nodeset="/data/h/p"><input ref="/data/h/p/age"/></repeat></repeat>""",
    )
    for _house in range(3):
        house = one.add(repeat(one, "h"))[0]
        for _person in range(4):
            one.add(repeat(one, "h", "p"), house)
    one.evaluations = 0
    say(one, "h[2]/limit", "10")
    assert one.evaluations == 4
    one.evaluations = 0
    say(one, "h[2]/p[3]/age", "11")
    assert one.evaluations == 1
    assert value(one, "h[2]/p[3]/over") == "true"


CIRCLES = [
    ("a", '<bind nodeset="/data/a" calculate="/data/b + 1"/>'
          '<bind nodeset="/data/b" calculate="/data/a + 1"/>', {("data", "a"), ("data", "b")}),
    ("itself", '<bind nodeset="/data/a" calculate=". + 1"/>', {("data", "a")}),
    ("relevant", '<bind nodeset="/data/a" relevant=". &gt; 1"/>', {("data", "a")}),
    ("group", '<bind nodeset="/data/g" relevant="/data/g/x = 1"/>',
     {("data", "g"), ("data", "g", "x")}),
    ("hidden", '<bind nodeset="/data/a" relevant="/data/b = 1"/>'
               '<bind nodeset="/data/b" calculate="/data/a + 1"/>',
     {("data", "a"), ("data", "b")}),
]  # fmt: skip


@pytest.mark.parametrize(("_name", "model", "paths"), CIRCLES)
def test_questions_that_decide_each_other_are_refused_by_name(
    _name: str, model: str, paths: set[tuple[str, ...]]
) -> None:
    """F1, fails when circles are left to run: the window would never answer."""
    with pytest.raises(Cycle) as refused:
        form("<a/><b/><g><x/></g>", model)
    assert set(refused.value.paths) == paths
    assert all("/" + "/".join(path) in str(refused.value) for path in paths)


ALLOWED = [
    # the running total of the row above
    """<bind nodeset="/data/p/t" calculate="../n + coalesce(
       /data/p[position() = position(current()/..) - 1]/t, 0)"/>""",
    # a count that looks at how many there are
    '<bind nodeset="/data/c" calculate="count(/data/p) + 1"/>',
    # an answer that keeps itself, or else takes another
    '<bind nodeset="/data/a" calculate="coalesce(/data/a, /data/b)"/>',
    '<bind nodeset="/data/a" calculate="once(uuid())"/>',
    # a condition on the answer itself decides nothing
    '<bind nodeset="/data/a" constraint=". &gt; 1" required=". = 1" readonly=". = 2"/>',
    # relevance of two questions by each other settles
    '<bind nodeset="/data/a" relevant="/data/b &gt; 0"/>'
    '<bind nodeset="/data/b" relevant="/data/a &gt; 0"/>',
]


@pytest.mark.parametrize("model", ALLOWED)
def test_what_only_looks_like_a_circle_opens(model: str) -> None:
    """F2, fails when any reference back to the same path is taken for a circle."""
    session(
        "<a/><b/><c/><p jr:template=''><n/><t/></p>",
        model,
        '<repeat nodeset="/data/p"><input ref="/data/p/n"/></repeat>',
    )


def test_running_totals_settle_from_the_top_in_two_passes() -> None:
    one = session(
        "<p jr:template=''><n/><t/></p>",
        ALLOWED[0],
        '<repeat nodeset="/data/p"><input ref="/data/p/n"/></repeat>',
    )
    for number in range(1, 6):
        say(one, f"p[{number}]/n", str(number)) if one.add(repeat(one, "p")) else None
    assert value(one, "p[5]/t") == "15"
    say(one, "p[1]/n", "10")
    assert value(one, "p[5]/t") == "24"


def test_a_repeat_counted_by_its_own_number_of_entries_grows_one_by_one() -> None:
    """F3, the household form of the vaccination survey: fails when containers make a circle."""
    one = session(
        "<more/><n/><want/><p jr:template=''><again/></p>",
        """<bind nodeset="/data/n" calculate="count(/data/p)"/>
        <bind nodeset="/data/want" calculate="if(/data/n = 0 or
          indexed-repeat(/data/p/again, /data/p, /data/n) = 'yes', /data/n + 1, /data/n)"/>""",
        '<repeat nodeset="/data/p" jr:count="/data/want"><input ref="/data/p/again"/></repeat>',
    )
    assert len(one.instances(repeat(one, "p"))) == 1
    say(one, "p[1]/again", "yes")
    assert len(one.instances(repeat(one, "p"))) == 2


def test_relevance_that_never_settles_is_refused_and_does_not_hang() -> None:
    """F4, fails when the number of rounds is not bounded."""
    with pytest.raises(FormRefused, match="/data/"):
        session(
            "<a>1</a><b>1</b>",
            """<bind nodeset="/data/a" relevant="not(/data/b = 1)"/>
            <bind nodeset="/data/b" relevant="/data/a = 1"/>""",
        )


def test_a_mistake_in_any_expression_is_found_when_the_form_is_opened() -> None:
    """F5, fails when expressions are parsed as late as they are compiled."""
    with pytest.raises(ExpressionRefused, match="/data/a"):
        form("<a/>", '<bind nodeset="/data/a" constraint=". &gt; (1"/>')
    with pytest.raises(ExpressionRefused, match="nope"):
        form("<a/>", '<bind nodeset="/data/a" relevant="false() and nope(1)"/>')
    with pytest.raises(ExpressionRefused):
        form(
            "<a/>",
            "",
            '<input ref="/data/a"><label ref="jr:itext(\'t\')"/></input>',
            '<itext><translation lang="th"><text id="t"><value><output value="1 +"/></value>'
            "</text></translation></itext>",
        )
