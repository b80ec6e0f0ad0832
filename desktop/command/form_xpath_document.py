# SPDX-License-Identifier: Apache-2.0
"""Documents of recorded assertions, node by node as a browser keeps them.

Unlike a form (``xforms.document``) these have a DOCTYPE, comments, instructions, sections of
CDATA that stay apart from the text beside them, and namespace declarations among attributes: the
recordings point at nodes by their place among all of these. Entities are refused here too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from xml.parsers import expat

from desktop.errors import Refused
from desktop.i18n import _
from desktop.xforms.node import (
    ATTRIBUTE,
    COMMENT,
    DOCTYPE,
    DOCUMENT,
    ELEMENT,
    INSTRUCTION,
    NAMESPACE,
    TEXT,
    Node,
)

_XMLNS: Final = "http://www.w3.org/2000/xmlns/"
_XML: Final = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True, slots=True)
class Element:
    """An element, to be asked for its parts by name."""

    node: Node

    def attribute(self, name: str) -> str:
        return next((a.value for a in self.node.attributes if a.name == name), "")

    def elements(self, name: str) -> list[Element]:
        return [Element(c) for c in self.node.children if c.kind == ELEMENT and c.name == name]


class Document:
    """A document and what recordings refer to in it."""

    __slots__ = ("instances", "namespaces", "top", "translations")

    def __init__(self, top: Node, namespaces: dict[str, str]) -> None:
        self.top = top
        self.namespaces = namespaces
        self.instances: dict[str, Node] = {}
        self.translations: list[Element] = []
        waiting = [top]
        while waiting:
            node = waiting.pop()
            if node.kind == ELEMENT and node.name == "instance":
                name = Element(node).attribute("id")
                if name:
                    self.instances.setdefault(name, node)
            if node.kind == ELEMENT and node.name == "translation":
                self.translations.append(Element(node))
            waiting.extend(reversed(node.children))

    def node(self, place: Any) -> Node:
        """The node at a place: numbers of children from the top, or an attribute of one."""
        if isinstance(place, dict):
            owner = self.node(place["of"])
            namespace, name = place["attr"]
            for attribute in owner.attributes:
                of = _XMLNS if attribute.kind == NAMESPACE else attribute.namespace
                if attribute.name == name and of == (namespace or ""):
                    return attribute
            raise LookupError(name)
        node = self.top
        for index in place:
            node = node.children[index]
        return node

    def texts(self, language: str | None) -> list[Element]:
        """The texts of a language; of the default one, or the first, for None."""
        if not self.translations:
            return []
        wanted = self.translations[0]
        for translation in self.translations:
            if any(a.name == "default" for a in translation.node.attributes):
                wanted = translation
                break
        if language is not None:
            for translation in self.translations:
                if translation.attribute("lang") == language:
                    wanted = translation
        return wanted.elements("text")


class _Builder:
    """Makes nodes of what expat tells."""

    def __init__(self) -> None:
        self.top = Node(DOCUMENT)
        self.here = self.top
        self.scopes: list[dict[str, str]] = [{"xml": _XML}]
        self.declared: dict[str, str] = {}
        self.text: list[str] = []

    def flush(self) -> None:
        if self.text:
            if self.here is not self.top:
                self.add(Node(TEXT, "", self.here, "".join(self.text)))
            self.text = []

    def add(self, node: Node) -> None:
        self.here.children.append(node)

    def start(self, name: str, pairs: list[str]) -> None:
        self.flush()
        given = list(zip(pairs[::2], pairs[1::2], strict=True))
        scope = dict(self.scopes[-1])
        for key, value in given:
            if key == "xmlns":
                scope[""] = value
            elif key.startswith("xmlns:"):
                scope[key[6:]] = value
                self.declared.setdefault(key[6:], value)
        self.scopes.append(scope)
        prefix, _colon, local = name.rpartition(":")
        element = Node(ELEMENT, local, self.here, "", scope.get(prefix, ""), prefix)
        for key, value in given:
            prefix, _colon, local = key.rpartition(":")
            if "xmlns" in (prefix, key):
                attribute = Node(NAMESPACE, local if prefix else "", element, value)
            else:
                namespace = scope.get(prefix, "") if prefix else ""
                attribute = Node(ATTRIBUTE, local, element, value, namespace, prefix)
            element.attributes.append(attribute)
        self.add(element)
        self.here = element

    def end(self, _name: str) -> None:
        self.flush()
        self.scopes.pop()
        self.here = self.here.parent or self.top

    def characters(self, text: str) -> None:
        self.text.append(text)

    def section(self) -> None:
        self.flush()

    def comment(self, text: str) -> None:
        self.flush()
        self.add(Node(COMMENT, "", self.here, text))

    def instruction(self, target: str, text: str) -> None:
        self.flush()
        self.add(Node(INSTRUCTION, target, self.here, text))

    def doctype(self, name: str, *_rest: object) -> None:
        self.add(Node(DOCTYPE, name, self.here))

    def entity(self, *_told: object) -> None:
        raise Refused(_("The document declares entities, which are never followed."))


def read(source: str) -> Document:
    """The document; Refused for what is not XML or declares entities."""
    builder = _Builder()
    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.characters
    parser.StartCdataSectionHandler = builder.section
    parser.EndCdataSectionHandler = builder.section
    parser.CommentHandler = builder.comment
    parser.ProcessingInstructionHandler = builder.instruction
    parser.StartDoctypeDeclHandler = builder.doctype
    parser.EntityDeclHandler = builder.entity
    try:
        parser.Parse(source.encode("utf-8"), True)
    except expat.ExpatError as error:
        raise Refused(
            _("Line {number} of the document is no XML.").format(number=error.lineno)
        ) from None
    return Document(builder.top, builder.declared)
