# SPDX-License-Identifier: Apache-2.0
"""The namespaces and element names of the XForms the engine reads (ODK XForms, 2024)."""

from __future__ import annotations

from typing import Final

XFORMS: Final = "http://www.w3.org/2002/xforms"
XHTML: Final = "http://www.w3.org/1999/xhtml"
JAVAROSA: Final = "http://openrosa.org/javarosa"
OPENROSA: Final = "http://openrosa.org/xforms"
ODK: Final = "http://www.opendatakit.org/xforms"
ENTITIES: Final = "http://www.opendatakit.org/xforms/entities"
EVENTS: Final = "http://www.w3.org/2001/xml-events"
OURS: Final = "https://dsdw.go.th/ns/xforms"
"""Attributes of the centre on a bind: ``core``, ``index``, ``pii``."""
XML: Final = "http://www.w3.org/XML/1998/namespace"

WELL_KNOWN: Final = {
    "jr": JAVAROSA,
    "orx": OPENROSA,
    "odk": ODK,
    "h": XHTML,
    "ev": EVENTS,
    "entities": ENTITIES,
    "dsdw": OURS,
}

Path = tuple[str, ...]
"""The names from the root of the answers down, without prefixes; an attribute is ``@name``."""


def local(name: str) -> str:
    """``name`` without its prefix."""
    return name.rpartition(":")[2]


def shown(path: Path) -> str:
    """``path`` as it is written in a form."""
    return "/" + "/".join(path)
