# SPDX-License-Identifier: Apache-2.0
"""A tree made into one closure that gives the value of an expression.

Closures call one another with ``(node, position, size, environment)``; what an expression shows
while it is compiled (constants, a single step, a comparison with a number) gets a closure of its
own, because a form evaluates the same few shapes thousands of times. Paths are in ``paths`` and
``lookup``, what decides itself which arguments are evaluated is in ``forms``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

from desktop.xforms.node import Node
from desktop.xforms.problem import ExpressionRefused
from desktop.xforms.xpath import axes, forms, lookup, paths
from desktop.xforms.xpath.environment import Environment
from desktop.xforms.xpath.functions import FUNCTIONS
from desktop.xforms.xpath.functions.odk import UNSUPPORTED
from desktop.xforms.xpath.functions.registry import Body
from desktop.xforms.xpath.parser import parse
from desktop.xforms.xpath.syntax import (
    Binary,
    Call,
    Expression,
    Filter,
    Here,
    Literal,
    Negation,
    Number,
    Path,
    Root,
    Union,
    walk,
)
from desktop.xforms.xpath.values import (
    INFINITY,
    NAN,
    Evaluate,
    Value,
    equal,
    string_value,
    text_number,
    to_boolean,
    to_number,
    unequal,
)

_Arithmetic = Callable[[float, float], float]
_Compare = Callable[[float, float], bool]


def _divided(left: float, right: float) -> float:
    if right != 0:
        return left / right
    if left == 0 or math.isnan(left) or math.isnan(right):
        return NAN
    return math.copysign(INFINITY, left) * math.copysign(1.0, right)


def _remainder(left: float, right: float) -> float:
    """With the sign of the number divided, as Java and JavaScript have it."""
    if right == 0 or math.isnan(left + right) or math.isinf(left):
        return NAN
    return math.fmod(left, right)


_ARITHMETIC: Final[Mapping[str, _Arithmetic]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "div": _divided,
    "mod": _remainder,
}
_FAMILY: Final = {"+": "sum", "-": "sum", "*": "product", "div": "product", "mod": "product"}
_COMPARE: Final[Mapping[str, _Compare]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}
_MIRRORED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


class Compiler:
    """Compiles the expressions of one form.

    ``namespaces`` are its prefixes; an entry "" is the namespace of names without one (see
    ``axes.test``). With ``relevant_only`` no path leads to a node that is not relevant.

    A function that is not known, or not with so many arguments, is refused here and now, so that
    the author of a form hears of it; with ``late`` only when an evaluation comes to it, as in
    both of ODK's engines.
    """

    __slots__ = ("late", "namespaces", "relevant_only")

    def __init__(
        self, namespaces: Mapping[str, str], *, relevant_only: bool = False, late: bool = False
    ) -> None:
        self.namespaces = namespaces
        self.relevant_only = relevant_only
        self.late = late

    def compile(self, expression: str | Expression) -> Evaluate:
        """The closure of a source or a tree; ExpressionRefused for what cannot be one."""
        tree = parse(expression) if isinstance(expression, str) else expression
        made = self.part(tree)
        if any(type(found) is Call and found.name == "current" for found in walk(tree)):
            return _with_current(made)
        return made

    def part(self, tree: Expression) -> Evaluate:  # noqa: PLR0911 (one for each shape)
        """The closure of a part of an expression."""
        match tree:
            case Path():
                return lookup.path(self, tree) or paths.path(self, tree)
            case Binary():
                return self._binary(tree)
            case Call():
                return self._call(tree)
            case Number(value=value) | Literal(value=value):
                return _constant(value)
            case Negation(operand=operand):
                return self._negation(operand)
            case Union(left=left, right=right):
                return self._union(left, right)
            case Filter():
                return paths.filtered(self, tree)
            case Root():
                return paths.root
            case Here():
                return paths.here

    # ── operators ────────────────────────────────────────────────────────────────────────────
    def _binary(self, tree: Binary) -> Evaluate:
        operator = tree.operator
        if operator in _FAMILY:
            return self._arithmetic(tree)
        if operator in ("and", "or"):
            return self._logic(tree)
        if operator in ("=", "!="):
            return self._equality(tree)
        return self._comparison(tree)

    def _logic(self, tree: Binary) -> Evaluate:
        """``and``, ``or``: left to right, and no further than needed."""
        terms: list[Evaluate] = []
        waiting: list[Expression] = [tree]
        while waiting:
            found = waiting.pop()
            if isinstance(found, Binary) and found.operator == tree.operator:
                waiting += [found.right, found.left]
            else:
                terms.append(self.part(found))
        if len(terms) == 2:
            one, two = terms
            if tree.operator == "and":
                return lambda n, p, s, e: (
                    to_boolean(one(n, p, s, e)) and to_boolean(two(n, p, s, e))
                )
            return lambda n, p, s, e: to_boolean(one(n, p, s, e)) or to_boolean(two(n, p, s, e))
        several = tuple(terms)
        enough = tree.operator == "or"

        def decided(n: Node, p: int, s: int, e: Environment) -> Value:
            for term in several:
                if to_boolean(term(n, p, s, e)) is enough:
                    return enough
            return not enough

        return decided

    def _arithmetic(self, tree: Binary) -> Evaluate:
        """A chain of ``+ -`` or of ``* div mod`` is one loop, however long."""
        family = _FAMILY[tree.operator]
        rest: list[tuple[_Arithmetic, Evaluate]] = []
        first: Expression = tree
        while isinstance(first, Binary) and _FAMILY.get(first.operator) == family:
            rest.append((_ARITHMETIC[first.operator], self.part(first.right)))
            first = first.left
        rest.reverse()
        begin = self.part(first)
        if len(rest) == 1:
            apply, other = rest[0]
            value = constant(tree.right)
            if value is not None:
                number = value
                return lambda n, p, s, e: apply(to_number(begin(n, p, s, e), e), number)
            return lambda n, p, s, e: apply(
                to_number(begin(n, p, s, e), e), to_number(other(n, p, s, e), e)
            )
        steps = tuple(rest)

        def calculated(n: Node, p: int, s: int, e: Environment) -> Value:
            total = to_number(begin(n, p, s, e), e)
            for apply, other in steps:
                total = apply(total, to_number(other(n, p, s, e), e))
            return total

        return calculated

    def _negation(self, operand: Expression) -> Evaluate:
        inner = self.part(operand)
        return lambda n, p, s, e: -to_number(inner(n, p, s, e), e)

    def _equality(self, tree: Binary) -> Evaluate:
        left, right = self.part(tree.left), self.part(tree.right)
        same = tree.operator == "="
        for one, other in ((left, tree.right), (right, tree.left)):
            if isinstance(other, Literal):
                return _equals_text(one, other.value, same=same)
        decide = equal if same else unequal
        return lambda n, p, s, e: decide(left(n, p, s, e), right(n, p, s, e), e)

    def _comparison(self, tree: Binary) -> Evaluate:
        """``< <= > >=``: by number, of nodes any pair (both engines, also for booleans)."""
        left, right = self.part(tree.left), self.part(tree.right)
        compare = _COMPARE[tree.operator]
        number = constant(tree.right)
        if number is not None:
            return _compares_number(left, compare, number)
        number = constant(tree.left)
        if number is not None:
            return _compares_number(right, _COMPARE[_MIRRORED[tree.operator]], number)

        def compared(n: Node, p: int, s: int, e: Environment) -> Value:
            one, two = left(n, p, s, e), right(n, p, s, e)
            if not isinstance(one, list) and not isinstance(two, list):
                return compare(to_number(one, e), to_number(two, e))
            others = (
                [text_number(string_value(node), e) for node in two]
                if isinstance(two, list)
                else [to_number(two, e)]
            )
            if not isinstance(one, list):
                value = to_number(one, e)
                return any(compare(value, other) for other in others)
            for node in one:
                value = text_number(string_value(node), e)
                for other in others:
                    if compare(value, other):
                        return True
            return False

        return compared

    def _union(self, left: Expression, right: Expression) -> Evaluate:
        one, two = self.part(left), self.part(right)

        def united(n: Node, p: int, s: int, e: Environment) -> Value:
            first, second = one(n, p, s, e), two(n, p, s, e)
            if not isinstance(first, list) or not isinstance(second, list):
                raise ExpressionRefused.not_nodes("|")
            return axes.in_order(first + second)

        return united

    # ── calls ────────────────────────────────────────────────────────────────────────────────
    def _call(self, tree: Call) -> Evaluate:
        try:
            form = forms.FORMS.get(tree.name)
            if form is not None:
                return form(self, tree.arguments)
            body = _body(tree)
            arguments: list[Evaluate] = []
            for argument in tree.arguments:
                arguments.append(self.part(argument))  # noqa: PERF401 (one frame a level)
        except ExpressionRefused as refused:
            if not self.late:
                raise
            return _refusing(str(refused))
        if not arguments:
            return lambda n, _p, _s, e: body(n, e)
        if len(arguments) == 1:
            only = arguments[0]
            return lambda n, p, s, e: body(n, e, only(n, p, s, e))
        if len(arguments) == 2:
            one, two = arguments
            return lambda n, p, s, e: body(n, e, one(n, p, s, e), two(n, p, s, e))
        return lambda n, p, s, e: body(n, e, *[each(n, p, s, e) for each in arguments])


def _body(tree: Call) -> Body:
    """The function of a call; ExpressionRefused for none, or for another number of arguments."""
    name, given = tree.name, len(tree.arguments)
    known = FUNCTIONS.get(name)
    if known is None:
        if name in UNSUPPORTED:
            raise ExpressionRefused.unsupported_function(name)
        raise ExpressionRefused.unknown_function(name)
    if given < known.least or (known.most is not None and given > known.most):
        raise ExpressionRefused.wrong_count(name, given)
    return known.body


def constant(tree: Expression) -> float | None:
    """The number an expression is without looking at anything; None: it must be evaluated."""
    match tree:
        case Number(value=value):
            return value
        case Negation(operand=Number(value=value)):
            return -value
        case Call(name="true", arguments=()):
            return 1.0
        case Call(name="false", arguments=()):
            return 0.0
        case _:
            return None


def _constant(value: Value) -> Evaluate:
    return lambda _n, _p, _s, _e: value


def _refusing(sentence: str) -> Evaluate:
    def refused(_n: Node, _p: int, _s: int, _e: Environment) -> Value:
        raise ExpressionRefused(sentence)

    return refused


def _with_current(made: Evaluate) -> Evaluate:
    """``current()`` in a predicate is the node the whole expression began at."""

    def evaluated(n: Node, p: int, s: int, e: Environment) -> Value:
        if e.current is not None:
            return made(n, p, s, e)
        e.current = n
        try:
            return made(n, p, s, e)
        finally:
            e.current = None

    return evaluated


def _compares_number(inner: Evaluate, compare: _Compare, number: float) -> Evaluate:
    def compared(n: Node, p: int, s: int, e: Environment) -> Value:
        value = inner(n, p, s, e)
        if not isinstance(value, list):
            return compare(to_number(value, e), number)
        return any(compare(text_number(string_value(node), e), number) for node in value)

    return compared


def _equals_text(inner: Evaluate, text: str, *, same: bool) -> Evaluate:
    decide = equal if same else unequal

    def compared(n: Node, p: int, s: int, e: Environment) -> Value:
        value = inner(n, p, s, e)
        if isinstance(value, list) and len(value) == 1:
            return (string_value(value[0]) == text) is same
        if isinstance(value, str):
            return (value == text) is same
        return decide(value, text, e)

    return compared


__all__ = ["Compiler", "Evaluate", "Value", "constant"]
