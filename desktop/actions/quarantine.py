# SPDX-License-Identifier: Apache-2.0
"""What the centre put aside: read with its reasons, and written into a locked file.

Nothing here takes anything away. A change that was put aside stays in this laptop's log and in
the centre's; the centre's staff can let it in later.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.sync import PutAside
from desktop.store import facilitator, sync_state
from desktop.store.case_file import facilitator_names
from desktop.store.store import Store
from desktop.store.variant import About, about
from desktop.thai.dates import be_year

LEAST: int = 10
"""Fewest characters of the passphrase of a file."""


class ExportProblem(Problem):
    """The file cannot be written as asked."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A change the centre put aside, and whose record it is."""

    change: PutAside
    about: About
    author: str
    """The facilitator's name, empty when this laptop does not know her."""


def put_aside(store: Store, by: str) -> tuple[Aside, ...]:
    """Everything the centre put aside, the oldest first.

    What hangs on a restricted case of others is there with its reason, and ``about.hidden``.
    """
    with store.read() as conn:
        found = sync_state.put_aside(conn)
        known = about(conn, by, ((one.kind, one.id) for one in found))
        names: Mapping[str, str] = facilitator_names(conn)
    return tuple(Aside(one, known[one.kind, one.id], names.get(one.by, "")) for one in found)


def file_name(day: date) -> str:
    """A name for the file that says nothing of anybody."""
    return f"samut-put-aside-{be_year(day)}-{day:%m-%d}.age"


def export(store: Store, by: str, path: Path, passphrase: str) -> int:
    """Write what was put aside into ``path``, locked with ``passphrase``; but not what hangs on
    a restricted case that ``by`` may not read: she would choose the key to it.

    The file is made by age (age-encryption.org) over JSON, so that the centre's staff can open
    it without this program. Whole or not there; noted in the audit log. Returns how many
    changes it holds. Raises :class:`ExportProblem`.
    """
    if len(passphrase) < LEAST:
        raise ExportProblem(
            _("Use at least {count} characters, for example four words you will remember.").format(
                count=LEAST
            )
        )
    with store.read() as conn:
        aside = sync_state.put_aside(conn)
        known = about(conn, by, ((one.kind, one.id) for one in aside))
        found = [one for one in aside if not known[one.kind, one.id].hidden]
        office = facilitator.office_or_none(conn)
    if not found:
        raise ExportProblem(_("The centre has put nothing aside."))
    told = {
        "office": office.id if office is not None else "",
        "device": store.device,
        "changes": [asdict(one) for one in found],
    }
    # Loaded here: it is wanted once in a year.
    from pyrage import passphrase as age

    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            plain = json.dumps(told, ensure_ascii=False, indent=1).encode()
            file.write(age.encrypt(plain, passphrase))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise ExportProblem(
            _("It could not be saved there. Choose another folder or a USB stick.")
        ) from error
    with store.write(by) as write:
        write.audit("export", "op", detail=str(len(found)))
    return len(found)
