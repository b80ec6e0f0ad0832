# SPDX-License-Identifier: Apache-2.0
"""A form as it was published: read once, never changed, shared by all its records."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

from desktop.i18n import _
from desktop.xforms import binding, document
from desktop.xforms.action import Action
from desktop.xforms.binding import Bind, Computation
from desktop.xforms.control import Control, read_body
from desktop.xforms.dependency import connect
from desktop.xforms.document import Fragment
from desktop.xforms.lists import LAST_SAVED, List, Lists, TreeList
from desktop.xforms.names import OPENROSA, WELL_KNOWN, Path
from desktop.xforms.node import ELEMENT, Node
from desktop.xforms.problem import FormRefused
from desktop.xforms.reading import Reading, Warned, set_templates
from desktop.xforms.text import Text, Translations
from desktop.xforms.xpath.syntax import Call, walk


class Form:
    """What every record of the form shares.

    ``body`` are the controls in order, ``binds`` every path of the answers, ``primary`` the
    answers as the form gives them, ``computations`` in the order in which they settle; ``timely``
    are the constraints that ask the clock.
    """

    id: str
    version: str
    title: str
    languages: tuple[str, ...]
    default_language: str
    body: tuple[Control, ...]
    binds: Mapping[Path, Bind]
    namespaces: Mapping[str, str]
    primary: Node
    computations: Sequence[Computation]
    timely: Sequence[Computation]
    actions: Sequence[Action]
    translations: Translations
    lists: Mapping[str, List]
    external: Mapping[str, str]
    warnings: Sequence[Warned]
    recording: Sequence[Path]
    core: Mapping[Path, str]
    indexed: Mapping[Path, str]
    submission: Mapping[str, str]

    @classmethod
    def load(cls, data: bytes, lists: Lists | None = None) -> Form:
        """Read a form; ``lists`` knows the files beside it.

        With ``lists`` None, lists beside the form are empty (to check a form by itself).

        Raises:
            FormRefused: It is no XForm, an expression in it cannot be read, its questions decide
                each other in a circle (``dependency.Cycle``), or a list it needs is not there.
        """
        with _uncollected():
            return cls._read(data, lists)

    @classmethod
    def _read(cls, data: bytes, lists: Lists | None) -> Form:
        tree, fragments, prefixes = document.read_form(data)
        root = document.elements(tree)[0]
        head, model, body = _parts(root)
        instances = [one for one in document.elements(model) if one.name == "instance"]
        primary = _primary(instances)
        form = cls()
        form.namespaces = {**WELL_KNOWN, **prefixes}
        submission = document.child(model, "submission")
        form.submission = (
            {held.name: held.value for held in submission.attributes}
            if submission is not None
            else {}
        )
        form.primary = primary
        form.id = document.attribute(primary, "id") or primary.namespace or primary.name
        form.version = document.attribute(primary, "version") or ""
        title = document.child(head, "title")
        form.title = document.words(title).strip() if title is not None else ""
        primary.parent = None
        _add_identity(primary)
        reading = Reading(primary, form.namespaces)
        form.translations = Translations(document.child(model, "itext"), reading.compiler)
        form.languages = form.translations.languages
        form.default_language = form.translations.default
        reading.read_binds(model)
        for element in document.elements(model):
            if element.name in ("setvalue", "setgeopoint", "recordaudio", "action"):
                reading.action(element, ())
        form.body = read_body(body, reading)
        reading.finish(form.body)
        set_templates(primary)
        form.binds = reading.binds
        form.external, form.lists = _lists(instances[1:], fragments, lists)
        _texts(form, reading)
        form.computations = connect(reading.binds, reading.computations)
        form.timely = tuple(one for one in form.computations if _asks_the_clock(one))
        form.actions = tuple(reading.actions)
        form.warnings = tuple(reading.warnings)
        form.recording = tuple(reading.recording)
        form.core = reading.ours("core")
        form.indexed = reading.ours("index")
        return form

    def title_in(self, language: str | None) -> str:
        """The title; an XForm has one, in which the centre writes both: ``ไทย · English``."""
        thai, both, english = self.title.partition(" · ")
        if not both:
            return self.title or self.id
        return english if language and "(en)" in f"({language})" else thai

    def known_language(self, language: str | None) -> str:
        """The form's own name of a language (``th`` is ``ไทย (th)``), else of its default one."""
        for known in self.languages if language is not None else ():
            if language == known or f"({language})" in known:
                return known
        return self.default_language

    def controls(self) -> Iterator[Control]:
        """Every control, outer before inner."""
        pending = list(reversed(self.body))
        while pending:
            control = pending.pop()
            yield control
            pending.extend(reversed(control.children))

    def control(self, path: Path) -> Control | None:
        """The first control bound to ``path``."""
        bind = self.binds.get(path)
        if bind is None:
            return None
        return bind.control or bind.repeat


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for garbage meanwhile: a form is tens of thousands of objects and none of it."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _parts(root: Node) -> tuple[Node, Node, Node | None]:
    head = document.child(root, "head")
    model = document.child(head, "model") if head is not None else None
    if head is None or model is None:
        raise FormRefused(
            _("This is not a form: it has no “head” with a “model”.")
            if root.name == "html"
            else _("This is not a form: its outermost element is “{name}”.").format(name=root.name)
        )
    return head, model, document.child(root, "body")


def _primary(instances: Sequence[Node]) -> Node:
    if not instances:
        raise FormRefused(_("The form has no “instance” that holds its answers."))
    inside = document.elements(instances[0])
    if len(inside) != 1:
        raise FormRefused(_("The “instance” of the answers must hold exactly one element."))
    return inside[0]


def _add_identity(primary: Node) -> None:
    """Every record has an instanceID, asked for or not (OpenRosa metadata)."""
    meta = document.child(primary, "meta")
    if meta is None:
        meta = Node(ELEMENT, "meta", primary, "", OPENROSA, "orx")
        primary.children.append(meta)
    if document.child(meta, "instanceID") is None:
        meta.children.append(Node(ELEMENT, "instanceID", meta, "", meta.namespace, meta.prefix))
        meta.value = ""


def _lists(
    instances: Sequence[Node], fragments: Mapping[Node, Fragment], lists: Lists | None
) -> tuple[dict[str, str], dict[str, List]]:
    external: dict[str, str] = {}
    found: dict[str, List] = {}
    for instance in instances:
        name = document.attribute(instance, "id")
        if not name or name in found:
            continue
        source = document.attribute(instance, "src")
        fragment = fragments.get(instance)
        if source and not _has_items(fragment):
            external[name] = source
            opened = lists.open(source) if lists is not None else None
            if opened is None:
                if lists is not None and not source.startswith(LAST_SAVED):
                    raise FormRefused(
                        _("The form needs the list “{name}”, which is not here.").format(
                            name=source.rpartition("/")[2]
                        )
                    )
                opened = TreeList(_empty)
            found[name] = opened
        else:
            found[name] = TreeList(partial(_inside, fragment))
    return external, found


def _asks_the_clock(computation: Computation) -> bool:
    return computation.kind == binding.CONSTRAINT and any(
        isinstance(part, Call) and part.name in ("now", "today")
        for part in walk(computation.formula.expression)
    )


def _inside(fragment: Fragment | None) -> Sequence[Node]:
    return () if fragment is None else document.elements(fragment.read())


def _has_items(fragment: Fragment | None) -> bool:
    return fragment is not None and bool(fragment.data.strip())


def _empty() -> Sequence[Node]:
    return (Node(ELEMENT, "root"),)


def _texts(form: Form, reading: Reading) -> None:
    """Make computations of the values inside texts, so that a change of one is told."""
    for name, source in form.translations.computed():
        reading.formula(source, ("itext", name))
    computed = {name for name, _source in form.translations.computed()}
    for bind, control, text in _said(form):
        formulas = list(text.formulas())
        if isinstance(text.name, str) and text.name in computed:
            formulas.extend(form.translations.formulas(text.name))
        for formula in formulas:
            computation = Computation(binding.TEXT, bind, formula, control)
            bind.texts.append(computation)
            reading.computations.append(computation)


def _said(form: Form) -> Iterator[tuple[Bind, Control | None, Text]]:
    """Every text of the form with what it is about."""
    for control in form.controls():
        bind = form.binds.get(control.path)
        if bind is not None:
            labels = (item.label for item in control.items)
            for text in (control.label, control.hint, *labels):
                if text is not None:
                    yield bind, control, text
    for bind in form.binds.values():
        for text in (bind.constraint_message, bind.required_message):
            if text is not None:
                yield bind, None, text
