# SPDX-License-Identifier: Apache-2.0
"""Conversations of a laptop and a centre as they were, kept as files, so that an old laptop and a
new centre, or the other way round, go on understanding each other.

``python -m tests.sync.golden v2`` records a new version beside the old ones. A version that is
there is never written again: it is what was said in the field. Keys, clocks, ids and nonces are
made from names, so that a recording of the same program is the same, but for compression.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from desktop.sync.envelope import Kind, open_envelope, seal
from desktop.sync.laptop import Outcome, build_request
from desktop.sync.protocol import BUDGET, Answer, LeaseWanted, Request
from desktop.sync.row import Row, row_from_wire
from tests.sync.golden_ground import (
    AREA,
    LAPTOPS,
    OFFICE,
    START,
    GoldenCentre,
    GoldenLaptop,
    id_of,
    keys_of,
)

PLACE: Final = Path(__file__).parents[1] / "golden" / "sync"
FAR: Final = "t:100101"
WANTED: Final = LeaseWanted(OFFICE, "completion", 2569, 0, 100)


# ── what was kept ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Step:
    """A question and its answer, with what happened before, and what the laptop knew after."""

    name: str
    laptop: str
    at: str
    before_centre: tuple[str, ...]
    before_laptop: tuple[str, ...]
    asked: bytes
    answered: bytes
    outcome: dict[str, Any]
    after: dict[str, Any]

    def request(self) -> Request:
        """The question in its envelope."""
        key = keys_of(self.laptop).public.signing
        return Request.from_json(open_envelope(self.asked, key, kind=Kind.REQUEST).payload)

    def payload(self, answered: bytes | None = None) -> dict[str, Any]:
        """What an answer says; of the one that was kept, if none is given."""
        nonce = open_envelope(self.asked, keys_of(self.laptop).public.signing,
                              kind=Kind.REQUEST).nonce  # fmt: skip
        opened = open_envelope(
            self.answered if answered is None else answered, keys_of("centre").public.signing,
            kind=Kind.ANSWER, device=id_of("centre"), nonce=nonce,
        )  # fmt: skip
        return dict(opened.payload)


def meaning(payload: dict[str, Any]) -> tuple[Answer, list[list[Row]]]:
    """What an answer means to whoever reads it, apart from how it was written."""
    told = Answer.from_json(payload)
    rows = [[row_from_wire(row) for row in page.rows] for page in told.pull]
    pages = tuple(replace(page, rows=()) for page in told.pull)
    return replace(told, pull=pages), rows


def versions() -> tuple[str, ...]:
    """The versions that were recorded."""
    return tuple(sorted(one.name for one in PLACE.iterdir() if (one / "steps.json").exists()))


def read(version: str) -> tuple[Step, ...]:
    """The steps of a version."""
    folder = PLACE / version
    return tuple(
        Step(
            one["name"], one["laptop"], one["at"], tuple(one["before_centre"]),
            tuple(one["before_laptop"]), (folder / f"{one['name']}.request").read_bytes(),
            (folder / f"{one['name']}.answer").read_bytes(), one["outcome"], one["after"],
        )
        for one in json.loads((folder / "steps.json").read_text("utf-8"))
    )  # fmt: skip


# ── recording ────────────────────────────────────────────────────────────────────────────────


class Recorder:
    """Plays the story once and keeps every word."""

    def __init__(self, folder: Path) -> None:
        self.centre = GoldenCentre(folder)
        self.laptops = {name: GoldenLaptop(name) for name in LAPTOPS}
        self.steps: list[Step] = []
        self._minute = 0

    def round(
        self, title: str, name: str, *, centre: tuple[str, ...] = (), laptop: tuple[str, ...] = (),
        budget: int = BUDGET, leases: tuple[LeaseWanted, ...] = (), pull: bool = True,
        say: Callable[[GoldenLaptop], object] = lambda _one: None, least: int = 0,
    ) -> None:  # fmt: skip
        """Everything a laptop has to say and to hear."""
        one = self.laptops[name]
        self._tick()
        for what in laptop:
            one.act(what)
        say(one)
        for number in range(12):
            self._tick()
            for what in centre:
                self.centre.act(what)
            request = build_request(
                one.book, now=self.centre.now.isoformat(), budget=budget, leases=leases,
                app="1.0", schema=3, pull=pull,
            )  # fmt: skip
            label = f"{len(self.steps) + 1:02d}-{title}-{number + 1}"
            outcome = self._exchange(label, one, request, centre, laptop if not number else ())
            centre, leases = (), ()
            if not outcome.again and number >= least:
                return
        raise AssertionError(f"no end of {title}")

    def _exchange(
        self, label: str, one: GoldenLaptop, request: Request, centre: tuple[str, ...],
        laptop: tuple[str, ...],
    ) -> Outcome:  # fmt: skip
        nonce = hashlib.sha256(label.encode()).digest()[:16]
        created = int(self.centre.now.timestamp() * 1000)
        asked = seal(Kind.REQUEST, id_of(one.name), request.to_json(), one.keys.signing,
                     created=created, nonce=nonce)  # fmt: skip
        answered = self.centre.ask(asked)
        step = Step(label, one.name, self.centre.now.isoformat(), centre, laptop, asked, answered,
                    {}, {})  # fmt: skip
        outcome = one.take(Answer.from_json(step.payload()))
        self.steps.append(replace(step, outcome=told(outcome), after=one.state()))
        return outcome

    def _tick(self) -> None:
        self._minute += 1
        self.centre.now = START + timedelta(minutes=self._minute)
        for one in self.laptops.values():
            one.now = self.centre.now

    def story(self) -> None:
        """First push, pull by pages, two texts, a choice, quarantine, repair, a copy of a store,
        a restored centre, a laptop that was signed off."""
        self.round("first-push", "a", say=_first, leases=(WANTED,))
        self.round("first-pull", "b", budget=900)
        self.round("backup", "a", centre=("backup",), laptop=("keep a copy",))
        for name, words in (("b", "ที่นอนลม"), ("a", "รถเข็น")):
            self._tick()
            self.laptops[name].book.change(
                AREA, "household", "h1", {"set": {"needs": words, "phone": f"08{name}"},
                                          "add": {"welfare": [name]}}, f"person-{name}",
            )  # fmt: skip
        self.round("two-texts", "a")
        self.round("two-texts", "b")
        self.round("choice", "b", say=_choose)
        self.round("choice", "a")
        self.round("quarantine", "a", say=_forbidden)
        self.round("repair", "b", laptop=("a row is spoiled",), say=_more, least=1)
        self.round("copy", "a", laptop=("go back to the copy",), say=_more)
        self.round("restored", "b", centre=("restore",), say=_more)
        self.round("restored", "a", leases=(WANTED,))
        self.round("at-rest", "b")
        self.round("closed", "a", centre=("revoke a",), say=_more)


def told(outcome: Outcome) -> dict[str, Any]:
    """An outcome as plain values."""
    names = Outcome.__dataclass_fields__
    found = {name: getattr(outcome, name) for name in names}
    return {name: list(v) if isinstance(v, tuple) else v for name, v in found.items()}


def _first(one: GoldenLaptop) -> None:
    by = f"person-{one.name}"
    for number in range(1, 15):
        one.book.change(
            AREA, "household", f"h{number}",
            {"set": {"house_no": str(number), "area": "630609", "needs": "ข้าวสาร"},
             "add": {"welfare": ["elder"]}}, by,
        )  # fmt: skip
    one.book.change(AREA, "visit", "v1", {"set": {"household_id": "h1", "met": "met"}}, by)
    one.book.change(f"o:{OFFICE}", "person", "p1", {"set": {"first": "มะลิ", "last": ""}}, by)


def _choose(one: GoldenLaptop) -> None:
    waits = one.book.disk.areas[AREA].shown["household", "h1"].variants
    body = {"set": {"needs": "รถเข็นและที่นอนลม"}, "resolve": [each.oid for each in waits]}
    one.book.change(AREA, "household", "h1", body, f"person-{one.name}")


def _forbidden(one: GoldenLaptop) -> None:
    by = f"person-{one.name}"
    one.book.change(FAR, "household", "far", {"set": {"needs": "ที่อื่น"}}, by)
    one.book.change(AREA, "visit", "v1", {"set": {"met": "not_met"}}, by)
    one.book.change(AREA, "household", "h2", {"set": {"needs": "ของใคร"}}, "nobody")


def _more(one: GoldenLaptop) -> None:
    count = sum(len(s.ops) for s in one.book._area(AREA).streams.values())
    body = {"set": {"needs": f"เรื่องที่ {count} ของ {one.name}"}}
    one.book.change(AREA, "household", f"new-{one.name}-{count}", body, f"person-{one.name}")


def replayed(steps: tuple[Step, ...], folder: Path) -> Iterator[tuple[Step, bytes]]:
    """Today's centre is asked what was asked then; each step with today's answer."""
    centre = GoldenCentre(folder)
    try:
        for step in steps:
            centre.now = datetime.fromisoformat(step.at)
            for what in step.before_centre:
                centre.act(what)
            yield step, centre.ask(step.asked)
    finally:
        centre.close()


def main(version: str) -> None:
    """Record ``version``; refuses one that is there."""
    folder = PLACE / version
    if folder.exists():
        raise SystemExit(f"{version} was recorded before and stays as it is")
    with tempfile.TemporaryDirectory() as place:
        recorder = Recorder(Path(place) / "centre")
        recorder.story()
        recorder.centre.close()
    folder.mkdir(parents=True)
    lines = []
    for step in recorder.steps:
        (folder / f"{step.name}.request").write_bytes(step.asked)
        (folder / f"{step.name}.answer").write_bytes(step.answered)
        lines.append(
            {
                "name": step.name, "laptop": step.laptop, "at": step.at,
                "before_centre": step.before_centre, "before_laptop": step.before_laptop,
                "outcome": step.outcome, "after": step.after,
            }
        )  # fmt: skip
    text = json.dumps(lines, ensure_ascii=False, indent=1)
    (folder / "steps.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
