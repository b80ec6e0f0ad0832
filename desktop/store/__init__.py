# SPDX-License-Identifier: Apache-2.0
"""The encrypted file: tables, migrations, keys, the op log, one module of functions a noun.

Here lives everything that knows SQL. Every change to a synced table goes through ``Write.put``
or ``Write.delete`` in ``write.py``, which write the row, its op and its audit row in one
transaction; readers are opened ``query_only``, so there is no second road. What leaves this
room are plain values and frozen rows, never a connection kept or a row of SQLAlchemy's. What
comes from a centre comes by ``sync.py``, which writes rows without ops.

    keys.py         who may open the file: key slots, passphrases, the recovery code
    engine.py       how a connection is opened: cipher, WAL, FULL, nothing on disk in the clear
    store.py        Store: one writer, many readers; check.py, backup.py: is it whole, and copies
    write.py        Write: put, delete, resolve, move, audit; oplog.py: the two logs, chained
    seen.py         what the author of an op had on the screen; shape.py: a noun's columns
    turns.py        one writer at a time, first come, first served
    step.py         what an action did, for undo; moving.py: into another scope
    schema.py       the tables this room owns, and ``synced`` which declares a noun's table
    tables/         the nouns' tables, one module each
    migrations/     how an older file becomes a newer one, forward only
    setting.py      values of this laptop that are never synced
    search.py       trigram index over names, for search as one types
    household_search.py  what households are found by
    sealed.py       files beside the store that only the store opens; attachment.py: their rows
    draft.py        the journal of a form being filled, on this laptop only; record.py: frozen
    form.py         versions of forms; form_list.py: the lists a form chooses from
    tidy.py         what is put away at opening: old discarded drafts, files nothing names
    sync.py         the port of sync over this store; stream.py: scopes, streams, numbers
    received.py     rows as the centre said them; showing.py: let people see them
    adopting.py     what a newer version wrote, once this one knows it; guest.py: of a hall
    sync_state.py   how far everything is; centre.py: the centre joined, the laptop's keys
    certificate.py  the register; certificate_step.py: what became of each, as facts;
                    register.py: how numbers are written and counted; plan.py: of an event
    template.py     the office's templates and their revisions; asset.py: its own pictures;
                    guest_paper.py: those of another office, told with its event in a hall
    lease.py        certificate numbers lent to this laptop; upload.py: files to send
    ids.py          ids made on the device; clock.py: now, and the hybrid logical clock
    errors.py       what SQLite says, as a sentence a facilitator can act on

Not here: what a facilitator does (``actions``), what the data means (``model``), sending and
merging (``sync``), Thai text (``thai``).
"""
