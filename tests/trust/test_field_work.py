# SPDX-License-Identifier: Apache-2.0
"""A home visit survives a kill and a power cut, and shows nothing to who finds the laptop."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from desktop.actions import draft
from desktop.log import start_log
from desktop.store import sealed
from desktop.store.store import Store
from tests.field import BY, KEY, VISIT, open_field
from tests.trust.campaign import tally

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="needs fork and LD_PRELOAD")

NEEDLES = [
    text.encode(coding)
    for text in ("มะลิ", "แสงดาว", "ห้วยปลาหลด", "ปวดหลัง", "PICTURE-OF-A-HOUSE", "IMG_63_mali")
    for coding in ("utf-8", "utf-16-le", "cp874")
]
PICTURE = b"\xff\xd8\xff\xe0" + b"PICTURE-OF-A-HOUSE IMG_63_mali" * 3_000


@needs_linux
def test_a_kill_loses_no_answer_no_photo_and_no_finished_visit() -> None:
    """Mutants: ops in a second transaction, a photo's row before its file (below)."""
    found = tally("kill", "--script", "field", "--seeds", "0:12")
    assert found["faults"] == []
    assert found["acknowledged"] > 40


@needs_linux
def test_no_power_cut_leaves_a_half_visit_or_a_photo_that_cannot_be_read() -> None:
    """Mutants below."""
    found = tally("powercut", "--script", "field", "--each", "1")
    assert found["faults"] == []
    assert found["states"] >= 150


@needs_linux
@pytest.mark.parametrize("mutant", ["normal", "unflushed_file", "row_before_file"])
def test_a_broken_promise_of_the_field_is_noticed(mutant: str) -> None:
    """Each mutant of the tests above must fail."""
    assert tally("powercut", "--script", "field", "--each", "1", "--mutant", mutant)["faults"]


def files_with_needles(folder: Path) -> dict[str, list[bytes]]:
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            if hits := [needle for needle in NEEDLES if needle in content]:
                found[path.name] = hits
    return found


def test_no_file_of_a_visit_shows_anything_while_at_work_or_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drafts, photos, records, copies and logs. Mutant: write the photo as it is."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(temporary))
    start_log(tmp_path / "log")
    field = open_field(tmp_path / "profile")
    one = field.begin()
    kept = draft.keep_photo(field.store, BY, one.id, "/data/g_sign/s_person", PICTURE).value
    session = field.fill(one, {**VISIT, "g_sign/s_person": kept.name})
    draft.describe(field.store, BY, one.id, title="มะลิ แสงดาว")
    assert files_with_needles(tmp_path) == {}
    field.finish(one, session.finalise())
    field.store.backup_of_the_day()
    field.store.backup(tmp_path / "stick" / "copy.db")
    assert files_with_needles(tmp_path) == {}
    field.store.close()
    Store.open(tmp_path / "profile", KEY).close()
    assert files_with_needles(tmp_path) == {}
    (path,) = sealed.present(tmp_path / "profile")
    assert re.fullmatch("[0-9a-f]{32}", path.name)
    assert kept.sha256[:8] not in path.name


def test_a_photo_shown_plainly_would_be_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mutant of the test above."""
    monkeypatch.setattr(sealed, "seal", lambda content, _key, _name: content)
    field = open_field(tmp_path / "profile")
    draft.keep_photo(field.store, BY, field.begin().id, "/data/x", PICTURE)
    field.store.close()
    assert files_with_needles(tmp_path)
