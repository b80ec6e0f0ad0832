# SPDX-License-Identifier: Apache-2.0
"""What a page is asked, and what it may answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, Protocol

from sqlalchemy import Connection

from desktop.centre.config import Config
from desktop.centre.database import Database
from desktop.centre.staff.session import SignedIn
from desktop.errors import Problem
from desktop.i18n import _

PAGE_LENGTH: Final = 50
"""Rows on one page of a list."""


class Centre(Protocol):
    """What the pages need of the service they are part of."""

    @property
    def database(self) -> Database: ...

    @property
    def config(self) -> Config: ...

    @property
    def pin(self) -> str:
        """By what a laptop recognises the centre when it joins (part of a joining code's QR)."""


class NotFound(Problem):
    """There is no such thing, or not any more."""


class Forbidden(Problem):
    """The role does not allow it."""


class TooMuch(Problem):
    """More of it was read in an hour than anybody's work needs."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, past the door: who asks, what was typed, and an open transaction."""

    centre: Centre
    conn: Connection
    now: datetime
    path: Mapping[str, Any]
    query: Mapping[str, str]
    form: Mapping[str, Sequence[str]]
    address: str
    root: str
    """Where the pages are mounted: ``/staff``."""
    host: str = ""
    """Scheme and host the browser asked, ``https://centre.example``."""
    who: SignedIn | None = None
    outside: bool = False
    """Asked at the public page alone, where nobody is signed in."""

    @property
    def me(self) -> SignedIn:
        """Whoever is signed in; the door lets nobody else reach a page that asks."""
        if self.who is None:
            raise Forbidden(_("Sign in first."))
        return self.who

    def typed(self, name: str) -> str:
        """A field of the form, without blanks around it; empty when it is not there."""
        values = self.form.get(name, ())
        return values[0].strip() if values else ""

    def typed_whole(self, name: str) -> str:
        """A field as it was typed, blanks and all: a password."""
        values = self.form.get(name, ())
        return values[0] if values else ""

    def all_typed(self, name: str) -> tuple[str, ...]:
        """Every value of a field that may be given more than once."""
        return tuple(value.strip() for value in self.form.get(name, ()) if value.strip())

    @property
    def offset(self) -> int:
        """Where the list begins that is asked for (``?from=50``)."""
        text = self.query.get("from", "")
        return min(int(text), 10**9) if text.isascii() and text.isdigit() else 0


Tone = Literal["good", "bad", "note"]


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be written: a template and what it shows."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    notice: str = ""
    tone: Tone = "good"


@dataclass(frozen=True, slots=True)
class Go:
    """On to another page, with a notice shown there (a code of ``page.NOTICES``)."""

    to: str
    notice: str = ""
    token: str | None = None
    """A new session's token to be put in the browser; empty: taken out of it."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file to be kept."""

    name: str
    media: str
    content: bytes


Reply = Page | Go | Download
Ask = Callable[[Asked], Reply]
