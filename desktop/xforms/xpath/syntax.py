# SPDX-License-Identifier: Apache-2.0
"""The shapes an XPath expression is parsed into (XPath 1.0, section 3; ODK XForms, 2024)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in the expression."""

    value: float


@dataclass(frozen=True, slots=True)
class Literal:
    """A string in quotation marks."""

    value: str


@dataclass(frozen=True, slots=True)
class Root:
    """``/`` at the head of a path."""


@dataclass(frozen=True, slots=True)
class Here:
    """The context node at the head of a relative path."""


@dataclass(frozen=True, slots=True)
class NameTest:
    """``name``, ``prefix:name``, ``prefix:*`` or ``*``; ``prefix`` is "" where none is given."""

    prefix: str
    local: str


@dataclass(frozen=True, slots=True)
class KindTest:
    """``node()``, ``text()``, ``comment()`` or ``processing-instruction('target')``."""

    kind: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path."""

    axis: str
    test: NameTest | KindTest
    predicates: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from a base: the root, the context node, or any expression that gives nodes."""

    base: Expression
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """An expression with predicates, as ``(a | b)[1]``."""

    base: Expression
    predicates: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function and its arguments; the name keeps its prefix (``jr:choice-name``)."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Binary:
    """``or and = != < <= > >= + - * div mod`` between two expressions."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Negation:
    """Unary minus."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Union:
    """``a | b``."""

    left: Expression
    right: Expression


Expression = Number | Literal | Root | Here | Path | Filter | Call | Binary | Negation | Union


def walk(expression: Expression) -> Iterator[Expression]:
    """The expression and everything in it, predicates too, each before what it holds.

    Not recursive: a chain of a thousand ``+`` leans to the left a thousand deep.
    """
    waiting: list[Expression] = [expression]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(reversed(parts(found)))


def parts(expression: Expression) -> list[Expression]:
    """The expressions directly inside ``expression``, from left to right."""
    match expression:
        case Path(base, steps):
            return [base, *(inner for step in steps for inner in step.predicates)]
        case Filter(base, predicates):
            return [base, *predicates]
        case Call(_, arguments):
            return list(arguments)
        case Binary(_, left, right) | Union(left, right):
            return [left, right]
        case Negation(operand):
            return [operand]
        case _:
            return []
