# SPDX-License-Identifier: Apache-2.0
"""Passwords of the centre's staff: Argon2id, and what a password must be.

A password is typed on whatever keyboard layout is on, so its keys count and not its letters, as
with a facilitator's passphrase (``thai.keyboard.canonical_secret``).
"""

from __future__ import annotations

import secrets
import threading
from typing import Final

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from desktop.errors import Problem
from desktop.i18n import _
from desktop.thai.keyboard import canonical_secret

SHORTEST: Final = 12
LONGEST: Final = 200
_MEMORY_KIB: Final = 64 * 1024
_PASSES: Final = 3
_LANES: Final = 4
_AT_ONCE: Final = threading.BoundedSemaphore(2)
"""A flood of sign-ins may fill no more memory than two of them need (64 MiB each)."""


class WeakPassword(Problem):
    """The password is not good enough; the sentence says why."""


def check(password: str, login: str) -> None:
    """Raise :class:`WeakPassword` unless the password may be used for this login name."""
    if len(password) < SHORTEST:
        raise WeakPassword(
            _("The password is too short: it needs {count} characters or more.").format(
                count=SHORTEST
            )
        )
    if len(password) > LONGEST:
        raise WeakPassword(_("The password is too long."))
    keys = canonical_secret(password).lower()
    if len(set(keys)) < 5 or (len(login) > 3 and login.lower() in keys):
        raise WeakPassword(
            _("The password is too easy to guess: do not use the user name or one repeated key.")
        )


def hashed(password: str) -> str:
    """The PHC text (``$argon2id$…``) kept in place of the password."""
    with _AT_ONCE:
        return _fresh().derive_phc_encoded(_keys(password))


def fits(password: str, kept: str) -> bool:
    """Whether the password is the one ``kept`` was made of."""
    if len(password) > LONGEST:
        return False
    with _AT_ONCE:
        try:
            Argon2id.verify_phc_encoded(_keys(password), kept)
        except InvalidKey:
            return False
    return True


def nobody() -> str:
    """A hash no password fits: an unknown name costs as long as a known one."""
    return hashed(secrets.token_urlsafe(24))


def temporary() -> str:
    """A password to hand over on paper: 16 letters and digits that are not mistaken."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    drawn = "".join(secrets.choice(letters) for _place in range(16))
    return "-".join(drawn[at : at + 4] for at in range(0, 16, 4))


def _keys(password: str) -> bytes:
    return canonical_secret(password).encode()


def _fresh() -> Argon2id:
    return Argon2id(
        salt=secrets.token_bytes(16), length=32, iterations=_PASSES, lanes=_LANES,
        memory_cost=_MEMORY_KIB,
    )  # fmt: skip
