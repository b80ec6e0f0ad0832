# SPDX-License-Identifier: Apache-2.0
"""One node of a document the engine reads: an answer, a list of choices, or a form's own XML.

The same class serves the XPath evaluator (which walks ``children`` and ``attributes`` and leaves
out what is not ``relevant``) and the session (which keeps an answer's state on it), because an
answer must reach every expression about it without a copy. Slots only: a form has thousands.
"""

from __future__ import annotations

from typing import Any, Final

ELEMENT: Final = 0
TEXT: Final = 1
COMMENT: Final = 2
INSTRUCTION: Final = 3
ATTRIBUTE: Final = 4
DOCUMENT: Final = 5
DOCTYPE: Final = 6
NAMESPACE: Final = 7


class Node:
    """A node; ``value`` is the text of a leaf, ``path`` its names from the root of the form."""

    __slots__ = (
        "attributes",
        "bind",
        "children",
        "kept",
        "key",
        "kind",
        "line",
        "name",
        "namespace",
        "own_readonly",
        "own_relevant",
        "parent",
        "path",
        "prefix",
        "readonly",
        "relevant",
        "required",
        "valid",
        "value",
    )

    def __init__(
        self,
        kind: int,
        name: str = "",
        parent: Node | None = None,
        value: str = "",
        namespace: str = "",
        prefix: str = "",
    ) -> None:
        self.kind = kind
        self.name = name
        self.parent = parent
        self.value = value
        self.namespace = namespace
        self.prefix = prefix
        self.children: list[Node] = []
        self.attributes: list[Node] = []
        self.relevant = True
        self.own_relevant = True
        self.readonly = False
        self.own_readonly = False
        self.required = False
        self.valid = True
        self.path: tuple[str, ...] = ()
        self.key = ""
        self.kept = False
        self.bind: Any = None
        self.line = 0

    def __repr__(self) -> str:
        # Never the value: an answer may be a person's.
        return f"<node {self.kind} /{'/'.join(self.path) or self.name}>"
