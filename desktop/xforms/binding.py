# SPDX-License-Identifier: Apache-2.0
"""What the form says about one path of its answers, and the expressions that say it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from desktop.xforms.names import Path, shown
from desktop.xforms.node import Node
from desktop.xforms.problem import ExpressionRefused
from desktop.xforms.xpath.environment import Environment
from desktop.xforms.xpath.forms import FORMS
from desktop.xforms.xpath.functions import FUNCTIONS
from desktop.xforms.xpath.parser import parse
from desktop.xforms.xpath.syntax import Call, Expression, walk

if TYPE_CHECKING:
    from desktop.xforms.action import Action
    from desktop.xforms.control import Control
    from desktop.xforms.text import Text
    from desktop.xforms.xpath.compiler import Compiler, Evaluate, Value

CALCULATE: Final = "calculate"
RELEVANT: Final = "relevant"
READONLY: Final = "readonly"
REQUIRED: Final = "required"
CONSTRAINT: Final = "constraint"
COUNT: Final = "count"
CHOICES: Final = "choices"
TEXT: Final = "text"


class Formula:
    """An expression of the form: parsed when the form is opened, compiled when first needed.

    Parsing all finds every mistake at once; compiling is most of the time of opening, and a
    record rarely needs more than a third of a long form's expressions.
    """

    __slots__ = ("_compiler", "_run", "expression", "source")

    def __init__(self, source: str, compiler: Compiler) -> None:
        self.source = source
        self.expression: Expression = parse(source)
        check_functions(self.expression)
        self._compiler = compiler
        self._run: Evaluate | None = None

    def __call__(self, node: Node, environment: Environment) -> Value:
        """The value with ``node`` as context node and as ``current()``."""
        run = self._run
        if run is None:
            run = self._run = self._compiler.compile(self.expression)
        before = environment.current
        environment.current = node
        try:
            return run(node, 1, 1, environment)
        finally:
            environment.current = before

    def within(self, node: Node, environment: Environment) -> Value:
        """The value with ``node`` as context node, ``current()`` staying what it was."""
        run = self._run
        if run is None:
            run = self._run = self._compiler.compile(self.expression)
        return run(node, 1, 1, environment)

    @property
    def constant(self) -> bool | None:
        """True or False where the whole expression is ``true()`` or ``false()``."""
        whole = self.expression
        if isinstance(whole, Call) and not whole.arguments:
            return {"true": True, "false": False}.get(whole.name)
        return None


def check_functions(expression: Expression) -> None:
    """Refuse what compiling would refuse, without compiling.

    Raises:
        ExpressionRefused: A function is not known or has too few or too many arguments.
    """
    for part in walk(expression):
        if type(part) is Call and part.name not in FORMS:
            found = FUNCTIONS.get(part.name)
            if found is None:
                raise ExpressionRefused.unknown_function(part.name)
            given = len(part.arguments)
            if given < found.least or (found.most is not None and given > found.most):
                raise ExpressionRefused.wrong_count(part.name, given)


class Computation:
    """A formula that decides something about every instance of ``bind.path``.

    ``order`` is its place among all computations: what it reads comes before it. ``reads`` are
    the paths it depends on; ``shares`` tells that evaluating it for one node changes nothing it
    reads for another, so that totals may be kept meanwhile; ``drawn`` that it is chance alone
    (``uuid()``), which is drawn once.
    """

    __slots__ = (
        "bind",
        "constant",
        "control",
        "drawn",
        "formula",
        "kind",
        "order",
        "reads",
        "shares",
    )

    def __init__(
        self, kind: str, bind: Bind, formula: Formula, control: Control | None = None
    ) -> None:
        self.kind = kind
        self.bind = bind
        self.formula = formula
        self.control = control
        self.constant = formula.constant
        self.order = 0
        self.reads: frozenset[Path] = frozenset()
        self.shares = False
        self.drawn = False

    def __repr__(self) -> str:
        return f"<{self.kind} {shown(self.bind.path)}: {self.formula.source}>"


class Bind:
    """One path of the answers: its type, its computations, its control, and who reads it.

    ``readers`` are pairs of a computation and the depth of the repeat instance that holds both
    ends of the reference, 0 where the reference leaves every repeat.
    """

    __slots__ = (
        "actions",
        "attributes",
        "calculate",
        "choices",
        "constraint",
        "constraint_message",
        "control",
        "count",
        "data_type",
        "depth",
        "normalise",
        "path",
        "preload",
        "preload_parameters",
        "readers",
        "readonly",
        "relevant",
        "repeat",
        "required",
        "required_message",
        "template",
        "texts",
        "within",
    )

    def __init__(self, path: Path) -> None:
        self.path = path
        self.depth = len(path)
        self.data_type = "string"
        self.normalise: Callable[[str], str] | None = None
        self.calculate: Computation | None = None
        self.relevant: Computation | None = None
        self.readonly: Computation | None = None
        self.required: Computation | None = None
        self.constraint: Computation | None = None
        self.count: Computation | None = None
        self.choices: Computation | None = None
        self.texts: list[Computation] = []
        self.preload = ""
        self.preload_parameters = ""
        self.constraint_message: Text | None = None
        self.required_message: Text | None = None
        self.attributes: Mapping[tuple[str, str], str] = {}
        self.control: Control | None = None
        self.repeat: Control | None = None
        self.within: Path = ()
        self.template: Node | None = None
        self.readers: list[tuple[Computation, int]] = []
        self.actions: list[Action] = []

    def computations(self) -> list[Computation]:
        """Those that are set, in the order they are evaluated for a new node."""
        found = (self.relevant, self.calculate, self.readonly, self.required, self.constraint)
        return [one for one in (*found, self.choices) if one is not None]

    def __repr__(self) -> str:
        return f"<bind {shown(self.path)}>"
