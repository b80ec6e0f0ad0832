# SPDX-License-Identifier: Apache-2.0
"""Attachments go with the store: into copies, back out of them, and under a check."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.actions import draft
from desktop.actions.attachment import FileLost, content
from desktop.store import backup, sealed, tidy
from desktop.store.store import Store
from tests.field import BY, JPEG, KEY, VISIT, Field, open_field


@pytest.fixture
def field(tmp_path: Path) -> Iterator[Field]:
    made = open_field(tmp_path / "store")
    yield made
    made.store.close()


def signed(field: Field, picture: bytes = JPEG) -> str:
    """A visit with a signature; the name of the file."""
    one = field.begin()
    kept = draft.keep_photo(field.store, BY, one.id, "/data/g_sign/s_person", picture).value
    field.finish(one, field.fill(one, {**VISIT, "g_sign/s_person": kept.name}).finalise())
    name: str = kept.name
    return name


def test_an_attachment_is_read_by_its_name_or_its_hash(field: Field) -> None:
    name = signed(field)
    assert content(field.store, name) == content(field.store, name.partition(".")[0]) == JPEG
    with pytest.raises(FileLost):
        content(field.store, "ab" * 32 + ".jpg")


def test_a_check_reads_every_attachment(field: Field) -> None:
    """Mutant: look at the names of files only."""
    signed(field)
    assert field.store.check().attachments == ()
    (path,) = sealed.present(field.store.folder)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    report = field.store.check()
    assert len(report.attachments) == 1
    assert report.sound
    assert field.store.check(thorough=False).attachments == ()
    path.unlink()
    assert len(field.store.check(thorough=False).attachments) == 1


def test_an_orphan_waits_some_weeks_and_is_swept(field: Field, tmp_path: Path) -> None:
    """A crash between the file and its row leaves an orphan nobody can read.

    Mutant: sweep at once; an older copy put in place by hand then loses the newer photos.
    """
    name = signed(field)
    one = field.begin()
    waiting = draft.keep_photo(field.store, BY, one.id, "/data/x", JPEG + b"2").value
    orphan = sealed.place(field.store.folder, sealed.write(field.store.folder, b"orphan").file)
    half = orphan.with_name("half.part")
    half.write_bytes(b"half")

    def left(days: int) -> bool:
        at = (field.clock.now - timedelta(days=days)).timestamp()
        for path in sealed.present(tmp_path / "store"):
            os.utime(path, (at, at))
        field.store.close()
        field.store = Store.open(tmp_path / "store", KEY, field.clock)
        return orphan.exists()

    assert left(tidy.ORPHAN_DAYS - 1)
    assert not half.exists()
    assert not left(tidy.ORPHAN_DAYS + 1)
    assert len(list(sealed.present(tmp_path / "store"))) == 2
    assert content(field.store, name) == JPEG
    assert content(field.store, waiting.name) == JPEG + b"2"


@pytest.mark.parametrize(
    "name",
    [
        "../../samut.db",
        "..\\..\\x",
        "CON",
        "a:b",
        "\u202egpj.exe",
        "ก\u0e33" * 200,
        "/etc/passwd",
        "",
    ],
)
def test_no_name_from_outside_ever_becomes_a_path(field: Field, name: str) -> None:
    """Mutant: look for the file by the name in the answer."""
    before = sorted(path.name for path in field.store.folder.rglob("*"))
    with pytest.raises(FileLost):
        content(field.store, name)
    assert sorted(path.name for path in field.store.folder.rglob("*")) == before


def test_a_copy_has_its_attachments_and_gives_them_back(field: Field, tmp_path: Path) -> None:
    """Mutant: copy the database alone."""
    name = signed(field)
    stick = tmp_path / "stick" / "copy.db"
    field.store.backup(stick)
    field.store.close()
    elsewhere = tmp_path / "another"
    backup.restore(elsewhere, KEY, stick, field.clock)
    with closing(Store.open(elsewhere, KEY, field.clock)) as store:
        assert content(store, name) == JPEG
        assert store.check().attachments == ()


def test_going_back_keeps_what_only_the_newer_store_had(field: Field, tmp_path: Path) -> None:
    """Mutant: let the sweep take the attachments of the store that was put aside."""
    first = signed(field)
    copy = field.store.backup_of_the_day()
    second = signed(field, JPEG + b"2")
    field.store.close()
    folder = tmp_path / "store"
    aside = backup.restore(folder, KEY, copy, field.clock)
    field.store = Store.open(folder, KEY, field.clock)
    assert content(field.store, first) == JPEG
    with pytest.raises(FileLost):
        content(field.store, second)
    assert len(list(sealed.present(folder))) == 2  # the newer one waits to be swept
    with closing(Store.open(aside, KEY, field.clock)) as old:
        assert content(old, second) == JPEG + b"2"


def test_copies_of_many_days_share_their_files_and_let_go_of_those_none_needs(
    field: Field,
) -> None:
    folder = field.store.folder / backup.FOLDER
    one = field.begin()
    draft.keep_photo(field.store, BY, one.id, "/data/x", JPEG)
    field.store.backup_of_the_day()
    assert len(list(sealed.present(folder))) == 1
    draft.discard(field.store, BY, one.id)
    for _day in range(backup.KEPT):
        field.clock.forward(days=31)
        field.store.close()
        field.store = Store.open(field.store.folder, KEY, field.clock)
        field.store.backup_of_the_day()
    assert list(sealed.present(folder)) == []
    assert len(backup.backups(field.store.folder)) == backup.KEPT
