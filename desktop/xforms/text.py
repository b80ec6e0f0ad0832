# SPDX-License-Identifier: Apache-2.0
"""What a form says to people: labels, hints, messages; in several languages, with values inside.

A ``Text`` is read once from the form and rendered for a node of a record in the language of the
session. A translation missing in that language is taken from the form's default language: a
question without words cannot be answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from desktop.xforms import document
from desktop.xforms.binding import Formula
from desktop.xforms.node import ELEMENT, TEXT, Node
from desktop.xforms.xpath.environment import Environment
from desktop.xforms.xpath.syntax import Call, Literal
from desktop.xforms.xpath.values import to_string

if TYPE_CHECKING:
    from desktop.xforms.xpath.compiler import Compiler

ITEXT: Final = "jr:itext"
_PLAIN_FORMS: Final = frozenset({"", "long", "short", "guidance"})
Part = str | Formula
Read = Callable[[str], Formula]


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """Words with values between them; or ``name`` of a translation, as a formula if computed."""

    parts: tuple[Part, ...] = ()
    name: str | Formula | None = None

    def formulas(self) -> Iterator[Formula]:
        """The expressions of its own parts (not those inside translations)."""
        if isinstance(self.name, Formula):
            yield self.name
        for part in self.parts:
            if isinstance(part, Formula):
                yield part


def read_text(element: Node | None, read: Read) -> Text | None:
    """The text of a label, hint or message element; None where there is none."""
    if element is None:
        return None
    reference = document.attribute(element, "ref")
    if reference:
        return read_reference(reference, read)
    return Text(read_parts(element, read))


def read_reference(reference: str, read: Read) -> Text:
    """The text an attribute refers to: ``jr:itext('id')``, ``jr:itext(expression)`` or a path."""
    formula = read(reference)
    whole = formula.expression
    if isinstance(whole, Call) and whole.name == ITEXT and len(whole.arguments) == 1:
        argument = whole.arguments[0]
        if isinstance(argument, Literal):
            return Text(name=argument.value)
        inner = reference.strip()[len(ITEXT) :].strip()[1:-1]
        return Text(name=read(inner))
    return Text((formula,))


def read_message(written: str | None, read: Read) -> Text | None:
    """A bind's message attribute: ``jr:itext('id')``, or the words themselves."""
    if not written:
        return None
    if written.strip().startswith(ITEXT):
        return read_reference(written, read)
    return Text((written,))


def read_parts(element: Node, read: Read) -> tuple[Part, ...]:
    """The words and ``output`` values of a mixed element."""
    if not element.children:
        return (element.value,) if element.value else ()
    parts: list[Part] = []
    for inside in element.children:
        if inside.kind == TEXT:
            parts.append(inside.value)
        elif inside.kind == ELEMENT and inside.name == "output":
            value = document.attribute(inside, "value") or document.attribute(inside, "ref")
            if value:
                parts.append(read(value))
        elif inside.kind == ELEMENT:
            parts.append(document.words(inside))
    return tuple(parts)


class Translations:
    """The ``itext`` of a form: for each language, texts by name, each in several forms.

    The forms of a text are ``""`` (plain), ``long``, ``short``, ``guidance`` and the kinds of
    media (``image``, ``audio``, ``video``, ``big-image``). Parts are read when first rendered.
    """

    def __init__(self, itext: Node | None, compiler: Compiler) -> None:
        self._languages: dict[str, dict[str, Node]] = {}
        self._parts: dict[tuple[str, str], Mapping[str, tuple[Part, ...]]] = {}
        self._compiler = compiler
        self.default = ""
        marked = ""
        for translation in document.elements(itext) if itext is not None else ():
            language = document.attribute(translation, "lang") or ""
            texts = self._languages.setdefault(language, {})
            for text in document.elements(translation):
                name = document.attribute(text, "id")
                if name is not None:
                    texts.setdefault(name, text)
            if document.attribute(translation, "default") is not None and not marked:
                marked = language
        self.languages: tuple[str, ...] = tuple(self._languages)
        self.default = marked or (self.languages[0] if self.languages else "")

    def __bool__(self) -> bool:
        return bool(self._languages)

    def elements(self) -> Iterator[Node]:
        """Every text of every language."""
        for texts in self._languages.values():
            yield from texts.values()

    def missing(self) -> Iterator[tuple[str, str]]:
        """Pairs of a language and a text that another language has and this one has not."""
        every = dict.fromkeys(name for texts in self._languages.values() for name in texts)
        for language, texts in self._languages.items():
            for name in every:
                if name not in texts:
                    yield language, name

    def forms(self, name: str, language: str) -> Mapping[str, tuple[Part, ...]] | None:
        """The forms of a text; from the default language where this one lacks it."""
        key = (language, name)
        found = self._parts.get(key)
        if found is not None:
            return found
        element = self._languages.get(language, {}).get(name)
        if element is None:
            if language == self.default:
                return None
            return self.forms(name, self.default)
        read = self._read
        found = {
            document.attribute(value, "form") or "": read_parts(value, read)
            for value in document.elements(element)
            if value.name == "value"
        }
        self._parts[key] = found
        return found

    def formulas(self, name: str) -> Iterator[Formula]:
        """Every expression inside a text, in every language."""
        for language in self._languages:
            element = self._languages[language].get(name)
            if element is None or not _has_output(element):
                continue
            for parts in (self.forms(name, language) or {}).values():
                for part in parts:
                    if isinstance(part, Formula):
                        yield part

    def computed(self) -> Iterator[tuple[str, str]]:
        """The sources of every ``output`` of every text, with the text's name, to check them."""
        for texts in self._languages.values():
            for name, element in texts.items():
                if _has_output(element):
                    yield from _outputs(name, element)

    def _read(self, source: str) -> Formula:
        return Formula(source, self._compiler)


def _outputs(name: str, element: Node) -> Iterator[tuple[str, str]]:
    for value in element.children:
        for inside in value.children:
            if inside.name == "output" and inside.kind == ELEMENT:
                source = document.attribute(inside, "value") or document.attribute(inside, "ref")
                if source:
                    yield name, source


def _has_output(element: Node) -> bool:
    return any(value.children for value in element.children)


class Speaker:
    """Renders texts in one language."""

    __slots__ = ("language", "translations")

    def __init__(self, translations: Translations, language: str) -> None:
        self.translations = translations
        self.language = language

    def say(self, text: Text | None, node: Node, environment: Environment, form: str = "") -> str:
        """``text`` for ``node``; ``form`` picks guidance or media of a translation."""
        if text is None:
            return ""
        name = text.name
        if name is None:
            return "" if form else _join(text.parts, node, environment)
        if not isinstance(name, str):
            name = to_string(name(node, environment))
        return self.translate(name, node, environment, form)

    def media(
        self, text: Text, node: Node, environment: Environment, kinds: tuple[str, ...]
    ) -> dict[str, str]:
        """The pictures and sounds of a text by kind, without the ``jr://images/`` before."""
        name = text.name
        if name is None:
            return {}
        if not isinstance(name, str):
            name = to_string(name(node, environment))
        forms = self.translations.forms(name, self.language)
        if not forms or forms.keys() <= _PLAIN_FORMS:
            return {}
        return {
            kind: _join(forms[kind], node, environment).rpartition("/")[2]
            for kind in kinds
            if kind in forms
        }

    def translate(self, name: str, node: Node, environment: Environment, form: str = "") -> str:
        """The text ``name`` with its values for ``node``; blank where the form lacks it."""
        forms = self.translations.forms(name, self.language)
        if forms is None:
            return ""
        parts = forms.get(form)
        if parts is None and not form:
            parts = forms.get("long") or forms.get("short")
        return _join(parts, node, environment) if parts else ""


def _join(parts: tuple[Part, ...], node: Node, environment: Environment) -> str:
    if len(parts) == 1 and isinstance(parts[0], str):
        return parts[0]
    return "".join(
        part if isinstance(part, str) else to_string(part(node, environment)) for part in parts
    )
