# SPDX-License-Identifier: Apache-2.0
"""Attachments: resumed at the byte, kept only when they are what their name says."""

from __future__ import annotations

import hashlib
import os
import random
from pathlib import Path

import pytest

from desktop.centre.attachment import (
    Attachments,
    NotAHash,
    Progress,
    TooLarge,
    WrongHash,
    WrongOffset,
    scopes_of,
)
from desktop.centre.database import Database
from desktop.centre.ledger import CentreLedger
from desktop.centre.shelf import FolderShelf
from tests.centre.town import op, push

PHOTO = random.Random(7).randbytes(100_000)
NAME = hashlib.sha256(PHOTO).hexdigest()


@pytest.fixture
def files(database: Database, tmp_path: Path) -> Attachments:
    return Attachments(database, FolderShelf(tmp_path / "shelf"), tmp_path / "spool", 200_000)


def _send(files: Attachments, start: int, end: int, device: str = "one") -> Progress:
    with files.part(NAME, device, start, len(PHOTO)) as part:
        part.write(PHOTO[start:end])
        return part.finish()


def _held(files: Attachments) -> bytes:
    return b"".join(files.open(NAME))


def test_a_photo_in_one_piece(files: Attachments) -> None:
    assert files.progress(NAME, "one") == Progress(0, whole=False)
    assert _send(files, 0, 100_000) == Progress(100_000, whole=True)
    assert _held(files) == PHOTO
    assert b"".join(files.open(NAME, 99_990)) == PHOTO[99_990:]
    assert files.progress(NAME, "two") == Progress(100_000, whole=True)


def test_a_photo_that_is_cut_goes_on_at_the_byte(files: Attachments) -> None:
    """Mutant: a piece counts only when it was finished."""
    at = 0
    for cut in (1, 17, 4096, 50_000, 99_999):
        with pytest.raises(ConnectionError), files.part(NAME, "one", at, 100_000) as part:  # noqa: PT012
            part.write(PHOTO[at:cut])
            raise ConnectionError("the line was cut")
        at = files.progress(NAME, "one").offset
        assert at == cut
    assert _send(files, at, 100_000).whole
    assert _held(files) == PHOTO


def test_a_piece_begins_where_the_last_one_ended(files: Attachments) -> None:
    """Mutant: a gap is filled with zeros, an overlap is taken twice."""
    _send(files, 0, 1000)
    for wrong in (0, 999, 1001, 100_000):
        with pytest.raises(WrongOffset) as told:
            files.part(NAME, "one", wrong, 100_000)
        assert told.value.offset == 1000


def test_bytes_that_are_not_what_they_say_are_thrown_away(files: Attachments) -> None:
    """Mutant: kept under a name that is not theirs."""
    with files.part(NAME, "one", 0, 100_000) as part:
        part.write(PHOTO[:-1] + b"\0")
        with pytest.raises(WrongHash):
            part.finish()
    assert files.progress(NAME, "one") == Progress(0, whole=False)
    assert files.size(NAME) is None
    with pytest.raises(KeyError):
        files.open(NAME)
    assert _send(files, 0, 100_000).whole


def test_nobody_spoils_what_another_sends(files: Attachments) -> None:
    """Mutant: one file of pieces for all devices."""
    _send(files, 0, 1000)
    with files.part(NAME, "two", 0, 100_000) as part:
        part.write(bytes(5000))
    assert files.progress(NAME, "one").offset == 1000
    assert _send(files, 1000, 100_000).whole
    assert _held(files) == PHOTO


def test_what_is_here_already_is_taken_without_being_written(files: Attachments) -> None:
    _send(files, 0, 100_000)
    assert _send(files, 0, 100_000, "two") == Progress(100_000, whole=True)
    with pytest.raises(WrongOffset):
        files.part(NAME, "two", 0, 99_999)


def test_sizes_and_names_that_cannot_be_are_refused(files: Attachments) -> None:
    for length in (0, -1, 200_001):
        with pytest.raises(TooLarge):
            files.part(NAME, "one", 0, length)
    with files.part(NAME, "one", 0, 10) as part, pytest.raises(TooLarge):
        part.write(bytes(11))
    for name in ("", "x" * 64, NAME.upper(), NAME[:-1], "../" + NAME[3:], NAME + "0"):
        with pytest.raises(NotAHash):
            files.progress(name, "one")


def test_the_name_of_a_device_leads_nowhere(files: Attachments, tmp_path: Path) -> None:
    with files.part(NAME, "../../evil", 0, 10) as part:
        part.write(b"x")
    assert [path.parent.name for path in tmp_path.rglob("*.part")] == ["spool"]


def test_old_pieces_are_swept(files: Attachments, tmp_path: Path) -> None:
    _send(files, 0, 1000)
    assert files.sweep() == 0
    (piece,) = (tmp_path / "spool").iterdir()
    os.utime(piece, (0, 0))
    assert files.sweep() == 1
    assert files.progress(NAME, "one").offset == 0


def test_who_may_have_a_file_follows_from_the_rows_that_name_it(
    files: Attachments, database: Database
) -> None:
    for scope in ("t:580101", "w:e"):
        push(CentreLedger(database), scope, op(1, noun="attachment", id="f", sha256=NAME))
    with database.read() as conn:
        assert scopes_of(conn, NAME) == ("t:580101", "w:e")
        assert scopes_of(conn, "0" * 64) == ()
