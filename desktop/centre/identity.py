# SPDX-License-Identifier: Apache-2.0
"""Who the centre is to its laptops: one id, and the keys it signs and opens with.

They lie in ``centre.key`` beside the configuration, readable by the service's user alone, and
never in the database, so that a copy of the database signs nothing.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from desktop.errors import Problem
from desktop.i18n import _
from desktop.sync.keys import Keys

FILE: Final = "centre.key"


class NoIdentity(Problem):
    """The centre's keys are missing or cannot be read."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The centre's id and keys."""

    id: str
    keys: Keys


def make_identity(folder: Path) -> Identity:
    """New keys, kept in ``folder``. Keys that are there are never replaced."""
    identity = Identity(str(uuid4()), Keys.make())
    folder.mkdir(parents=True, exist_ok=True)
    try:
        opened = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as there:
        raise NoIdentity(_("There is already a centre in {folder}.").format(folder=folder)) from (
            there
        )
    with os.fdopen(opened, "w", encoding="ascii") as out:
        json.dump({"id": identity.id, "private": identity.keys.private().hex()}, out)
        out.flush()
        os.fsync(out.fileno())
    return identity


def read_identity(folder: Path) -> Identity:
    """The centre's keys. :class:`NoIdentity` says what to do when they are gone."""
    try:
        told = json.loads((folder / FILE).read_text("ascii"))
        return Identity(str(UUID(told["id"])), Keys.from_private(bytes.fromhex(told["private"])))
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise NoIdentity(
            _(
                "The centre's keys ({file}) cannot be read. Restore them from the backup; without "
                "them every laptop must join again."
            ).format(file=folder / FILE)
        ) from wrong
