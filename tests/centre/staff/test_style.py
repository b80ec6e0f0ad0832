# SPDX-License-Identifier: Apache-2.0
"""The one style sheet: the program's own colours, nothing from elsewhere, all of it shipped."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import desktop.centre.staff
from desktop.ui import theme

HERE = Path(desktop.centre.staff.__file__).parent
CSS = (HERE / "static" / "staff.css").read_text("utf-8")


def _tokens(block: str) -> dict[str, str]:
    return {
        name.replace("-", "_"): value
        for name, value in re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block)
    }


def test_the_colours_are_those_of_the_program() -> None:
    """So the contrasts that tests/ui/test_theme.py computes hold here too. Mutant: any digit."""
    light, dark = CSS.split("@media (prefers-color-scheme: dark)")
    for block, table in ((light, theme.LIGHT), (dark.split("*, *::before")[0], theme.DARK)):
        said = {field.name: getattr(table, field.name) for field in fields(table)}
        found = _tokens(block)
        assert found
        assert found == {name: said[name] for name in found}
    assert _tokens(light).keys() == _tokens(dark).keys()


def test_no_other_place_of_the_sheet_names_a_colour() -> None:
    """But white paper: under a QR and in print."""
    rest = re.sub(r"--[a-z-]+: #[0-9a-f]{6}", "", CSS)

    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsl", rest)) <= {"#ffffff"}


def test_every_token_that_is_used_is_there() -> None:
    assert set(re.findall(r"var\(--([a-z-]+)\)", CSS)) <= set(re.findall(r"--([a-z-]+):", CSS))


def test_nothing_is_asked_of_another_place() -> None:
    assert set(re.findall(r"url\(\"?([^\")]*)", CSS)) == {
        "Sarabun-Regular.ttf", "Sarabun-Medium.ttf", "Sarabun-SemiBold.ttf",
    }  # fmt: skip
    assert "@import" not in CSS
    for page in (HERE / "templates").glob("*.html"):
        text = page.read_text("utf-8")
        assert not re.search(r"https?:|<script|<style| style=| on[a-z]+=|javascript:", text), page


def test_nothing_received_is_ever_marked_as_safe() -> None:
    """Mutant: ``|safe`` in a template."""
    for page in (HERE / "templates").glob("*.html"):
        assert not re.search(r"\|\s*safe|autoescape", page.read_text("utf-8")), page
    users = {
        path.name for path in HERE.rglob("*.py")
        if re.search(r"\bmarkup\(|Markup\(", path.read_text("utf-8"))
    }  # fmt: skip
    assert users == {"page.py", "joining.py"}


def test_templates_and_sheet_travel_with_the_package() -> None:
    """hatchling packs all of ``desktop/``; what git does not know would not be in a wheel."""
    assert (HERE / "templates" / "base.html").is_file()
    ignored = (Path(__file__).parents[3] / ".gitignore").read_text("utf-8")
    assert "*.html" not in ignored
    assert "*.css" not in ignored
