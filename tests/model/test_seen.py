# SPDX-License-Identifier: Apache-2.0
"""Which ops a change stands above, of those that are here and have no number yet."""

from __future__ import annotations

from typing import Any

from desktop.model.seen import Changing, Replaced, replaced

TEXTS = {"needs", "village"}


def body(oid: str, *, saw: tuple[str, ...] = (), **said: Any) -> dict[str, Any]:
    return {"oid": oid, **({"saw": list(saw)} if saw else {}), **said}


def above(
    bodies: list[dict[str, Any]], shown: dict[str, Any], **elements: frozenset[str]
) -> tuple[str, dict[str, str]]:
    told = replaced(Changing(shown, elements), TEXTS, bodies)
    unseen = {name: " ".join(sorted(oids)) for name, oids in told.unseen.items()}
    return " ".join(sorted(told.saw)), unseen


def test_of_a_text_only_what_is_shown_and_what_that_had_replaced() -> None:
    """Mutant: name every op that wrote the text; the one that waits would go unchosen."""
    bodies = [
        body("a", set={"needs": "ข้าว"}),
        body("b", saw=("a",), set={"needs": "นม"}),
        body("c", set={"needs": "ยา"}),
    ]
    assert above(bodies, {"needs": "นม"}) == ("a b", {})


def test_of_a_number_also_what_has_lost() -> None:
    """At the centre the loser may be before the winner, and it has the later stamp of the two
    that are there. Mutant: name only the op that wrote what is shown."""
    bodies = [body("a", set={"house_no": "12"}), body("b", saw=("x",), set={"house_no": "14"})]
    assert above(bodies, {"house_no": "12"}) == ("a b x", {})


def test_of_an_element_everybody_who_added_it_or_took_it_away() -> None:
    """Mutants: name only the last; name ops that changed other elements."""
    bodies = [
        body("a", add={"welfare": ["ก", "ข"]}),
        body("b", add={"welfare": ["ก"]}),
        body("c", rm={"welfare": ["ก"]}),
        body("d", add={"welfare": ["ข"]}),
        body("e", add={"targets": ["ก"]}),
    ]
    assert above(bodies, {}, welfare=frozenset("ก")) == ("a b c", {})


def test_what_counts_for_a_number_does_not_count_for_the_text_beside_it() -> None:
    """Mutant: no ``unseen``; the text that waits would be replaced with the number."""
    bodies = [
        body("a", set={"needs": "ข้าว", "house_no": "12"}),
        body("b", set={"needs": "นม", "house_no": "12"}),
    ]
    assert above(bodies, {"needs": "ข้าว", "house_no": "12"}) == ("a b", {"needs": "b"})


def test_what_another_saw_for_a_number_is_not_seen_in_a_text() -> None:
    """Its op is not even here. Mutant: take ``saw`` for closed over all fields."""
    bodies = [body("b", saw=("a",), set={"house_no": "14"})]
    assert above(bodies, {"needs": "", "house_no": "14"}) == ("a b", {"needs": "a b"})


def test_each_of_two_texts_has_what_it_replaced() -> None:
    """Mutant: one list for both."""
    bodies = [
        body("a", set={"needs": "ข้าว", "village": "ดอน"}),
        body("b", set={"needs": "นม", "village": "ดอนใต้"}),
    ]
    shown = {"needs": "ข้าว", "village": "ดอนใต้"}
    assert above(bodies, shown) == ("a b", {"needs": "b", "village": "a"})


def test_what_the_last_had_left_waiting_is_left_waiting_still() -> None:
    """Mutant: take ``saw`` of an op for its text without looking at its ``unseen``."""
    bodies = [
        body("a", set={"needs": "ข้าว", "house_no": "12"}),
        body("b", set={"needs": "นม", "house_no": "14"}),
        body("c", saw=("a", "b"), unseen={"needs": ["b"]}, set={"needs": "ยา", "house_no": "16"}),
    ]
    assert above(bodies, {"needs": "ยา"}) == ("a c", {})
    assert above(bodies, {"house_no": "16"}) == ("a b c", {})


def test_whoever_deletes_sees_everything() -> None:
    bodies = [body("a", set={"needs": "ข้าว"}), body("b", saw=("x",), set={"house_no": "14"})]
    assert replaced(None, TEXTS, bodies) == Replaced(frozenset({"a", "b", "x"}))
