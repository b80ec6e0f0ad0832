# SPDX-License-Identifier: Apache-2.0
"""The two languages of the program. English sentences in the code, Thai in the catalogue.

``_("…")`` translates now; ``N_("…")`` marks a constant to be translated where it is shown.
Placeholders are named and filled after translation: ``_("{count} people").format(count=3)``.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Final

from desktop.paths import shipped

LANGUAGES: Final = ("th", "en")
DOMAIN: Final = "samut"


@cache
def _catalogue_of(code: str) -> gettext.NullTranslations:
    if code == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, shipped("resources", "locale"), ["th"], fallback=True)


class _Tongue:
    """The language of the moment. Module state, because gettext's call sites have no argument."""

    code: str = "th"
    catalogue: gettext.NullTranslations | None = None


_SPOKEN: Final[ContextVar[str]] = ContextVar("spoken", default="")
"""The language of this thread or request alone, where several are served at once."""


def use_language(code: str) -> None:
    """Speak ``code`` (``"th"`` or ``"en"``) from now on. An unknown code means Thai."""
    _Tongue.code = code if code in LANGUAGES else "th"
    _Tongue.catalogue = _catalogue_of(_Tongue.code)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak ``code`` inside this block only, and in this thread or task only."""
    before = _SPOKEN.set(code if code in LANGUAGES else "th")
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def language() -> str:
    """The code of the language spoken now."""
    return _SPOKEN.get() or _Tongue.code


def language_of_environment() -> str:
    """The language a command line should answer in before any setting is known."""
    for name in ("SAMUT_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value[:2].lower() in LANGUAGES:
            return value[:2].lower()
    return "th"


def _catalogue() -> gettext.NullTranslations:
    if spoken := _SPOKEN.get():
        return _catalogue_of(spoken)
    if _Tongue.catalogue is None:
        _Tongue.catalogue = _catalogue_of(_Tongue.code)
    return _Tongue.catalogue


def _(message: str) -> str:
    return _catalogue().gettext(message)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for a marked constant
    """Mark a constant for the catalogue; translate it with ``_`` where it is shown."""
    return message


def ngettext(one: str, many: str, count: int) -> str:
    """The form of a message for ``count`` things."""
    return _catalogue().ngettext(one, many, count)
