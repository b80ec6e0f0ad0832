# SPDX-License-Identifier: Apache-2.0
"""Messages get small, and what comes back is bounded by us and not by who sent it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.paths import shipped
from desktop.sync import compression
from desktop.sync.compression import Coding, UnknownCoding, pack, unpack
from desktop.sync.protocol import BadMessage

MESSAGE = (
    '{"ops":[["facilitator-1","2026-11-20T02:40:00.000Z[+07:00]",{"base":0,"ep":1,"hlc":"h",'
    '"id":"a","kind":"visit","oid":"b","set":{"needs":"ผ้าห่ม","met":"met","purpose":"assess"}}]]}'
).encode()


@pytest.fixture
def no_dictionary(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    _forget()
    monkeypatch.setattr(compression, "shipped", lambda *_: shipped("resources", "no", "such"))
    yield
    _forget()


def _forget() -> None:
    compression._dictionary.cache_clear()
    compression._dictionary_at.cache_clear()


@settings(max_examples=60)
@given(st.binary(max_size=3000), st.sampled_from(Coding), st.booleans())
def test_everything_comes_back_in_every_coding(plain: bytes, coding: Coding, quick: bool) -> None:
    told, packed = pack(plain, frozenset({coding}), quick=quick)
    assert unpack(told, packed) == plain
    assert len(packed) <= len(plain)


def test_the_dictionary_halves_a_short_message() -> None:
    told, packed = pack(MESSAGE)
    _told, without = pack(MESSAGE, frozenset({Coding.ZSTD}))
    assert told == Coding.DICTIONARY_1
    assert len(packed) < len(without) / 2


def test_the_dictionary_that_is_shipped_is_the_one_that_was() -> None:
    """What was packed with it lies on sticks; mutant: the file made anew under the same name."""
    dictionary = shipped("resources", "sync", "d1.dict").read_bytes()
    assert len(dictionary) <= 64_000
    assert zstandard.ZstdCompressionDict(dictionary).dict_id() == 50_001


@pytest.mark.usefixtures("no_dictionary")
def test_without_the_dictionary_both_ends_still_talk_and_say_what_is_missing() -> None:
    told, packed = pack(MESSAGE)
    assert told == Coding.ZSTD
    assert unpack(told, packed) == MESSAGE
    with pytest.raises(UnknownCoding, match="dictionary"):
        unpack(Coding.DICTIONARY_1, packed)


def test_what_was_packed_with_another_dictionary_is_told_as_such() -> None:
    """Mutant: the id not compared. The text of another message would come out."""
    other = zstandard.train_dictionary(2000, [bytes([n % 251]) * 90 for n in range(900)])
    packed = zstandard.ZstdCompressor(dict_data=other).compress(MESSAGE)
    for coding in (Coding.DICTIONARY_1, Coding.ZSTD):
        with pytest.raises(UnknownCoding, match="dictionary"):
            unpack(coding, packed)
    _told, ours = pack(MESSAGE)
    with pytest.raises(UnknownCoding, match="dictionary"):
        unpack(Coding.ZSTD, ours)
    with pytest.raises(UnknownCoding):
        unpack(9, ours)


def test_a_bomb_is_not_opened() -> None:
    """Mutant: decompression without looking at the size first: 200 MB of zeros in 20 kB."""
    bomb = zstandard.ZstdCompressor(level=19).compress(bytes(20_000_000))
    assert len(bomb) < 3_000
    with pytest.raises(BadMessage, match="size"):
        unpack(Coding.ZSTD, bomb)
    quiet = zstandard.ZstdCompressor(level=19, write_content_size=False).compress(bytes(9))
    with pytest.raises(BadMessage, match="size"):
        unpack(Coding.ZSTD, quiet)
    with pytest.raises(BadMessage, match="size"):
        unpack(Coding.PLAIN, bytes(11), most=10)


def test_a_size_that_lies_is_refused() -> None:
    packed = bytearray(zstandard.ZstdCompressor(level=3).compress(b"ab" * 100))
    assert zstandard.get_frame_parameters(bytes(packed)).content_size == 200
    packed[5] = 20  # the size of a single-segment frame stands after the descriptor
    with pytest.raises(BadMessage):
        unpack(Coding.ZSTD, bytes(packed))


def test_nothing_may_follow_what_was_packed() -> None:
    _told, packed = pack(MESSAGE, frozenset({Coding.ZSTD}))
    for more in (b"\0", packed):
        with pytest.raises(BadMessage):
            unpack(Coding.ZSTD, packed + more)
    for upto in range(len(packed)):
        with pytest.raises(BadMessage):
            unpack(Coding.ZSTD, packed[:upto])
