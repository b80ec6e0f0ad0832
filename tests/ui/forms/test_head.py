# SPDX-License-Identifier: Apache-2.0
"""What stands over and beside the questions: which form, where one is, which pages are done."""

from __future__ import annotations

import pytest

from desktop.i18n import _, ngettext
from desktop.ui.widgets.label import Label
from tests.ui.forms.sitting import Sitting, xform

VISIT = """
| survey | | | | | | |
| | type | name | label | required | relevant | default |
| | begin group | who | Who | | | |
| | text | first | First name | yes | | |
| | integer | met | Met | | | |
| | end group | | | | | |
| | begin group | more | More | | ${met} = 1 | |
| | text | why | Why | yes | | |
| | end group | | | | | |
| | begin group | sign | Signing | | | |
| | integer | copies | Copies | yes | | 1 |
| | text | name | Signed by | | | |
| | end group | | | | | |
| settings | | | |
| | form_id | version | form_title |
| | visit | 1 | เยี่ยม · Visit |
"""


@pytest.fixture
def visit(sitting: Sitting) -> Sitting:
    """A form of three pages: the second comes with an answer, the third is full of defaults."""
    sitting.install(xform(VISIT), "visit")
    sitting.begin("visit")
    return sitting


def states(sitting: Sitting) -> list[str]:
    """How the pages stand."""
    sitting.view.count_now()
    return [one.state for one in sitting.view.counted.standings if one.shown]


def test_a_page_of_defaults_alone_has_no_tick_until_it_was_gone_through(visit: Sitting) -> None:
    """Mutant: ``place in seen`` left out; signing looks done before anybody was there."""
    assert states(visit) == ["todo", "todo"]
    visit.write("/data/who/first", "มานี")
    assert states(visit) == ["done", "todo"]
    visit.view.next_section()
    assert states(visit) == ["done", "todo"]
    visit.view.previous_section()
    assert states(visit) == ["done", "done"]


def test_the_ticks_are_there_when_the_draft_is_taken_up_again(visit: Sitting) -> None:
    """Mutants: ``answered`` not handed to the view; lost when the form is shown another way."""
    visit.write("/data/who/first", "มานี")
    which = visit.view.draft_id
    visit.page.keep()
    visit.settle()
    visit.open(which)
    assert states(visit) == ["done", "todo"]
    visit.view.other_way.emit()
    visit.settle()
    assert states(visit) == ["done", "todo"]


def test_the_head_says_what_is_left_on_this_page_and_then_on_others(visit: Sitting) -> None:
    """Mutants: the count of the whole form on every page; nothing said of other pages."""
    visit.write("/data/who/met", "1")
    visit.view.count_now()
    assert visit.view.counted.left == 2
    assert visit.view.counted.words(0, frozen=False).endswith(
        _("{count} marked * to answer here").format(count=1)
    )
    visit.write("/data/who/first", "มานี")
    visit.view.count_now()
    elsewhere = ngettext(
        "complete here, {count} left on other pages",
        "complete here, {count} left on other pages",
        1,
    )
    assert visit.view.counted.words(0, frozen=False).endswith(elsewhere.format(count=1))


def test_pages_that_come_with_the_answers_are_spoken_of_until_they_are_there(
    visit: Sitting,
) -> None:
    """Mutant: ``growing`` never true."""
    told = [
        one
        for one in visit.view.list.findChildren(Label)
        if one.text() == _("More sections come with the answers.")
    ]
    assert [one.isVisible() for one in told] == [True]
    visit.write("/data/who/met", "1")
    visit.view.count_now()
    assert [one.isVisible() for one in told] == [False]


def test_the_form_says_its_name_itself_and_marks_its_place_on_the_rail(visit: Sitting) -> None:
    """Mutants: the title stands twice; a form belongs nowhere."""
    assert visit.page.shows_title()
    assert visit.page.place() == "household"
    assert visit.page.title() in [one.text() for one in visit.view.head.findChildren(Label)]
    visit.page.keep()
    visit.settle()
    assert not visit.page.shows_title()


def test_in_a_low_window_the_head_is_one_line(visit: Sitting) -> None:
    """Mutant: ``fit`` does nothing; a third of a small screen is head."""
    visit.page.resize(1000, 640)
    visit.settle()
    high = visit.view.head.sizeHint().height()
    visit.page.resize(1000, 480)
    visit.settle()
    assert visit.view.head.sizeHint().height() < high - 16
