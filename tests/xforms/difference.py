# SPDX-License-Identifier: Apache-2.0
"""The same random answers given to our engine and to JavaRosa, and where they come apart."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from desktop.xforms.control import Control
from desktop.xforms.form import Form
from desktop.xforms.journal import Clock, begin
from desktop.xforms.node import ELEMENT, Node
from desktop.xforms.session import Session
from tests.xforms.javarosa import Oracle, Question

_OWN = re.compile(r"instanceID|instanceName|deviceid|username|/start|/end|/today|_at$|/now")
"""What each engine fills by its own clock and its own ids."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the two came apart, and the last steps that led there."""

    kind: str
    where: str
    told: str
    steps: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.kind} at {self.where}: {self.told}\n    after " + "; ".join(self.steps)


def _named(path: str) -> str:
    """A reference without positions: the question, not its instance."""
    return re.sub(r"\[\d+\]", "", path)


def _plain(value: str) -> str:
    """A value as both write it: numbers by their size, points and moments by their parts."""
    parts = value.split(" ")
    if len(parts) == 4:
        try:
            return " ".join(repr(float(part)) for part in parts)
        except ValueError:
            return value
    try:
        return repr(float(value))
    except ValueError:
        return value


def _same_moment(one: str, other: str) -> bool:
    """Whether both say now: each engine looked at the clock by itself."""
    if not (len(one) > 18 and one[10:11] == other[10:11] == "T"):
        return False
    apart = datetime.fromisoformat(one) - datetime.fromisoformat(other)
    return abs(apart.total_seconds()) < 60


def ours(session: Session) -> dict[str, str]:
    """Every relevant leaf with its value, by reference with positions throughout."""
    told: dict[str, str] = {}

    def walk(node: Node, path: str) -> None:
        if not node.relevant:
            return
        inner = [child for child in node.children if child.kind == ELEMENT]
        if not inner:
            told[path] = _plain(node.value)
        seen: dict[str, int] = {}
        for child in inner:
            seen[child.name] = seen.get(child.name, 0) + 1
            walk(child, f"{path}/{child.name}[{seen[child.name]}]")

    walk(session.root, f"/{session.root.name}")
    return told


def theirs(oracle: Oracle) -> dict[str, str]:
    """The same of JavaRosa, from the record it would send."""
    from desktop.xforms.document import read

    told: dict[str, str] = {}

    def walk(node: Node, path: str) -> None:
        inner = [child for child in node.children if child.kind == ELEMENT]
        if not inner:
            told[path] = _plain(node.value)
        seen: dict[str, int] = {}
        for child in inner:
            seen[child.name] = seen.get(child.name, 0) + 1
            walk(child, f"{path}/{child.name}[{seen[child.name]}]")

    document = read(oracle.xml().encode())
    top = next(child for child in document.children if child.kind == ELEMENT)
    walk(top, f"/{top.name}")
    return told


def _node(session: Session, reference: str) -> Node | None:
    """Our node for JavaRosa's reference, which counts every step."""
    at = session.root
    for step in reference.strip("/").split("/")[1:]:
        name, _, place = step.partition("[")
        number = int(place[:-1]) if place else 1
        same = [n for n in at.children if n.kind == ELEMENT and n.name == name.split(":")[-1]]
        if len(same) < number:
            return None
        at = same[number - 1]
    return at


def _repeats(controls: tuple[Control, ...]) -> Iterator[Control]:
    for control in controls:
        if control.kind == "repeat":
            yield control
        yield from _repeats(control.children)


def _entries(node: Node) -> Iterator[Node]:
    """The entries inside another that a person had added."""
    for child in node.children:
        if child.kind == ELEMENT:
            repeat = child.bind.repeat
            if repeat is not None and not repeat.count and not repeat.fixed:
                yield child
            yield from _entries(child)


def _within(node: Node, entries: tuple[Node, ...]) -> bool:
    at: Node | None = node
    while at is not None:
        if at in entries:
            return True
        at = at.parent
    return False


def _value(chance: random.Random, question: Question) -> str | None:
    """Something to answer; None for what is not answered here (files)."""
    if chance.random() < 0.1:
        return ""
    if question.kind == "one":
        return chance.choice(question.choices) if question.choices else None
    if question.kind == "many":
        picked = [value for value in question.choices if chance.random() < 0.4]
        return " ".join(picked) if question.choices else None
    number = str(chance.choice([chance.randint(0, 9), chance.randint(10, 130)]))
    day = f"{chance.randint(1940, 2027)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    return {
        "int": number,
        "decimal": chance.choice(["0", "500.5", "12000", "3000", number]),
        "date": day,
        "time": "10:30:00.000+07:00",
        "dateTime": f"{day}T10:30:00.000+07:00",
        "geopoint": "16.88 99.12 0 0",
        "binary": None,
    }.get(
        question.data_type,
        chance.choice(
            ["สมหญิง", "x", "-", "4", "0812345678", "1997300230706", "630609", "12345678901"]
        ),
    )


class Pair:
    """One record in both engines."""

    def __init__(self, form: Form, xml: bytes, seed: int) -> None:
        self.chance = random.Random(seed)
        self.oracle = Oracle(xml)
        moment = datetime.now(UTC).astimezone()
        self.session = begin(form, record=f"difference-{seed}", clock=Clock(moment))
        self.form = form
        self.steps: list[str] = []

    def _apart(self, kind: str, where: str, told: str) -> Difference:
        return Difference(kind, where, told, tuple(self.steps[-4:]))

    def state(self) -> Difference | None:
        """Compare every relevant value."""
        self.oracle.questions()
        one, other = ours(self.session), theirs(self.oracle)
        for path in sorted(one.keys() | other.keys()):
            if _OWN.search(_named(path)):
                continue
            mine, its = one.get(path), other.get(path)
            # An empty element and none at all say the same.
            if (mine or "") != (its or "") and not _same_moment(mine or "", its or ""):
                return self._apart("value", path, f"JavaRosa {its!r}, here {mine!r}")
        return None

    def _grow(self) -> Difference | None:
        """Add to a repeat that JavaRosa offers, in both."""
        offered = self.oracle.addable()
        if not offered:
            return None
        reference = self.chance.choice(offered)
        above, _, last = reference.rpartition("/")
        within = _node(self.session, above)
        path = tuple(_named(reference).strip("/").split("/"))
        control = next(c for c in _repeats(self.form.body) if c.path == path)
        if within is None or not self.session.can_add(control, within):
            return self._apart("repeat", reference, "JavaRosa offers one more")
        if int(last.partition("[")[2][:-1]) > 6:
            return None
        self.oracle.add(reference)
        self.session.add(control, within)
        self.steps.append(f"add {reference}")
        return self.state()

    def step(self) -> Difference | None:
        """One random answer or one more of a repeat; what came apart, if anything did."""
        if self.chance.random() < 0.08:
            return self._grow()
        shown = self.oracle.questions()
        if not shown:
            return None
        question = self.chance.choice(shown)
        node = _node(self.session, question.reference)
        if node is None or not node.relevant:
            return self._apart("relevance", question.reference, "shown by JavaRosa alone")
        apart = self._shown(question, node)
        if apart is not None or question.readonly:
            return apart
        return self._answer(question, node)

    def _shown(self, question: Question, node: Node) -> Difference | None:
        """Whether both offer the question in the same way."""
        if question.readonly != node.readonly:
            return self._apart("readonly", question.reference, f"JavaRosa {question.readonly}")
        if question.kind == "other":
            return None
        control = self.form.control(node.path)
        assert control is not None
        listed = tuple(choice.value for choice in self.session.choices(control, node))
        if listed != question.choices:
            told = f"JavaRosa {question.choices[:5]}, here {listed[:5]}"
            return self._apart("choices", question.reference, told)
        return None

    def _answer(self, question: Question, node: Node) -> Difference | None:
        value = _value(self.chance, question)
        if value is None:
            return None
        self.steps.append(f"{question.reference} = {value!r}")
        outcome = self.oracle.answer(question, value)
        if outcome == "uncast":
            return None
        changes = self.session.answer(node, value)
        self._clear(changes.cleared)
        if changes.removed:
            self._shrink()
        if changes.added:
            self._regrow(changes.added)
        if value and outcome in ("ok", "constraint") and node.valid != (outcome == "ok"):
            return self._apart("constraint", question.reference, f"JavaRosa {outcome}")
        if outcome == "required" and not node.required:
            return self._apart("required", question.reference, "required by JavaRosa alone")
        return self.state()

    def _shrink(self) -> None:
        """Take from JavaRosa what a smaller count took away here; it keeps them."""
        for reference in reversed(self.oracle.repeats()):
            if _node(self.session, reference) is None:
                self.oracle.remove(reference)
                self.steps.append(f"{reference} is one too many")

    def _regrow(self, added: tuple[Node, ...]) -> None:
        """Give JavaRosa again what came back here with a count that grew (F7)."""
        for entry in added:
            for inside in _entries(entry):
                self.oracle.add(self.session.reference(inside))
        given: set[str] = set()
        fresh = True
        while fresh:
            fresh = False
            for question in self.oracle.questions():
                node = _node(self.session, question.reference)
                if node is None or not node.value or question.readonly:
                    continue
                if question.reference in given or not _within(node, added):
                    continue
                given.add(question.reference)
                fresh = True
                self.oracle.answer(question, node.value)

    def _clear(self, cleared: frozenset[Node]) -> None:
        """Say to JavaRosa that a choice that is gone from its list is gone from the answer.

        It drops such a choice when it next reads the list, and leaves what was calculated from
        it as it was; here both happen at once (DECISIONS.md). Answered twice, so that JavaRosa
        sees a change also where it has dropped the choice by now.
        """
        for question in self.oracle.questions() if cleared else ():
            node = _node(self.session, question.reference)
            if node in cleared:
                self.oracle.answer(question, question.choices[0] if question.choices else "x")
                self.oracle.answer(question, node.value)
                self.steps.append(f"{question.reference} cleared to {node.value!r}")


def play(form: Form, xml: bytes, seed: int, steps: int) -> Difference | None:
    """One session of random answers; the first difference, or None."""
    pair = Pair(form, xml, seed)
    apart = pair.state()
    for _step in range(steps):
        if apart is not None:
            return apart
        apart = pair.step()
    return apart
