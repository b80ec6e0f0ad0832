# SPDX-License-Identifier: Apache-2.0
"""``instance('name')/root/item[key = value]`` answered from an index of the environment.

Every cascade of a form is of this shape, and a list may have a hundred thousand items. The value
must be the same for all items, so that it is evaluated once; what else the predicate wants
(``and``), further predicates and further steps look at the few that are left.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from desktop.xforms.node import ELEMENT, Node
from desktop.xforms.xpath.environment import Environment
from desktop.xforms.xpath.paths import Keep, predicate, stride, through
from desktop.xforms.xpath.syntax import (
    Binary,
    Call,
    Expression,
    Filter,
    Here,
    Literal,
    NameTest,
    Path,
    Step,
    parts,
    walk,
)
from desktop.xforms.xpath.values import Evaluate, Value, equal, string_value

if TYPE_CHECKING:
    from desktop.xforms.xpath.compiler import Compiler

# Functions whose value depends on the node they stand at, or is another each time.
_DEPENDENT: Final = frozenset(
    (
        "jr:choice-name",
        "lang",
        "last",
        "once",
        "position",
        "random",
        "randomize",
        "uuid",
    )
)
_OF_THE_NODE: Final = frozenset(
    ("local-name", "name", "namespace-uri", "normalize-space", "number", "string", "string-length")
)


def independent(tree: Expression) -> bool:
    """Whether an expression in a predicate has one value for all nodes the predicate is given."""
    waiting = [tree]
    while waiting:
        found = waiting.pop()
        match found:
            case Here():
                return False
            case Path(base=base) | Filter(base=base):
                waiting.append(base)
            case Call(name=name, arguments=arguments) if name in _DEPENDENT or (
                name in _OF_THE_NODE and not arguments
            ):
                return False
            case _:
                waiting += parts(found)
    return True


def _key_name(tree: Expression) -> str:
    """The child a side of an equality is; "" for anything else."""
    match tree:
        case Path(Here(), (Step("child", NameTest("", local), ()),)) if local != "*":
            return local
        case _:
            return ""


def _names(steps: tuple[Step, ...]) -> tuple[str, ...]:
    """The names of the steps up to the first with a predicate; none where there is no such."""
    names: list[str] = []
    for step in steps:
        if step.axis != "child" or not isinstance(step.test, NameTest):
            return ()
        if step.test.prefix or step.test.local == "*":
            return ()
        names.append(step.test.local)
        if step.predicates:
            return tuple(names)
    return ()


class _Equality(NamedTuple):
    """A child, what it must equal, and what else the predicate wants."""

    key: str
    value: Expression
    others: tuple[Expression, ...]


def _equality(tree: Expression) -> _Equality | None:
    """The equality in ``child = value``, either way round, alone or in a chain of ``and``."""
    terms: list[Expression] = []
    waiting = [tree]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Binary) and found.operator == "and":
            waiting += [found.right, found.left]
        else:
            terms.append(found)
    if any(isinstance(inner, Call) and inner.name in ("position", "last") for inner in walk(tree)):
        # Among fewer nodes they would have other places.
        return None
    for place, term in enumerate(terms):
        if isinstance(term, Binary) and term.operator == "=":
            for one, other in ((term.left, term.right), (term.right, term.left)):
                key = _key_name(one)
                if key and independent(other):
                    return _Equality(key, other, (*terms[:place], *terms[place + 1 :]))
    return None


def _children(node: Node, name: str) -> list[Node]:
    return [child for child in node.children if child.name == name and child.kind == ELEMENT]


def _kept(nodes: list[Node], keeps: list[Keep], e: Environment) -> list[Node]:
    """What predicates leave of items, which have their places among those of one parent."""
    if not keeps:
        return nodes
    found: list[Node] = []
    for _parent, group in groupby(nodes, key=lambda node: id(node.parent)):
        left = list(group)
        for keep in keeps:
            left = keep(left, e)
        found += left
    return found


def path(compiler: Compiler, tree: Path) -> Evaluate | None:
    """A closure that asks ``Environment.matching`` first; None where the shape is another."""
    match tree.base:
        case Call("instance", (Literal(value=name),)):
            names = _names(tree.steps)
        case _:
            return None
    if not names:
        return None
    first, *others = tree.steps[len(names) - 1].predicates
    equality = _equality(first)
    if equality is None:
        return None
    key = equality.key
    wanted = compiler.part(equality.value)
    # A term of ``and`` is a truth, also where it is a number.
    terms = [predicate(compiler, Call("boolean", (each,))) for each in equality.others]
    keeps = [predicate(compiler, each) for each in others]
    rest = tuple([stride(compiler, step) for step in tree.steps[len(names) :]])

    def items(value: Value, e: Environment) -> list[Node]:
        text = _text(value)
        found = None if text is None else e.matching(name, names, key, text)
        if found is not None:
            return list(found)
        nodes = list(e.instance(name))
        for step in names:
            nodes = [child for node in nodes for child in _children(node, step)]
        return [node for node in nodes if equal(_children(node, key), value, e)]

    def looked_up(n: Node, p: int, s: int, e: Environment) -> Value:
        value = wanted(n, p, s, e)
        if isinstance(value, list) and not value:
            return []
        nodes = items(value, e)
        for term in terms:
            nodes = term(nodes, e)
        nodes = _kept(nodes, keeps, e)
        return list(through(rest, nodes, e)) if rest else nodes

    return looked_up


def _text(value: Value) -> str | None:
    """The one text an index can be asked for; None: a number (01 is 1), a truth, several."""
    if isinstance(value, str):
        return value
    if not isinstance(value, list):
        return None
    text = string_value(value[0])
    return text if all(string_value(node) == text for node in value[1:]) else None
