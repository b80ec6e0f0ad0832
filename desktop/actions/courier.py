# SPDX-License-Identifier: Apache-2.0
"""Sync by a stick, for this laptop: everything unsent into a sealed file, and the receipt read.

Before a file is written the store notes by what its receipt will be known; after that nothing is
noted, because nothing has arrived anywhere. What was carried counts as waiting until a receipt
says otherwise, and may travel again, by stick or by line.
"""

from __future__ import annotations

import errno
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from desktop import __version__
from desktop.actions.casework import gather
from desktop.actions.sync import Joined, Round, joined
from desktop.actions.upload import content_reader
from desktop.errors import Problem
from desktop.i18n import _
from desktop.store import centre, migrations, upload
from desktop.store.ids import new_id
from desktop.store.lease import wanted_leases
from desktop.store.store import Store
from desktop.store.sync import notebook
from desktop.store.upload import Upload
from desktop.sync import courier
from desktop.sync.courier import Cut, NotOurs, NotWhole, Stopped
from desktop.sync.envelope import NONCE_BYTES, Kind, seal
from desktop.sync.laptop import take_answer
from desktop.sync.outgoing import requests
from desktop.sync.protocol import BadMessage, LeaseWanted, Request

MOST_PHOTOS: Final = 3_500_000_000
"""Bytes: a stick of the common kind (FAT32) takes no file over 4 GB."""
_LIMIT: Final = 2 * 1024 * 1024
"""Bytes of changes in one message of a file."""
_BUDGET: Final = 6 * 1024 * 1024
"""Bytes of rows that a receipt may bring."""
_COUNTER: Final = "courier_counter"
_ASKED: Final = "courier_asked"
_SEED: Final = 12
_REMEMBERED: Final = 500
"""Files whose receipts are known; the oldest are forgotten."""


class CourierProblem(Problem):
    """A sealed file could not be written, or a receipt not be taken; says what to do."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file that lies whole on the stick."""

    path: Path
    changes: int
    photos: int
    size: int
    """Bytes of the file."""
    left: int = 0
    """Photos that did not fit into what was allowed."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a receipt brought."""

    received: int
    """Changes that are known to be at the centre now and were not before."""
    photos: int
    came: int
    """Rows from the centre."""
    sentence: str = ""
    """What a person can do, where the centre takes no more of this laptop; else empty."""


# ---- the file


def stick_name(store: Store) -> str:
    """What the next file is called: this laptop and a number, and nothing of anybody."""
    with store.read() as conn:
        counter = int(centre.value(conn, _COUNTER, 0)) + 1
    return courier.file_name(_joined(store).device, counter)


def write(
    store: Store,
    by: str,
    path: Path,
    *,
    photos: bool = True,
    most: int = MOST_PHOTOS,
    progress: courier.Progress = lambda _done, _total: None,
    cancelled: courier.Cancelled = lambda: False,
) -> Sealed | None:
    """Write everything that is unsent into a sealed file at ``path``, and read it back.

    ``most`` bytes of photos at most, thumbnails first. None when it was cancelled; nothing is
    left of the file then. For a thread. Raises :class:`CourierProblem`, and ``OSError`` when the
    stick was pulled out.
    """
    there = _joined(store)
    chosen, left = _chosen(store, most if photos else 0)
    seed = secrets.token_bytes(_SEED)
    _remember(store, by, seed)
    changes = 0

    def envelopes() -> Iterator[bytes]:
        nonlocal changes
        for number, request in enumerate(_requests(store, by, left)):
            changes += sum(len(push.ops) for push in request.push)
            nonce = seed + number.to_bytes(NONCE_BYTES - _SEED, "big")
            created = int(store.now().local.timestamp() * 1000)
            yield seal(
                Kind.REQUEST, there.device, request.to_json(), there.keys.signing,
                created=created, nonce=nonce,
            )  # fmt: skip

    try:
        done = courier.write_file(
            path, envelopes(), chosen, content_reader(store), there.public.sealing, progress,
            cancelled,
        )  # fmt: skip
    except Stopped:
        return None
    except NotWhole as wrong:
        raise CourierProblem(
            _("The stick did not keep what was written. Use another stick.")
        ) from wrong
    except OSError as wrong:
        if wrong.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise CourierProblem(
                _(
                    "There is no room for the file on the stick. Leave the photos out, or make "
                    "room."
                )
            ) from wrong
        raise
    return Sealed(path, changes, len(done.photos), done.size, left)


def _joined(store: Store) -> Joined:
    found = joined(store)
    if found is None:
        raise CourierProblem(_("Join the centre first: the file is sealed with the centre's key."))
    return found


def _chosen(store: Store, most: int) -> tuple[list[Upload], int]:
    """The files that go along, and how many do not."""
    with store.read() as conn:
        waiting = upload.waiting(conn, 1_000_000)
    chosen = []
    for one in waiting:
        if one.size <= most:
            chosen.append(one)
            most -= one.size
    return chosen, len(waiting) - len(chosen)


def _requests(store: Store, by: str, photos: int) -> Iterator[Request]:
    now = store.now()
    with store.read() as conn:
        wanted = wanted_leases(conn, now.local.date())
    return requests(
        notebook(store, by),
        now=str(now),
        limit=_LIMIT,
        budget=_BUDGET,
        leases=[LeaseWanted(w.office, w.kind, w.year, w.above, w.count) for w in wanted],
        app=__version__,
        schema=migrations.newest(),
        photos=photos,
    )


def _remember(store: Store, by: str, seed: bytes) -> None:
    """Note by what the receipt of the file will be known, before there is a file."""
    with store.write(by) as write:
        asked = [*centre.value(write.conn, _ASKED, []), seed.hex()][-_REMEMBERED:]
        centre.keep(write, _ASKED, asked)
        centre.keep(write, _COUNTER, int(centre.value(write.conn, _COUNTER, 0)) + 1)
        write.audit("export", "sync")


# ---- the receipt


def read_receipt(
    store: Store,
    by: str,
    path: Path,
    changed: Callable[[frozenset[str]], object] | None = None,
) -> Brought:
    """Take the receipt in ``path``; the same one again changes nothing. For a thread.

    Raises :class:`CourierProblem`; nothing of the receipt was taken then. ``OSError`` when the
    stick was pulled out.
    """
    there = _joined(store)
    with store.read() as conn:
        seeds = {bytes.fromhex(seed) for seed in centre.value(conn, _ASKED, [])}
    receipt = _read(there, path, lambda nonce: nonce[:_SEED] in seeds)
    book = notebook(store, by, changed)
    received = came = 0
    done = Round()
    history = False
    for _created, answer in receipt.answers:
        out = take_answer(book, answer, now=store.now().utc, fresh=new_id)
        received, came = received + out.acked, came + out.rows
        history = history or out.history
        done = Round(closed=out.closed, old=out.old)
    gather(store)
    photos = _note(store, by, receipt, history=history)
    return Brought(received, photos, came, done.sentence)


def _read(there: Joined, path: Path, asked: Callable[[bytes], bool]) -> courier.Receipt:
    try:
        with path.open("rb") as source:
            return courier.read_receipt(
                source, there.keys.sealing, there.id, there.public.signing, asked
            )
    except NotOurs as wrong:
        raise CourierProblem(
            _("This is no receipt for this computer. Choose the file that ends in -receipt.samut.")
        ) from wrong
    except Cut as wrong:
        raise CourierProblem(
            _("This receipt is damaged. Copy it from the stick again, or write a new file.")
        ) from wrong
    except BadMessage as wrong:
        raise CourierProblem(
            _("This receipt does not answer a file of this computer. Write a new file.")
        ) from wrong


def _note(store: Store, by: str, receipt: courier.Receipt, *, history: bool) -> int:
    """Note the files that the centre has, and when it spoke; how many files are new.

    ``history``: the receipt told that the centre was restored, and may have lost some. What a
    receipt of an earlier history says of files is not true of the centre that there is now.
    """
    spoke = max((_utc(created) for created, _answer in receipt.answers), default="")
    with store.write(by) as write:
        if history:
            upload.forget_sent(write)
        waiting = {one.sha256 for one in upload.waiting(write.conn, 1_000_000)}
        epoch = centre.epoch(write.conn)
        there = receipt.photos if all(a.epoch == epoch for _at, a in receipt.answers) else ()
        fresh = [name for name in there if name in waiting]
        for name in fresh:
            upload.keep_sent(write, name)
        if spoke > centre.last_contact(write.conn):
            centre.contact(write, spoke, centre.offset(write.conn))
    return len(fresh)


def _utc(created: int) -> str:
    text = ""
    with suppress(ValueError, OverflowError, OSError):
        text = datetime.fromtimestamp(created / 1000, UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")
