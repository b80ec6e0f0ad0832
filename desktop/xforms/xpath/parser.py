# SPDX-License-Identifier: Apache-2.0
"""Tokens made into a tree by the strength of operators (Pratt's method; XPath 1.0, section 3).

Chains do not deepen the tree's making: ``a or b or c …`` of thousands is one loop. ``and``,
``or`` and ``|`` come out balanced, since any bracketing means the same; ``+ - * div mod`` lean
to the left, as their rounding wants, and whoever walks them uses ``syntax.walk``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from desktop.xforms.problem import ExpressionRefused
from desktop.xforms.xpath.lexer import END, LITERAL, NAME, NUMBER, OPERATOR, SYMBOL, Token, tokens
from desktop.xforms.xpath.syntax import (
    Binary,
    Call,
    Expression,
    Filter,
    Here,
    KindTest,
    Literal,
    NameTest,
    Negation,
    Number,
    Path,
    Root,
    Step,
    Union,
)

LONGEST: Final = 100_000
DEEPEST: Final = 200

_STRENGTH: Final = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
    "|": 8,
}
_NEGATION: Final = 7
_BALANCED: Final = frozenset(("or", "and", "|"))
_COMPARISON: Final = frozenset(("=", "!=", "<", "<=", ">", ">="))
AXES: Final = frozenset(
    (
        "ancestor",
        "ancestor-or-self",
        "attribute",
        "child",
        "descendant",
        "descendant-or-self",
        "following",
        "following-sibling",
        "namespace",
        "parent",
        "preceding",
        "preceding-sibling",
        "self",
    )
)
_KINDS: Final = frozenset(("node", "text", "comment", "processing-instruction"))
_ANY_NODE: Final = KindTest("node")
_DESCENDANTS: Final = Step("descendant-or-self", _ANY_NODE)


@lru_cache(8192)
def parse(source: str) -> Expression:
    """The tree of ``source``; ExpressionRefused says at which character it cannot be read."""
    if len(source) > LONGEST:
        raise ExpressionRefused.too_long(LONGEST)
    return _Parser(source).whole()


class _Parser:
    """Reads one expression. Few frames a level: 200 levels must fit Python's stack."""

    __slots__ = ("at", "depth", "source", "token", "tokens")

    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens = tokens(source)
        self.at = 0
        self.token: Token = self.tokens[0]
        self.depth = 0

    def whole(self) -> Expression:
        found = self.expression(0)
        if self.token.kind != END:
            raise self.refused()
        return found

    def refused(self) -> ExpressionRefused:
        return ExpressionRefused.unreadable(self.source, self.token.position)

    def advance(self) -> Token:
        passed = self.token
        self.at += 1
        self.token = self.tokens[self.at]
        return passed

    def symbol(self, text: str) -> bool:
        """Step over ``text`` if it comes next."""
        if self.token.kind == SYMBOL and self.token.text == text:
            self.advance()
            return True
        return False

    def expect(self, text: str) -> None:
        if not self.symbol(text):
            raise self.refused()

    # ── operators ────────────────────────────────────────────────────────────────────────────
    def expression(self, weakest: int) -> Expression:  # noqa: C901 (one frame a level)
        """Operands joined by operators stronger than ``weakest``."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionRefused.too_deep(DEEPEST)
        minus = 0
        while self.token.kind == OPERATOR and self.token.text == "-":
            self.advance()
            minus += 1
        if minus:
            left: Expression = Negation(self.expression(_NEGATION))
            if minus % 2 == 0:
                left = Negation(left)
        else:
            left = self.operand()
        compared = 0
        while self.token.kind == OPERATOR:
            operator = self.token.text
            strength = _STRENGTH[operator]
            if strength <= weakest:
                break
            if operator in _BALANCED:
                terms = [left]
                while self.token.kind == OPERATOR and self.token.text == operator:
                    self.advance()
                    terms.append(self.expression(strength))
                left = _balanced(operator, terms)
                continue
            self.advance()
            left = Binary(operator, left, self.expression(strength))
            if operator in _COMPARISON:
                compared += 1
                if self.depth + compared > DEEPEST:
                    raise ExpressionRefused.too_deep(DEEPEST)
        self.depth -= 1
        return left

    # ── operands ─────────────────────────────────────────────────────────────────────────────
    def operand(self) -> Expression:  # noqa: C901, PLR0911, PLR0912 (one frame a level)
        """A value, a call, brackets or a path, with the predicates and steps after it."""
        kind, text, _ = self.token
        if kind == SYMBOL and text in ("/", "//"):
            self.advance()
            if text == "//":
                return Path(Root(), self.steps([_DESCENDANTS]))
            return Path(Root(), self.steps([]) if self.step_begins() else ())
        base: Expression
        if kind == NUMBER:
            self.advance()
            base = Number(float(text))
        elif kind == LITERAL:
            self.advance()
            base = Literal(text)
        elif kind == SYMBOL and text == "(":
            self.advance()
            base = self.expression(0)
            self.expect(")")
        elif kind == NAME and text not in _KINDS and self.opens():
            self.advance()
            self.advance()
            arguments: list[Expression] = []
            if not self.symbol(")"):
                arguments.append(self.expression(0))
                while self.symbol(","):
                    arguments.append(self.expression(0))
                self.expect(")")
            base = Call(text, tuple(arguments))
        else:
            return Path(Here(), self.steps([]))
        if self.token.kind != SYMBOL:
            return base
        if self.token.text == "[":
            base = Filter(base, self.predicates())
        if self.symbol("/"):
            return Path(base, self.steps([]))
        if self.symbol("//"):
            return Path(base, self.steps([_DESCENDANTS]))
        return base

    def opens(self) -> bool:
        """Whether a bracket follows the next token."""
        after = self.tokens[self.at + 1]
        return after.kind == SYMBOL and after.text == "("

    def step_begins(self) -> bool:
        kind, text, _ = self.token
        return kind == NAME or (kind == SYMBOL and text in (".", "..", "@"))

    def steps(self, found: list[Step]) -> tuple[Step, ...]:
        found.append(self.step())
        while True:
            if self.symbol("/"):
                found.append(self.step())
            elif self.symbol("//"):
                found.append(_DESCENDANTS)
                found.append(self.step())
            else:
                return tuple(found)

    def step(self) -> Step:
        if self.symbol("."):
            return Step("self", _ANY_NODE, self.predicates())
        if self.symbol(".."):
            return Step("parent", _ANY_NODE, self.predicates())
        axis = "child"
        if self.symbol("@"):
            axis = "attribute"
        elif self.token.kind == NAME and self.tokens[self.at + 1].text == "::":
            if self.token.text not in AXES:
                raise self.refused()
            axis = self.advance().text
            self.advance()
        if self.token.kind != NAME:
            raise self.refused()
        test: NameTest | KindTest
        if self.token.text in _KINDS and self.opens():
            kind = self.advance().text
            self.advance()
            target = ""
            if self.token.kind == LITERAL and kind == "processing-instruction":
                target = self.advance().text
            self.expect(")")
            test = KindTest(kind, target)
        else:
            prefix, _, local = self.advance().text.rpartition(":")
            test = NameTest(prefix, local)
        return Step(axis, test, self.predicates())

    def predicates(self) -> tuple[Expression, ...]:
        found: list[Expression] = []
        # A predicate counts twice: it takes twice the frames of a bracket.
        self.depth += 1
        while self.symbol("["):
            found.append(self.expression(0))
            self.expect("]")
        self.depth -= 1
        return tuple(found)


def _balanced(operator: str, terms: list[Expression]) -> Expression:
    """``terms`` joined pair by pair, so that thousands are a dozen deep."""
    while len(terms) > 1:
        joined: list[Expression] = []
        for index in range(0, len(terms) - 1, 2):
            left, right = terms[index], terms[index + 1]
            joined.append(Union(left, right) if operator == "|" else Binary(operator, left, right))
        if len(terms) % 2:
            joined.append(terms[-1])
        terms = joined
    return terms[0]
