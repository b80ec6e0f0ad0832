# SPDX-License-Identifier: Apache-2.0
"""The body of a form: questions, groups and repeats, in the order they are asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from desktop.i18n import _
from desktop.xforms import document
from desktop.xforms.binding import Bind, Formula
from desktop.xforms.names import Path, local, shown
from desktop.xforms.node import Node
from desktop.xforms.problem import FormRefused
from desktop.xforms.text import Text, read_reference, read_text
from desktop.xforms.xpath.syntax import Call, Here, Literal, NameTest, walk
from desktop.xforms.xpath.syntax import Path as PathExpression

if TYPE_CHECKING:
    from desktop.xforms.reading import Reading

KINDS: Final = frozenset(
    {
        "input",
        "select",
        "select1",
        "upload",
        "trigger",
        "range",
        "rank",
        "secret",
        "group",
        "repeat",
    }
)
QUESTIONS: Final = KINDS - {"group", "repeat"}
ACTIONS: Final = frozenset({"setvalue", "setgeopoint", "recordaudio", "action"})
_REFERENCE: Final = frozenset({"ref", "nodeset", "bind", "appearance"})


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A choice written in the question itself."""

    value: str
    label: Text | None


@dataclass(frozen=True, slots=True, eq=False)
class Itemset:
    """Choices taken from a list: which items, and where each has its value and its words.

    ``whole`` names the list, the path of its items and the child with the value where the
    question offers a whole list, so that a value is looked up and not searched for. ``names``
    are the lists the items come from; ``mixed`` tells that chance orders them.
    """

    nodes: Formula
    value: Formula
    label: Text | None
    whole: tuple[str, tuple[str, ...], str] | None
    names: frozenset[str] = frozenset()
    mixed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Control:
    """A question, a group or a repeat; compared by identity.

    ``parameters`` are its other attributes and those of its bind by name without prefix
    (``start``, ``end``, ``step``, ``mediatype``, ``max-pixels``, ``rows`` …). ``count`` is true
    for a repeat whose number the form decides, ``fixed`` for one that never changes. A group
    without reference has the path of what is around it and ``bound`` is False.
    """

    kind: str
    path: Path
    parent: Control | None
    appearance: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    data_type: str = "string"
    bound: bool = True
    count: bool = False
    fixed: bool = False
    line: int = 0
    children: tuple[Control, ...] = ()
    label: Text | None = None
    hint: Text | None = None
    items: tuple[Item, ...] = ()
    itemset: Itemset | None = None
    counted: Formula | None = None

    @property
    def choosing(self) -> bool:
        """Whether answers are taken from choices."""
        return self.kind in ("select", "select1", "rank")

    @property
    def many(self) -> bool:
        """Whether an answer is several values with spaces between."""
        return self.kind in ("select", "rank")

    def __repr__(self) -> str:
        return f"<{self.kind} {shown(self.path)}>"


def resolve(reference: str, context: Path) -> Path:
    """The path a reference of the form's skeleton points to; predicates are left out."""
    text = reference.strip()
    path = () if text.startswith("/") else context
    depth = 0
    part = ""
    for letter in text + "/":
        if letter == "[":
            depth += 1
        elif letter == "]":
            depth -= 1
        elif depth:
            continue
        elif letter == "/":
            path = _follow(path, part.strip())
            part = ""
        else:
            part += letter
    return path


def _follow(path: Path, step: str) -> Path:
    if step in ("", ".", "current()"):
        return path
    if step == "..":
        return path[:-1]
    if step.startswith("@"):
        return (*path, "@" + local(step[1:]))
    return (*path, local(step))


def read_body(body: Node | None, reading: Reading) -> tuple[Control, ...]:
    """The controls of ``body``; actions inside are handed to ``reading``."""
    if body is None:
        return ()
    return _read_children(body, (), None, reading)


def _read_children(
    element: Node, path: Path, parent: Control | None, reading: Reading
) -> tuple[Control, ...]:
    found: list[Control] = []
    for inside in document.elements(element):
        if inside.name in ACTIONS:
            reading.action(inside, path)
        elif inside.name in KINDS:
            control = _read_control(inside, path, parent, reading)
            if control is not None:
                found.append(control)
        elif inside.name not in _KNOWN:
            reading.unknown(inside)
    return tuple(found)


_KNOWN: Final = frozenset(
    {"label", "hint", "item", "itemset", "value", "help", "alert", "choices"}
)


def _read_control(
    element: Node, context: Path, parent: Control | None, reading: Reading
) -> Control | None:
    reference = document.attribute(element, "ref") or document.attribute(element, "nodeset")
    identity = document.attribute(element, "bind")
    kind = element.name
    if identity and not reference:
        reference = reading.bind_nodeset(identity, element)
    if kind in QUESTIONS and not reference:
        raise FormRefused(
            _("The question on line {line} does not say where its answer is kept.").format(
                line=element.line
            )
        )
    here = context or (reading.top,)
    path = resolve(reference, here) if reference else here
    bind = reading.binds.get(path)
    if bind is None and reference:
        reading.dangling(kind, path, element)
        if kind in QUESTIONS or kind == "repeat":
            return None
    counted = None
    fixed = False
    if kind == "repeat":
        written = _jr(element, "count")
        counted = reading.formula(written, path) if written else None
        fixed = (_jr(element, "noAddRemove") or "").strip().lower() in ("true()", "true")
    parameters: dict[str, str] = {}
    if bind is not None:
        parameters.update({name: value for (uri, name), value in bind.attributes.items() if uri})
    for found in element.attributes:
        if found.name not in _REFERENCE:
            parameters[found.name] = found.value
    appearance = document.attribute(element, "appearance") or ""
    label = document.child(element, "label")
    read = reading.reader(path)
    control = Control(
        kind=kind,
        path=path,
        parent=parent,
        appearance=tuple(appearance.split()),
        parameters=parameters,
        data_type=bind.data_type if bind is not None else "string",
        bound=bool(reference) and bind is not None,
        count=counted is not None,
        fixed=fixed,
        line=element.line,
        label=read_text(label, read),
        hint=read_text(document.child(element, "hint"), read),
        items=_read_items(element, reading, path) if kind in _CHOOSING else (),
        itemset=_read_itemset(element, reading, path) if kind in _CHOOSING else None,
        counted=counted,
    )
    if bind is not None and reference:
        _attach(control, bind)
    object.__setattr__(control, "children", _read_children(element, path, control, reading))
    return control


_CHOOSING: Final = frozenset({"select", "select1", "rank"})


def _attach(control: Control, bind: Bind) -> None:
    if control.kind == "repeat":
        bind.repeat = control
    elif bind.control is None or control.kind != "group":
        bind.control = bind.control or control


def _jr(element: Node, name: str) -> str | None:
    for found in element.attributes:
        if found.name == name and found.namespace:
            return found.value
    return None


def _read_items(element: Node, reading: Reading, path: Path) -> tuple[Item, ...]:
    found: list[Item] = []
    for group in (element, *(inside for inside in element.children if inside.name == "choices")):
        for inside in document.elements(group):
            if inside.name == "item":
                value = document.child(inside, "value")
                found.append(
                    Item(
                        document.words(value).strip() if value is not None else "",
                        read_text(document.child(inside, "label"), reading.reader(path)),
                    )
                )
    return tuple(found)


def _read_itemset(element: Node, reading: Reading, path: Path) -> Itemset | None:
    itemset = document.child(element, "itemset")
    if itemset is None:
        return None
    nodes = document.attribute(itemset, "nodeset")
    value = document.child(itemset, "value")
    reference = document.attribute(value, "ref") if value is not None else None
    if not nodes or not reference:
        raise FormRefused(
            _("The choices on line {line} do not say which items or which value.").format(
                line=itemset.line
            )
        )
    label = document.child(itemset, "label")
    label_reference = document.attribute(label, "ref") if label is not None else None
    formula = reading.formula(nodes, path)
    return Itemset(
        nodes=formula,
        value=reading.formula(reference, path),
        label=read_reference(label_reference, reading.reader(path)) if label_reference else None,
        whole=_whole_list(formula, reference),
        names=frozenset(
            part.arguments[0].value
            for part in walk(formula.expression)
            if isinstance(part, Call)
            and part.name == "instance"
            and part.arguments
            and isinstance(part.arguments[0], Literal)
        ),
        mixed=any(
            isinstance(part, Call) and part.name == "randomize"
            for part in walk(formula.expression)
        ),
    )


def _whole_list(nodes: Formula, value: str) -> tuple[str, tuple[str, ...], str] | None:
    whole = nodes.expression
    if not isinstance(whole, PathExpression) or isinstance(whole.base, Here):
        return None
    base = whole.base
    if not (isinstance(base, Call) and base.name == "instance" and len(base.arguments) == 1):
        return None
    name = base.arguments[0]
    if not isinstance(name, Literal) or "/" in value or not value.strip().isidentifier():
        return None
    names: list[str] = []
    for step in whole.steps:
        if step.axis != "child" or step.predicates or not isinstance(step.test, NameTest):
            return None
        if step.test.prefix or step.test.local == "*":
            return None
        names.append(step.test.local)
    return name.value, tuple(names), value.strip()


def in_range(control: Control, value: str) -> str:
    """The value of a range; one outside its ends is no answer."""
    try:
        start = float(control.parameters.get("start", ""))
        end = float(control.parameters.get("end", ""))
        number = float(value)
    except ValueError:
        return value
    return value if min(start, end) <= number <= max(start, end) else ""
