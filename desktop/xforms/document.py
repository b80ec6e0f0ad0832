# SPDX-License-Identifier: Apache-2.0
"""Reading XML into nodes: no DOCTYPE, no entities, nothing huge, nothing bottomless.

expat does the lexing. What a form must not contain is refused at the byte where it stands, before
anything is expanded. Lists inside a form (secondary instances) may hold tens of thousands of
items that this record never looks at, so ``read_form`` keeps them as bytes and reads one when the
first expression asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from desktop.i18n import _
from desktop.xforms.names import XFORMS
from desktop.xforms.node import ATTRIBUTE, DOCUMENT, ELEMENT, TEXT, Node
from desktop.xforms.problem import FormRefused

LARGEST: Final = 16 * 1024 * 1024
"""Bytes of a form; the largest of 942 real ones has 3.9 MB."""
DEEPEST: Final = 200
"""Elements inside each other; real forms stay below 30."""
MOST: Final = 500_000
"""Elements of one file; each is some 300 bytes once it is read."""

_SEPARATOR: Final = "\x01"
_ENCODING: Final = re.compile(rb"""\A\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_PLAIN_ENCODING: Final = re.compile(
    r"(utf-16(le|be)?|utf-32|iso-8859-\d+|latin-?1|cp\d+|tis-?620|big5|gbk|"
    r"gb2312|gb18030|shift_jis|euc-(jp|kr))\Z"
)
_MIXED: Final = frozenset({"label", "hint", "value", "help", "alert", "message", "output"})


@dataclass(frozen=True, slots=True, eq=False)
class Fragment:
    """The content of an element that was left unread, and what it takes to read it later."""

    data: bytes
    prefixes: Mapping[str, str]
    line: int

    def read(self) -> Node:
        """Its elements under a document node."""
        declared = "".join(
            f" xmlns{':' if prefix else ''}{prefix}={quoteattr(uri)}"
            for prefix, uri in self.prefixes.items()
        )
        text = f"<list{declared}>".encode() + self.data + b"</list>"
        document = _Reader(self.line).read(text)
        inside = document.children[0]
        document.children = inside.children
        for child in document.children:
            child.parent = document
        return document


def read(data: bytes) -> Node:
    """The document in ``data``, as a document node over its root element.

    A leaf's text is the node's ``value``. Text between elements is kept as text nodes where it is
    meant for people (labels, hints, the values of translations) and dropped elsewhere.

    Raises:
        FormRefused: It is not XML, has a DOCTYPE or entities, is larger than 16 MB, deeper
            than 200 elements or has more than 500,000. The sentence names the line.
    """
    return _Reader().read(_in_utf8(data))


def read_form(data: bytes) -> tuple[Node, dict[Node, Fragment], dict[str, str]]:
    """As ``read``, with the content of every list left unread, and the prefixes declared.

    The first ``instance`` of the model holds the answers and is read.
    """
    reader = _Reader(postpone=True)
    document = reader.read(_in_utf8(data))
    return document, reader.fragments, reader.declared


def _in_utf8(data: bytes) -> bytes:
    if len(data) > LARGEST:
        raise FormRefused(
            _("The form is larger than {size} MB. Move its lists into CSV files.").format(
                size=LARGEST // (1024 * 1024)
            )
        )
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    else:
        match = _ENCODING.match(data[:400])
        encoding = match[1].decode("ascii") if match else "utf-8"
    encoding = encoding.lower()
    if encoding in ("utf-8", "utf8", "us-ascii"):
        return data
    codec = re.sub(r"\Awindows-", "cp", encoding)
    if not _PLAIN_ENCODING.match(codec):
        codec = "unknown"
    try:
        return data.decode(codec).encode("utf-8")
    except (LookupError, UnicodeError):
        raise FormRefused(
            _("The form is written in the encoding “{name}”, which is not known here.").format(
                name=encoding
            )
        ) from None


class _Reader:
    """One pass of expat over one document."""

    def __init__(self, first_line: int = 1, *, postpone: bool = False) -> None:
        self.fragments: dict[Node, Fragment] = {}
        self.declared: dict[str, str] = {}
        self._first_line = first_line
        self._postpone = postpone
        self._document = Node(DOCUMENT)
        self._at = self._document
        self._text: list[str] = []
        self._depth = 0
        self._elements = 0
        self._scopes: list[tuple[str, str | None]] = []
        self._prefixes: dict[str, str] = {}
        self._instances = 0
        self._skipped: Node | None = None
        self._skipping_from = 0
        self._skipped_depth = 0

    def read(self, data: bytes) -> Node:
        parser = expat.ParserCreate("utf-8", _SEPARATOR)
        parser.namespace_prefixes = True
        parser.buffer_text = True
        parser.ordered_attributes = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        parser.StartNamespaceDeclHandler = self._declare
        parser.EndNamespaceDeclHandler = self._undeclare
        self._parser = parser
        self._data = data
        self._reading()
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            raise FormRefused(
                _("Line {line} is not XML: {reason}.").format(
                    line=self._first_line - 1 + error.lineno,
                    reason=expat.errors.messages.get(error.code, str(error.code)),
                )
            ) from None
        return self._document

    def _reading(self) -> None:
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text.append

    def _line(self) -> int:
        return self._first_line - 1 + self._parser.CurrentLineNumber

    def _doctype(self, *_parts: object) -> None:
        raise FormRefused(
            _("Line {line} declares a document type or an entity. Forms may not.").format(
                line=self._line()
            )
        )

    def _declare(self, prefix: str | None, uri: str | None) -> None:
        key = prefix or ""
        self._scopes.append((key, self._prefixes.get(key)))
        self._prefixes[key] = uri or ""
        if key:
            self.declared.setdefault(key, uri or "")

    def _undeclare(self, _prefix: str | None) -> None:
        key, before = self._scopes.pop()
        if before is None:
            self._prefixes.pop(key, None)
        else:
            self._prefixes[key] = before

    def _deeper(self) -> None:
        self._depth += 1
        self._elements += 1
        if self._elements > MOST:
            raise FormRefused(
                _(
                    "The file has more than {count} elements. Move its lists into CSV files."
                ).format(count=MOST)
            )
        if self._depth > DEEPEST:
            raise FormRefused(
                _("Line {line} is more than {count} elements deep.").format(
                    line=self._line(), count=DEEPEST
                )
            )

    def _start(self, name: str, attributes: list[str]) -> None:
        self._deeper()
        parent = self._at
        if self._text:
            self._take_text(parent)
        node = _named(ELEMENT, name)
        node.parent = parent
        node.line = self._line()
        parent.children.append(node)
        if attributes:
            node.attributes = found = []
            for i in range(0, len(attributes), 2):
                attribute = _named(ATTRIBUTE, attributes[i], attributes[i + 1])
                attribute.parent = node
                found.append(attribute)
        self._at = node
        if self._postpone and node.name == "instance" and parent.name == "model":
            self._instances += 1
            if self._instances > 1 and node.namespace == XFORMS:
                self._skip(node)

    def _skip(self, node: Node) -> None:
        self._skipped = node
        self._skipping_from = -1
        self._skipped_depth = self._depth
        self._parser.StartElementHandler = self._start_skipped
        self._parser.EndElementHandler = self._end_skipped
        self._parser.CharacterDataHandler = self._nothing

    def _nothing(self, _text: str) -> None:
        if self._skipping_from < 0:
            self._skipping_from = self._parser.CurrentByteIndex

    def _start_skipped(self, _name: str, _attributes: list[str]) -> None:
        if self._skipping_from < 0:
            self._skipping_from = self._parser.CurrentByteIndex
        self._deeper()

    def _end_skipped(self, name: str) -> None:
        if self._depth > self._skipped_depth:
            self._depth -= 1
            return
        node = self._skipped
        if node is not None and self._skipping_from >= 0:
            content = self._data[self._skipping_from : self._parser.CurrentByteIndex]
            self.fragments[node] = Fragment(content, dict(self._prefixes), node.line)
        self._skipped = None
        self._reading()
        self._end(name)

    def _take_text(self, parent: Node) -> None:
        text = "".join(self._text)
        self._text.clear()
        if parent.name in _MIXED and parent.kind == ELEMENT:
            parent.children.append(Node(TEXT, "", parent, text))

    def _end(self, _name: str) -> None:
        self._depth -= 1
        node = self._at
        if self._text:
            if node.children:
                self._take_text(node)
            else:
                node.value = "".join(self._text)
                self._text.clear()
        if node.parent is not None:
            self._at = node.parent


def _named(kind: int, name: str, value: str = "") -> Node:
    parts = name.split(_SEPARATOR)
    if len(parts) == 1:
        return Node(kind, parts[0], None, value)
    if len(parts) == 2:
        return Node(kind, parts[1], None, value, parts[0])
    return Node(kind, parts[1], None, value, parts[0], parts[2])


def attribute(node: Node, name: str, namespace: str = "") -> str | None:
    """The value of an attribute, or None."""
    for found in node.attributes:
        if found.name == name and found.namespace == namespace:
            return found.value
    return None


def child(node: Node, name: str) -> Node | None:
    """The first element ``name`` below ``node``, whatever its namespace."""
    for found in node.children:
        if found.name == name and found.kind == ELEMENT:
            return found
    return None


def elements(node: Node) -> list[Node]:
    """The elements below ``node``."""
    return [found for found in node.children if found.kind == ELEMENT]


def words(node: Node) -> str:
    """All text of ``node`` and below."""
    if not node.children:
        return node.value
    return "".join(words(found) for found in node.children)
