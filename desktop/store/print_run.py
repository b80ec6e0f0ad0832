# SPDX-License-Identifier: Apache-2.0
"""Batches on their way to a printer, kept on this laptop so that they go on after a jam.

Of each paper of an event the last batch is kept; a new one takes its place.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, update

from desktop.model.print_run import PARITIES, QUALITIES, SIDES, How, PrintRun
from desktop.store.tables.print_run import print_run
from desktop.store.write import Write

__all__ = ["begin", "end", "find", "forget", "last", "sent"]

_OVER: Final = "over"
_REASON: Final = "reason"


def last(conn: Connection, event_id: str, what: str) -> PrintRun | None:
    """The last batch of this paper; None when there was none."""
    row = conn.execute(
        select(print_run)
        .where(print_run.c.event_id == event_id, print_run.c.what == what)
        .order_by(print_run.c.at.desc(), print_run.c.id.desc())
        .limit(1)
    ).first()
    return None if row is None else _run(row)


def find(conn: Connection, run_id: str) -> PrintRun | None:
    """One batch; None when a later one took its place."""
    row = conn.execute(select(print_run).where(print_run.c.id == run_id)).first()
    return None if row is None else _run(row)


def begin(write: Write, run: PrintRun) -> None:
    """Keep a batch before its first sheet is sent, in the place of the one before it."""
    forget(write, run.event_id, run.what)
    write.conn.execute(
        insert(print_run).values(
            id=run.id,
            event_id=run.event_id,
            what=run.what,
            keys=json.dumps(run.sheets),
            options=json.dumps({**asdict(run.how), _REASON: run.reason, _OVER: run.over}),
            printer=run.printer,
            sent=run.sent,
            at=run.at,
            by=run.by,
        )
    )
    write.changed.add("print_run")


def sent(write: Write, run_id: str, sheets: int) -> None:
    """Keep how many sheets a printer has taken."""
    write.conn.execute(update(print_run).where(print_run.c.id == run_id).values(sent=sheets))
    write.changed.add("print_run")


def end(write: Write, run_id: str) -> None:
    """Keep that all of a batch came out, as far as the printer says."""
    run = find(write.conn, run_id)
    if run is None:
        return
    options = {**asdict(run.how), _REASON: run.reason, _OVER: True}
    write.conn.execute(
        update(print_run).where(print_run.c.id == run_id).values(options=json.dumps(options))
    )
    write.changed.add("print_run")


def forget(write: Write, event_id: str, what: str) -> None:
    """Keep no batch of this paper any more."""
    write.conn.execute(
        delete(print_run).where(print_run.c.event_id == event_id, print_run.c.what == what)
    )
    write.changed.add("print_run")


def _run(row: Any) -> PrintRun:
    options = json.loads(row.options)
    return PrintRun(
        id=row.id,
        event_id=row.event_id,
        what=row.what,
        sheets=tuple(tuple(sheet) for sheet in json.loads(row.keys)),
        how=_how(options),
        printer=row.printer,
        reason=options.get(_REASON, ""),
        sent=row.sent,
        at=row.at,
        by=row.by,
        over=bool(options.get(_OVER)),
    )


def _how(options: dict[str, Any]) -> How:
    usual = How()
    return How(
        tray=options.get("tray", usual.tray),
        sides=options["sides"] if options.get("sides") in SIDES else usual.sides,
        quality=options["quality"] if options.get("quality") in QUALITIES else usual.quality,
        copies=options.get("copies", usual.copies),
        collate=options.get("collate", usual.collate),
        parity=options["parity"] if options.get("parity") in PARITIES else usual.parity,
        backwards=options.get("backwards", usual.backwards),
        pause_every=options.get("pause_every", usual.pause_every),
    )
