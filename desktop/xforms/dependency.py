# SPDX-License-Identifier: Apache-2.0
"""What depends on what: which computations an answer reaches, in which order, in which instance.

For every path an expression reads, the analysis also finds how far up the reference climbs. A
reference that never leaves the instance of a repeat it starts in concerns that instance alone:
an answer in one of a hundred household members must not re-evaluate the other ninety-nine. A
reference from the root, or through ``..`` above the repeat, concerns every instance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from desktop.i18n import _
from desktop.xforms import binding
from desktop.xforms.binding import Bind, Computation
from desktop.xforms.names import Path, shown
from desktop.xforms.problem import FormRefused
from desktop.xforms.xpath import syntax
from desktop.xforms.xpath.syntax import Expression

_ANYWHERE: Final = 1_000_000
_MOST: Final = 500_000
"""References of all expressions of a form together; each is kept, and expressions over whole
groups multiply. The most of 336 real forms is 746."""
_CHOICE_NAME: Final = "jr:choice-name"
_INDEXED: Final = "indexed-repeat"
_QUIET: Final = frozenset(
    {binding.CALCULATE, binding.CONSTRAINT, binding.REQUIRED, binding.READONLY}
)
_CHANCE: Final = frozenset({"random", "uuid"})
_LOOKS: Final = frozenset({"position", "count"})


class Cycle(FormRefused):
    """Questions of the form decide each other in a circle; ``paths`` are their paths in order."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        self.paths = paths
        names = " → ".join(shown(path) for path in (*paths, paths[0]))
        super().__init__(
            _("These questions decide each other in a circle: {names}.").format(names=names)
        )


@dataclass(frozen=True, slots=True)
class Read:
    """One reference: the path it reads and how few names it keeps of where it starts.

    ``top`` is the length of the shortest path the reference passes through, 0 from the root.
    ``chosen`` tells that a predicate or ``indexed-repeat`` picks instances on the way.
    ``use`` is what is looked at: ``value``, ``count`` (which nodes there are), ``position``, or
    ``kept`` (the first argument of ``coalesce``: an answer may keep itself and be no circle).
    """

    path: Path
    top: int
    chosen: bool
    use: str = "value"


class Analysis:
    """Finds the reads of expressions over one form's paths."""

    def __init__(self, binds: Mapping[Path, Bind]) -> None:
        self._binds = binds
        self._below: dict[Path, list[Path]] = {}
        self._known: dict[tuple[int, Path | None, int], set[Read]] = {}

    def reads(self, expression: Expression, context: Path | None) -> frozenset[Read]:
        """All references of ``expression`` evaluated at ``context`` (None: not an answer)."""
        found: set[Read] = set()
        self._known.clear()
        self._visit(expression, context, context, _ANYWHERE, False, found)
        return frozenset(found)

    def _predicate(
        self, predicate: Expression, here: Path | None, current: Path | None, top: int
    ) -> set[Read]:
        """What a predicate reads where it stands; once for each place, or predicates inside
        predicates would be looked through as often as their places multiply."""
        key = (id(predicate), here, top)
        known = self._known.get(key)
        if known is None:
            known = set()
            self._visit(predicate, here, current, top, True, known)
            self._known[key] = known
        return known

    def _visit(
        self,
        expression: Expression,
        here: Path | None,
        current: Path | None,
        top: int,
        chosen: bool,
        found: set[Read],
    ) -> None:
        pending = [expression]
        while pending:
            part = pending.pop()
            if isinstance(part, syntax.Path):
                self._path(part, here, current, top, chosen, found)
            elif isinstance(part, syntax.Binary | syntax.Union):
                pending.append(part.left)
                pending.append(part.right)
            elif isinstance(part, syntax.Negation):
                pending.append(part.operand)
            elif isinstance(part, syntax.Call):
                self._call(part, here, current, top, chosen, found)
            elif isinstance(part, syntax.Filter):
                self._visit(part.base, here, current, top, True, found)
                for predicate in part.predicates:
                    self._visit(predicate, None, current, 0, True, found)
            elif isinstance(part, syntax.Here) and here is not None:
                found.add(Read(here, min(top, len(here)), chosen))

    def _call(
        self,
        call: syntax.Call,
        here: Path | None,
        current: Path | None,
        top: int,
        chosen: bool,
        found: set[Read],
    ) -> None:
        if call.name == _INDEXED:
            for number, argument in enumerate(call.arguments):
                picks = number == 0 or number % 2 == 1
                self._visit(argument, here, current, 0 if picks else top, chosen or picks, found)
            return
        if call.name == "current" and not call.arguments and current is not None:
            found.add(Read(current, len(current), chosen))
            return
        if call.name in _LOOKS and len(call.arguments) == 1:
            inner: set[Read] = set()
            self._visit(call.arguments[0], here, current, top, False, inner)
            found.update(
                replace(read, chosen=chosen, use=call.name) if not read.chosen else read
                for read in inner
            )
            return
        if call.name == "coalesce" and len(call.arguments) == 2:
            kept: set[Read] = set()
            self._visit(call.arguments[0], here, current, top, chosen, kept)
            found.update(replace(read, use="kept") for read in kept)
            self._visit(call.arguments[1], here, current, top, chosen, found)
            return
        if call.name == _CHOICE_NAME and len(call.arguments) == 2:
            self._named(call.arguments[1], here, found)
        for argument in call.arguments:
            self._visit(argument, here, current, top, chosen, found)

    def _named(self, argument: Expression, here: Path | None, found: set[Read]) -> None:
        from desktop.xforms.control import resolve

        if isinstance(argument, syntax.Literal):
            path = resolve(argument.value, here or ())
            if path in self._binds:
                found.add(Read(path, 0 if argument.value.strip()[:1] == "/" else 1, False))

    def _path(
        self,
        path: syntax.Path,
        here: Path | None,
        current: Path | None,
        top: int,
        chosen: bool,
        found: set[Read],
    ) -> None:
        base = path.base
        ends: list[Path] = []
        if isinstance(base, syntax.Root):
            ends, top = [()], 0
        elif isinstance(base, syntax.Here):
            ends = [here] if here is not None else []
            top = min(top, len(here)) if here is not None else top
        elif isinstance(base, syntax.Call) and base.name == "current" and not base.arguments:
            ends = [current] if current is not None else []
            top = len(current) if current is not None else top
        else:
            self._visit(base, here, current, top, chosen, found)
        for step in path.steps:
            if ends:
                ends, top = self._step(step, ends, top)
            for predicate in step.predicates:
                chosen = True
                for end in ends or (None,):
                    at = top if end is not None else 0
                    found |= self._predicate(predicate, end, current, at)
        found.update(Read(end, min(top, len(end)), chosen) for end in ends if end)

    def _step(self, step: syntax.Step, ends: list[Path], top: int) -> tuple[list[Path], int]:
        axis = step.axis
        if axis == "self":
            return ends, top
        if axis == "parent":
            above = list(dict.fromkeys(end[:-1] for end in ends))
            return above, min(top, *(len(end) for end in above))
        if isinstance(step.test, syntax.NameTest) and step.test.local != "*":
            name = step.test.local
            if axis == "child":
                return [(*end, name) for end in ends], top
            if axis == "attribute":
                return [(*end, "@" + name) for end in ends], top
        else:
            name = ""
        if axis in ("child", "attribute", "descendant", "descendant-or-self"):
            reached: list[Path] = []
            for end in ends:
                reached.extend(self._reached(end, axis, name))
            return list(dict.fromkeys(reached)), top
        return self._reached((), "descendant", name), 0

    def _reached(self, end: Path, axis: str, name: str) -> list[Path]:
        below = self._below.get(end)
        if below is None:
            depth = len(end)
            below = self._below[end] = [
                path for path in self._binds if len(path) > depth and path[:depth] == end
            ]
        found = [end] if axis == "descendant-or-self" and end else []
        for path in below:
            last = path[-1]
            if last.startswith("@") != (axis == "attribute"):
                continue
            if axis in ("child", "attribute") and len(path) != len(end) + 1:
                continue
            if name and last.removeprefix("@") != name:
                continue
            found.append(path)
        return found


def connect(binds: Mapping[Path, Bind], computations: Iterable[Computation]) -> list[Computation]:
    """Tell every bind who reads it, and put the computations in an order that settles.

    Raises:
        Cycle: Calculations or relevance decide each other in a circle.
        FormRefused: Its expressions look at more places than can be kept.
    """
    analysis = Analysis(binds)
    looked_at = 0
    every = list(computations)
    needs: dict[Computation, frozenset[Read]] = {}
    seen: set[tuple[Computation, Path, int]] = set()
    for computation in every:
        path = computation.bind.path
        reads = analysis.reads(computation.formula.expression, path)
        if computation.kind == binding.CHOICES:
            reads |= _item_reads(analysis, computation)
        if computation.constant is not None:
            reads = frozenset()
        looked_at += len(reads)
        if looked_at > _MOST:
            raise FormRefused(
                _(
                    "The expressions of the form look at more than {count} places together. Name "
                    "questions in them instead of whole groups."
                ).format(count=_MOST)
            )
        needs[computation] = reads
        computation.reads = frozenset(read.path for read in reads)
        computation.drawn = not reads and not _CHANCE.isdisjoint(
            part.name
            for part in syntax.walk(computation.formula.expression)
            if isinstance(part, syntax.Call)
        )
        computation.shares = computation.kind in _QUIET and path not in computation.reads
        for read in reads:
            if computation.kind == binding.CONSTRAINT and read.path == path:
                continue
            source = binds.get(read.path)
            if source is not None:
                depth = _scope(binds, path, read)
                if (computation, read.path, depth) not in seen:
                    seen.add((computation, read.path, depth))
                    source.readers.append((computation, depth))
    return _ordered(binds, every, needs)


def _item_reads(analysis: Analysis, computation: Computation) -> frozenset[Read]:
    """What the values and words of items read, where the items are answers of this record."""
    control = computation.control
    if control is None or control.itemset is None:
        return frozenset()
    itemset = control.itemset
    reads: set[Read] = set()
    formulas = [itemset.value]
    if itemset.label is not None:
        formulas.extend(itemset.label.formulas())
    for read in analysis.reads(itemset.nodes.expression, computation.bind.path):
        for formula in formulas:
            for inner in analysis.reads(formula.expression, read.path):
                reads.add(Read(inner.path, min(inner.top, read.top), inner.chosen))
    return frozenset(reads)


def _scope(binds: Mapping[Path, Bind], path: Path, read: Read) -> int:
    """The depth of the deepest repeat around both ends that the reference does not leave."""
    within = binds[path].within
    while within:
        depth = len(within)
        if depth <= read.top and read.path[:depth] == within:
            return depth
        above = binds.get(within[:-1])
        within = above.within if above is not None else ()
    return 0


def _ordered(
    binds: Mapping[Path, Bind],
    every: list[Computation],
    needs: Mapping[Computation, frozenset[Read]],
) -> list[Computation]:
    before = {
        computation: _before(binds, computation, needs[computation]) for computation in every
    }
    order: list[Computation] = []
    state: dict[Computation, int] = {}
    for start in every:
        if start in state:
            continue
        trail: list[tuple[Computation, list[Computation]]] = [(start, list(before[start]))]
        state[start] = 1
        while trail:
            computation, rest = trail[-1]
            if not rest:
                trail.pop()
                state[computation] = 2
                order.append(computation)
                continue
            needed = rest.pop()
            seen = state.get(needed)
            if seen is None:
                state[needed] = 1
                trail.append((needed, list(before[needed])))
            elif seen == 1:
                _judge([one for one, _rest in trail], needed)
    for place, computation in enumerate(order):
        computation.order = place
    return order


def _judge(trail: list[Computation], needed: Computation) -> None:
    """Refuse a circle unless it is of relevance alone, which settles (JavaRosa allows it too)."""
    circle = trail[trail.index(needed) :]
    calculated = any(one.kind == binding.CALCULATE for one in circle)
    if not calculated and len(circle) > 1:
        return
    raise Cycle(tuple(dict.fromkeys(one.bind.path for one in circle)))


def _before(
    binds: Mapping[Path, Bind], computation: Computation, reads: frozenset[Read]
) -> list[Computation]:
    """The computations that must be settled before this one.

    Left out: what a reference to another instance of the same repeat reads (the running total
    of the row above is no circle), and how many instances a repeat has (structure settles by
    itself: a form may count its rows to decide whether one more is wanted).

    Raises:
        Cycle: A calculation reads its own answer, or a relevance the answers it hides.
    """
    found: dict[Computation, None] = {}
    decides = computation.kind in (binding.CALCULATE, binding.RELEVANT)
    within = binds[computation.bind.path].within
    depth = len(within)
    for read in sorted(reads, key=lambda one: one.path):
        source = binds.get(read.path)
        other = read.chosen and depth and read.top < depth and read.path[:depth] == within
        if source is None or other or read.use == "position":
            continue
        keeps = read.use == "kept" and source.calculate is computation
        if source.calculate is not None and read.use != "count" and not keeps:
            found[source.calculate] = None
        for length in range(1, len(read.path) + 1):
            above = binds.get(read.path[:length])
            if above is not None and above.relevant is not None:
                found[above.relevant] = None
        if decides and computation in found:
            raise Cycle(tuple(dict.fromkeys((computation.bind.path, read.path))))
    found.pop(computation, None)
    return list(found)
