# SPDX-License-Identifier: Apache-2.0
"""Reading a form's model: its answers' shape, what binds say of them, and its actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.i18n import _
from desktop.xforms import action, binding, document
from desktop.xforms.action import Action
from desktop.xforms.binding import Bind, Computation, Formula
from desktop.xforms.control import Control, resolve
from desktop.xforms.names import JAVAROSA, OURS, Path, local, shown
from desktop.xforms.node import ATTRIBUTE, COMMENT, ELEMENT, TEXT, Node
from desktop.xforms.problem import ExpressionRefused, FormRefused
from desktop.xforms.sharing import SharingCompiler
from desktop.xforms.text import Read, read_message
from desktop.xforms.value import normaliser

_COMPUTED = ("relevant", "calculate", "readonly", "required", "constraint")
_PLAIN = frozenset({"nodeset", "id", "type", *_COMPUTED})
_JAVAROSA = frozenset(
    {"preload", "preloadParams", "constraintMsg", "requiredMsg", "noAddRemove", "count"}
)


@dataclass(frozen=True, slots=True)
class Warned:
    """Something of the form that has no effect, the path it is about, and whether a question
    is ``lost`` by it.
    """

    message: str
    path: Path
    lost: bool = False


class Reading:
    """What is gathered while a form is read. ``binds`` holds every path of the answers."""

    def __init__(self, primary: Node, namespaces: Mapping[str, str]) -> None:
        self.compiler = SharingCompiler(namespaces, relevant_only=False)
        self.binds: dict[Path, Bind] = {}
        self.computations: list[Computation] = []
        self.actions: list[Action] = []
        self.warnings: list[Warned] = []
        self.recording: list[Path] = []
        self.top = primary.name
        self._identities: dict[str, str] = {}
        self._shape(primary, ())

    # -- the answers

    def _shape(self, node: Node, above: Path) -> None:
        """Give ``node`` and all below their paths and binds; drop what is not an answer."""
        path = (*above, node.name)
        node.path = path
        bind = self.binds.get(path)
        if bind is None:
            bind = self.binds[path] = Bind(path)
        node.bind = bind
        kept: list[Node] = []
        for held in node.attributes:
            held.path = (*path, "@" + held.name)
            if held.namespace == JAVAROSA and held.name == "template":
                node.key = "template"
                continue
            kept.append(held)
            if held.path not in self.binds:
                self.binds[held.path] = Bind(held.path)
            held.bind = self.binds[held.path]
        node.attributes = kept
        node.children = [inside for inside in node.children if inside.kind == ELEMENT]
        for inside in node.children:
            self._shape(inside, path)

    # -- formulas

    def formula(self, source: str, path: Path) -> Formula:
        """``source`` parsed; the refusal names the question.

        Raises:
            ExpressionRefused: It is not an expression, or uses what the engine does not have.
        """
        try:
            formula = Formula(source, self.compiler)
        except ExpressionRefused as refused:
            raise ExpressionRefused(
                _("In {path}: {reason}").format(path=shown(path), reason=str(refused))
            ) from None
        return formula

    def reader(self, path: Path) -> Read:
        """``formula`` for texts about ``path``."""
        return lambda source: self.formula(source, path)

    def warn(self, message: str, path: Path) -> None:
        """Note something that will have no effect."""
        self.warnings.append(Warned(message, path))

    def unknown(self, element: Node) -> None:
        """Note an element of the body that is not one of the specification."""
        self.warn(
            _("The element “{name}” on line {line} is not known and is left out.").format(
                name=element.name, line=element.line
            ),
            (),
        )

    def dangling(self, kind: str, path: Path, element: Node) -> None:
        """Note a control whose answer has no place; a question like that is left out."""
        self.warnings.append(
            Warned(
                _(
                    "The {kind} on line {line} keeps its answer at {path}, which the form does "
                    "not have."
                ).format(kind=kind, line=element.line, path=shown(path)),
                path,
                lost=kind != "group",
            )
        )

    # -- binds

    def read_binds(self, model: Node) -> None:
        """Take every ``bind`` of the model."""
        found = [one for one in document.elements(model) if one.name == "bind"]
        for element in found:
            self._read_bind(element, ())

    def _read_bind(self, element: Node, context: Path) -> None:
        nodeset = document.attribute(element, "nodeset") or document.attribute(element, "ref")
        if nodeset is None:
            return
        path = resolve(nodeset, context or (self.top,))
        identity = document.attribute(element, "id")
        if identity:
            self._identities[identity] = shown(path)
        bind = self.binds.get(path)
        if bind is None:
            self.warn(
                _("The form says how {path} behaves but does not have it.").format(
                    path=shown(path)
                ),
                path,
            )
            return
        self._read_attributes(element, bind)
        for inside in document.elements(element):
            if inside.name == "bind":
                self._read_bind(inside, path)

    def _read_attributes(self, element: Node, bind: Bind) -> None:
        data_type = document.attribute(element, "type")
        if data_type:
            bind.data_type = local(data_type.strip())
            bind.normalise = normaliser(bind.data_type)
        extra = dict(bind.attributes)
        for held in element.attributes:
            if not held.namespace and held.name in _COMPUTED:
                self._compute(bind, held.name, held.value)
            elif held.namespace == JAVAROSA and held.name in _JAVAROSA:
                self._javarosa(bind, held.name, held.value)
            elif held.namespace or held.name not in _PLAIN:
                extra[(held.namespace, held.name)] = held.value
        bind.attributes = extra

    def _compute(self, bind: Bind, kind: str, source: str) -> None:
        if not source.strip():
            return
        computation = Computation(kind, bind, self.formula(source, bind.path))
        before = getattr(bind, kind)
        if before is not None:
            self.computations.remove(before)
        setattr(bind, kind, computation)
        self.computations.append(computation)

    def _javarosa(self, bind: Bind, name: str, value: str) -> None:
        if name == "preload":
            bind.preload = value.strip()
        elif name == "preloadParams":
            bind.preload_parameters = value.strip()
        elif name == "constraintMsg":
            bind.constraint_message = read_message(value, self.reader(bind.path))
        elif name == "requiredMsg":
            bind.required_message = read_message(value, self.reader(bind.path))

    def bind_nodeset(self, identity: str, element: Node) -> str:
        """The path of the bind called ``identity``.

        Raises:
            FormRefused: No bind has that id.
        """
        found = self._identities.get(identity)
        if found is None:
            raise FormRefused(
                _("Line {line} names the bind “{name}”, which does not exist.").format(
                    line=element.line, name=identity
                )
            )
        return found

    # -- actions

    def action(self, element: Node, context: Path) -> None:
        """Take an action of the model or the body."""
        if element.name in ("recordaudio", "action"):
            self.recording.append(context)
            return
        events = action.read_events(element)
        top = context or (self.top,)
        reference = document.attribute(element, "ref")
        identity = document.attribute(element, "bind")
        if identity and not reference:
            reference = self.bind_nodeset(identity, element)
        if not reference:
            raise FormRefused(
                _("The action on line {line} does not say what it sets.").format(line=element.line)
            )
        target = resolve(reference, top)
        if target not in self.binds:
            raise FormRefused(
                _("The action on line {line} sets {path}, which the form does not have.").format(
                    line=element.line, path=shown(target)
                )
            )
        written = document.attribute(element, "value")
        self.actions.append(
            Action(
                kind=element.name,
                events=events,
                target=target,
                declared=context,
                value=self.formula(written, target) if written else None,
                words=document.words(element),
                chosen=self.formula(reference, top) if "[" in reference else None,
            )
        )

    # -- after the body

    def finish(self, controls: tuple[Control, ...]) -> None:
        """Turn what the body says into computations and templates of repeats."""
        for control in _all(controls):
            bind = self.binds.get(control.path)
            if bind is None:
                continue
            if control.counted is not None:
                bind.count = Computation(binding.COUNT, bind, control.counted, control)
                self.computations.append(bind.count)
            if control.itemset is not None:
                bind.choices = Computation(binding.CHOICES, bind, control.itemset.nodes, control)
                self.computations.append(bind.choices)
        repeats = [bind.path for bind in self.binds.values() if bind.repeat is not None]
        for bind in self.binds.values():
            for path in repeats:
                if len(path) > len(bind.within) and bind.path[: len(path)] == path:
                    bind.within = path
        for found in self.actions:
            if action.VALUE_CHANGED in found.events and found.declared in self.binds:
                self.binds[found.declared].actions.append(found)

    def ours(self, name: str) -> dict[Path, str]:
        """The binds with our attribute ``name``, and its value."""
        found: dict[Path, str] = {}
        for bind in self.binds.values():
            value = bind.attributes.get((OURS, name))
            if value is not None:
                found[bind.path] = value
        return found


def _all(controls: tuple[Control, ...]) -> list[Control]:
    found: list[Control] = []
    for control in controls:
        found.append(control)
        found.extend(_all(control.children))
    return found


def clone(node: Node, parent: Node | None, *, blank: bool = False) -> Node:
    """A copy of an answer and all below; ``blank`` leaves the text out (a repeat's structure)."""
    copy = Node(node.kind, node.name, parent, "" if blank else node.value, node.namespace)
    copy.prefix = node.prefix
    copy.path = node.path
    copy.bind = node.bind
    copy.key = node.key
    copy.kept = node.kept
    if node.attributes:
        attributes: list[Node] = []
        for held in node.attributes:
            attribute = Node(ATTRIBUTE, held.name, copy, held.value, held.namespace, held.prefix)
            attribute.path = held.path
            attribute.bind = held.bind
            attribute.kept = held.kept
            attributes.append(attribute)
        copy.attributes = attributes
    copy.children = [
        clone(inside, copy, blank=blank) for inside in node.children if inside.kind != TEXT
    ]
    return copy


def set_templates(primary: Node) -> None:
    """Find what a new instance of each repeat looks like; take the templates out of the answers.

    A repeat without ``jr:template`` starts as its first instance with the text left out, as in
    Collect.
    """
    _templates(primary)


def _templates(node: Node) -> None:
    kept: list[Node] = []
    marked: set[Path] = set()
    for inside in node.children:
        bind: Bind = inside.bind
        _templates(inside)
        if bind.repeat is None:
            kept.append(inside)
            continue
        if inside.path not in marked:
            marked.add(inside.path)
            kept.append(_marker(inside, node))
        if inside.key == "template":
            inside.key = ""
            inside.parent = None
            bind.template = inside
        else:
            if bind.template is None:
                bind.template = clone(inside, None, blank=True)
            kept.append(inside)
    node.children = [one for inside in kept for one in _with_fixed(inside, kept)]


def _with_fixed(inside: Node, siblings: list[Node]) -> list[Node]:
    """The marker of a fixed repeat that the form gives only as a template has one instance."""
    bind: Bind = inside.bind
    if inside.kind != COMMENT or bind.repeat is None or bind.template is None:
        return [inside]
    given = any(one.path == inside.path and one.kind == ELEMENT for one in siblings)
    if given or not bind.repeat.fixed or bind.repeat.count:
        return [inside]
    return [inside, clone(bind.template, inside.parent)]


def _marker(instance: Node, parent: Node) -> Node:
    """The place of a repeat among its siblings, there even when it has no instance."""
    marker = Node(COMMENT, "", parent)
    marker.path = instance.path
    marker.bind = instance.bind
    return marker
