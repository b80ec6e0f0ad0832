# SPDX-License-Identifier: Apache-2.0
"""Files beside the store: nobody reads them without it, and none is taken for another."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.store import sealed
from desktop.store.errors import StoreProblem

KEY = bytes(range(32))
PIECE = 65_536


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 200_001])
def test_what_was_sealed_comes_back(size: int) -> None:
    content = bytes(number % 251 for number in range(size))
    assert sealed.unseal(sealed.seal(content, KEY, "a"), KEY, "a") == content


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_change_is_seen(data: st.DataObject) -> None:
    """Mutant: seal the pieces without counting them, or without marking the last."""
    content = bytes(range(256)) * 600  # three pieces
    kept = sealed.seal(content, KEY, "a")
    whole = PIECE + 16
    pieces = [kept[:whole], kept[whole : 2 * whole], kept[2 * whole :]]
    at = data.draw(st.integers(0, len(kept) - 1))
    flipped = bytearray(kept)
    flipped[at] ^= 1 << data.draw(st.integers(0, 7))
    wrong = data.draw(
        st.sampled_from(
            [
                bytes(flipped),
                kept[:at],
                kept + b"\x00",
                pieces[1] + pieces[0] + pieces[2],
                pieces[0] + pieces[2],
                pieces[0] + pieces[1],
                pieces[0] + pieces[0] + pieces[1] + pieces[2],
                b"",
            ]
        )
    )
    with pytest.raises(InvalidTag):
        sealed.unseal(wrong, KEY, "a")


def test_a_file_is_opened_by_its_own_key_under_its_own_name_only() -> None:
    """Mutant: do not bind the name; two files could then be exchanged with their rows."""
    kept = sealed.seal(b"photo", KEY, "a")
    for key, name in ((bytes(32), "a"), (KEY, "b")):
        with pytest.raises(InvalidTag):
            sealed.unseal(kept, key, name)


def test_the_file_shows_nothing_and_its_name_means_nothing(tmp_path: Path) -> None:
    content = b"\xff\xd8\xff" + "บ้านยายมะลิ".encode() * 50
    first, second = sealed.write(tmp_path, content), sealed.write(tmp_path, content)
    assert (first.sha256, first.size) == (second.sha256, len(content))
    assert (first.file, first.key) != (second.file, second.key)
    path = sealed.place(tmp_path, first.file)
    assert first.sha256 not in path.name
    kept = path.read_bytes()
    assert "มะลิ".encode() not in kept
    assert kept[:3] != content[:3]
    assert sealed.place(tmp_path, second.file).read_bytes() != kept
    assert sealed.read(tmp_path, first) == content
    assert "key" not in repr(first)


def test_a_lost_or_damaged_file_ends_in_a_sentence(tmp_path: Path) -> None:
    one = sealed.write(tmp_path, b"photo")
    path = sealed.place(tmp_path, one.file)
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")
    with pytest.raises(sealed.FileLost):
        sealed.read(tmp_path, one)
    assert len(sealed.findings(tmp_path, [one])) == 1
    path.unlink()
    with pytest.raises(sealed.FileLost):
        sealed.read(tmp_path, one)


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mutant: write under the final name."""
    import errno
    import os

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    sealed.write(tmp_path, b"one")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreProblem):
        sealed.write(tmp_path, b"two")
    monkeypatch.undo()
    assert len(list(sealed.present(tmp_path))) == 1


def test_sweeping_takes_what_no_row_names_and_half_written_files(tmp_path: Path) -> None:
    kept, other = sealed.write(tmp_path, b"one"), sealed.write(tmp_path, b"two")
    part = sealed.place(tmp_path, kept.file).with_name("ffff.part")
    part.write_bytes(b"half")
    assert sealed.sweep(tmp_path, [kept.file]) == 2
    assert [path.name for path in sealed.present(tmp_path)] == [kept.file]
    assert not sealed.place(tmp_path, other.file).exists()


def test_copying_brings_what_is_missing_and_passes_over_what_is_gone(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    one, two = sealed.write(here, b"one"), sealed.write(here, b"two")
    sealed.place(here, two.file).unlink()
    for _again in range(2):
        sealed.copy(here, there, [one.file, two.file])
    assert sealed.read(there, one) == b"one"
    assert [path.name for path in sealed.present(there)] == [one.file]
