# SPDX-License-Identifier: Apache-2.0
"""Founding a store, unlocking it, and who may."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop.actions.done import Done, finished
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.facilitator import Facilitator, Office
from desktop.store import facilitator as offices
from desktop.store import keys
from desktop.store.clock import Clock, system_clock
from desktop.store.errors import StoreProblem
from desktop.store.ids import new_id
from desktop.store.keys import Slot
from desktop.store.recovery import RecoveryCode
from desktop.store.store import Store
from desktop.store.write import Write
from desktop.thai.normalise import normalise, normalise_name


class OfficeProblem(Problem):
    """The office or a facilitator cannot be kept as written."""


def found(
    folder: Path,
    office: Office,
    facilitator: Facilitator,
    passphrase: str,
    *,
    label: str = "",
    clock: Clock = system_clock,
) -> tuple[Store, RecoveryCode]:
    """Found the store of an office in ``folder`` and open it.

    Empty ids are made. ``label`` is what the unlock screen shows of her, in the clear: a
    nickname she chose. The recovery code is shown once and kept nowhere. Raises
    ``WeakPassphrase``, ``KeyFileProblem`` when a store is there already, and the disk's problems.
    """
    office, facilitator = _spelt_office(office), _spelt(facilitator)
    key, code = keys.create_keyring(
        folder, facilitator.id, label.strip() or _("Facilitator {number}").format(number=1),
        passphrase,
    )  # fmt: skip

    def first(write: Write) -> None:
        offices.put_office(write, office)
        offices.put_facilitator(write, facilitator)

    return Store.create(folder, key, clock=clock, by=facilitator.id, first=first), code


def _spelt_office(office: Office) -> Office:
    name = normalise_name(office.name)
    if not name:
        raise OfficeProblem(_("Type the name of the office."))
    return replace(
        office, id=office.id or new_id(), name=name, ministry=normalise_name(office.ministry)
    )


def _spelt(facilitator: Facilitator) -> Facilitator:
    name = normalise_name(facilitator.name)
    if not name:
        raise OfficeProblem(_("Type the name of the facilitator."))
    return replace(
        facilitator,
        id=facilitator.id or new_id(),
        name=name,
        position=normalise(facilitator.position),
    )


def who_may(folder: Path) -> tuple[Slot, ...]:
    """Whom the unlock screen offers. Raises ``NoStore`` where no store was founded."""
    return keys.slots(folder)


def unlock(
    folder: Path, facilitator_id: str, passphrase: str, *, clock: Clock = system_clock
) -> Store:
    """Open the store with a person's passphrase. Raises ``WrongPassphrase`` and the store's."""
    return Store.open(folder, keys.open_with_passphrase(folder, facilitator_id, passphrase), clock)


def recover(
    folder: Path,
    code: str,
    facilitator_id: str,
    new_passphrase: str,
    *,
    clock: Clock = system_clock,
) -> Store:
    """Open the store with the recovery sheet, and give a person a new passphrase.

    Raises ``WrongRecoveryCode`` and ``WeakPassphrase``; the old passphrase then still holds.
    """
    key = keys.open_with_recovery_code(folder, code)
    keys.change_passphrase(folder, key, facilitator_id, new_passphrase)
    return Store.open(folder, key, clock)


def people_here(store: Store) -> tuple[Facilitator, ...]:
    """Those who can unlock this laptop; the others of the office came with its rows."""
    try:
        here = frozenset(slot.facilitator_id for slot in keys.slots(store.folder))
    except StoreProblem:  # the key file is gone while the store is open
        here = None
    with store.read() as conn:
        known = offices.facilitators(conn)
        here = offices.entered_here(conn) if here is None else here
    return tuple(one for one in known if one.id in here)


def confirm_passphrase(store: Store, facilitator_id: str, passphrase: str) -> None:
    """Check a passphrase against the open store, as after the soft lock."""
    keys.open_with_passphrase(store.folder, facilitator_id, passphrase)


def change_passphrase(store: Store, by: str, old: str, new: str) -> Done:
    """Give oneself a new passphrase. It cannot be undone: the old one is forgotten."""
    key = keys.open_with_passphrase(store.folder, by, old)
    keys.change_passphrase(store.folder, key, by, new)
    with store.write(by) as write:
        write.audit("change_passphrase", "facilitator", by)
    return Done(frozenset({"office"}))


def renew_recovery_code(store: Store, by: str, passphrase: str) -> RecoveryCode:
    """A new recovery sheet; the old one opens nothing any more."""
    key = keys.open_with_passphrase(store.folder, by, passphrase)
    code = keys.renew_recovery_code(store.folder, key)
    with store.write(by) as write:
        write.audit("renew_recovery_code", "office")
    return code


def add_facilitator(
    store: Store,
    by: str,
    own_passphrase: str,
    facilitator: Facilitator,
    passphrase: str,
    *,
    label: str = "",
) -> Done:
    """Let one more person unlock this laptop; ``value`` is the facilitator.

    Whoever lets her in proves herself with her own passphrase. The row is written first, so
    that nobody can unlock whom the store does not know. Her access does not end with an undo:
    see :func:`remove_facilitator`.
    """
    facilitator = _spelt(facilitator)
    key = keys.open_with_passphrase(store.folder, by, own_passphrase)
    shown = label.strip() or _("Facilitator {number}").format(
        number=len(keys.slots(store.folder)) + 1
    )
    added = False
    try:
        with store.write(by) as write:
            offices.put_facilitator(write, facilitator)
            # Inside the transaction: a passphrase that is refused takes the row back with it.
            keys.add_slot(store.folder, key, facilitator.id, shown, passphrase)
            added = True
    except Problem:
        if added:  # the disk refused the row: nobody may unlock whom the store does not know
            keys.remove_slot(store.folder, key, facilitator.id)
        raise
    return Done(finished(write).changed, facilitator)


def remove_facilitator(store: Store, by: str, own_passphrase: str, facilitator_id: str) -> Done:
    """Take a person's access away; what she did keeps her name. The last one stays."""
    key = keys.open_with_passphrase(store.folder, by, own_passphrase)
    if facilitator_id not in {one.id for one in people_here(store)}:
        # Her row is the whole office's: without it she would be gone on every laptop.
        raise OfficeProblem(
            _("She works on another computer. Only the centre's staff can end her access.")
        )
    with store.write(by) as write:
        offices.delete_facilitator(write, facilitator_id)
        keys.remove_slot(store.folder, key, facilitator_id)
    return Done(finished(write).changed)


def change_office(store: Store, by: str, office: Office) -> Done:
    """Keep a changed name, area or ministry of the office; ``value`` is the office."""
    office = _spelt_office(office)
    with store.write(by) as write:
        offices.put_office(write, office)
    return finished(write, office)
