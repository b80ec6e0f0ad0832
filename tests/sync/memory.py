# SPDX-License-Identifier: Apache-2.0
"""Both ports of sync over plain dictionaries, that can crash at any step and be copied.

``fuse`` counts the steps until a crash: the beginning of a transaction and every write is one.
A crash leaves the transaction undone, like a power cut or a full disk. ``Disk.copy`` is a disk
image: of a rolled-back laptop, of its clone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from desktop.model.chain import START, link
from desktop.model.merging import merging
from desktop.model.seen import Changing, Replaced, replaced
from desktop.sync.ports import Change, LoggedOp, ScopeState, StreamState
from desktop.sync.protocol import Lease, Op
from desktop.sync.row import DIGEST_MODULUS, Key, Row, row_hash
from desktop.sync.view import shown


class Crash(Exception):
    """The computer died, or its disk is full."""


class Stream:
    """One device's ops, with the chain after each."""

    __slots__ = ("acked", "chains", "closed", "device", "ops")

    def __init__(self, device: str) -> None:
        self.device = device
        self.ops: list[Op] = []
        self.chains: list[bytes] = [START]
        self.acked = 0
        self.closed = False

    def copy(self) -> Stream:
        new = Stream(self.device)
        new.ops, new.chains = list(self.ops), list(self.chains)
        new.acked, new.closed = self.acked, self.closed
        return new

    def append(self, op: Op) -> None:
        self.ops.append(op)
        self.chains.append(link(self.chains[-1], op.text))


class Area:
    """One scope of a laptop."""

    __slots__ = ("by_key", "numbers", "oids", "received", "salvage", "shown", "state", "streams")

    def __init__(self, scope: str) -> None:
        self.state = ScopeState(scope)
        self.streams: dict[str, Stream] = {}
        self.by_key: dict[Key, list[tuple[Stream, int]]] = {}
        self.numbers: dict[str, int] = {}
        self.oids: dict[int, str] = {}
        self.received: dict[Key, Row] = {}
        self.shown: dict[Key, Row] = {}
        self.salvage: tuple[Change, ...] = ()

    def index(self, stream: Stream, n: int, op: Op) -> None:
        self.by_key.setdefault((op.body["kind"], op.body["id"]), []).append((stream, n))

    def copy(self) -> Area:
        new = Area(self.state.scope)
        new.state, new.salvage = self.state, self.salvage
        new.streams = {device: one.copy() for device, one in self.streams.items()}
        for stream in new.streams.values():
            for n, op in enumerate(stream.ops, 1):
                new.index(stream, n, op)
        new.numbers, new.oids = dict(self.numbers), dict(self.oids)
        new.received, new.shown = dict(self.received), dict(self.shown)
        return new


class Disk:
    """All a laptop's store holds."""

    __slots__ = ("areas", "device", "epoch", "hlc", "leases", "notes")

    def __init__(self, device: str) -> None:
        self.device = device
        self.epoch = 0
        self.hlc = 0
        self.areas: dict[str, Area] = {}
        self.leases: tuple[Lease, ...] = ()
        self.notes: dict[tuple[str, str, int, str], str] = {}

    def copy(self) -> Disk:
        new = Disk(self.device)
        new.epoch, new.hlc, new.leases = self.epoch, self.hlc, self.leases
        new.areas = {scope: area.copy() for scope, area in self.areas.items()}
        new.notes = dict(self.notes)
        return new


class MemoryNotebook:
    """A laptop's store; also its own transaction."""

    def __init__(self, device: str) -> None:
        self.disk = Disk(device)
        self.fuse: int | None = None

    @contextmanager
    def transaction(self) -> Iterator[MemoryNotebook]:
        if self.fuse is None:
            yield self
            return
        self._step()
        before = self.disk.copy()
        try:
            yield self
        except Crash:
            self.disk = before
            raise

    def _step(self) -> None:
        if self.fuse is not None:
            self.fuse -= 1
            if self.fuse < 0:
                self.fuse = None
                raise Crash

    def _area(self, scope: str) -> Area:
        area = self.disk.areas.get(scope)
        if area is None:
            area = self.disk.areas[scope] = Area(scope)
        return area

    # ---- the port

    @property
    def device(self) -> str:
        return self.disk.device

    @property
    def epoch(self) -> int:
        return self.disk.epoch

    def follow(self, epoch: int) -> None:
        self._step()
        self.disk.epoch = epoch

    def rename(self, device: str) -> None:
        for scope in self.disk.areas:
            self.move_stream(scope, self.disk.device, device)
        self.disk.device = device
        self.disk.leases = ()

    def move_stream(self, scope: str, device: str, to: str) -> None:
        self._step()
        streams = self._area(scope).streams
        stream = streams.pop(device, None)
        if stream is not None:
            stream.acked = 0
            stream.device = to
            streams[to] = stream

    def scopes(self) -> tuple[ScopeState, ...]:
        return tuple(area.state for area in self.disk.areas.values())

    def scope(self, scope: str) -> ScopeState:
        area = self.disk.areas.get(scope)
        return area.state if area is not None else ScopeState(scope)

    def keep_scope(self, state: ScopeState) -> None:
        self._step()
        self._area(state.scope).state = state

    def streams(self, scope: str) -> tuple[StreamState, ...]:
        area = self.disk.areas.get(scope)
        if area is None:
            return ()
        return tuple(
            StreamState(device, len(one.ops), one.chains[-1], one.acked, one.closed)
            for device, one in area.streams.items()
        )

    def keep_acked(self, scope: str, device: str, acked: int) -> None:
        self._step()
        self._area(scope).streams[device].acked = acked

    def close_stream(self, scope: str, device: str) -> None:
        self._step()
        self._area(scope).streams[device].closed = True

    def chain_at(self, scope: str, device: str, n: int) -> bytes | None:
        area = self.disk.areas.get(scope)
        stream = area.streams.get(device) if area is not None else None
        if stream is None:
            return START if n == 0 else None
        return stream.chains[n] if n < len(stream.chains) else None

    def ops(self, scope: str, device: str, first: int, limit: int) -> tuple[LoggedOp, ...]:
        area = self._area(scope)
        stream = area.streams.get(device)
        if stream is None:
            return ()
        return tuple(
            LoggedOp(device, n, op, area.numbers.get(op.body["oid"], 0))
            for n, op in enumerate(stream.ops[first - 1 : first - 1 + limit], first)
        )

    def authors(self, scope: str, seqs: Iterable[int]) -> Mapping[int, tuple[str, str]]:
        area = self._area(scope)
        wanted = {area.oids[seq]: seq for seq in seqs if seq in area.oids}
        found: dict[int, tuple[str, str]] = {}
        if wanted:
            for device, stream in area.streams.items():
                for op in stream.ops:
                    oid = op.body["oid"]
                    if oid in wanted and (device == self.disk.device or wanted[oid] not in found):
                        found[wanted[oid]] = (device, oid)
        return found

    def uncovered(self, scope: str, keys: Iterable[Key]) -> Mapping[Key, Sequence[LoggedOp]]:
        area = self._area(scope)
        found: dict[Key, list[LoggedOp]] = {}
        for key in keys:
            row = area.received.get(key)
            base = row.seq if row is not None else 0
            once: dict[str, LoggedOp] = {}
            for stream, n in area.by_key.get(key, ()):
                op = stream.ops[n - 1]
                seq = area.numbers.get(op.body["oid"], 0)
                if not stream.closed and not 0 < seq <= base:
                    once.setdefault(op.body["oid"], LoggedOp(stream.device, n, op, seq))
            if once:
                found[key] = sorted(
                    once.values(), key=lambda one: (one.op.body["hlc"], one.device, one.n)
                )
        return found

    def place(self, scope: str, device: str, numbers: Mapping[int, int]) -> None:
        self._step()
        area = self._area(scope)
        stream = area.streams[device]
        for n, seq in numbers.items():
            oid = stream.ops[n - 1].body["oid"]
            area.numbers[oid] = seq
            if seq > 0:
                area.oids[seq] = oid

    def unplace(self, scope: str) -> None:
        self._step()
        area = self._area(scope)
        area.numbers, area.oids = {}, {}

    def unplaced(self, scope: str, device: str, upto: int) -> tuple[int, int] | None:
        return self._span(scope, device, upto, lambda seq: seq == 0)

    def parked(self, scope: str, device: str) -> tuple[int, int] | None:
        return self._span(scope, device, 1 << 60, lambda seq: seq < 0)

    def _span(self, scope: str, device: str, upto: int, wanted: Any) -> tuple[int, int] | None:
        area = self._area(scope)
        stream = area.streams.get(device)
        if stream is None:
            return None
        get = area.numbers.get
        found = [n for n, op in enumerate(stream.ops[:upto], 1) if wanted(get(op.body["oid"], 0))]
        return (found[0], found[-1]) if found else None

    def append_others(self, scope: str, device: str, first: int, ops: Sequence[Op]) -> None:
        self._step()
        stream = self._area(scope).streams.setdefault(device, Stream(device))
        assert first == len(stream.ops) + 1
        for op in ops:
            self._append(scope, stream, op)
            if int(op.body["hlc"][:12], 16) <= self.clock() + 60_000:
                self.disk.hlc = max(self.disk.hlc, int(op.body["hlc"][:12], 16))

    def _append(self, scope: str, stream: Stream, op: Op) -> None:
        stream.append(op)
        self._area(scope).index(stream, len(stream.ops), op)

    def say(self, scope: str, change: Change) -> None:
        self._step()
        body: dict[str, Any] = {"set": dict(change.fields), "salvage": 1}
        if change.deleted:
            body["del"] = True
        self._own(scope, change.kind, change.id, body, by="", base=0)

    def received(self, scope: str, keys: Iterable[Key]) -> Mapping[Key, Row]:
        held = self._area(scope).received
        return {key: held[key] for key in keys if key in held}

    def everything(self, scope: str) -> Iterable[Row]:
        return list(self._area(scope).received.values())

    def digest(self, scope: str) -> int:
        return sum(map(row_hash, self._area(scope).received.values())) % DIGEST_MODULUS

    def keep_received(self, scope: str, rows: Sequence[Row]) -> None:
        self._step()
        held = self._area(scope).received
        for row in rows:
            if row.key not in held or held[row.key].seq <= row.seq:
                held[row.key] = row

    def drop_received(self, scope: str, keys: Iterable[Key]) -> None:
        self._step()
        for key in keys:
            self._area(scope).received.pop(key, None)

    def forget_received(self, scope: str) -> None:
        self._step()
        self._area(scope).received = {}

    def keep_salvage(self, scope: str, changes: Sequence[Change]) -> None:
        self._step()
        self._area(scope).salvage += tuple(changes)

    def salvage(self, scope: str) -> tuple[Change, ...]:
        return self._area(scope).salvage

    def drop_salvage(self, scope: str) -> None:
        self._step()
        self._area(scope).salvage = ()

    def show(self, scope: str, rows: Sequence[Row]) -> None:
        self._step()
        self._area(scope).shown.update((row.key, row) for row in rows)

    def hide(self, scope: str) -> None:
        self._step()
        self._area(scope).shown = {}

    def note(self, scope: str, device: str, n: int, code: str, detail: str) -> None:
        self._step()
        self.disk.notes[scope, device, n, code] = detail

    def keep_lease(self, lease: Lease) -> None:
        self._step()
        if lease not in self.disk.leases:
            self.disk.leases += (lease,)

    # ---- a person's work

    def clock(self) -> int:
        """Milliseconds; set by the simulation."""
        return 1_790_000_000_000

    oid_of: Any = None

    def change(self, scope: str, kind: str, record_id: str, body: dict[str, Any], by: str) -> Op:
        """One action of one person, in one transaction."""
        with self.transaction():
            self._step()
            op = self._own(scope, kind, record_id, body, by=by)
            key = kind, record_id
            self.show(scope, [shown(self, scope, [key])[key]])  # type: ignore[arg-type]
            return op

    def _own(
        self, scope: str, kind: str, record_id: str, body: dict[str, Any], by: str,
        base: int | None = None,
    ) -> Op:  # fmt: skip
        area, disk = self._area(scope), self.disk
        key = kind, record_id
        disk.hlc = max(disk.hlc + 1, self.clock())
        said = {
            "oid": self.oid_of(), "kind": kind, "id": record_id, "ep": disk.epoch,
            "hlc": f"{disk.hlc:012x}-0000-{disk.device}", **body,
        }  # fmt: skip
        if base is None:
            row = area.received.get(key)
            said["base"] = row.seq if row is not None else 0
            screen = area.shown.get(key) or shown(self, scope, [key])[key]  # type: ignore[arg-type]
            said |= self._above(scope, screen, body).body()
        else:
            said["base"] = base
        op = Op(by, str(disk.hlc), said)
        self._append(scope, area.streams.setdefault(disk.device, Stream(disk.device)), op)
        return op

    def _above(self, scope: str, screen: Row, body: dict[str, Any]) -> Replaced:
        """As ``store/seen.py`` says it."""
        texts, given = merging(screen.kind).texts, body.get("set", {})
        pending = self.uncovered(scope, [screen.key]).get(screen.key, ())
        bodies = [one.op.body for one in pending]
        elements = {
            name: frozenset(body.get("add", {}).get(name, ())).union(
                body.get("rm", {}).get(name, ())
            )
            for name in {*body.get("add", {}), *body.get("rm", {})}
        }
        shown_now = {name: screen.fields.get(name) for name in given}
        changing = None if body.get("del") else Changing(shown_now, elements)
        return replaced(changing, texts, bodies)
