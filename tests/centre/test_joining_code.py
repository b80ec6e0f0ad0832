# SPDX-License-Identifier: Apache-2.0
"""Codes by which a laptop joins: once, within a day, five wrong guesses and no more."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from desktop.centre import joining_code
from desktop.centre.database import Database
from desktop.centre.joining_code import (
    ALPHABET,
    LETTERS,
    CodeRefused,
    codes,
    end_code,
    make_code,
    read_code,
    use_code,
)
from tests.centre.town import Watch


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The slow hash is slow on purpose; one test below takes it as it is."""

    def hashed(letters: str, salt: bytes) -> bytes:
        return letters.encode() + salt

    monkeypatch.setattr(joining_code, "_hash", hashed)


def _made(database: Database) -> str:
    with database.write() as conn:
        letters, _code = make_code(
            conn, database, office="mhs", role="facilitator", areas=["5801", "58"],
            name="เครื่องที่ 1", by="staff",
        )  # fmt: skip
    return letters


def _reason(database: Database, typed: str, device: str = "one") -> str:
    with pytest.raises(CodeRefused) as refused:
        use_code(database, typed, device)
    return refused.value.reason


def _wrong(letters: str) -> str:
    last = "A" if letters[-1] != "A" else "B"
    return letters[:-1] + last


def test_a_code_has_fifty_bits_and_is_kept_as_a_slow_hash(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: the letters themselves in the table."""
    monkeypatch.undo()
    letters = _made(database)
    assert len(ALPHABET) ** LETTERS == 2**50
    with database.read() as conn:
        kept = str(conn.exec_driver_sql("SELECT * FROM joining_code").all())
    assert letters.replace("-", "") not in kept
    assert letters.replace("-", "")[4:] not in kept
    assert use_code(database, letters.lower(), "one").office == "mhs"


def test_a_code_works_once(database: Database) -> None:
    """Mutant: ``used_at`` that nobody asks. The same laptop may say it again, because the
    answer may have been lost."""
    letters = _made(database)
    code = use_code(database, letters, "one")
    assert (code.role, code.areas, code.name) == ("facilitator", ("58",), "เครื่องที่ 1")
    assert use_code(database, letters, "one").id == code.id
    assert _reason(database, letters, "two") == "used"
    with database.read() as conn:
        (kept,) = codes(conn, office="mhs")
    assert (kept.device, kept.usable(database.stamp())) == ("one", False)


def test_a_code_lives_for_a_day(database: Database, watch: Watch) -> None:
    letters = _made(database)
    watch.forward(hours=24)
    assert _reason(database, letters) == "expired"


def test_five_wrong_guesses_kill_a_code(database: Database) -> None:
    """Mutant: guesses that are not counted, or counted in the transaction that is refused."""
    letters, other = _made(database), _made(database)
    for _guess in range(5):
        assert _reason(database, _wrong(letters)) == "wrong"
    assert _reason(database, letters) == "wrong"
    assert use_code(database, other, "one").office == "mhs"


def test_four_wrong_guesses_do_not(database: Database) -> None:
    letters = _made(database)
    for _guess in range(4):
        assert _reason(database, _wrong(letters)) == "wrong"
    assert use_code(database, letters, "one").tries == 4


def test_two_laptops_with_one_code_and_one_of_them_joins(database: Database) -> None:
    """Mutant: the code is read without a lock."""
    letters = _made(database)
    told: list[str] = []

    def join(device: str) -> None:
        try:
            use_code(database, letters, device)
            told.append("in")
        except CodeRefused as refused:
            told.append(refused.reason)

    threads = [threading.Thread(target=join, args=(f"d{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["in", "used", "used", "used"]


def test_staff_end_a_code(database: Database) -> None:
    letters = _made(database)
    with database.write() as conn:
        (code,) = codes(conn)
        assert end_code(conn, database, code.id)
        assert not end_code(conn, database, code.id)
    assert _reason(database, letters) == "expired"


def test_a_code_is_read_as_hands_write_it(database: Database) -> None:
    """Mutant: letters compared as typed."""
    letters = _made(database)
    assert use_code(database, f"  {letters[:5].lower()} {letters[6:]} ", "one").office == "mhs"
    assert read_code("AB0D1-8๗๒23") == "ABODIB7223"
    for wrong in ("", "ABC", "ABCDE-FGHI9", "ABCDE-FGHIJK", "ABCDE_FGHIJ"):
        assert read_code(wrong) is None
        assert _reason(database, wrong) == "wrong"


def test_only_roles_and_areas_that_exist_are_given(database: Database) -> None:
    make: Callable[..., Any] = make_code
    with database.write() as conn, pytest.raises(ValueError, match="role"):
        make(conn, database, office="mhs", role="king", areas=[""], name="x", by="staff")
