# SPDX-License-Identifier: Apache-2.0
"""Rounds of sync between real stores and a real centre, over TLS on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.actions import sync
from desktop.store import attachment, sync_state, upload
from desktop.sync.carrier import Reach, Unanswered
from desktop.sync.load import Load
from desktop.sync.protocol import Answer, Request
from desktop.sync.rhythm import Portion
from tests.centre.running import RunningCentre
from tests.sync.laptops import laptop, line, synced
from tests.village import FIVE, Village


@pytest.fixture
def other(at: RunningCentre, tmp_path: Path) -> Iterator[Village]:
    made = laptop(at, tmp_path / "two")
    yield made
    made.field.store.close()


def state(village: Village) -> sync_state.SyncState:
    with village.field.store.read() as conn:
        return sync_state.state(conn)


def test_what_one_laptop_wrote_is_on_the_other_with_its_photos(
    village: Village, other: Village
) -> None:
    village.visit(FIVE[0], 0, photos=("house_out", "house_in"))
    told: list[tuple[int, int]] = []
    nouns: set[str] = set()
    with line(village) as opened:
        done = sync.sync_round(
            village.field.store, opened, blobs=opened, changed=nouns.update,
            progress=lambda *of: told.append(of),
        )  # fmt: skip
    assert (done.reach, done.more, done.sentence) == (Reach.ANSWERED, False, "")
    assert (done.acked > 10, done.sent) == (True, 2)
    assert told
    assert "sync" in nouns
    assert (state(village).saved, state(village).photos) == (0, 0)
    assert state(village).last_contact

    came = synced(other)
    assert (came.reach, came.fetched) == (Reach.ANSWERED, 2)
    # Mutant: what was fetched waits to be sent, by every laptop that has it.
    assert (synced(other).sent, state(other).photos) == (0, 0)
    with other.field.store.read() as conn:
        shown = conn.exec_driver_sql("SELECT count(*) FROM visit").scalar_one()
        photos = conn.exec_driver_sql("SELECT sha256 FROM attachment").scalars().all()
    assert shown == 1
    for name in photos:
        content = attachment.content(other.field.store, name)
        assert content == attachment.content(village.field.store, name)
    assert all(area.matched_at for area in state(other).areas if area.granted)


def test_a_second_round_has_nothing_to_do(village: Village) -> None:
    village.visit(FIVE[0], 0)
    synced(village)
    with line(village) as opened:
        again = sync.sync_round(village.field.store, opened, blobs=opened)
        assert (again.acked, again.rows, again.sent, again.more) == (0, 0, 0, False)
        assert opened.sent + opened.received < 2_000


def test_on_a_line_paid_by_the_byte_photos_wait(village: Village) -> None:
    """Mutant: ``portion`` not looked at."""
    village.visit(FIVE[0], 0, photos=("house_out",))
    with line(village) as opened:
        done = sync.sync_round(village.field.store, opened, blobs=opened, portion=Portion.TEXT)
    assert done.sent == 0
    assert (state(village).saved, state(village).photos) == (0, 1)
    assert synced(village).sent == 1


def test_no_photo_goes_before_the_last_row(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: files first, or between messages."""
    village.visit(FIVE[0], 0, photos=("house_out",))
    asked: list[str] = []
    with line(village) as opened:
        opened.load = Load(4_000)
        ask, put = opened.ask, opened.put_blob
        monkeypatch.setattr(opened, "ask", lambda r: (asked.append("rows"), ask(r))[1])
        monkeypatch.setattr(opened, "put_blob", lambda *a: (asked.append("photo"), put(*a))[1])
        assert sync.sync_round(village.field.store, opened, blobs=opened).sent == 1
    assert asked.count("rows") > 2
    assert asked.index("photo") > max(n for n, what in enumerate(asked) if what == "rows")


def test_photos_give_way_to_what_is_written_meanwhile(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: only the person's ``stop`` asked between files."""
    village.visit(FIVE[0], 0, photos=("house_out", "house_in"))
    with line(village) as opened:
        put = opened.put_blob

        def slow(*given: object) -> int:
            if len(village.records) == 0:
                village.records.append(village.visit(FIVE[1], 1))
            return put(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(opened, "put_blob", slow)
        first = sync.sync_round(village.field.store, opened, blobs=opened)
        assert first.more
        assert first.sent < 2
        sync.sync_round(village.field.store, opened, blobs=opened)
    assert state(village).saved == 0


def test_a_round_stops_between_messages_and_says_so(village: Village) -> None:
    village.visit(FIVE[0], 0)
    answers = iter([False, False, True])
    with line(village) as opened:
        opened.load = Load(2_000)
        done = sync.sync_round(village.field.store, opened, stop=lambda: next(answers))
    assert done.more
    assert 0 < done.acked < state(village).received + state(village).saved


def test_after_a_cut_less_is_said_at_once(village: Village) -> None:
    """Mutant: a round that starts with as much as the one that was cut: on a line that breaks
    every half a minute it would never end."""
    village.visit(FIVE[0], 0)
    sizes = []

    class Broken:
        offset = None
        load = Load()

        def ask(self, request: Request) -> Answer:
            sizes.append((self.load.limit, request.budget))
            raise Unanswered(Reach.UNREACHABLE, "ReadError", cut=True)

    broken = Broken()
    for _round in range(4):
        assert sync.sync_round(village.field.store, broken).reach is Reach.UNREACHABLE
    assert sizes == [(2**21, 2**20), (2**19, 2**18), (2**17, 2**16), (2**15, 2**15)]


def test_without_a_network_nothing_changes_and_nothing_is_wrong(village: Village) -> None:
    village.visit(FIVE[0], 0)
    before = state(village)

    class Nobody:
        offset = None
        load = Load()

        def ask(self, _request: object) -> object:
            raise Unanswered(Reach.UNREACHABLE, "ConnectError", 7)

    done = sync.sync_round(village.field.store, Nobody())  # type: ignore[arg-type]
    assert (done.reach, done.wait, done.sentence) == (Reach.UNREACHABLE, 7, "")
    assert state(village) == before


def test_a_photo_the_centre_lacks_is_not_asked_for_at_every_round(
    village: Village, other: Village
) -> None:
    """Mutant: ``put_off`` not kept. Each costs a second on 2G."""
    village.visit(FIVE[0], 0, photos=("house_out",))
    synced(village, files=False)
    with line(other) as opened:
        sync.sync_round(other.field.store, opened, blobs=opened)
        assert len(opened.put_off) == 1
        received = opened.received
        opened.get_blob = None  # type: ignore[assignment, method-assign]
        assert sync.sync_round(other.field.store, opened, blobs=opened).fetched == 0
        assert opened.received > received


def test_half_a_photo_is_kept_for_the_next_round(
    village: Village, other: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: half a file forgotten when the line goes."""
    monkeypatch.setattr("desktop.actions.upload._WORTH", 100)
    village.visit(FIVE[0], 0, photos=("house_out",))
    synced(village)
    offsets: list[int] = []
    with line(other) as opened:
        get = opened.get_blob

        def cut(sha256: str, offset: int) -> Iterator[bytes]:
            offsets.append(offset)
            for part in get(sha256, offset):
                yield part[:1_500]
                raise Unanswered(Reach.UNREACHABLE, "ReadError")

        monkeypatch.setattr(opened, "get_blob", cut)
        for _ in range(2):
            assert sync.sync_round(other.field.store, opened, blobs=opened).fetched == 0
        monkeypatch.setattr(opened, "get_blob", get)
        assert sync.sync_round(other.field.store, opened, blobs=opened).fetched == 1
    assert offsets == [0, 1_500]
    with other.field.store.read() as conn:
        assert upload.missing(conn) == ()
        names = conn.exec_driver_sql("SELECT key FROM centre WHERE key LIKE 'half:%'").all()
    assert names == []


def test_a_laptop_that_joined_no_centre_has_no_line(tmp_path: Path) -> None:
    village = Village.open(tmp_path / "alone")
    assert sync.open_line(village.field.store) is None
    village.field.store.close()


@pytest.mark.parametrize("word", ["closed", "version"])
def test_a_laptop_that_may_not_sync_is_told_so_in_words(village: Village, word: str) -> None:
    """Mutant: such a round looks like one that went well."""
    village.visit(FIVE[0], 0)
    before = state(village)

    class Refusing:
        offset = 0.0
        load = Load()

        def ask(self, request: Request) -> Answer:
            return Answer(1, "2026-11-20T00:00:00Z", refused=word)

    done = sync.sync_round(village.field.store, Refusing())
    assert (done.closed, done.old) == (word == "closed", word == "version")
    assert done.sentence
    assert state(village).saved == before.saved
