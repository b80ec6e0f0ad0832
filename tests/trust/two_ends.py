# SPDX-License-Identifier: Apache-2.0
"""A laptop and a centre that are broken off from each other, and the judge of what is left.

The laptop is a real store that joined; a colleague writes at the centre beside it. The judge
compares what stands in the store with what stands in the centre's tables: every change once,
every mark true, rows and photos equal.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from unittest import mock

from desktop.actions import sync
from desktop.actions.joining import join
from desktop.actions.sync import Round, joined
from desktop.centre.database import Database
from desktop.centre.ledger import CentreLedger
from desktop.model.attachment import Attachment
from desktop.model.chain import link
from desktop.model.facilitator import Facilitator, Office
from desktop.store import attachment, facilitator, sealed, sync_state
from desktop.store.ids import new_id
from desktop.store.store import Store
from desktop.sync.carrier import Reach
from desktop.sync.https import CentreAddress, Https
from desktop.sync.invitation import Invitation
from desktop.sync.laptop import Outcome, take_answer
from desktop.sync.row import digest, row_hash
from tests.centre.running import Laptop, RunningCentre, complete
from tests.field import BY, KEY

SCOPE: Final = "t:630609"
TRIES: Final = 40


def found_laptop(at: RunningCentre, folder: Path, pin: str = "") -> Store:
    """A store that joined the centre."""
    store = Store.create(folder, KEY)
    with store.write(BY) as write:
        facilitator.put_office(write, Office("office-1", "พมจ.ตาก", "63"))
        facilitator.put_facilitator(write, Facilitator(BY, "สมศรี ใจดี"))
    join(store, BY, Invitation(at.url, at.make_code(("63",)), pin))
    return store


@contextmanager
def line(store: Store, url: str = "", kind: type[Https] = Https) -> Iterator[Https]:
    """A line of the laptop to its centre; ``url`` is where to call instead."""
    found = joined(store)
    assert found is not None
    address = CentreAddress(
        url or found.address, found.id, found.public, found.authority, found.pins
    )
    with kind(address, found.device, found.keys, lambda: store.now().local) as opened:
        yield opened


def picture(draw: random.Random, size: int) -> bytes:
    """A small photo that there is once."""
    return b"\xff\xd8\xff\xe0" + draw.randbytes(size)


def write_visit(store: Store, number: int, draw: random.Random, size: int) -> str:
    """A household whose needs are a text of this number, with a photo of ``size`` bytes; then a
    text of the one before is changed. Returns its id: it is saved."""
    made = new_id()
    photo = sealed.write(store.folder, picture(draw, size)) if size else None
    with store.write(BY) as write:
        write.put("household", made, SCOPE, area="630609", needs=f"ต้องการ {number}")
        if photo is not None:
            attachment.keep_row(write, photo)
            one = Attachment(photo.sha256, f"{photo.sha256}.jpg", "image/jpeg", photo.size)
            attachment.put_attachment(write, SCOPE, made, ("household", made), one)
    return made


def change_visit(store: Store, household: str, number: int) -> None:
    """The needs of a household are told anew."""
    with store.write(BY) as write:
        write.put("household", household, SCOPE, needs=f"เปลี่ยนเป็น {number}")


@dataclass
class Colleague:
    """Somebody whose changes and photos come to the laptop."""

    laptop: Laptop
    n: int = 0
    chain: bytes = b""
    households: list[str] = field(default_factory=list)
    photos: dict[str, bytes] = field(default_factory=dict)

    def writes(self, number: int, draw: random.Random, size: int) -> None:
        """A household and its photo, at the centre when this returns."""
        made, ops = new_id(), []
        ops.append(_op("household", made, area="630609", needs=f"เพื่อนเขียน {number}"))
        if size:
            content = picture(draw, size)
            name = hashlib.sha256(content).hexdigest()
            told = {
                "record_id": made, "noun": "household", "noun_id": made, "sha256": name,
                "mime": "image/jpeg", "size": len(content), "kind": "photo", "place": "",
                "width": 0, "height": 0, "taken_at": "",
            }  # fmt: skip
            ops.append(_op("attachment", new_id(), **told))
        push = self.laptop.push(SCOPE, *ops, first=self.n + 1, before=self.chain.hex())
        answer = self.laptop.sync(push)
        self.n += len(push.ops)
        assert (answer.push[0].last, answer.push[0].notes) == (self.n, ())
        for op in push.ops:
            self.chain = link(self.chain, op.text)
        self.households.append(made)
        if size:
            sent = self.laptop.call(
                "PATCH", f"/v1/blob/{name}", body=content, offset=0, length=len(content)
            )
            assert sent.status_code in (200, 201, 204), sent.text
            self.photos[name] = content


def _op(kind: str, record: str, /, **fields: Any) -> Mapping[str, Any]:
    return complete({"kind": kind, "id": record, "set": fields})


# ---- a round over a good line


def finish(store: Store, url: str = "") -> list[str]:
    """Rounds over a good line until there is nothing left to say; what is wrong with them."""
    found: list[str] = []
    for _ in range(TRIES):
        with line(store, url) as good:
            done, odd = watched_round(store, good)
        found += odd
        if done.reach is Reach.ANSWERED and not done.more:
            return found
    return [*found, f"no end of it over a good line: {done.reach} {done.word}"]


def watched_round(store: Store, carrier: Https) -> tuple[Round, list[str]]:
    """A round, and what is wrong with it. An alarm of the digest that it healed by itself is."""
    alarms: list[str] = []

    def take(*given: Any, **named: Any) -> Outcome:
        out = take_answer(*given, **named)
        alarms.extend(out.mismatched)
        return out

    with mock.patch.object(sync, "take_answer", take):
        done = sync.sync_round(store, carrier, blobs=carrier)
    return done, oddities(done) + [f"the digest of {scope} was another" for scope in alarms]


def oddities(done: Round) -> list[str]:
    """What no accident of the line or of this process explains: nothing here was copied,
    restored or lost."""
    said = {
        "goes on under another name": done.renamed,
        "believes in a new history": done.history,
        "closed": done.closed,
        "strange answer": done.reach not in (Reach.ANSWERED, Reach.UNREACHABLE),
    }
    return [f"{what}: {done.reach} {done.word}" for what, true in said.items() if true]


# ---- the judge


def ops_here(store: Store) -> dict[str, tuple[str, int, int, str]]:
    """By op id: scope, n, the number the centre gave (0: not known), the record."""
    with store.read() as conn:
        rows = conn.exec_driver_sql(
            "SELECT json_extract(o.body, '$.oid'), o.scope, o.n, coalesce(p.seq, 0), o.record_id "
            "FROM op o LEFT JOIN op_place p ON p.op = o.seq WHERE o.device = ?",
            (store.device,),
        ).fetchall()
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in rows}


def ops_there(database: Database, device: str) -> dict[str, list[tuple[str, int, int]]]:
    """By op id: each time it is kept at the centre, as scope, n, number."""
    found: dict[str, list[tuple[str, int, int]]] = {}
    mark = "%s" if database.is_postgresql else "?"
    with database.read() as conn:
        rows = conn.exec_driver_sql(
            f"SELECT oid, scope, n, CASE WHEN quarantined <> '' THEN -seq ELSE seq END "
            f"FROM op WHERE device LIKE {mark}",
            (device + "%",),
        ).fetchall()
    for oid, scope, n, seq in rows:
        found.setdefault(oid, []).append((scope, n, seq))
    return found


def false_marks(store: Store, database: Database) -> list[str]:
    """Marks of the laptop that say more than the centre has. True at any moment."""
    here = ops_here(store)  # before: the centre can only have more
    with store.read() as conn:
        acked = conn.exec_driver_sql(
            "SELECT scope, acked FROM stream_ack WHERE device = ?", (store.device,)
        ).fetchall()
    there = ops_there(database, store.device)
    last: dict[str, int] = {}
    for places in there.values():
        for scope, n, _seq in places:
            last[scope] = max(last.get(scope, 0), n)
    found = [
        f"says {scope} is received up to {n}, the centre has {last.get(scope, 0)}"
        for scope, n in acked
        if n > last.get(scope, 0)
    ]
    for oid, (scope, n, seq, _record) in here.items():
        if seq and (scope, n, seq) not in there.get(oid, []):
            found.append(f"op {n} of {scope} has the number {seq}, which the centre never gave")
    return found


def lost_or_doubled(store: Store, database: Database, said: set[str]) -> list[str]:
    """After a round over a good line: what is not at the centre exactly once. ``said`` are
    records that the screen called saved."""
    here, there = ops_here(store), ops_there(database, store.device)
    found = []
    for oid, (scope, n, seq, _record) in here.items():
        places = there.get(oid, [])
        if not places:
            found.append(f"lost: op {n} of {scope}")
        elif len(places) > 1 or (seq and places[0][2] != seq):
            found.append(f"doubled: op {n} of {scope} is kept as {places}, known as {seq}")
    found += [f"doubled: {places} at the centre is of no op here"
              for oid, places in there.items() if oid not in here]  # fmt: skip
    missing = said - {record for _s, _n, _q, record in here.values()}
    if missing:
        found.append(f"lost: {len(missing)} records were called saved and are not here")
    return found


def unequal(store: Store, database: Database, colleague: Colleague) -> list[str]:
    """After a round over a good line: where rows and photos of the two ends differ."""
    found = []
    rows = list(CentreLedger(database).whole(SCOPE))
    told = digest(row_hash(row) for row in rows)
    _rows, _head, _more, kept, _durable = CentreLedger(database).pull(SCOPE, 1 << 60, 1)
    with store.read() as conn:
        area = sync_state.area_state(conn, SCOPE)
        ours = sync_state.recounted(conn, SCOPE)
        state = sync_state.state(conn)
        shown = {
            str(line[0]): str(line[1])
            for line in conn.exec_driver_sql("SELECT id, needs FROM household WHERE deleted = 0")
        }
        names = conn.exec_driver_sql("SELECT sha256 FROM attachment").scalars().all()
    if len({told, kept, area.digest, ours}) != 1:
        found.append(f"digests differ: {told} {kept} {area.digest} {ours}")
    if any(one.saved or one.coming for one in state.areas) or state.photos:
        found.append("something still waits")
    there = {row.id: row.fields["needs"] for row in rows if row.kind == "household"}
    if shown != there:
        found.append(f"{len(shown.items() ^ there.items())} households differ")
    for name, content in colleague.photos.items():
        try:
            same = attachment.content(store, name) == content
        except sealed.FileLost:
            same = False
        if not same:
            found.append("a photo did not come as it is")
    found += ["a photo is not at the centre" for name in names if not _has(database, name)]
    return found


def _has(database: Database, name: str) -> bool:
    mark = "%s" if database.is_postgresql else "?"
    with database.read() as conn:
        asked = f"SELECT 1 FROM blob WHERE sha256 = {mark}"
        return conn.exec_driver_sql(asked, (name,)).scalar() is not None
