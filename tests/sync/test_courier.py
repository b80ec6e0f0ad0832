# SPDX-License-Identifier: Apache-2.0
"""A stick may be lost, cut, read by anybody and brought ten times: nothing comes of it."""

from __future__ import annotations

import hashlib
import io
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from desktop.sync import courier
from desktop.sync.courier import NotWhole, Stopped, answer_file, read_receipt, write_file
from desktop.sync.envelope import Kind, new_nonce, open_envelope, read_head, seal
from desktop.sync.keys import Keys
from desktop.sync.protocol import Answer, BadMessage, Request
from desktop.sync.sealed_file import Cut, Frame, NotOurs, open_frames, seal_frames

DEVICE, OTHER, CENTRE = (str(UUID(int=n)) for n in (2, 3, 1))
KEYS, OTHERS, CENTRES = (Keys.make() for _ in range(3))
NEEDLE = "นางมะลิ แสงดาว 0812345678 needle"


@dataclass(frozen=True)
class Picture:
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def size(self) -> int:
        return len(self.content)


PICTURES = (Picture(NEEDLE.encode() * 3), Picture(random.Random(1).randbytes(150_000)))


def envelope(nonce: bytes, device: str = DEVICE, keys: Keys = KEYS) -> bytes:
    request = Request(device, 1, "2026", app=NEEDLE)
    return seal(Kind.REQUEST, device, request.to_json(), keys.signing, created=5, nonce=nonce)


def written(path: Path, nonces: list[bytes], **other: Any) -> Path:
    contents = {one.sha256: one.content for one in PICTURES}
    write_file(
        path, map(envelope, nonces), PICTURES, contents.get, CENTRES.public.sealing, **other
    )
    return path


@dataclass
class Centre:
    """What the centre does with a file, and what it keeps."""

    messages: list[bytes] = field(default_factory=list)
    photos: dict[str, bytes] = field(default_factory=dict)
    named: set[str] = field(default_factory=lambda: {one.sha256 for one in PICTURES})

    def answer_one(self, data: bytes) -> bytes:
        asked = open_envelope(data, KEYS.public.signing, kind=Kind.REQUEST)
        if data not in self.messages:
            self.messages.append(data)
        return self._signed(Kind.ANSWER, asked.nonce, Answer(1, "2026").to_json())

    def _signed(self, kind: Kind, nonce: bytes, payload: object) -> bytes:
        return seal(kind, CENTRE, payload, CENTRES.signing, created=9, nonce=nonce)

    def put_blob(self, device: str, sha256: str, content: bytes) -> bool:
        assert device == DEVICE
        if sha256 in self.named:
            self.photos[sha256] = content
        return sha256 in self.named

    def answer(self, data: bytes, target: Path) -> courier.Answered:
        return answer_file(
            io.BytesIO(data), target, key=CENTRES.sealing, answer_one=self.answer_one,
            put_blob=self.put_blob, key_of={DEVICE: KEYS.public.sealing}.__getitem__,
            told=lambda _device, nonce, payload: self._signed(Kind.CARD, nonce, payload),
        )  # fmt: skip


def receipt(data: bytes, nonces: list[bytes], keys: Keys = KEYS) -> courier.Receipt:
    return read_receipt(
        io.BytesIO(data), keys.sealing, CENTRE, CENTRES.public.signing, nonces.__contains__
    )


@pytest.fixture
def nonces() -> list[bytes]:
    return [new_nonce() for _ in range(3)]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def test_a_file_goes_and_its_receipt_comes_back(stick: Path, nonces: list[bytes]) -> None:
    path = written(stick / courier.file_name(DEVICE, 7), nonces)
    assert path.name == "samut-00000002-0007.samut"
    centre, back = Centre(), stick / courier.receipt_name(path.name)
    told = centre.answer(path.read_bytes(), back)
    assert told == courier.Answered(DEVICE, 3, 2, 0)
    assert [read_head(one).nonce for one in centre.messages] == nonces
    assert centre.photos == {one.sha256: one.content for one in PICTURES}
    read = receipt(back.read_bytes(), nonces)
    assert read.answers == ((9, Answer(1, "2026")),) * 3
    assert read.photos == tuple(one.sha256 for one in PICTURES)
    assert sorted(one.name for one in stick.iterdir()) == sorted([path.name, back.name])


def test_the_same_stick_ten_times_changes_nothing(stick: Path, nonces: list[bytes]) -> None:
    data = written(stick / "a.samut", nonces).read_bytes()
    centre = Centre()
    centre.answer(data, stick / "r.samut")
    before = (list(centre.messages), dict(centre.photos))
    for turn in range(10):
        centre.answer(data, stick / f"r{turn}.samut")
        assert receipt((stick / f"r{turn}.samut").read_bytes(), nonces).answers
    assert (centre.messages, centre.photos) == before


def test_who_carries_a_file_can_read_nothing_of_it(stick: Path, nonces: list[bytes]) -> None:
    """Mutant: frames written plain, or anything told beside them."""
    path = written(stick / courier.file_name(DEVICE, 1), nonces)
    Centre().answer(path.read_bytes(), stick / courier.receipt_name(path.name))
    secrets = [*NEEDLE.encode().split(), DEVICE.encode(), UUID(DEVICE).bytes, b"SMT1", *nonces,
               PICTURES[1].content[:16], bytes.fromhex(PICTURES[0].sha256)]  # fmt: skip
    for one in stick.iterdir():
        data = one.read_bytes()
        assert not [secret for secret in secrets if secret in data]
        assert data.startswith(b"age-encryption.org/v1\n-> X25519 ")
        for keys in (OTHERS, Keys.make()):
            with pytest.raises(NotOurs):
                open_frames(io.BytesIO(data), keys.sealing, lambda *_: pytest.fail("opened"))


def test_nothing_of_a_file_that_was_cut_or_changed_is_taken(
    stick: Path, nonces: list[bytes]
) -> None:
    """Mutants: frames acted on as they come; the end of a file not looked for."""
    data = written(stick / "a.samut", nonces).read_bytes()
    chance = random.Random(2)
    places = sorted({*range(0, 1200, 7), *(chance.randrange(len(data)) for _ in range(40))})
    centre = Centre()
    for at in places:
        changed = bytearray(data)
        changed[at] ^= 1 << chance.randrange(8)
        for broken in (data[:at], bytes(changed)):
            with pytest.raises((NotOurs, Cut)):
                centre.answer(broken, stick / "r.samut")
    assert not centre.messages
    assert not centre.photos
    assert [one.name for one in stick.iterdir()] == ["a.samut"]


def test_a_whole_age_file_without_an_end_is_cut(stick: Path) -> None:
    """Whoever knows the centre's public key may seal anything; it is still judged."""
    import pyrage

    from desktop.sync.sealed_file import _bech32

    to = [pyrage.x25519.Recipient.from_str(_bech32("age", CENTRES.public.sealing))]
    one = b"\1" + (100).to_bytes(4, "big") + bytes(100)
    # Mutants: no end looked for; a length believed, and four gigabytes waited for.
    for plain, why in (
        (b"", "end"), (one, "end"), (one[:-1], "end"), (b"\7" + bytes(4), "frame"),
        (b"\1\xff\xff\xff\xff", "frame"), (bytes(5) + b"x", "after the end"),
    ):  # fmt: skip
        with pytest.raises(Cut, match=why):
            open_frames(io.BytesIO(pyrage.encrypt(plain, to)), CENTRES.sealing, lambda *_: None)


def test_a_photo_that_is_not_what_its_name_says_spoils_the_file(stick: Path) -> None:
    """Mutant: the hash of a photo not compared at the centre."""
    sealed = io.BytesIO()
    frames = [(Frame.ENVELOPE, envelope(new_nonce())), (Frame.BLOB, bytes(32) + b"other")]
    seal_frames(frames, sealed, CENTRES.public.sealing)
    centre = Centre()
    with pytest.raises(Cut):
        centre.answer(sealed.getvalue(), stick / "r.samut")
    assert not centre.messages


def test_messages_of_two_laptops_do_not_travel_in_one_file(stick: Path) -> None:
    """The receipt is sealed to one of them. Mutant: the device of later messages not compared."""
    sealed = io.BytesIO()
    both = [envelope(new_nonce()), envelope(new_nonce(), OTHER, OTHERS)]
    seal_frames(((Frame.ENVELOPE, one) for one in both), sealed, CENTRES.public.sealing)
    with pytest.raises(BadMessage):
        Centre().answer(sealed.getvalue(), stick / "r.samut")
    empty = io.BytesIO()
    seal_frames([], empty, CENTRES.public.sealing)
    with pytest.raises(BadMessage):
        Centre().answer(empty.getvalue(), stick / "r.samut")


def test_a_photo_nobody_named_is_left_out_and_not_receipted(
    stick: Path, nonces: list[bytes]
) -> None:
    data = written(stick / "a.samut", nonces).read_bytes()
    centre = Centre(named={PICTURES[0].sha256})
    assert centre.answer(data, stick / "r.samut").left_out == 1
    assert receipt((stick / "r.samut").read_bytes(), nonces).photos == (PICTURES[0].sha256,)


# ── receipts that are none ───────────────────────────────────────────────────────────────────


def resealed(envelopes: list[bytes], keys: Keys = KEYS) -> bytes:
    sealed = io.BytesIO()
    seal_frames(((Frame.ENVELOPE, one) for one in envelopes), sealed, keys.public.sealing)
    return sealed.getvalue()


def test_only_the_centres_word_to_our_own_question_is_a_receipt(nonces: list[bytes]) -> None:
    """Mutants: the signature, the sender or the nonce of an answer not compared."""
    said = Answer(1, "2026").to_json()

    def answer(keys: Keys, centre: str, nonce: bytes) -> bytes:
        return seal(Kind.ANSWER, centre, said, keys.signing, created=1, nonce=nonce)

    assert receipt(resealed([answer(CENTRES, CENTRE, nonces[0])]), nonces).answers
    for forged in (
        answer(OTHERS, CENTRE, nonces[0]),
        answer(CENTRES, OTHER, nonces[0]),
        answer(CENTRES, CENTRE, new_nonce()),
        envelope(nonces[0]),
    ):
        with pytest.raises(BadMessage):
            receipt(resealed([answer(CENTRES, CENTRE, nonces[0]), forged]), nonces)
    with pytest.raises(NotOurs):
        receipt(resealed([answer(CENTRES, CENTRE, nonces[0])], OTHERS), nonces)


# ── sticks that are pulled out ───────────────────────────────────────────────────────────────


class Pulled:
    """A file on a stick that is gone at a writing."""

    def __init__(self, file: Any, after: int) -> None:
        self._file, self._left = file, after

    def write(self, content: bytes) -> int:
        self._left -= 1
        if self._left < 0:
            raise OSError(5, "Input/output error")
        return int(self._file.write(content))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> Pulled:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def test_a_stick_pulled_out_leaves_nothing_that_looks_whole(
    stick: Path, nonces: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutants: written straight under its own name; what a write raises is swallowed."""
    plain_open = Path.open
    for after in range(1_000):

        def opened(self: Path, mode: str = "r", after: int = after) -> Any:
            file = plain_open(self, mode)
            return Pulled(file, after) if "w" in mode else file

        with monkeypatch.context() as patch:
            patch.setattr(Path, "open", opened)
            try:
                written(stick / "a.samut", nonces)
            except OSError as met:
                assert met.errno == 5  # noqa: PT017 - the last one raises nothing
                assert list(stick.iterdir()) == []
            else:
                break
    assert after >= 4, "the head and every piece"


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_file_that_was_not_flushed_is_not_shown(
    stick: Path, nonces: list[bytes], monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def broken(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(*((courier.os, call, broken) if call == "fsync" else (Path, call, broken)))
    with pytest.raises(OSError, match="Input/output"):
        written(stick / "a.samut", nonces)
    assert list(stick.iterdir()) == []


def test_a_stick_that_keeps_other_bytes_is_found_out(
    stick: Path, nonces: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: not read back. Cheap sticks say they are larger than they are."""
    asked: list[int] = []

    def forget(file: Any) -> None:
        asked.append(file.fileno())
        if file.writable():
            file.seek(3000)
            file.write(b"\0" * 64)
            file.flush()

    monkeypatch.setattr(courier, "_forget_cached", forget)
    with pytest.raises(NotWhole):
        written(stick / "a.samut", nonces)
    assert asked
    assert list(stick.iterdir()) == []


def test_a_file_of_the_same_name_stays_when_the_new_one_fails(
    stick: Path, nonces: list[bytes]
) -> None:
    path = stick / "a.samut"
    path.write_bytes(b"older")

    def failing() -> Iterator[bytes]:
        yield envelope(nonces[0])
        raise LookupError("of the store")

    with pytest.raises(LookupError):
        write_file(path, failing(), (), lambda _: None, CENTRES.public.sealing)
    assert path.read_bytes() == b"older"
    assert [one.name for one in stick.iterdir()] == ["a.samut"]


def test_writing_can_be_stopped_and_tells_how_far_it_is(stick: Path, nonces: list[bytes]) -> None:
    told: list[tuple[int, int]] = []
    written(stick / "a.samut", nonces, progress=lambda done, total: told.append((done, total)))
    total = sum(one.size for one in PICTURES)
    assert told == [(0, total), (PICTURES[0].size, total), (total, total)]
    answers = iter([False, False, False, False, True])
    with pytest.raises(Stopped):
        written(stick / "b.samut", nonces, cancelled=lambda: next(answers))
    assert [one.name for one in stick.iterdir()] == ["a.samut"]


def test_a_photo_that_is_damaged_here_stays_out(stick: Path, nonces: list[bytes]) -> None:
    done = write_file(
        stick / "a.samut", map(envelope, nonces), PICTURES, lambda _: None, CENTRES.public.sealing
    )
    assert done.photos == ()
    assert Centre().answer((stick / "a.samut").read_bytes(), stick / "r.samut").photos == 0


def test_keys_are_written_as_age_writes_them() -> None:
    """A file can be opened with age itself, by whoever has the centre's key and no program."""
    import pyrage

    from desktop.sync.sealed_file import _bech32

    identity = pyrage.x25519.Identity.from_str(_bech32("age-secret-key-", KEYS.sealing).upper())
    assert str(identity.to_public()) == _bech32("age", KEYS.public.sealing)
    assert json.dumps(str(identity))
