# SPDX-License-Identifier: Apache-2.0
"""Many ops of one kind written column by column, so that what they share is said once.

Four hundred people who arrive at one door differ in who and when; as rows, the names of twelve
fields and the same event stand between any two of these. A laptop folds the ops of its requests:
its time is cheaper than its line. The centre folds rows for a line that asked for little.

``unfold(fold(payload)) == payload`` for every JSON payload: ops of a shape that a column cannot
hold stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby, islice
from typing import Any, Final

from desktop.model.chain import canonical
from desktop.sync.protocol import MOST_BYTES, BadMessage

FOLDED: Final = "folded"
"""Where the columns stand, instead of a push's ``ops`` or a page's ``rows``."""
_PAGES: Final = {"push": "ops", "pull": "rows"}
MANY: Final = 12
"""Below this many ops columns gain nothing."""
_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_STAMP: Final = re.compile(r"([0-9a-f]{12})-([0-9a-f]{4})-([0-9a-f]{8})")
_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})(Z.{0,8})", re.ASCII)
_DECIMAL: Final = 0.42
"""Bytes that a decimal digit comes to when it is packed."""
_START: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)


def foldable(payload: Any) -> bool:
    """Whether there is something to fold."""
    return isinstance(payload, dict) and any(
        isinstance(one, dict) and _long(one, rows)
        for pages, rows in _PAGES.items()
        if isinstance(payload.get(pages), list)
        for one in payload[pages]
    )


def _long(one: dict[str, Any], rows: str) -> bool:
    return isinstance(one.get(rows), list) and len(one[rows]) >= MANY and FOLDED not in one


def fold(payload: dict[str, Any]) -> dict[str, Any]:
    """``payload`` of a request or an answer with its long lists in columns."""
    folded = dict(payload)
    for pages, rows in _PAGES.items():
        if isinstance(payload.get(pages), list):
            folded[pages] = [
                _without(one, rows, {FOLDED: _fold(one[rows])})
                if isinstance(one, dict) and _long(one, rows)
                else one
                for one in payload[pages]
            ]
    return folded


def unfold(payload: Any) -> Any:
    """What was folded. Raises :class:`BadMessage` for columns that do not belong together."""
    if not isinstance(payload, dict):
        return payload
    whole = dict(payload)
    try:
        for pages, rows in _PAGES.items():
            if isinstance(payload.get(pages), list):
                whole[pages] = [
                    _without(one, FOLDED, {rows: _unfold(one[FOLDED])})
                    if isinstance(one, dict) and FOLDED in one
                    else one
                    for one in payload[pages]
                ]
    except (TypeError, ValueError, KeyError, IndexError, OverflowError, RecursionError) as wrong:
        raise BadMessage("folded") from wrong
    return whole


def _without(one: dict[str, Any], name: str, more: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in one.items() if key != name} | more


# ---- shapes: what is left of an op when its values are taken out


def _fold(ops: list[Any]) -> list[Any]:
    """``[order, shape, columns, shape, columns …]``."""
    shapes: dict[str, int] = {}
    forms: list[Any] = []
    values: list[list[list[Any]]] = []
    order = []
    for op in ops:
        leaves: list[Any] = []
        form = _form(op, leaves, 0)
        at = shapes.setdefault(repr(form), len(forms))
        if at == len(forms):
            forms.append(form)
            values.append([])
        values[at].append(leaves)
        order.append(at)
    runs = [[shape, len(list(run))] for shape, run in groupby(order)]
    folded: list[Any] = [runs]
    for form, rows in zip(forms, values, strict=True):
        columns = zip(*rows, strict=True)
        folded += [form, len(rows), [_column(list(column)) for column in columns]]
    return folded


def _form(value: Any, leaves: list[Any], depth: int) -> Any:
    """The shape of a value: objects, and the three places of an op; all else is a leaf."""
    if isinstance(value, dict) and depth < 4:
        return {name: _form(value[name], leaves, depth + 1) for name in sorted(value)}
    if isinstance(value, list) and depth == 0:
        return [_form(one, leaves, 1) for one in value]
    leaves.append(value)
    return 0


def _unfold(folded: list[Any]) -> list[Any]:
    runs, rest = folded[0], folded[1:]
    rows: list[Iterator[Any]] = []
    room = 2 * MOST_BYTES  # what was sealed was smaller, and shapes are counted on top
    for at in range(0, len(rest), 3):
        form, count, columns = rest[at : at + 3]
        if type(count) is not int or count < 1:
            raise ValueError("count")
        # What is said once and stands in every row: a small message may not become a large one.
        room -= count * len(canonical(form)) + sum(_repeated(one, count) for one in columns)
        if room < 0:
            raise ValueError("size")
        rows.append(_filled(form, [_spread(column, count) for column in columns], count))
    ops: list[Any] = []
    for shape, length in runs:
        ops += islice(rows[shape], length)
    if len(ops) != sum(length for _shape, length in runs) or any(
        next(left, _END) is not _END for left in rows
    ):
        raise ValueError("runs")
    return ops


def _repeated(column: Any, count: int) -> int:
    """Bytes of a column's values, where it says them fewer times than they are meant."""
    if not isinstance(column, dict):
        return 0
    if "c" in column:
        return count * len(canonical(column["c"]))
    if "d" in column:
        many, distinct, which = column["d"]
        if type(many) is not int or not 0 <= many <= len(which):
            raise ValueError("count")
        sizes = [len(canonical(one)) for one in _spread(distinct, many)]
        return sum(sizes[n] for n in which)
    return 0


_END: Final = object()


def _filled(form: Any, columns: list[list[Any]], count: int) -> Iterator[Any]:
    for number in range(count):
        leaves = iter(columns)

        def taken(number: int = number, leaves: Iterator[list[Any]] = leaves) -> Any:
            column = next(leaves, None)
            if column is None:
                raise ValueError("columns")
            return column[number]

        yield _made(form, taken)
        if next(leaves, _END) is not _END:
            raise ValueError("columns")


def _made(form: Any, taken: Callable[[], Any]) -> Any:
    if isinstance(form, dict):
        return {name: _made(one, taken) for name, one in form.items()}
    if isinstance(form, list):
        return [_made(one, taken) for one in form]
    return taken()


# ---- columns


def _column(values: list[Any]) -> Any:
    """A column: a list, or an object that says how its values are to be made."""
    first = values[0]
    # ``True == 1`` and ``1.0 == 1``, and they are not the same text.
    if all(value == first and type(value) is type(first) for value in values) and not isinstance(
        first, list | dict | float
    ):
        return {"c": first}
    if all(type(value) is str for value in values):
        known = {value: number for number, value in enumerate(dict.fromkeys(values))}
        if 2 * len(known) <= len(values) and len(values) >= MANY:
            return {"d": [len(known), _column(list(known)), [known[value] for value in values]]}
        for way in (_uuids, _stamps, _moments):
            found = way(values)
            if found is not None:
                return found
    if all(type(value) is int for value in values):
        return {"i": _steps(values)}
    return values


def _spread(column: Any, count: int) -> list[Any]:
    if isinstance(column, dict):
        ((way, told),) = column.items()
        column = _WAYS[way](told, count)
    if not isinstance(column, list) or len(column) != count:
        raise ValueError("count")
    return column


def _same(told: Any, count: int) -> list[Any]:
    return [told] * count


def _digits(told: Any, count: int) -> list[str]:
    end, digits = told
    keep = 32 - len(end)
    if len(digits) != keep * count:
        raise ValueError("count")
    return [_dashed(digits[keep * n : keep * n + keep] + end) for n in range(count)]


def _numbered(told: Any, _count: int) -> list[str]:
    end, steps = told
    keep = 32 - len(end)
    return [_dashed(f"{one:0{keep}x}"[-keep or 32 :] + end) for one in _summed(steps)]


def _timed(told: Any, _count: int) -> list[str]:
    end, times, tails = told
    keep = 19 - len(end)
    return [
        _dashed(f"{time:012x}7{tails[keep * n : keep * n + keep]}{end}")
        for n, time in enumerate(_summed(times))
    ]


def _chosen(told: Any, _count: int) -> list[Any]:
    many, distinct, which = told
    known = _spread(distinct, many)
    return [known[n] for n in which]


def _whole(told: Any, _count: int) -> list[int]:
    return _summed(told)


def _stamped(told: Any, _count: int) -> list[str]:
    times, counts, nodes = told
    parts = zip(_summed(times), _summed(counts), _spread(nodes, len(times)), strict=True)
    return [f"{at:012x}-{n:04x}-{node}" for at, n, node in parts]


def _at(told: Any, _count: int) -> list[str]:
    times, ends = told
    parts = zip(_summed(times), _spread(ends, len(times)), strict=True)
    return [_said(at) + end for at, end in parts]


_WAYS: Final[dict[str, Callable[[Any, int], list[Any]]]] = {
    "c": _same, "u": _digits, "n": _numbered, "7": _timed, "d": _chosen, "i": _whole,
    "h": _stamped, "t": _at,
}  # fmt: skip


def _steps(numbers: list[int]) -> list[int]:
    return [n - before for before, n in zip([0, *numbers], numbers, strict=False)]


def _summed(steps: list[int]) -> list[int]:
    numbers, at = [], 0
    for step in steps:
        if type(step) is not int:
            raise TypeError("steps")
        at += step
        numbers.append(at)
    return numbers


def _uuids(values: list[str]) -> Any:
    """Ids by what says least of them: their digits, the milliseconds and the other digits, or
    the steps from one to the next; what all end with is said once."""
    if not all(_UUID.fullmatch(value) for value in values):
        return None
    digits = [value.replace("-", "") for value in values]
    end = _common_end(digits)
    keep = 32 - len(end)
    ways: list[tuple[float, Any]] = [
        (keep / 2 * len(digits), {"u": [end, "".join(one[:keep] for one in digits)]})
    ]
    steps = _steps([int("0" + one[:keep], 16) for one in digits])
    ways.append((_cost(steps), {"n": [end, steps]}))
    if keep >= 13 and all(one[12] == "7" for one in digits):
        times = _steps([int(one[:12], 16) for one in digits])
        # What the times cost is mostly paid by the stamps beside them, which step alike.
        cost = _cost(times) + (keep - 13) / 2 * len(digits)
        tails = "".join(one[13:keep] for one in digits)
        ways.append((cost * 0.95, {"7": [end, times, tails]}))
    return min(ways, key=lambda way: way[0])[1]


def _common_end(digits: list[str]) -> str:
    """What all of them end with; of a single one nothing."""
    if len(digits) < 2:
        return ""
    shared = 0
    while shared < 32 and len({one[31 - shared] for one in digits}) == 1:
        shared += 1
    return digits[0][32 - shared :]


def _cost(steps: list[int]) -> float:
    return _DECIMAL * sum(len(str(step)) + 1 for step in steps)


def _dashed(digits: str) -> str:
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _stamps(values: list[str]) -> Any:
    found = [_STAMP.fullmatch(value) for value in values]
    if not all(found):
        return None
    parts = [one.groups() for one in found if one]
    times, counts = ([int(one[at], 16) for one in parts] for at in (0, 1))
    return {"h": [_steps(times), _steps(counts), _column([one[2] for one in parts])]}


def _moments(values: list[str]) -> Any:
    found = [_MOMENT.fullmatch(value) for value in values]
    if not all(found):
        return None
    try:
        times = [_milliseconds(one[1]) for one in found if one]
    except ValueError:
        return None
    if any(_said(at) != one[1] for at, one in zip(times, found, strict=True) if one):
        return None
    return {"t": [_steps(times), _column([one[2] for one in found if one])]}


def _milliseconds(text: str) -> int:
    return (datetime.fromisoformat(text).replace(tzinfo=UTC) - _START) // _MILLISECOND


def _said(milliseconds: int) -> str:
    moment = _START + timedelta(milliseconds=milliseconds)
    return moment.replace(tzinfo=None).isoformat(timespec="milliseconds")
