# SPDX-License-Identifier: Apache-2.0
"""Templates are read strictly: what came from elsewhere is refused, never half read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from desktop.model.template import BadTemplate, read_template, write_template

_ORNAMENT: dict[str, Any] = {
    "kind": "ornament", "id": "o", "x": 0, "y": 0, "width": 9, "height": 9, "drawing": "line",
}  # fmt: skip
_PAGE: dict[str, Any] = {
    "format": "samut-template/1", "purpose": "certificate", "titles": {"th": "งาม"},
    "width": 297, "height": 210,
}  # fmt: skip


def _read(*elements: dict[str, Any], **page: Any) -> str:
    template = read_template(json.dumps({**_PAGE, **page, "elements": list(elements)}))
    assert read_template(write_template(template)) == template
    return template.digest


@pytest.mark.parametrize(
    ("element", "page"),
    [
        ({"kind": {"a": 1}}, {}),
        ({"kind": ["text"]}, {}),
        ({"properties": {"line": float("nan")}}, {}),
        ({"properties": {"line": 1e300}}, {}),
        ({"properties": {"line": {"deep": 1}}}, {}),
        ({"properties": {"colour": "\ud800"}}, {}),
        ({"name": "\udfff"}, {}),
        ({"x": float("inf")}, {}),
        ({"width": True}, {}),
        ({}, {"titles": {"th": float("nan")}}),
        ({}, {"titles": {"th": None}}),
    ],
)
def test_what_no_template_says_is_refused_with_its_place(
    element: dict[str, Any], page: dict[str, Any]
) -> None:
    """Mutants: a kind looked up as it came; properties and titles taken as they are, so that a
    page fails when it is drawn, or its digest cannot be made."""
    with pytest.raises(BadTemplate):
        _read({**_ORNAMENT, **element}, **page)


def test_a_property_is_any_plain_value() -> None:
    said = {"line": 0.4, "count": 7, "round": True, "colour": "#123456", "dash": [1, 2.5]}
    assert _read({**_ORNAMENT, "properties": said}) != _read(_ORNAMENT)
