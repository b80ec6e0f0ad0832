# SPDX-License-Identifier: Apache-2.0
"""Templates are read strictly: what came from elsewhere is refused, never half read."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

import desktop.model
from desktop.model.template_form import BadTemplate, read_template, template_digest, write_template

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
    return template_digest(template)


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


def test_no_two_files_of_the_model_know_each_other() -> None:
    """Mutant: ``template`` that asks ``template_form`` for its digest, at the top or in a call."""
    knows: dict[str, set[str]] = {}
    for file in Path(desktop.model.__path__[0]).glob("*.py"):
        found = knows.setdefault(file.stem, set())
        for one in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(one, ast.ImportFrom) and one.module == "desktop.model":
                found |= {each.name for each in one.names}
            elif isinstance(one, ast.ImportFrom) and (one.module or "").startswith(
                "desktop.model."
            ):
                found.add(str(one.module).rpartition(".")[2])
    while leaves := {name for name, others in knows.items() if not others & knows.keys()}:
        for name in leaves:
            del knows[name]
    assert not knows, f"round in a circle: {sorted(knows)}"
