# SPDX-License-Identifier: Apache-2.0
"""What was answered stays: when lists change, when a form refuses a step, when a finger slips."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

import pytest

from desktop.xforms.codec import from_json, to_json
from desktop.xforms.form import Form
from desktop.xforms.journal import Clock, Step, noted, replay, take
from desktop.xforms.problem import ExpressionRefused, FormRefused
from desktop.xforms.session import Session
from tests.xforms.making import BEGUN, at, control, form, opened, repeat, say

CHOOSE = """<select1 ref="/data/house"><itemset nodeset="instance('h')/root/item"><value
 ref="name"/><label ref="label"/></itemset></select1><input ref="/data/note"/>"""
COUNTED = """<group ref="/data/row"><repeat nodeset="/data/row" jr:count="/data/n"><input
 ref="/data/row/x"/></repeat></group>"""

AID = '<group><repeat nodeset="/data/aid"><input ref="/data/aid/y"/></repeat></group>'


def with_list(rows: str, answers: str, model: str, body: str) -> Form:
    listed = '<instance id="h" src="jr://file-csv/h.csv"/>'
    return form(answers, listed + model, body, files={"h.csv": rows.encode()})


def answer(place: str, value: str) -> Step:
    return Step("answer", "/data/" + place, value, BEGUN)


def again(of: Form, steps: Sequence[Step]) -> Session:
    return replay(of, steps, record="record", clock=Clock(BEGUN))


# -- lists that change under a draft


def test_an_answer_stays_when_the_list_it_was_chosen_from_lost_it() -> None:
    """A tambon is abolished, a household goes. Mutant: replay asks the list of today."""
    steps = [answer("house", "a"), answer("note", "x")]
    one = again(with_list("name,label\na,A\nb,B", "<house/><note/>", "", CHOOSE), steps)
    later = again(with_list("name,label\nb,B", "<house/><note/>", "", CHOOSE), steps)
    assert to_json(later) == to_json(one)
    assert at(later, "house").value == "a"
    say(later, "house", "c")
    assert at(later, "house").value == ""


def test_an_answer_that_was_not_taken_does_not_come_with_the_journal() -> None:
    """Mutant: the journal keeps what was asked for, and a replay trusts it."""
    of = with_list("name,label\na,A", "<house/><note/>", "", CHOOSE)
    one = opened(of)
    kept = []
    for step in (answer("house", "zz"), answer("note", "x"), answer("house", "a")):
        take(one, step)
        kept.append(noted(one, step))
    assert [step.value for step in kept] == ["", "x", "a"]
    assert at(again(of, kept[:2]), "house").value == ""


def test_a_kept_record_stays_when_the_list_it_was_chosen_from_lost_it() -> None:
    """A finished record is read, or corrected. Mutant: choices are asked for while loading."""
    of = with_list("name,label\nb,B", "<house/><note/>", "", CHOOSE)
    kept = from_json(of, '{"house":"a","note":"x"}')
    assert at(opened(of, restore=kept), "house").value == "a"


def test_entries_of_a_kept_record_stay_when_a_list_counts_fewer() -> None:
    """Mutant: the count of today hides what was signed."""
    model = """<bind nodeset="/data/n" calculate="1"/>"""
    body = COUNTED.replace('"/data/n"', "\"count(instance('h')/root/item)\"")
    of = with_list("name\na", '<n/><row jr:template=""><x/></row>', model, body)
    text = '{"n":"1","row":[{"_id":"k1","x":"a"},{"_id":"k2","x":"b"}]}'
    one = opened(of, restore=from_json(of, text))
    assert [row.children[0].value for row in one.instances(repeat(one, "row"))] == ["a", "b"]
    assert one.instances(repeat(one, "row"))[1].key == "k2"


def test_a_cascade_is_cleared_in_the_journal_as_it_was_in_the_window() -> None:
    """Mutant: a replay that takes every answer for good."""
    body = """<input ref="/data/above"/><select1 ref="/data/house"><itemset
     nodeset="instance('h')/root/item[up = /data/above]"><value ref="name"/><label
     ref="name"/></itemset></select1>"""
    of = with_list("name,up\na,1\nb,2", "<above/><house/>", "", body)
    steps = [answer("above", "1"), answer("house", "a"), answer("above", "2")]
    live = opened(of)
    for step in steps:
        take(live, step)
    assert to_json(again(of, steps)) == to_json(live)
    assert at(live, "house").value == ""


def test_an_answer_stays_where_a_list_now_locks_the_question() -> None:
    """Mutant: read-only holds against the journal, and the draft cannot be opened."""
    model = """<bind nodeset="/data/note" readonly="instance('h')/root/item[name = 'a']/x = 1"/>"""
    body = '<input ref="/data/house"/><input ref="/data/note"/>'
    steps = [answer("house", "h"), answer("note", "written")]
    one = again(with_list("name,x\na,1", "<house/><note/>", model, body), steps)
    assert (at(one, "note").value, one.missed) == ("written", ())


def test_a_step_that_has_no_place_any_more_is_passed_over_and_named() -> None:
    """A list counts one entry less. Mutant: the whole draft is refused."""
    model = """<bind nodeset="/data/n" calculate="instance('h')/root/item[name = 'a']/x"/>"""
    body = (
        COUNTED + '<group><repeat nodeset="/data/aid"><input ref="/data/aid/y"/></repeat></group>'
    )
    answers = '<n/><row jr:template=""><x/></row><aid jr:template=""><y/></aid>'
    one = opened(with_list("name,x\na,2", answers, model, body))
    lost = one.place(one.instances(repeat(one, "row"))[1]) + "/x"
    steps = [Step("answer", lost, "gone", BEGUN), Step("add", "/data/aid", "", BEGUN)]
    for step in steps:
        take(one, step)
    kept = one.place(one.instances(repeat(one, "aid"))[0]) + "/y"
    steps.append(Step("answer", kept, "rice", BEGUN))
    later = again(with_list("name,x\na,1", answers, model, body), steps)
    assert later.missed == (lost,)
    assert at(later, "aid[1]/y").value == "rice"


def test_the_key_of_an_entry_does_not_hang_on_entries_elsewhere() -> None:
    """Mutant: keys drawn one after the other, so that one entry more moves all later answers."""
    answers = '<n/><row jr:template=""><x/></row><aid jr:template=""><y/></aid>'
    body = '<input ref="/data/n"/>' + COUNTED + AID
    keys = set()
    for count in ("1", "3"):
        one = opened(form(answers, "", body))
        say(one, "n", count)
        keys.add(one.add(repeat(one, "aid"))[0].key)
    assert len(keys) == 1


# -- looking


def test_looking_draws_nothing_from_the_chance_of_the_record() -> None:
    """The window looks, a replay does not. Mutant: words and choices share the chance."""
    of = form(
        "<a/><q/><c/>",
        """<instance id="l"><root><item><name>x</name></item><item><name>y</name></item><item>
        <name>z</name></item></root></instance><bind nodeset="/data/c"
        calculate="if(/data/q != '', once(random()), '')"/>""",
        """<select ref="/data/a"><itemset nodeset="randomize(instance('l')/root/item)"><value
        ref="name"/><label ref="name"/></itemset></select><input ref="/data/q"><label><output
        value="random()"/></label></input>""",
    )
    one = opened(of)
    first = [choice.value for choice in one.choices(control(one, "a"), at(one, "a"))]
    one.label(control(one, "q"))
    one.language = "th"
    second = [choice.value for choice in one.choices(control(one, "a"), at(one, "a"))]
    steps = [answer("a", "x z"), answer("q", "1")]
    for step in steps:
        take(one, step)
    assert to_json(again(of, steps)) == to_json(one)
    assert first == second


# -- a slip of the finger


def test_entries_a_smaller_count_took_away_come_back_with_it() -> None:
    """A 12 is typed by way of a 1, and a count is undone. Mutant: entries begin anew."""
    of = form(
        '<n/><row jr:template=""><x/><in jr:template=""><y/></in></row>',
        """<bind nodeset="/data/n" type="int"/><setvalue event="odk-new-repeat"
        ref="/data/row/x" value="'new'"/>""",
        '<input ref="/data/n"/><group ref="/data/row"><repeat nodeset="/data/row"'
        ' jr:count="/data/n"><input ref="/data/row/x"/><group><repeat nodeset="/data/row/in">'
        '<input ref="/data/row/in/y"/></repeat></group></repeat></group>',
    )
    one = opened(of)
    say(one, "n", "3")
    for number, row in enumerate(one.instances(repeat(one, "row"))):
        one.answer(row.children[0], f"v{number}")
        one.add(repeat(one, "row", "in"), row)
    before = to_json(one)
    for count in ("1", "2", "0", "3"):
        say(one, "n", count)
    assert to_json(one) == before
    say(one, "n", "4")
    assert at(one, "row[4]/x").value == "new"


# -- the clock


def test_what_is_too_early_when_it_is_typed_may_be_right_when_it_is_finished() -> None:
    """Ten o'clock, typed two minutes before. Mutant: what was judged once stays judged."""
    one = opened(
        form(
            "<at/><due/>",
            """<bind nodeset="/data/at" type="dateTime" constraint=". &lt;= now()"/>
            <bind nodeset="/data/due" type="date" constraint=". &gt;= today()"/>""",
            '<input ref="/data/at"/><input ref="/data/due"/>',
        )
    )
    say(one, "at", "2026-11-20T10:00:00.000+07:00")
    say(one, "due", "2026-11-20")
    assert [fault.node.name for fault in one.faults()] == ["at"]
    clock = one.clock
    assert isinstance(clock, Clock)
    clock.moment = BEGUN + timedelta(hours=1)
    assert one.faults() == ()
    clock.moment = BEGUN + timedelta(days=1)
    assert [fault.node.name for fault in one.faults()] == ["due"]


# -- a step that is refused


def test_a_step_the_form_refuses_changes_nothing() -> None:
    """What is not in the journal must not stand on the page. Mutant: the answer stays."""
    one = opened(form('<n/><row jr:template=""><x/></row><b/>',
                      '<bind nodeset="/data/b" calculate="/data/n + 1"/>',
                      '<input ref="/data/n"/>' + COUNTED))  # fmt: skip
    say(one, "n", "2")
    before = to_json(one)
    with pytest.raises(FormRefused):
        say(one, "n", "20000")
    assert to_json(one) == before
    say(one, "n", "1")
    assert (at(one, "b").value, len(one.instances(repeat(one, "row")))) == ("2", 1)


def test_predicates_inside_predicates_end() -> None:
    """Mutant: nobody counts; sixty answers four deep are thirteen million, a hundred years at
    eight."""
    deep = "/data/t//*"
    for _level in range(7):
        deep = f"/data/t//*[count({deep}) &gt; 0]"
    leaves = "".join(f"<a{number}/>" for number in range(60))
    one = opened(
        form(
            f"<t>{leaves}</t><q/><c/>",
            f"""<bind nodeset="/data/c" calculate="if(/data/q = '', 1, count({deep}))"/>""",
            '<input ref="/data/q"/>',
        )
    )
    with pytest.raises(ExpressionRefused, match=r"2.?000.?000"):
        say(one, "q", "1")
    assert (at(one, "q").value, at(one, "c").value) == ("", "1")


def test_ways_from_everywhere_to_everywhere_are_walked_once() -> None:
    """Mutant: each element of ``//*`` walks all that is below it again."""
    leaves = "<g>" * 60 + "".join(f"<a{number}/>" for number in range(900)) + "</g>" * 60
    one = opened(
        form(
            f"<t>{leaves}</t><q/><c/>",
            '<bind nodeset="/data/c" calculate="count(/data/t//*//a7) + count(/data/q)"/>',
            '<input ref="/data/q"/>',
        )
    )
    assert at(one, "c").value == "2"
    assert one.environment.spent < 10_000


def test_a_text_that_doubles_itself_is_refused() -> None:
    """Mutant: no bound; thirty questions are ten thousand million characters."""
    names = ["q", *(f"c{number}" for number in range(30))]
    binds = "".join(
        f'<bind nodeset="/data/{two}" calculate="concat(/data/{one}, /data/{one})"/>'
        for one, two in pairwise(names)
    )
    one = opened(form("".join(f"<{name}/>" for name in names), binds, '<input ref="/data/q"/>'))
    with pytest.raises(ExpressionRefused):
        say(one, "q", "0123456789")
    assert {at(one, name).value for name in names} == {""}


def test_answers_nested_without_end_are_refused() -> None:
    """Mutant: only what is no JSON is refused."""
    of = form("<a/>", "", '<input ref="/data/a"/>')
    with pytest.raises(FormRefused):
        from_json(of, '{"a":' * 3000 + "1" + "}" * 3000)


def test_a_question_called_like_the_key_of_an_entry_is_kept() -> None:
    """Mutant: ``_id`` of the form and of the entry in one place."""
    of = form(
        '<row jr:template=""><_id/></row>',
        "",
        '<group><repeat nodeset="/data/row"><input ref="/data/row/_id"/></repeat></group>',
    )
    one = opened(of)
    row, _changes = one.add(repeat(one, "row"))
    one.answer(row.children[0], "77")
    back = opened(of, restore=from_json(of, to_json(one)))
    assert (to_json(back), at(back, "row[1]/_id").value) == (to_json(one), "77")
