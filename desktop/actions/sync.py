# SPDX-License-Identifier: Apache-2.0
"""One round of sync: everything is said and heard, rows first, then files.

A round is for a plain thread of its own. It writes in short transactions, asks ``stop`` between
messages, and whatever it is cut by leaves nothing half done: the next round goes on there.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from desktop import __version__
from desktop.actions.casework import gather
from desktop.actions.form_supply import fetch_forms
from desktop.actions.proof_supply import fetch_proofs
from desktop.actions.upload import fetch_files, send_files
from desktop.i18n import _
from desktop.store import centre, migrations, sync_state, upload
from desktop.store.ids import new_id
from desktop.store.lease import wanted_leases
from desktop.store.op import last_number
from desktop.store.store import Store
from desktop.store.sync import notebook
from desktop.sync.carrier import Carrier, FileCarrier, Reach, Unanswered
from desktop.sync.keys import Keys, PublicKeys
from desktop.sync.laptop import Outcome, build_request, take_answer
from desktop.sync.ports import Notebook
from desktop.sync.protocol import Answer, LeaseWanted, Request
from desktop.sync.rhythm import Portion

if TYPE_CHECKING:
    from desktop.sync.https import Https

_log = logging.getLogger(__name__)
_STALLED: Final = 8
_ASK_AGAIN: Final = 3600.0
"""Seconds until a file that the centre does not have is asked for again."""

Stop = Callable[[], bool]
Progress = Callable[[int, int], object]
Changed = Callable[[frozenset[str]], object]


@dataclass(frozen=True, slots=True)
class Round:
    """What came of one round."""

    reach: Reach = Reach.ANSWERED
    word: str = ""
    """For the log: why nobody answered."""
    wait: float = 0
    """Seconds the centre asked to wait."""
    acked: int = 0
    """Changes the centre signed for in this round."""
    rows: int = 0
    """Rows that came."""
    more: bool = False
    """It was stopped and has more to do."""
    closed: bool = False
    """The centre does not take changes of this laptop any more."""
    served: bool = True
    """False: the centre gives this laptop nothing any more, not even its own office's."""
    old: bool = False
    """This program is too old for the centre."""
    history: bool = False
    """The centre was restored from a backup."""
    renamed: bool = False
    """This store was a copy, or had gone back; it goes on under another name."""
    mismatched: tuple[str, ...] = ()
    """Areas that did not come to the same as at the centre; they are being repaired."""
    hidden: tuple[str, ...] = ()
    """Areas this laptop does not serve any more."""
    sent: int = 0
    """Files that went."""
    fetched: int = 0
    """Files that came."""

    @property
    def sentence(self) -> str:
        """What a person can do about it, in her language; empty when she need do nothing."""
        return _sentence(self)


def sync_round(
    store: Store,
    carrier: Carrier,
    *,
    blobs: FileCarrier | None = None,
    portion: Portion = Portion.ALL,
    changed: Changed | None = None,
    progress: Progress = lambda _done, _total: None,
    stop: Stop = lambda: False,
) -> Round:
    """Say and hear all rows there are, message by message, then move forms and files if
    ``blobs`` can and ``portion`` says so.

    ``progress`` is told how many changes and rows are done, and of how many as far as that is
    known. ``changed`` is told after each transaction which nouns have changed. Raises the
    problems of the store; what the line does is in the :class:`Round`.
    """
    done = _rows(store, carrier, changed, progress, stop)
    over = done.reach is not Reach.ANSWERED or done.more or done.closed or done.old
    if over or blobs is None or portion is not Portion.ALL:
        return done
    try:
        if fetch_forms(store, blobs, stop) and changed is not None:
            changed(frozenset({"forms"}))
        if fetch_proofs(store, blobs) and changed is not None:
            changed(frozenset({"proofs"}))
        return _files(store, blobs, done, changed, stop)
    except Unanswered as met:
        return _silent(done, met)


def _rows(
    store: Store, carrier: Carrier, changed: Changed | None, progress: Progress, stop: Stop
) -> Round:
    book = notebook(store, changed=changed)
    done, quiet, heard = Round(), 0, False
    load = carrier.load
    load.begin()
    try:
        while not stop():
            request = _asked(store, book, load.limit, load.budget)
            began = time.monotonic()
            answer = carrier.ask(request)
            took = time.monotonic() - began
            heard = True
            out = take_answer(book, answer, now=store.now().utc, fresh=new_id)
            done = _with(done, out)
            known = done.acked + done.rows
            progress(known, known + _left(request, answer))
            quiet = 0 if out.acked or out.rows else quiet + 1
            if not out.again and not ((done.rows or done.acked) and gather(store)):
                return replace(done, served=_served(store) or not out.taken)
            if quiet >= _STALLED:
                _log.warning("sync gets no further")
                return done
            load.answered(took)
        return replace(done, more=True)
    except Unanswered as met:
        if met.cut:
            load.cut()
        return _silent(done, met)
    finally:
        if heard:
            _note_contact(store, carrier, done)


def _with(done: Round, out: Outcome) -> Round:
    return replace(
        done,
        acked=done.acked + out.acked,
        rows=done.rows + out.rows,
        closed=out.closed,
        old=out.old,
        history=done.history or out.history,
        renamed=done.renamed or bool(out.renamed),
        mismatched=out.mismatched,
        hidden=done.hidden + out.hidden,
    )


def _served(store: Store) -> bool:
    with store.read() as conn:
        return any(area.granted for area in sync_state.state(conn).areas)


def _silent(done: Round, met: Unanswered) -> Round:
    _log.info("nobody answered", extra={"kind": str(met.reach), "code": met.word})
    return replace(done, reach=met.reach, word=met.word, wait=met.wait)


def _asked(store: Store, book: Notebook, limit: int, budget: int) -> Request:
    now = store.now()
    with store.read() as conn:
        wanted = wanted_leases(conn, now.local.date())
        photos, _bytes = upload.photos_waiting(conn)
    leases = [LeaseWanted(w.office, w.kind, w.year, w.above, w.count) for w in wanted]
    return build_request(
        book,
        now=str(now),
        limit=limit,
        budget=budget,
        leases=leases,
        app=__version__,
        schema=migrations.newest(),
        photos=photos,
    )


def _left(request: Request, answer: Answer) -> int:
    """Changes that wait, and rows as far as the centre said there are more."""
    return request.waiting + sum(
        max(0, page.head - page.next) for page in answer.pull if page.more
    )


def _note_contact(store: Store, carrier: Carrier, done: Round) -> None:
    with store.write("") as write:
        centre.contact(write, store.now().utc, carrier.offset)
        if done.history:
            upload.forget_sent(write)


def _files(
    store: Store, line: FileCarrier, done: Round, changed: Changed | None, stop: Stop
) -> Round:
    """Files both ways, until there is something to say in rows again."""
    now = time.monotonic()
    for name in [name for name, until in line.put_off.items() if until <= now]:
        del line.put_off[name]
    with store.read() as conn:
        before = last_number(conn)

    def give_way() -> bool:
        if stop():
            return True
        with store.read() as conn:
            return last_number(conn) != before

    sent = send_files(store, line, pace=line.pace, stop=give_way, skip=line.put_off)
    came = fetch_files(store, line, stop=give_way, skip=line.put_off)
    line.put_off |= dict.fromkeys((*sent.refused, *came.refused), now + _ASK_AGAIN)
    if changed is not None and (sent.files or came.files):
        changed(frozenset({"sync", "attachments"} if came.files else {"sync"}))
    return replace(done, more=sent.stopped or came.stopped, sent=sent.files, fetched=came.files)


# ---- the centre this laptop joined


def open_line(store: Store) -> Https | None:
    """The line to the centre that this laptop joined; None before it joined one.

    For the thread that uses and closes it. Nothing is sent before the first question.
    """
    # Loaded here: it brings the network libraries, which take a quarter of a second.
    from desktop.sync.https import CentreAddress, Https

    found = joined(store)
    if found is None:
        return None
    address = CentreAddress(found.address, found.id, found.public, found.authority, found.pins)
    return Https(address, found.device, found.keys, lambda: store.now().local)


@dataclass(frozen=True, slots=True)
class Joined:
    """The centre this laptop joined, and who it is there."""

    address: str
    id: str
    public: PublicKeys
    authority: str
    pins: tuple[str, ...]
    device: str
    """The UUID under which the centre knows this laptop's keys."""
    keys: Keys


def joined(store: Store) -> Joined | None:
    """What the centre said when it was joined; None before."""
    with store.read() as conn:
        told, keys = centre.joined(conn), centre.device_keys(conn)
    if told is None or keys is None:
        return None
    there: dict[str, Any] = told["centre"]
    pins = tuple(str(there[name]) for name in ("pin", "next_pin") if there.get(name))
    return Joined(
        str(told["address"]), str(there["id"]), PublicKeys.from_json(there),
        str(there.get("ca") or ""), pins, str(told["device"]), Keys(*keys),
    )  # fmt: skip


def _sentence(done: Round) -> str:
    if done.closed:
        return _(
            "The centre does not take changes of this computer any more. Nothing is lost here: "
            "call the centre's staff."
        )
    if not done.served:
        return _(
            "The centre gives this computer no data any more, so what others wrote was put away. "
            "Your own work is kept and was handed over. Call the centre's staff."
        )
    if done.old:
        return _("This program is too old for the centre. Install the newest one.")
    words = {
        Reach.REFUSED: _("The centre does not know this computer. Call the centre's staff."),
        Reach.STRANGER: _(
            "Something answers in the centre's place and is not the centre. Nothing was sent to "
            "it. Use another network; if it stays so, call the centre's staff."
        ),
        Reach.PORTAL: _(
            "This Wi-Fi lets nothing through. Open a web page and log in there, or use another "
            "network."
        ),
        Reach.CLOCK: _("This computer's clock is wrong. Set the date and the hour."),
    }
    return words.get(done.reach, "")
