# SPDX-License-Identifier: Apache-2.0
"""Papers of a withdrawn key that the centre's list names: those it knew before the withdrawal."""

from __future__ import annotations

import pytest

from desktop.centre.database import Database
from desktop.centre.ledger import CentreLedger
from desktop.centre.quarantine import release_all
from desktop.model.proof_list import KnownKey
from tests.centre.proof_ground import (
    EVENT,
    OFFICE,
    STANDING,
    STOLEN,
    key,
    listed,
    named,
    paper,
    payload,
    take_back,
    withdraw,
)
from tests.centre.town import Watch, op, push


@pytest.fixture
def ledger(database: Database) -> CentreLedger:
    made = CentreLedger(database)
    push(made, f"o:{OFFICE}", key(1, "k1"))
    return made


def test_what_came_before_the_withdrawal_is_named_and_nothing_that_came_after(
    database: Database, ledger: CentreLedger, watch: Watch
) -> None:
    """The mutants: the rows as they are now; the moment that is written in an op or a row (a
    thief writes any); no papers of a key that stands left out of the list."""
    push(ledger, EVENT, paper(1, "one"))
    assert listed(database) == KnownKey(STOLEN.public, OFFICE, "ก")
    withdraw(ledger, watch)
    # It says of itself that it is of before, and was put into another event.
    push(ledger, "w:other", paper(2, "two"))
    push(ledger, EVENT, paper(3, "three"))
    assert listed(database).papers == named(payload("one", "นายสมชาย ใจดี"))


def test_another_name_under_a_known_number_is_not_named_and_the_true_one_stays(
    database: Database, ledger: CentreLedger, watch: Watch
) -> None:
    """The mutants: certificates named by their ids; the proof that the row holds now."""
    push(ledger, EVENT, paper(1, "one"))
    withdraw(ledger, watch)
    push(ledger, EVENT, paper(2, "one", "นายโจร ใจร้าย"))
    assert listed(database).papers == named(payload("one", "นายสมชาย ใจดี"))


def test_only_the_key_s_own_papers_in_the_office_s_own_register_are_named(
    database: Database, ledger: CentreLedger, watch: Watch
) -> None:
    """The mutants: another key's papers; a signature that is none; another office's register."""
    push(
        ledger, EVENT, paper(1, "one", by=STANDING), paper(2, "two", signature=bytes(64)),
        paper(3, "three", office_id="office-9"), paper(4, "four", proof_of="none"),
        op(5, noun="certificate", id="five", office_id=OFFICE, proof="not base64!",
           kind="completion", year=2562, number=5, status="issued"),
    )  # fmt: skip
    withdraw(ledger, watch)
    assert listed(database).papers == named(payload("four", "นายสมชาย ใจดี"))


def test_words_that_were_put_right_before_are_named_as_they_were_last(
    database: Database, ledger: CentreLedger, watch: Watch
) -> None:
    """The mutants: every word that was ever said; of two laptops that issued the same only the
    later one's paper; the order of arrival in place of the order in which it was said."""
    push(ledger, EVENT, paper(1, "one", "นางสาวเก่า"), paper(2, "one", "นางสาวใหม่"))
    push(ledger, EVENT, paper(3, "two"), paper(4, "two", by=STANDING))
    push(ledger, EVENT, paper(6, "three", "นางสาวใหม่"), paper(5, "three", "นางสาวเก่า"))
    withdraw(ledger, watch)
    assert listed(database).papers == named(
        payload("one", "นางสาวใหม่"), payload("two", "นายสมชาย ใจดี"), payload("three", "นางสาวใหม่")
    )


def test_what_was_set_aside_counts_from_when_it_was_let_in(
    database: Database, ledger: CentreLedger, watch: Watch
) -> None:
    """The mutants: what is set aside counted; when it came in place of when it was let in."""
    push(ledger, EVENT, paper(1, "one"), paper(2, "two"), paper(3, "three"), quarantined="author")
    push(ledger, EVENT, paper(4, "four"))
    push(ledger, EVENT, paper(5, "four", "นายโจร ใจร้าย"), quarantined="author")
    release_all(database, EVENT, ["one-1"], "staff")
    withdraw(ledger, watch)
    release_all(database, EVENT, ["one-2"], "staff")
    assert listed(database).papers == named(
        payload("one", "นายสมชาย ใจดี"), payload("four", "นายสมชาย ใจดี")
    )


def test_a_withdrawal_that_is_said_anew_counts_from_then(
    database: Database, ledger: CentreLedger, watch: Watch
) -> None:
    """The mutants: the first withdrawal for ever, so that an office could never vouch for what
    came late; the last of several that stand, so that a second one would let more in."""
    push(ledger, EVENT, paper(1, "one"))
    withdraw(ledger, watch)
    push(ledger, EVENT, paper(2, "two"))
    withdraw(ledger, watch, 3)
    assert listed(database).papers == named(payload("one", "นายสมชาย ใจดี"))
    take_back(ledger, "k2")
    assert listed(database).papers == named(
        payload("one", "นายสมชาย ใจดี"), payload("two", "นายสมชาย ใจดี")
    )
