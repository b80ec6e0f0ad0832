# SPDX-License-Identifier: Apache-2.0
"""What a person brings from the centre so that a laptop can join it: where, with which code,
and by what the centre is recognised. As a QR it is one link; by hand it is typed.

The pin is what makes a stranger's Wi-Fi harmless at the only moment when the laptop does not
know the centre yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, quote, urlsplit

SCHEME: Final = "samut"
_LONGEST: Final = 500
_PIN: Final = 64


@dataclass(frozen=True, slots=True)
class Invitation:
    """One laptop's way in."""

    address: str
    """``https://host[:port]``, no slash at its end."""
    code: str = ""
    pin: str = ""
    """SHA-256 (hex) of the public key of the centre's authority; empty when the centre shows a
    certificate that the system knows."""

    @property
    def link(self) -> str:
        """The text of the QR."""
        link = f"{SCHEME}://join?a={quote(self.address, safe='')}&c={quote(self.code)}"
        return f"{link}&p={self.pin}" if self.pin else link


def read_invitation(text: str) -> Invitation:
    """The invitation in a scanned or pasted link. ``ValueError`` for anything else."""
    if len(text) > _LONGEST:
        raise ValueError("no invitation")
    parts = urlsplit(text.strip())
    told = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    address, pin = told.get("a", ""), told.get("p", "").lower()
    where = urlsplit(address)
    if (
        (parts.scheme, parts.netloc) != (SCHEME, "join")
        or where.scheme != "https"
        or not where.hostname
        or where.username is not None
        or where.path not in ("", "/")
        or where.query
        or where.fragment
        or (pin and (len(pin) != _PIN or any(c not in "0123456789abcdef" for c in pin)))
    ):
        raise ValueError("no invitation")
    return Invitation(address.rstrip("/"), told.get("c", ""), pin)
