# SPDX-License-Identifier: Apache-2.0
"""What every ledger must do, whatever it is made of: plain dictionaries, SQLite, PostgreSQL.

A module of tests derives a class from :class:`LedgerPort` and gives the fixture ``ledger``.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.model.chain import canonical, link
from desktop.sync.merge_author import TOMBSTONE
from desktop.sync.ports import Kept, Ledger
from desktop.sync.protocol import Answer, Op, Pulled
from desktop.sync.row import (
    MEMBER,
    MOVED,
    Row,
    Variant,
    Writer,
    digest,
    plain_wire,
    row_hash,
    row_to_wire,
)

SCOPE = "t:580101"
AT = "2026-11-20T06:00:00.000Z[+07:00]"


def op(oid: str, record: str = "r1", **fields: object) -> Op:
    body = {"oid": oid, "kind": "household", "id": record, "base": 0, "ep": 1, "hlc": "0",
            "set": fields}  # fmt: skip
    return Op("dok", AT, body)


def row(seq: int, record: str = "r1", device: str = "one", **fields: object) -> Row:
    writers = {name: Writer(seq, device, "0", f"{device}-{seq}") for name in fields}
    return Row("household", record, seq, False, dict(fields), writers)


def keep(
    ledger: Ledger, *records: str, device: str = "one", scope: str = SCOPE, more: str = ""
) -> int:
    """One op for each record, as the next of the stream; the last number."""
    with ledger.transaction(scope) as change:
        last, chain = change.stream(device)
        first = change.take(len(records))
        kept, rows = [], {}
        for seq, record in enumerate(records, first):
            one = op(f"{device}-{seq}", record, name=f"บ้าน {seq}")
            last, chain = last + 1, link(chain, one.text)
            kept.append(Kept(seq, device, last, one))
            rows[record] = row(seq, record, device, name=f"บ้าน {seq}{more}")
        change.keep(device, last, chain, kept, list(rows.values()), {})
    return first + len(records) - 1


class LedgerPort:
    """The tests. ``ledger`` is an empty one in its first history."""

    death: type[Exception] = RuntimeError
    """What ends a transaction in the middle."""

    def test_an_empty_ledger_is_in_its_first_history(self, ledger: Ledger) -> None:
        assert ledger.epoch() == 1
        assert ledger.forks(SCOPE) == ()
        assert ledger.pull(SCOPE, 0, 1000) == ((), 0, False, 0, 0)

    def test_a_new_stream_is_empty(self, ledger: Ledger) -> None:
        with ledger.transaction(SCOPE) as change:
            assert change.stream("one") == (0, b"")
            assert change.seqs(["nobody"]) == {}
            assert change.seqs_of("one", 1, 3) == (0, 0, 0)
            assert change.rows([("household", "r1")]) == {}

    def test_numbers_are_given_from_one_without_gaps(self, ledger: Ledger) -> None:
        with ledger.transaction(SCOPE) as change:
            assert change.take(3) == 1
            assert change.take(2) == 4
        with ledger.transaction(SCOPE) as change:
            assert change.take(1) == 6
        with ledger.transaction("t:580102") as change:
            assert change.take(1) == 1

    def test_what_was_kept_is_there(self, ledger: Ledger) -> None:
        assert keep(ledger, "r1", "r2") == 2
        assert keep(ledger, "r1") == 3
        with ledger.transaction(SCOPE) as change:
            last, chain = change.stream("one")
            told = b""
            for seq, record in ((1, "r1"), (2, "r2"), (3, "r1")):
                told = link(told, op(f"one-{seq}", record, name=f"บ้าน {seq}").text)
            assert (last, chain) == (3, told)
            assert change.seqs(["one-1", "one-3", "none"]) == {"one-1": 1, "one-3": 3}
            assert change.seqs_of("one", 2, 5) == (2, 3, 0, 0)
            assert change.seqs_of("two", 1, 1) == (0,)
            found = change.rows([("household", "r1"), ("household", "none"), ("visit", "r1")])
            assert set(found) == {("household", "r1")}
            assert found["household", "r1"] == row(3, "r1", name="บ้าน 3")

    def test_a_row_comes_back_as_it_was_given(self, ledger: Ledger) -> None:
        """Mutant: ``jsonb`` in the place of ``json``, which rewrites numbers; writers without
        what they saw."""
        given = Row(
            "household", "r1", 1, True,
            {"n": 1.0, "big": 10**18, "e": 1e-7, "t": "ครัวเรือน\n\"'\\", "none": None, "yes": True,
             "list": ["ข", "ก"], "ไทย": {"b": 1, "a": [1.50]}},
            {"n": Writer(1, "one", "h", "o1", frozenset("xy"), frozenset("z")), "": Writer(0)},
            [Variant("t", "อีกฉบับ", "o0", 1, "two", "mali", AT, frozenset({"q"}))],
        )  # fmt: skip
        with ledger.transaction(SCOPE) as change:
            change.take(1)
            change.keep("one", 1, b"c", [Kept(1, "one", 1, op("o1", n=1.0))], [given], {})
        with ledger.transaction(SCOPE) as change:
            found = change.rows([given.key])[given.key]
        assert found == given
        assert canonical(found.fields) == canonical(given.fields)
        assert row_hash(found) == row_hash(given)
        (pulled,), head, more, mark, _durable = ledger.pull(SCOPE, 0, 1000)
        assert (pulled, head, more, mark) == (given, 1, False, row_hash(given))

    def test_a_page_says_of_every_row_what_the_row_says_of_itself(self, ledger: Ledger) -> None:
        """Mutants: a row whose writers are not its own passed on without them; a record that
        moved away, or a text that waits, sent as nothing of the kind."""
        seen = Writer(1, "one", "h", "o1", frozenset("x"), frozenset("z"))
        waits = Variant("t", "อีกฉบับ", "o0", 1, "two", "mali", AT)
        rows = [
            Row("household", "whole", 1, False, {"t": '"\n', "n": 1.0}, dict.fromkeys("tn", seen)),
            Row("household", "'\"\\", 2, False, {"t": "ข"}, {"t": Writer(2, "one", "h", "o2")}),
            Row("household", "older", 3, False, {"t": "ค"}, {"t": replace(seen, seq=2)}),
            Row("household", "two", 4, False, {"t": "", "n": 0}, {"t": Writer(4), "n": Writer(3)}),
            Row("household", "shown", 5, False, {"t": "ง"}, {"t": replace(seen, seq=5, since=4)}),
            Row("household", "waits", 6, False, {"t": "จ"}, {"t": Writer(6)}, [waits]),
            Row("household", "gone", 7, True, {"t": "ฉ"}, {"t": Writer(7), TOMBSTONE: Writer(7)}),
            Row("household", "moved", 8, True, {}, dict.fromkeys((TOMBSTONE, MOVED), Writer(8))),
            Row("household", "set", 9, False, {"s": ["a"]}, {f"s{MEMBER}a": Writer(9)}),
            Row("household", "nothing", 10),
        ]  # fmt: skip
        with ledger.transaction(SCOPE) as change:
            change.take(len(rows))
            kept = [Kept(n, "one", n, op(f"o{n}", t="")) for n in range(1, len(rows) + 1)]
            change.keep("one", len(rows), b"c", kept, rows, {})
        page, last, *rest = ledger.page(SCOPE, 0, 10**6)
        assert [plain_wire(one) for one in page] == [row_to_wire(one) for one in rows]
        assert (last, rest) == (10, list(ledger.pull(SCOPE, 0, 10**6)[1:]))
        pages = (Pulled(SCOPE, at, page[at:], last, 10, False, 7) for at in (0, 10, 8))
        said = Answer(1, AT, pull=tuple(pages))
        assert said.to_text().text == canonical(said.to_json())
        assert ledger.page(SCOPE, 10, 1)[:2] == ((), 10)

    def test_the_ends_of_many_scopes_are_those_their_pages_tell(self, ledger: Ledger) -> None:
        """Mutant: a digest with its sign, or of another scope."""
        keep(ledger, *(f"r{n}" for n in range(5)))
        keep(ledger, "r1", scope="w:e1")
        told = {}
        for scope in (SCOPE, "w:e1"):
            _rows, head, _more, mark, durable = ledger.pull(scope, 0, 10**6)
            told[scope] = (head, mark, durable)
        assert ledger.ends([SCOPE, "t:580102", "w:e1"]) == told
        assert ledger.ends([]) == {}

    def test_nothing_of_a_broken_transaction_stays(self, ledger: Ledger) -> None:
        """Mutant: statements that are committed one by one."""
        keep(ledger, "r1")
        before = ledger.pull(SCOPE, 0, 10_000)
        with pytest.raises(self.death), ledger.transaction(SCOPE) as change:  # noqa: PT012
            change.take(1)
            kept = [Kept(2, "one", 2, op("one-2", name="x"))]
            change.keep("one", 2, b"c", kept, [row(2, name="x")], {7: 1})
            raise self.death("the power went")
        assert ledger.pull(SCOPE, 0, 10_000) == before
        with ledger.transaction(SCOPE) as change:
            assert change.stream("one")[0] == 1
            assert change.take(1) == 2
            assert change.seqs_of("one", 7, 7) == (0,)

    def test_a_page_holds_what_the_budget_allows_but_one_row_at_least(
        self, ledger: Ledger
    ) -> None:
        """Mutant: a budget that is looked at after the row, or one that lets nothing through."""
        keep(ledger, *(f"r{n}" for n in range(10)), more="x" * 120)
        rows, head, more, _mark, _durable = ledger.pull(SCOPE, 0, 1)
        assert ([one.seq for one in rows], head, more) == ([1], 10, True)
        size = len(canonical(row_to_wire(rows[0])).encode()) + 1
        rows, _head, more, _mark, _durable = ledger.pull(SCOPE, 3, 4 * size + size // 2)
        assert len(rows) in (3, 4, 5)
        assert [one.seq for one in rows] == list(range(4, 4 + len(rows)))
        assert more
        rows, _head, more, _mark, _durable = ledger.pull(SCOPE, 3, 10**6)
        assert ([one.seq for one in rows], more) == (list(range(4, 11)), False)

    def test_pages_one_after_the_other_are_everything_once(self, ledger: Ledger) -> None:
        keep(ledger, *(f"r{n}" for n in range(20)))
        keep(ledger, *(f"r{n}" for n in range(0, 20, 3)), device="two")
        seen: list[Row] = []
        since, more = 0, True
        while more:
            rows, head, more, _mark, _durable = ledger.pull(SCOPE, since, 700)
            seen += rows
            since = rows[-1].seq
        assert head == since == 27
        assert len({one.id for one in seen}) == len(seen) == 20
        assert [one.seq for one in seen] == sorted(one.seq for one in seen)

    def test_the_digest_is_that_of_all_rows_at_all_times(self, ledger: Ledger) -> None:
        """Mutant: a digest that forgets to take the old row out."""
        for records in (["r1", "r2"], ["r1"], ["r3", "r2", "r1"]):
            keep(ledger, *records)
            rows, _head, _more, mark, _durable = ledger.pull(SCOPE, 0, 10**6)
            assert mark == digest(row_hash(one) for one in rows)
        nothing, head, more, mark, _durable = ledger.pull(SCOPE, 6, 10**6)
        assert (nothing, head, more) == ((), 6, False)
        assert mark == digest(row_hash(one) for one in rows)

    def test_a_row_that_was_not_read_first_is_taken_out_of_the_digest_too(
        self, ledger: Ledger
    ) -> None:
        keep(ledger, "r1")
        with ledger.transaction(SCOPE) as change:
            change.take(1)
            kept = [Kept(2, "two", 1, op("two-1", name="x"))]
            change.keep("two", 1, b"c", kept, [row(2, device="two", name="x")], {})
        (only,), _head, _more, mark, _durable = ledger.pull(SCOPE, 0, 1000)
        assert mark == row_hash(only)

    def test_a_quarantined_op_has_a_negative_number_until_it_is_released(
        self, ledger: Ledger
    ) -> None:
        """Mutant: a number that looks merged; an alias that keeps the old number."""
        with ledger.transaction(SCOPE) as change:
            first = change.take(2)
            ops = [
                Kept(first, "one", 1, op("o1", name="x"), "forbidden"),
                Kept(first + 1, "one", 2, op("o2", name="y"), "author"),
            ]
            change.keep("one", 2, b"c", ops, [], {})
            change.keep("again", 2, b"c", [], [], {1: 1, 2: 2})
        with ledger.transaction(SCOPE) as change:
            assert change.seqs(["o1", "o2"]) == {"o1": -1, "o2": -2}
            assert change.seqs_of("one", 1, 2) == change.seqs_of("again", 1, 2) == (-1, -2)
            assert change.held(["o1", "none"]) == {"o1": ops[0]}
            seq = change.take(1)
            change.release({"o1": seq}, [row(seq, name="x")])
        with ledger.transaction(SCOPE) as change:
            assert change.seqs(["o1", "o2"]) == {"o1": 3, "o2": -2}
            assert change.seqs_of("one", 1, 2) == change.seqs_of("again", 1, 2) == (3, -2)
            assert set(change.held(["o1", "o2"])) == {"o2"}
        head, (only,) = ledger.everything(SCOPE)
        assert (head, only) == (3, row(3, name="x"))
        assert ledger.pull(SCOPE, 0, 1000)[3] == row_hash(only)

    def test_an_op_of_an_earlier_life_keeps_its_number(self, ledger: Ledger) -> None:
        """Mutant: aliases that nobody asks."""
        keep(ledger, "r1", "r2")
        with ledger.transaction(SCOPE) as change:
            change.keep("one again", 2, b"chain", [], [], {1: 1, 2: 2})
        with ledger.transaction(SCOPE) as change:
            assert change.stream("one again") == (2, b"chain")
            assert change.seqs_of("one again", 1, 3) == (1, 2, 0)

    def test_a_quarantined_op_is_in_the_log_and_in_no_row(self, ledger: Ledger) -> None:
        with ledger.transaction(SCOPE) as change:
            first = change.take(1)
            kept = [Kept(first, "one", 1, op("o1", name="x"), "forbidden")]
            change.keep("one", 1, b"c", kept, [], {})
        with ledger.transaction(SCOPE) as change:
            assert change.seqs(["o1"]) == {"o1": -1}
        rows, head, more, mark, _durable = ledger.pull(SCOPE, 0, 1000)
        assert (rows, head, more, mark) == ((), 1, False, 0)

    def test_scopes_do_not_see_each_other(self, ledger: Ledger) -> None:
        """Mutant: a statement that forgets the scope."""
        keep(ledger, "r1", "r2")
        keep(ledger, "r1", scope="w:e1", device="two")
        (only,), head, _more, mark, _durable = ledger.pull("w:e1", 0, 1000)
        assert (only.id, only.seq, head, mark) == ("r1", 1, 1, row_hash(only))
        with ledger.transaction("w:e1") as change:
            assert change.stream("one") == (0, b"")
            assert change.seqs(["one-1"]) == {}
