# SPDX-License-Identifier: Apache-2.0
"""Writing answers as XML, always the same bytes for the same answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop.xforms import place
from desktop.xforms.form import Form
from desktop.xforms.names import OURS, XFORMS, XML
from desktop.xforms.node import ELEMENT, Node
from desktop.xforms.restore import KEY

_TEXT: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE: Final = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "\t": "&#9;",
        "\n": "&#10;",
        "\r": "&#13;",
    }
)
_OUR_PREFIX: Final = "dsdw"


def printable(text: str) -> str:
    """``text`` without the characters XML has no way to write."""
    if text.isprintable():
        return text
    return "".join(
        letter
        for letter in text
        if letter in "\t\n\r"
        or " " <= letter < "\ud800"
        or "\ue000" <= letter < "\ufffe"
        or letter > "\uffff"
    )


def write(form: Form, root: Node, *, whole: bool) -> bytes:
    """The record under ``root``: as it is sent, or ``whole`` as it is kept while a draft.

    What is sent leaves out what is not relevant. A draft keeps it, and the key of each instance
    of a repeat as an attribute of our namespace. No XML declaration, UTF-8, no spaces between.
    """
    writer = _Writer(whole)
    declared = dict(_prefixes(form.primary))
    for bind in form.binds.values():
        if bind.template is not None:
            declared.update(_prefixes(bind.template))
    if whole and any(bind.repeat is not None for bind in form.binds.values()):
        declared[_OUR_PREFIX] = OURS
    declared.pop("xml", None)
    writer.write(root, "" if root.namespace == XFORMS else root.namespace, declared, outer=True)
    return "".join(writer.parts).encode("utf-8")


def _prefixes(node: Node) -> Iterator[tuple[str, str]]:
    if node.prefix and node.namespace != XML:
        yield node.prefix, node.namespace
    for held in node.attributes:
        if held.prefix and held.namespace != XML:
            yield held.prefix, held.namespace
    for inside in node.children:
        if inside.kind == ELEMENT:
            yield from _prefixes(inside)


class _Writer:
    def __init__(self, whole: bool) -> None:
        self.parts: list[str] = []
        self._whole = whole

    def write(
        self, node: Node, default: str, declared: dict[str, str] | None, *, outer: bool = False
    ) -> None:
        parts = self.parts
        name = f"{node.prefix}:{node.name}" if node.prefix else node.name
        parts.append("<" + name)
        if declared:
            for prefix, uri in declared.items():
                parts.append(f' xmlns:{prefix}="{uri.translate(_ATTRIBUTE)}"')
        if not node.prefix:
            default = self._default(node, default, outer)
        for held in node.attributes:
            label = f"{held.prefix}:{held.name}" if held.prefix else held.name
            parts.append(f' {label}="{held.value.translate(_ATTRIBUTE)}"')
        if self._whole and node.key and place.is_instance(node):
            parts.append(f' {_OUR_PREFIX}:{KEY}="{node.key.translate(_ATTRIBUTE)}"')
        if node.children:
            parts.append(">")
            for inside in node.children:
                if inside.kind == ELEMENT and (self._whole or inside.relevant):
                    self.write(inside, default, None)
            parts.append(f"</{name}>")
        elif node.value:
            parts.append(f">{node.value.translate(_TEXT)}</{name}>")
        else:
            parts.append("/>")

    def _default(self, node: Node, default: str, outer: bool) -> str:
        """The namespace of names without prefix from here on, declared if it is another."""
        own = "" if node.namespace == XFORMS and (outer or not default) else node.namespace
        if own != default or (outer and own):
            self.parts.append(f' xmlns="{own.translate(_ATTRIBUTE)}"')
        return own
