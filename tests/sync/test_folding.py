# SPDX-License-Identifier: Apache-2.0
"""Columns give back the very ops they were made of, and nobody else's columns do harm."""

from __future__ import annotations

import copy
import json
import random
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.model.chain import canonical
from desktop.store.ids import new_id
from desktop.sync import envelope
from desktop.sync.compression import Coding, pack, unpack
from desktop.sync.envelope import Kind, open_envelope, read_head, seal
from desktop.sync.folding import MANY, fold, foldable, unfold
from desktop.sync.keys import Keys
from desktop.sync.protocol import BadMessage

KEYS = Keys(bytes(range(32)), bytes(32))
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5)
    | st.sampled_from([
        "01a1f8f3-3781-7aa8-ac55-b3ef1fdad154", "01a1f8f3-3781-4aa8-ac55-b3ef1fdad155",
        "01a076b64253-014f-468b0706", "01a076b64253-0150-468b0707",
        "2026-09-06T12:34:11.155Z", "2026-09-06T12:34:11.999Z[+07:00]",
        "2026-02-30T12:34:11.155Z", "0000-01-01T00:00:00.000Z", "",
    ])
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "oid", "set"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def pushed(ops: list[Any]) -> dict[str, Any]:
    return {"device": "d", "push": [{"scope": "w:1", "first": 1, "ops": ops}], "v": 1}


def through(payload: Any) -> str:
    """The text of what comes out at the other end."""
    return canonical(unfold(json.loads(canonical(fold(payload)))))


@settings(max_examples=120)
@given(st.lists(VALUES, min_size=MANY, max_size=20), st.randoms(use_true_random=False))
def test_whatever_the_ops_are_they_come_back(values: list[Any], chance: random.Random) -> None:
    """By their text, over which hashes are made: 1 is not 1.0 and not true.

    Mutants: a constant column of values that are merely equal; the order of shapes lost.
    """
    few = [chance.choice(values[:3]) for _ in range(MANY)]
    for ops in (values, few, [values[0]] * MANY):
        payload = pushed(ops)
        assert through(payload) == canonical(payload)


def marks(count: int = 430) -> list[Any]:
    """Arrivals as a desk notes them."""
    chance, at = random.Random(1), 1_790_000_000_000
    event, people = new_id(), [new_id() for _ in range(count)]
    made = []
    for person in people:
        at += chance.randrange(2_000, 9_000)
        body = {
            "oid": new_id(), "kind": "mark", "id": new_id(), "base": 0, "ep": 1,
            "hlc": f"{at:012x}-0000-468b0706",
            "set": {"event_id": event, "enrolment_id": person, "minute": at // 60_000 % 1_440,
                    "kind": "present", "method": "scan", "reason": ""},
        }  # fmt: skip
        made.append(["facilitator-1", "2026-09-06T12:34:11.155Z[+07:00]", body])
    return made


def test_a_door_of_a_hall_takes_fewer_bytes() -> None:
    """More is gained where ids are not made in one moment, as here: then it is half."""
    payload = pushed(marks())
    folded = fold(payload)
    assert through(payload) == canonical(payload)
    plain, short = (len(pack(canonical(one).encode())[1]) for one in (payload, folded))
    assert short < plain * 0.8


def test_what_was_sealed_is_never_too_large_to_be_unfolded() -> None:
    """Mutant: the account of what unfolds over-counts, and a whole day's sync is refused."""
    one = marks(60)
    again = [[by, at, {**body, "oid": new_id()}] for by, at, body in one * 40]
    again[7][2]["set"] = {**again[7][2]["set"], "reason": "ก" * 5_000}
    assert through(pushed(again)) == canonical(pushed(again))


def test_a_request_travels_folded_and_an_answer_does_not() -> None:
    """The centre's time is everybody's. Mutant: answers folded as well."""
    payload = pushed(marks(40))
    told: dict[str, Any] = {"created": 1, "nonce": bytes(16)}
    device = "00000000-0000-0000-0000-000000000007"
    asked = seal(Kind.REQUEST, device, payload, KEYS.signing, **told)
    said = seal(Kind.ANSWER, device, payload, KEYS.signing, **told)
    assert read_head(asked).coding == Coding.FOLDED_1
    assert read_head(said).coding == Coding.DICTIONARY_1
    for data, kind in ((asked, Kind.REQUEST), (said, Kind.ANSWER)):
        assert open_envelope(data, KEYS.public.signing, kind=kind).payload == payload
    older = seal(
        Kind.REQUEST, device, payload, KEYS.signing, known=frozenset({Coding.ZSTD}), **told
    )
    assert read_head(older).coding == Coding.ZSTD


def test_rows_of_an_answer_fold_for_a_line_that_asked_for_little() -> None:
    """Mutant: only requests unfolded; a page of columns would look like one without rows."""
    rows = [[n, "mark", op[2]["id"], 0, op[2]["set"]] for n, op in enumerate(marks(40), 1)]
    payload = {"pull": [{"scope": "w:1", "rows": rows, "next": 40}], "v": 1}
    assert foldable(payload)
    assert through(payload) == canonical(payload)
    device = "00000000-0000-0000-0000-000000000007"
    sizes = []
    for thrifty, coding in ((True, Coding.FOLDED_1), (False, Coding.DICTIONARY_1)):
        data = seal(Kind.ANSWER, device, payload, KEYS.signing, created=1, nonce=bytes(16),
                    thrifty=thrifty)  # fmt: skip
        assert read_head(data).coding == coding
        assert open_envelope(data, KEYS.public.signing, kind=Kind.ANSWER).payload == payload
        sizes.append(len(data))
    assert sizes[0] < sizes[1]


def test_few_ops_stay_as_they_are() -> None:
    for payload in (pushed(marks(3)), {"push": None}, {"push": [1]}, [], None, {}):
        assert not foldable(payload)
        assert unfold(payload) == payload


BROKEN: list[Any] = [
    None, [], 7, [[[0, 1]]], [[[0, 1]], 0], [[[0, 2]], 0, 1, [[5]]], [[[1, 1]], 0, 1, [[5]]],
    [[[0, 1]], 0, 2, [[5, 6]]], [[[0, 1]], 0, 1, [[5], [6]]], [[[0, 1]], {"a": 0}, 1, []],
    [[[0, 1]], 0, -1, [[5]]], [[[0, 1]], 0, True, [[5]]], [[[0, 1]], 0, 1, [{"u": ["", "12"]}]],
    [[[0, 1]], 0, 1, [{"x": 1}]], [[[0, 1]], 0, 1, [{"i": ["1"]}]], [[[0, 1]], 0, 1, [{"t": 1}]],
    [[[0, 1]], 0, 1, [{"d": [1, [5], [3]]}]], [[[0, 1]], 0, 1, [{"t": [[10**20], ["Z"]]}]],
    [[[-1, 1]], 0, 1, [[5]], 0, 1, [[5]]], [[[0, -1]], 0, 1, [[5]]], [[[0, 1]], 0, 1, ["5"]],
]  # fmt: skip


@pytest.mark.parametrize("folded", BROKEN, ids=str)
def test_columns_that_do_not_belong_together_are_refused(folded: Any) -> None:
    """Mutant: rows short of a value filled with what is there."""
    with pytest.raises(BadMessage):
        unfold({"push": [{"folded": folded}]})


def test_a_short_message_does_not_unfold_into_a_long_one() -> None:
    """Mutant: no account of what is said once and meant a million times."""
    many = 10_000_000
    wide = {f"field{n}": 0 for n in range(2_000)}
    for form, columns in (
        (0, [{"c": 1}]),
        ([0, 0], [{"c": "x" * 100_000}, {"i": [1] * 1_000}]),
        (wide, [{"c": 0}] * 2_000),
        (0, [{"d": [1, ["x" * 100_000], [0] * 1_000]}]),
        (0, [{"d": [1, {"c": "x" * 100_000}, [0] * 1_000]}]),
    ):
        for count in (1_000, many):
            if form == 0 and columns == [{"c": 1}] and count == 1_000:
                continue
            with pytest.raises(BadMessage):
                unfold({"push": [{"folded": [[[0, count]], form, count, columns]}]})


@settings(max_examples=100)
@given(st.randoms(use_true_random=False))
def test_columns_of_a_stranger_are_read_or_refused(chance: random.Random) -> None:
    """Any place of the columns holds anything; nothing but a refusal comes of it."""
    folded = copy.deepcopy(fold(pushed(marks(MANY))))
    place: Any = folded["push"][0]["folded"]
    for _ in range(chance.randrange(1, 5)):
        keys = list(place) if isinstance(place, dict) else range(len(place))
        if not keys:
            break
        key = chance.choice(list(keys))
        if not isinstance(place[key], list | dict) or chance.random() < 0.4:
            place[key] = chance.choice([None, -1, 10**9, "x", [], {}, [[0, 5]], {"c": 1}, 0.5])
            break
        place = place[key]
    with suppress(BadMessage):
        unfold(folded)


def test_a_folded_payload_is_bounded_like_any_other() -> None:
    coding, packed = pack(canonical(fold(pushed(marks(40)))).encode())
    assert coding == Coding.DICTIONARY_1
    with pytest.raises(BadMessage, match="size"):
        unpack(Coding.FOLDED_1, packed, most=100)
    assert envelope.read_json(unpack(Coding.FOLDED_1, packed))
