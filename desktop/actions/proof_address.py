# SPDX-License-Identifier: Apache-2.0
"""The address before the digits of a certificate's code, for whoever scans it with a telephone.

A telephone that reads a code with an address opens that page, which checks it; what follows the
``#`` never leaves the telephone. Without one the code is digits alone and smaller.
"""

from __future__ import annotations

import re
from typing import Final

from desktop.actions.done import Done
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model import proof as code
from desktop.store import centre
from desktop.store import proof as store_proof
from desktop.store.store import Store

_ADDRESS: Final = re.compile(r"https://[A-Za-z0-9.\-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/\-]*)?#")
_PAGE: Final = "/v#"
"""Where a centre has its page."""


def proof_address(store: Store) -> str:
    """What stands before the digits of new codes; empty for digits alone."""
    with store.read() as conn:
        return store_proof.address(conn)


def offered_address(store: Store) -> str:
    """The page of the centre this laptop joined; empty without one, or when it is too long."""
    with store.read() as conn:
        told = centre.joined(conn)
    text = "" if told is None else str(told["address"]).rstrip("/") + _PAGE
    return text if _fits(text) else ""


def set_proof_address(store: Store, by: str, address: str) -> Done:
    """Put an address before the digits of codes issued from now on, or none; ``value`` is what is
    kept, and ``Done.undo`` puts back what was there.

    Certificates that were issued keep theirs. Raises :class:`Problem`.
    """
    text = address.strip()
    if text and not text.endswith("#"):
        text += "#"
    if text:
        _demand_address(text)
    with store.write(by) as write:
        before = store_proof.address(write.conn)
        if before == text:
            return Done(frozenset(), text)
        store_proof.keep_address(write, text)
        write.audit("change_proof_address", "office")

    def undo(store: Store) -> Done:
        return set_proof_address(store, by, before)

    return Done(frozenset({"office"}), text, undo)


def _demand_address(text: str) -> None:
    if not text.startswith("https://"):
        raise Problem(
            _("An address begins with https://, for example https://check.example.go.th/v.")
        )
    if len(text) > code.LONGEST_ADDRESS:
        raise Problem(
            _(
                "This address is too long for a small code: {count} letters, and there is room "
                "for {most}. It begins with https://; leave out what the page does without."
            ).format(count=len(text) - 1, most=code.LONGEST_ADDRESS - 1)
        )
    if not _ADDRESS.fullmatch(text):
        raise Problem(
            _(
                "This is not an address of a page. After https:// come a name and perhaps a path, "
                "in Latin letters and digits, for example https://check.example.go.th/v."
            )
        )


def _fits(text: str) -> bool:
    return len(text) <= code.LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None
