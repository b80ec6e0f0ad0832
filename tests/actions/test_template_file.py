# SPDX-License-Identifier: Apache-2.0
"""Templates that are passed on: whole, the same everywhere, and harmless."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.actions import asset, template
from desktop.actions.asset import FileLost
from desktop.actions.template import TemplateProblem
from desktop.actions.template_file import export_template, import_template
from desktop.errors import Problem
from desktop.paths import shipped
from tests.actions.template_ground import PAGE, png, with_picture
from tests.hall import BY, Hall, open_hall

FONT = shipped("resources", "fonts", "Sarabun-Regular.ttf")


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Hall]:
    other = open_hall(tmp_path / "two")
    yield other
    other.store.close()


def _made(hall: Hall) -> bytes:
    ground = asset.import_asset(hall.store, BY, "background", "พื้น", png()).value
    font = asset.import_asset(hall.store, BY, "font", "อักษรกรม", FONT.read_bytes()).value
    asset.import_asset(hall.store, BY, "emblem", "ตรา", png(7, 7))
    page = with_picture(ground.sha256, font.label)
    return export_template(hall.store, template.create(hall.store, BY, "งาม", page).value.id)


def _changed(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def test_what_was_passed_on_is_the_same_in_the_other_office(hall: Hall, other: Hall) -> None:
    """Mutant: a time, an order or a compression that differs from one computer to another."""
    data = _made(hall)

    done = import_template(other.store, BY, data)

    card = done.value
    assert card.name == "งาม"
    assert export_template(other.store, card.id) == data
    kinds = [one.kind for one in asset.assets(other.store)]
    assert kinds == ["background", "font"], "emblem and signatures stay in their office"
    again = import_template(other.store, BY, data)
    assert (again.value.id, again.undo) == (card.id, None)
    assert done.undo
    done.undo(other.store)
    assert asset.assets(other.store) == ()
    assert not [one for one in template.templates(other.store) if not one.shipped]


def test_another_of_the_same_name_gets_a_name_of_its_own(hall: Hall, other: Hall) -> None:
    template.create(other.store, BY, "งาม", PAGE)
    assert import_template(other.store, BY, _made(hall)).value.name == "งาม (2)"


def test_a_shipped_one_and_one_that_is_not_saved_can_be_passed_on(hall: Hall) -> None:
    card = template.copy(hall.store, BY, "honour").value
    assert import_template(hall.store, BY, export_template(hall.store, "honour")).value.template
    data = export_template(hall.store, card.id, unsaved=PAGE)
    assert import_template(hall.store, BY, data).value.template == PAGE
    with pytest.raises(FileLost):
        export_template(hall.store, card.id, unsaved=with_picture("ab" * 32))


def _newer(parts: dict[str, bytes]) -> None:
    parts["manifest.json"] = b'{"format":"samut-template-file/2"}'


def _other_picture(parts: dict[str, bytes]) -> None:
    name = next(one for one in parts if one.startswith("files/"))
    parts[name] = png(1, 1)


def _picture_left_out(parts: dict[str, bytes]) -> None:
    manifest = json.loads(parts["manifest.json"])
    for entry in manifest["files"]:
        del parts[f"files/{entry['sha256']}"]
    manifest["files"] = []
    parts["manifest.json"] = json.dumps(manifest).encode()


def _way_out(parts: dict[str, bytes]) -> None:
    parts["../../evil.json"] = b"{}"


def _bomb(parts: dict[str, bytes]) -> None:
    parts["template.json"] = b" " * 70_000_000


def _no_page(parts: dict[str, bytes]) -> None:
    parts["template.json"] = b'{"format":"samut-template/1","elements":7}'


def _no_manifest(parts: dict[str, bytes]) -> None:
    parts["manifest.json"] = b"[]"


def _hidden_name(parts: dict[str, bytes]) -> None:
    said = json.loads(parts["manifest.json"])
    parts["manifest.json"] = json.dumps({**said, "name": "a\u202eb"}).encode()


def test_a_template_of_a_newer_version_is_said_to_be_one(hall: Hall, other: Hall) -> None:
    """Mutant: the sentence for a damaged file, so that everybody sends it again and again."""

    def later(parts: dict[str, bytes]) -> None:
        said = json.loads(parts["template.json"])
        parts["template.json"] = json.dumps({**said, "format": "samut-template/2"}).encode()

    with pytest.raises(TemplateProblem, match=r"รุ่นใหม่กว่า|newer"):
        import_template(other.store, BY, _changed(_made(hall), later))


@pytest.mark.parametrize(
    "change",
    [_newer, _other_picture, _picture_left_out, _way_out, _bomb, _no_page, _no_manifest,
     _hidden_name],
)  # fmt: skip
def test_a_file_that_was_tampered_with_is_refused_and_leaves_nothing(
    hall: Hall, other: Hall, change: Callable[[dict[str, bytes]], None]
) -> None:
    """Mutant: any one check of ``_read`` left out."""
    with pytest.raises(TemplateProblem):
        import_template(other.store, BY, _changed(_made(hall), change))
    assert asset.assets(other.store) == ()
    assert not [one for one in template.templates(other.store) if not one.shipped]


def test_a_file_damaged_anywhere_is_refused_with_a_sentence(hall: Hall) -> None:
    """Fails when what a broken zip raises reaches the window."""
    made = _made(hall)

    @settings(max_examples=60, deadline=None)
    @given(st.integers(0, len(made) - 1), st.sampled_from(["cut", "head", "any", "tail"]),
           st.integers(1, 255))  # fmt: skip
    def tried(start: int, where: str, bits: int) -> None:
        whole = bytearray(made)
        if where == "cut":
            whole = whole[:start]
        else:
            whole[{"head": start % 4096, "any": start, "tail": -1 - start % 2048}[where]] ^= bits
        with suppress(Problem):
            import_template(hall.store, BY, bytes(whole))

    tried()
