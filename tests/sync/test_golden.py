# SPDX-License-Identifier: Apache-2.0
"""Programs of other years: the centre of today hears old laptops, the laptop of today an old
centre, and words that only a newer one knows hurt neither."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.centre.ledger import CentreLedger
from desktop.model.chain import START as CHAIN
from desktop.model.chain import canonical, link
from desktop.sync.envelope import Kind, open_envelope, seal
from desktop.sync.laptop import build_request
from desktop.sync.protocol import Answer
from desktop.sync.row import digest, row_hash
from tests.sync import golden
from tests.sync.golden import Step
from tests.sync.golden_ground import (
    AREA,
    LAPTOPS,
    GoldenCentre,
    GoldenLaptop,
    id_of,
    keys_of,
)

VERSIONS = golden.versions()


@pytest.fixture(scope="module", params=VERSIONS)
def steps(request: pytest.FixtureRequest) -> tuple[Step, ...]:
    return golden.read(request.param)


def test_what_must_be_understood_is_in_the_first_version() -> None:
    """Fails when a recording leaves out what the two ends must be able to say to each other."""
    said = [Answer.from_json(step.payload()) for step in golden.read("v1")]
    asked = [step.request() for step in golden.read("v1")]
    pushed = [push for one in said for push in one.push]
    notes = {(code, detail) for push in pushed for _n, code, detail in push.notes}
    assert {None, "gap", "fork"} <= {push.trouble for push in pushed}
    assert {one.refused for one in said} == {"", "epoch"}
    assert {"conflict", "quarantined", "superseded"} <= {code for code, _detail in notes}
    reasons = {detail for code, detail in notes if code == "quarantined"}
    assert {"forbidden", "frozen", "author", "closed"} <= reasons
    assert any(page.more for one in said for page in one.pull), "a page of several"
    assert any(page.buckets for one in said for page in one.pull), "a repair"
    assert any(page.durable for one in said for page in one.pull), "a backup"
    assert any(one.leases for one in said)
    rows = [row for step in golden.read("v1") for page in golden.meaning(step.payload())[1]
            for row in page]  # fmt: skip
    assert any(row.variants for row in rows), "two texts"
    assert any(row.kind == "person" for row in rows), "more than one area"
    assert any(push.ask_from for one in asked for push in one.push), "numbers asked for again"


def test_the_centre_of_today_answers_an_old_laptop_as_it_was_answered(
    steps: tuple[Step, ...], tmp_path: Path
) -> None:
    """Fails when a name or a rule of the protocol becomes another one under laptops that are not
    brought up to date for a year."""
    heard = 0
    for step, answered in golden.replayed(steps, tmp_path / "centre"):
        assert golden.meaning(step.payload(answered)) == golden.meaning(step.payload()), step.name
        heard += 1
    assert heard == len(steps)


def test_the_laptop_of_today_takes_what_an_old_centre_answered(steps: tuple[Step, ...]) -> None:
    """Fails when a laptop that was brought up to date does something else with the answers of a
    centre that was not."""
    laptops = {name: GoldenLaptop(name) for name in LAPTOPS}
    for step in steps:
        _take(laptops[step.laptop], step, step.payload())


def _take(one: GoldenLaptop, step: Step, payload: dict[str, Any]) -> None:
    one.now = datetime.fromisoformat(step.at)
    for what in step.before_laptop:
        one.act(what)
    one.remember(step.request())
    outcome = one.take(Answer.from_json(payload))
    assert golden.told(outcome).items() >= step.outcome.items(), step.name
    after = json.loads(json.dumps(one.state()))
    assert after == step.after, step.name


# ── words of a newer program ─────────────────────────────────────────────────────────────────


def _stuffed(value: Any) -> Any:
    """The same, with a word that nobody knows in every place that has names."""
    if isinstance(value, dict):
        return {**{name: _stuffed(one) for name, one in value.items()}, "later_word": {"x": [1]}}
    return value


def test_an_old_laptop_passes_over_what_it_does_not_know(steps: tuple[Step, ...]) -> None:
    """Fails when an unknown name in an answer is an error: the first newer centre would stop
    every laptop there is."""
    laptops = {name: GoldenLaptop(name) for name in LAPTOPS}
    for step in steps:
        payload = {**step.payload(), "later_word": {"x": [1]}}
        for pages in ("push", "pull"):
            if pages in payload:
                payload[pages] = [_stuffed(one) for one in payload[pages]]
        _take(laptops[step.laptop], step, payload)


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[GoldenCentre]:
    made = GoldenCentre(tmp_path / "centre")
    yield made
    made.close()


def _ask(centre: GoldenCentre, step: Step, payload: dict[str, Any]) -> Answer:
    key = keys_of(step.laptop)
    nonce = b"n" * 16
    asked = seal(Kind.REQUEST, id_of(step.laptop), payload, key.signing,
                 created=1, nonce=nonce)  # fmt: skip
    opened = open_envelope(
        centre.ask(asked), keys_of("centre").public.signing, kind=Kind.ANSWER, nonce=nonce
    )
    return Answer.from_json(opened.payload)


def test_what_only_a_newer_laptop_knows_is_kept_at_the_centre_and_passed_on(
    centre: GoldenCentre,
) -> None:
    """Fails when the centre drops what it does not know from an op (its chain would be another
    than the laptop's, and the stream a fork), or from a record that others read."""
    first, *_more = golden.read("v1")
    payload = json.loads(canonical(first.request().to_json()))
    payload["later_word"] = {"x": [1]}
    chain = CHAIN
    (push,) = [one for one in payload["push"] if one["scope"] == AREA]
    push["later_word"] = 7
    for op in push["ops"]:
        body = op[2]
        body["later_rule"] = {"why": ["ใหม่"]}
        body["set"]["later_field"] = {"text": "จากรุ่นใหม่"}
        op.append("more than three")
        chain = link(chain, canonical(body))
    push["ops"].append(
        ["person-a", "now", {"oid": "new-kind", "kind": "later_kind", "id": "k1", "base": 0,
                             "ep": 0, "hlc": f"{1:012x}-0000-aaaaaaaa",
                             "set": {"words": "ของรุ่นใหม่", "count": 3}}]
    )  # fmt: skip
    chain = link(chain, canonical(push["ops"][-1][2]))

    answer = _ask(centre, first, payload)
    (told,) = [one for one in answer.push if one.scope == AREA]
    assert (told.trouble, told.last, told.chain) == (None, len(push["ops"]), chain.hex())
    assert not told.notes

    rows = {row.key: row for row in CentreLedger(centre.centre.database).whole(AREA)}
    assert rows["household", "h1"].fields["later_field"] == {"text": "จากรุ่นใหม่"}
    assert rows["later_kind", "k1"].fields == {"words": "ของรุ่นใหม่", "count": 3}

    other = GoldenLaptop("b")
    for _round in range(3):
        asked = build_request(other.book, now="2026-11-20T02:00:00Z").to_json()
        step = golden.read("v1")[2]
        assert step.laptop == "b"
        outcome = other.take(_ask(centre, step, asked))
        if not outcome.again:
            break
    assert not outcome.mismatched
    received = other.book.disk.areas[AREA].received
    assert received["household", "h1"].fields["later_field"] == {"text": "จากรุ่นใหม่"}
    assert received["later_kind", "k1"].fields["words"] == "ของรุ่นใหม่"
    assert digest(map(row_hash, received.values())) == digest(map(row_hash, rows.values()))
