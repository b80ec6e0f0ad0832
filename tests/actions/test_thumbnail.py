# SPDX-License-Identifier: Apache-2.0
"""A thumbnail travels before its photo, stands for it until it comes, and is in no list."""

from __future__ import annotations

import pytest

from desktop.actions import attachment, draft
from desktop.model.attachment import THUMB
from desktop.model.draft import Draft
from desktop.store import attachment as files
from desktop.store import record, sealed, upload
from desktop.store.sealed import FileLost
from tests.field import BY, JPEG, VISIT, Field

SMALL = b"\xff\xd8\xff\xe0" + b"small"


def visited(field: Field) -> tuple[Draft, str]:
    """A visit that the person signed; the record's id, and the name of the picture."""
    one = field.begin()
    session = field.fill(one, VISIT)
    place = Field.place(session, "g_sign/s_person")
    kept = draft.keep_photo(field.store, BY, one.id, place, JPEG, thumb=SMALL).value
    field.fill(one, {"g_sign/s_person": kept.name}, session)
    field.finish(one, session.finalise())
    return one, kept.sha256


def lose(field: Field, sha256: str) -> None:
    """As on a laptop that has the row of a photo and not yet the photo."""
    with field.store.write(BY) as write:
        kept = files.kept(write.conn, sha256)
        assert kept is not None
        write.conn.exec_driver_sql("DELETE FROM attachment_file WHERE sha256 = ?", (sha256,))
    sealed.remove(field.store.folder, [kept.file])


def test_the_record_names_both_and_shows_one(field: Field) -> None:
    """Mutants: the thumbnail left behind with the draft; shown in lists as a second picture."""
    one, photo = visited(field)
    with field.store.read() as conn:
        assert [file.sha256 for file in record.attachments(conn, BY, one.id)] == [photo]
        kinds = conn.exec_driver_sql("SELECT kind, place FROM attachment ORDER BY kind").all()
        small = files.thumbnail(conn, photo)
        assert upload.photos_waiting(conn) == (1, len(JPEG) + len(SMALL))
        assert [file.sha256 for file in upload.waiting(conn)] == [small, photo]
    assert (THUMB, photo) in [tuple(row) for row in kinds]
    assert files.content(field.store, small) == SMALL


def test_it_stands_for_a_photo_that_has_not_come(field: Field) -> None:
    _one, photo = visited(field)
    name = f"{photo}.jpg"
    assert attachment.shown(field.store, BY, name) == JPEG
    lose(field, photo)
    assert attachment.shown(field.store, BY, name) == SMALL
    with field.store.read() as conn:
        small = files.thumbnail(conn, photo)
    lose(field, small)
    with pytest.raises(FileLost):
        attachment.shown(field.store, BY, name)


def test_a_photo_that_was_taken_out_takes_its_thumbnail_along(field: Field) -> None:
    """Mutant: every thumbnail of a draft becomes part of the record."""
    one = field.begin()
    session = field.fill(one, VISIT)
    place = Field.place(session, "g_sign/s_person")
    draft.keep_photo(field.store, BY, one.id, place, JPEG, thumb=SMALL)
    field.finish(one, session.finalise())
    with field.store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM attachment").scalar_one() == 0
