# SPDX-License-Identifier: Apache-2.0
"""A photo goes on at the byte where it was cut, gives way, and is what its hash says."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop.sync import blob
from desktop.sync.blob import Moved, Pace
from desktop.sync.carrier import BlobMissing, BlobRefused, Reach, Unanswered
from desktop.sync.https import Https
from tests.sync.answering import Answering, certificate
from tests.sync.wire import Wire

OURS = certificate("centre authority", authority=True, ends=3650)
GOOD = certificate("centre", OURS)
PHOTO = random.Random(1).randbytes(60_000)
THUMB = random.Random(2).randbytes(9_000)


@dataclass(frozen=True)
class File:
    content: bytes
    offset: int = 0

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def size(self) -> int:
        return len(self.content)


FILES = (File(THUMB), File(PHOTO))
CONTENTS = {one.sha256: one.content for one in FILES}


def never() -> bool:
    return False


def send(carrier: blob.BlobCarrier, stop: Callable[[], bool] = never) -> Moved:
    return blob.send(carrier, FILES, CONTENTS.get, lambda *_: None, pace=Pace(), stop=stop)


def test_files_arrive_whole_in_their_order_and_are_not_sent_twice(tmp_path: Path) -> None:
    with Answering(GOOD, tmp_path) as centre, centre.laptop(OURS) as laptop:
        assert send(laptop) == Moved(2, len(THUMB) + len(PHOTO))
        assert list(centre.blobs) == list(CONTENTS)
        assert {name: bytes(held) for name, held in centre.blobs.items()} == CONTENTS
        sent = laptop.sent
        again = blob.send(
            laptop, FILES[1:], CONTENTS.get, lambda *_: None, pace=Pace(), stop=never
        )
        assert (again.files, laptop.sent) == (1, sent), "a file that is there costs a question"


def test_after_a_cut_a_photo_goes_on_at_the_byte(tmp_path: Path) -> None:
    """Mutants: begun again at 0; the offset taken from what was sent, not from what came; large
    records of TLS, of which nothing arrives when they are cut."""
    with Answering(GOOD, tmp_path) as centre, Wire("127.0.0.1", centre.port) as wire:
        reached: set[Reach] = set()
        offset = tries = 0
        came: list[int] = []
        while not came or came[-1] < len(PHOTO):
            wire.weather.forget()
            wire.weather.up_cut = 9_000 + 137 * tries
            tries += 1
            with centre.laptop(OURS, port=wire.port) as laptop:
                try:
                    blob.send(
                        laptop, [File(PHOTO, offset)], CONTENTS.get,
                        lambda _name, at: came.append(at), pace=Pace(), stop=never,
                    )  # fmt: skip
                except Unanswered as met:
                    reached.add(met.reach)
            offset = came[-1] if came else 0
            assert tries < 20
        assert tries > 3
        assert reached == {Reach.UNREACHABLE}
        assert came == sorted(came)
        assert bytes(centre.blobs[File(PHOTO).sha256]) == PHOTO


def test_a_photo_comes_back_byte_for_byte_through_cuts(tmp_path: Path) -> None:
    """Mutant: what had come before a cut is thrown away."""
    parts: dict[str, bytes] = {}
    whole: dict[str, bytes] = {}

    def keep(name: str, content: bytes, done: bool) -> None:
        (whole if done else parts)[name] = content

    with Answering(GOOD, tmp_path) as centre, Wire("127.0.0.1", centre.port) as wire:
        centre.blobs = {name: bytearray(content) for name, content in CONTENTS.items()}
        begun: list[int] = []
        reached: set[Reach] = set()

        def start(name: str) -> bytes:
            begun.append(len(parts.get(name, b"")))
            return parts.get(name, b"")

        for _ in range(20):
            wire.weather.forget()
            wire.weather.down_cut = 25_000
            missing = [one for one in FILES if one.sha256 not in whole]
            if not missing:
                break
            with centre.laptop(OURS, port=wire.port) as laptop:
                try:
                    blob.fetch(laptop, missing, start, keep, stop=never)
                except Unanswered as met:
                    reached.add(met.reach)
        assert reached == {Reach.UNREACHABLE}
        assert whole == CONTENTS
        assert any(begun)
        assert len(begun) < 8


@dataclass
class Line:
    """A carrier of files with no network."""

    put: Callable[[int, bytes], int] = lambda at, piece: at + len(piece)
    body: bytes = b""
    said: list[tuple[int, int]] = field(default_factory=list)

    def blob_offset(self, sha256: str, size: int) -> int:
        return 0

    def put_blob(self, sha256: str, offset: int, size: int, piece: bytes) -> int:
        self.said.append((offset, len(piece)))
        return self.put(offset, piece)

    def get_blob(self, sha256: str, offset: int) -> Iterator[bytes]:
        if not self.body:
            raise BlobMissing("404")
        yield self.body[offset : offset + 100]
        yield self.body[offset + 100 :]


def test_rows_never_wait_longer_than_one_piece() -> None:
    """Mutant: ``stop`` asked between files only."""
    line = Line()
    waiting = iter([False, False, True])
    moved = send(line, lambda: next(waiting))
    assert moved == Moved(1, len(THUMB), stopped=True)
    assert [size for _at, size in line.said] == [9_000, 32_768]


def test_pieces_take_some_seconds_on_any_line() -> None:
    for rate, expected in ((1_000, 8_192), (6_000, 24_000), (1_000_000, 524_288)):
        now = [0.0]
        pace = Pace(lambda now=now: now[0])  # type: ignore[misc]

        def put(now: list[float] = now, pace: Pace = pace, rate: int = rate) -> int:
            now[0] += pace.piece / rate
            return 0

        for _ in range(8):
            pace.timed(put, pace.piece)
        assert pace.piece == expected


def test_a_file_that_is_refused_does_not_hold_up_the_next() -> None:
    """Mutant: a refusal ends the round."""

    def refuse(at: int, piece: bytes) -> int:
        if len(piece) == len(THUMB):
            raise BlobRefused("460")
        return at + len(piece)

    moved = send(Line(refuse))
    assert moved == Moved(1, len(PHOTO), (FILES[0].sha256,))
    lost = blob.send(Line(), FILES, lambda _: None, lambda *_: None, pace=Pace(), stop=never)
    assert lost.refused == tuple(CONTENTS)


def test_a_centre_that_never_gets_further_is_not_asked_for_ever() -> None:
    """Mutant: sending goes on as long as the file is not whole."""
    line = Line(lambda at, _piece: at)
    with pytest.raises(Unanswered):
        send(line)
    assert len(line.said) == 3


def test_what_came_is_a_file_only_by_its_hash() -> None:
    """Mutant: the hash not compared; a file of the same length would be shown as the photo."""
    kept: list[tuple[str, bytes, bool]] = []
    for body in (bytes(len(PHOTO)), PHOTO + b"x"):
        moved = blob.fetch(
            Line(body=body), FILES[1:], lambda _: b"", lambda *told: kept.append(told), stop=never
        )
        assert moved.refused == (FILES[1].sha256,)
    assert kept == [(FILES[1].sha256, b"", False)] * 2, "a wrong beginning is forgotten as well"
    assert blob.fetch(
        Line(), FILES, lambda _: b"", lambda *told: kept.append(told), stop=never
    ).refused == tuple(CONTENTS)


def test_half_a_file_is_kept_when_fetching_gives_way() -> None:
    kept: list[tuple[str, bytes, bool]] = []
    waiting = iter([False, True])
    moved = blob.fetch(
        Line(body=PHOTO), FILES[1:], lambda _: b"", lambda *told: kept.append(told),
        stop=lambda: next(waiting),
    )  # fmt: skip
    assert moved.stopped
    assert kept == [(FILES[1].sha256, PHOTO[:100], False)]


def test_the_line_of_the_centre_is_a_carrier_of_files() -> None:
    carrier: type[blob.BlobCarrier] = Https
    assert carrier is Https
