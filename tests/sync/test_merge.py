# SPDX-License-Identifier: Apache-2.0
"""How one op changes one record, rule by rule."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.sync.history import faulty, rebase
from desktop.sync.merge import Merged, merge
from desktop.sync.protocol import Fork, Op
from desktop.sync.row import Row, row_from_wire, row_hash, row_to_wire


def op(oid: str, kind: str = "household", **body: Any) -> Op:
    said = {"oid": oid, "kind": kind, "id": "h1", "base": 0, "ep": 1, "hlc": f"{oid:0>12}"}
    return Op("malee", "2026-11-20T06:00:00.000Z[+07:00]", said | body)


class Record:
    """A row and the ops that arrive."""

    def __init__(self, kind: str = "household") -> None:
        self.row = Row(kind, "h1")
        self.kind = kind
        self.seq = 0

    def take(self, oid: str, device: str = "", **body: Any) -> Merged:
        self.seq += 1
        one = op(oid, self.kind, **body)
        return merge(self.row, one, self.seq, device or oid[0], base=one.body["base"])

    @property
    def needs(self) -> tuple[Any, set[str]]:
        return self.row.fields.get("needs"), {one.value for one in self.row.variants}


def test_a_text_replaces_what_its_author_had_received() -> None:
    record = Record()
    record.take("a1", set={"needs": "ข้าว"})
    assert record.take("b1", set={"needs": "ข้าวและนม"}, base=1) == Merged()
    assert record.needs == ("ข้าวและนม", set())


def test_two_texts_that_do_not_know_each_other_are_both_kept() -> None:
    """Mutants lww, lastpush."""
    record = Record()
    record.take("a1", set={"needs": "ข้าว"})
    assert record.take("b1", set={"needs": "นม"}).conflict == ("needs",)
    assert record.needs == ("ข้าว", {"นม"})


def test_her_own_newer_text_replaces_the_one_that_waits() -> None:
    record = Record()
    record.take("a1", set={"needs": "ข้าว"})
    record.take("b1", set={"needs": "นม"})
    record.take("b2", set={"needs": "นมผง"})
    assert record.needs == ("ข้าว", {"นมผง"})


def test_a_text_that_waits_and_was_seen_waiting_stays() -> None:
    """Only a choice takes it away."""
    record = Record()
    record.take("a1", set={"needs": "ข้าว"})
    record.take("b1", set={"needs": "นม"})
    record.take("b2", set={"needs": "ข้าวสาร"}, base=2)
    assert record.needs == ("ข้าวสาร", {"นม"})


def test_a_choice_takes_away_what_was_seen_and_nothing_else() -> None:
    record = Record()
    for oid, text in (("a1", "ข้าว"), ("b1", "นม"), ("c1", "ผ้าห่ม")):
        record.take(oid, set={"needs": text})
    record.take("d1", set={"needs": "ข้าวและนม"}, resolve=["b1"], base=2)
    assert record.needs == ("ข้าวและนม", {"ผ้าห่ม"})


def test_a_choice_in_one_field_leaves_the_other_open() -> None:
    """One op had written both; mutant: take away whatever has the op's id."""
    record = Record()
    record.take("a1", set={"needs": "ข้าว", "village": "ดอน"})
    record.take("b1", set={"needs": "นม", "village": "ดอนใต้"})
    record.take("c1", set={"needs": "ข้าวและนม"}, resolve=["b1"], base=2)
    assert [(one.field, one.value) for one in record.row.variants] == [("village", "ดอนใต้")]


def test_a_text_that_came_forward_is_still_its_authors() -> None:
    """The row says which op wrote it, and since when it is shown."""
    record = Record()
    record.take("a1", set={"needs": "หนึ่ง"})
    record.take("c1", set={"needs": "สาม"}, saw=["b1"])
    record.take("b1", set={"needs": "สอง"}, base=1)
    writer = row_from_wire(row_to_wire(record.row)).writers["needs"]
    assert (writer.seq, writer.since) == (2, 3)
    assert record.take("d1", set={"needs": "สี่"}, base=2).conflict == ("needs",)


def test_what_was_replaced_in_a_hall_may_arrive_last() -> None:
    """Mutant no_superseded."""
    record = Record()
    record.take("b1", set={"needs": "ข้าวและนม"}, saw=["a1"])
    assert record.take("a1", set={"needs": "ข้าว"}) == Merged()
    assert record.needs == ("ข้าวและนม", set())
    assert not record.row.writers["needs"].saw


def test_what_the_replaced_one_had_replaced_is_replaced_too() -> None:
    record = Record()
    record.take("c1", set={"needs": "สาม"}, saw=["b1"])
    record.take("a1", set={"needs": "หนึ่ง"})
    assert record.needs == ("สาม", {"หนึ่ง"})
    record.take("b1", set={"needs": "สอง"}, saw=["a1"])
    assert record.needs == ("สาม", set())


def test_a_text_that_waited_is_shown_when_its_ground_arrives() -> None:
    record = Record()
    record.take("a1", set={"needs": "หนึ่ง"})
    record.take("c1", set={"needs": "สาม"}, saw=["b1"])
    assert record.needs == ("หนึ่ง", {"สาม"})
    record.take("b1", set={"needs": "สอง"}, base=1)
    assert record.needs == ("สาม", set())


def test_whoever_saw_one_of_two_equal_texts_saw_both() -> None:
    """Mutant: leave ``twins`` out of ``_saw``."""
    record = Record()
    record.take("a1", set={"needs": "ข้าว"})
    assert record.take("b1", set={"needs": "ข้าว"}) == Merged()
    record.take("c1", set={"needs": "ข้าวสาร"}, saw=["b1"])
    assert record.needs == ("ข้าวสาร", set())


def test_of_two_numbers_the_later_stamp_stays_and_its_author_is_told() -> None:
    record = Record()
    record.take("b5", set={"house_no": "5"})
    assert record.take("a1", set={"house_no": "1"}).superseded == ("house_no",)
    assert record.take("c9", set={"house_no": "9"}) == Merged()
    assert record.row.fields["house_no"] == "9"


def test_a_number_beats_the_one_it_replaced_whatever_the_clock_says() -> None:
    record = Record()
    record.take("z9", set={"house_no": "9"})
    record.take("a1", set={"house_no": "1"}, saw=["z9"])
    assert record.row.fields["house_no"] == "1"


def test_elements_are_added_and_taken_away_one_by_one() -> None:
    record = Record()
    record.take("a1", add={"welfare": ["ก", "ข"]})
    record.take("b1", add={"welfare": ["ค"]})
    record.take("c1", rm={"welfare": ["ก"]}, base=2)
    assert record.row.fields["welfare"] == ["ข", "ค"]


def test_an_element_taken_away_before_it_arrived_does_not_come() -> None:
    """Mutant: do not look at who took the element away last."""
    record = Record()
    record.take("b1", rm={"welfare": ["ก"]}, saw=["a1"])
    record.take("a1", add={"welfare": ["ก", "ข"]})
    assert record.row.fields["welfare"] == ["ข"]


def test_a_deletion_counts_only_if_its_author_saw_everything() -> None:
    """Mutants delete_wins, delete_blind."""
    record = Record()
    record.take("a1", set={"needs": "ข้าว"})
    record.take("b1", set={"needs": "นม"})
    assert record.take("c1", base=1, **{"del": True}).superseded == ("del",)
    assert not record.row.deleted
    record.take("c2", base=3, **{"del": True})
    assert record.row.deleted


def test_an_edit_the_deleter_had_not_seen_brings_the_record_back() -> None:
    record = Record()
    record.take("a1", set={"needs": "ข้าว"})
    record.take("b1", base=1, **{"del": True})
    record.take("c1", set={"house_no": "1"})
    assert not record.row.deleted


def test_a_record_deleted_before_it_arrived_stays_deleted() -> None:
    record = Record()
    record.take("b1", saw=["a1"], **{"del": True})
    record.take("a1", set={"needs": "ข้าว"})
    assert record.row.deleted
    assert record.needs[0] == "ข้าว"


def test_a_fact_is_said_once() -> None:
    """Mutant unfrozen."""
    record = Record("mark")
    record.take("a1", set={"at": "08:41"})
    before = row_hash(record.row)
    assert record.take("b1", set={"at": "08:55"}) == Merged("frozen")
    assert row_hash(record.row) == before
    assert record.take("c1", set={"at": "08:41"}) == Merged()
    assert record.take("d1", base=4, **{"del": True}) == Merged()


def test_rescued_words_that_are_shown_are_nobodys_own_either() -> None:
    """After a restore two waiting texts are said again, and one of them fills the empty field.
    She wrote over a third, which the centre did not have any more. Mutant own_filled."""
    record = Record()
    record.take("a1", set={"house_no": "1"})
    record.take("s1", device="b", set={"needs": "นม"}, salvage=1)
    record.take("s2", device="b", set={"needs": "ข้าว"}, salvage=1)
    record.take("b3", set={"needs": "ผ้าห่ม"}, base=1)
    assert record.needs == ("นม", {"ข้าว", "ผ้าห่ม"})
    record.take("b4", set={"needs": "ผ้าห่มสองผืน"}, base=1, saw=["b3", "s1"], resolve=["s2"])
    assert record.needs == ("ผ้าห่มสองผืน", set())


def test_rescued_words_replace_nothing() -> None:
    """Mutant salvage_overwrites."""
    record = Record()
    record.take("a1", set={"needs": "ข้าว", "house_no": "1"})
    record.take("s1", set={"needs": "นม", "house_no": "2", "phone": "08"}, salvage=1)
    assert record.needs == ("ข้าว", {"นม"})
    assert record.row.fields["house_no"] == "1"
    assert record.row.fields["phone"] == "08"


def test_a_rescued_value_stands_where_nothing_is() -> None:
    """After a restore a telephone number that only a received row still held comes back, though
    the household was written whole, with nothing in that field. Mutant: fill only fields that
    nobody ever wrote."""
    record = Record()
    record.take("a1", set={"needs": "", "phone": "", "house_no": "1"})
    record.take("s1", set={"needs": "นม", "phone": "08", "house_no": "2"}, salvage=1)
    assert record.row.fields["phone"] == "08"
    assert record.row.fields["needs"] == "นม"
    assert record.row.fields["house_no"] == "1"
    assert record.row.variants == []


def test_rescued_elements_are_added_unless_somebody_took_them_away() -> None:
    record = Record()
    record.take("a1", add={"welfare": ["ก", "ข"]})
    record.take("a2", rm={"welfare": ["ก"]})
    record.take("s1", set={"welfare": ["ก", "ค"]}, salvage=1)
    assert record.row.fields["welfare"] == ["ข", "ค"]


def test_a_record_that_moved_leaves_no_words_and_takes_none() -> None:
    record = Record()
    record.take("a1", set={"needs": "ข้าว"})
    record.take("a2", to="c:1", **{"del": True})
    assert (record.row.deleted, record.row.fields) == (True, {})
    assert record.take("b1", set={"needs": "นม"}) == Merged("moved")
    assert merge(row_from_wire(row_to_wire(record.row)), op("b2", set={"needs": "นม"}), 9, "b",
                 base=0) == Merged("moved")  # fmt: skip
    record.take("a3", set={"needs": "ข้าว"}, **{"from": "c:1"})
    assert (record.row.deleted, record.needs) == (False, ("ข้าว", set()))


def test_the_words_of_an_unknown_kind_are_all_kept() -> None:
    record = Record("from_the_future")
    record.take("a1", set={"x": "หนึ่ง"})
    assert record.take("b1", set={"x": "สอง"}).conflict == ("x",)


@pytest.mark.parametrize(
    ("base", "ep", "now"), [(9, 1, 4), (9, 20, 7), (3, 1, 3), (9, 30, 9), (9, 5, 0), (9, 0, 0)]
)
def test_a_base_of_another_history_is_cut_at_the_forks_after_it(
    base: int, ep: int, now: int
) -> None:
    assert rebase(base, ep, 30, (Fork(20, 4), Fork(30, 7))) == now


@pytest.mark.parametrize(
    "body",
    [{"set": {"needs": 5}}, {"set": {"x": float("nan")}}, {"add": {"welfare": [[1]]}},
     {"id": "h\0"}, {"del": True, "to": 5}],
)  # fmt: skip
def test_what_no_laptop_writes_is_malformed(body: dict[str, Any]) -> None:
    assert faulty(op("a1", **body)) == "malformed"
    assert faulty(op("a1", set={"needs": "ข้าว", "lat": 13.5})) == ""


@settings(max_examples=60)
@given(st.permutations(range(6)))
def test_a_chain_of_texts_ends_the_same_in_whatever_order_it_arrives(order: list[int]) -> None:
    """Each laptop saw the one before in a hall, and nobody saw the centre."""
    record = Record()
    for at in order:
        before = [f"{at - 1}x"] if at else []
        record.take(f"{at}x", set={"needs": f"text {at}"}, **({"saw": before} if before else {}))
    assert record.needs == ("text 5", set())


def test_what_was_seen_names_what_that_had_replaced() -> None:
    """Three in a row in a hall, the first with a wrong clock; the last arrives first."""
    record = Record()
    record.take("b3", set={"house_no": "3"}, saw=["a2", "z1"])
    record.take("z1", set={"house_no": "1"})
    record.take("a2", set={"house_no": "2"}, saw=["z1"])
    assert record.row.fields["house_no"] == "3"


def test_what_a_loser_had_replaced_does_not_win_in_its_place() -> None:
    record = Record()
    record.take("b5", set={"house_no": "5"})
    assert record.take("a1", set={"house_no": "1"}, saw=["c9"]).superseded == ("house_no",)
    record.take("c9", set={"house_no": "9"})
    assert record.row.fields["house_no"] == "5"


@pytest.mark.parametrize("order", ["abc", "acb", "bac", "bca", "cab", "cba"])
def test_a_text_that_waited_is_not_replaced_with_the_number_beside_it(order: str) -> None:
    """Two of a hall wrote both; the third wrote both over what she saw, and chose nothing.
    Mutants: unseen_ignored; a writer of the text that remembers all of ``saw``."""
    said: dict[str, dict[str, Any]] = {
        "a": {"set": {"needs": "ข้าว", "house_no": "12"}},
        "b": {"set": {"needs": "นม", "house_no": "14"}},
        "c": {
            "set": {"needs": "ข้าวสาร", "house_no": "16"},
            "saw": ["a1", "b1"],
            "unseen": {"needs": ["b1"]},
        },
    }
    record = Record()
    for one in order:
        record.take(f"{one}1", **said[one])
    shown, others = record.needs
    assert {shown, *others} == {"ข้าวสาร", "นม"}
    assert record.row.fields["house_no"] == "16"


def test_a_choice_takes_a_text_away_though_it_was_unseen_before() -> None:
    """Mutant: leave what was chosen between in ``unseen``."""
    record = Record()
    record.take("a1", set={"needs": "ข้าว"})
    record.take("b1", set={"needs": "นม", "house_no": "14"})
    both = {"set": {"needs": "ข้าวและนม", "house_no": "16"}, "saw": ["a1", "b1"]}
    record.take("c1", **both, resolve=["b1"], unseen={"needs": ["b1"]})
    assert record.needs == ("ข้าวและนม", set())


def test_rescued_words_are_nobodys_own() -> None:
    """Whoever rescued them writes in that field before she has heard back. Mutant own_rescued."""
    record = Record()
    record.take("a1", set={"needs": "ข้าว"})
    record.take("s1", device="b", set={"needs": "นม"}, salvage=1)
    record.take("b2", set={"needs": "ข้าวสาร"}, base=1)
    assert record.needs == ("ข้าวสาร", {"นม"})
    merge(record.row, op("b0", set={"needs": "ผ้าห่ม"}), 4, "b", base=1, late=True)
    assert record.needs == ("ข้าวสาร", {"นม", "ผ้าห่ม"})
