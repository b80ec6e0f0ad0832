# SPDX-License-Identifier: Apache-2.0
"""Identity numbers and telephone numbers as people type, paste and scan them.

Policy: the check digit is an error for numbers that begin with 1 to 5 or 8, and only a warning for
0, 6 and 7, which local offices have issued without one; a G-code has none; "none, and why" is
always allowed, so that nobody is turned away for want of a paper. Arithmetic as in the civil
registration act's numbering (weights 13 to 2, modulo 11).

A problem never quotes the number: it is shown beside the field that holds it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.errors import Problem
from desktop.i18n import N_, _
from desktop.thai.digits import to_arabic
from desktop.thai.normalise import normalise

KINDS = ("cid", "cid0", "gcode", "pink", "passport", "house", "official", "none")
"""The codes of the code list `id_kind`."""

_SEPARATORS = re.compile(r"[\s\-‐‑–—−._/]+")
_THIRTEEN = re.compile(r"[0-9]{13}")
_GCODE = re.compile(r"G[0-9]{12}")
_PASSPORT = re.compile(r"[A-Z0-9]{5,15}")
# So many digits with a letter among them are a slip of the finger, not a passport.
_DIGITS_OF_A_SLIP = 10
_NEARLY = re.compile(r"[0-9]{10,16}")
_NOTHING = frozenset({"", "ไม่มี", "ไม่ทราบ", "none"})
_WRONG_CHECK = N_("The check digit does not fit. Compare the number with the card.")
_FIRST_OF_KIND = {"cid": "123458", "cid0": "0", "pink": "0678"}
_CHECKED_STRICTLY = "123458"


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identity number: its kind, its value without separators, and what is wrong with it.

    `problem` is a sentence that keeps the value from being stored, `warning` one that does not;
    both "" when there is nothing to say.
    """

    kind: str
    value: str
    problem: str = ""
    warning: str = ""


def check_digit(first12: str) -> int:
    """Return the thirteenth digit that belongs to the first twelve (Arabic digits).

    Raises ValueError unless given twelve digits.
    """
    if len(first12) != 12 or not (first12.isascii() and first12.isdigit()):
        raise ValueError("a check digit is made of twelve digits")
    weighted = sum(int(digit) * (13 - place) for place, digit in enumerate(first12))
    return (11 - weighted % 11) % 10


def read_identifier(text: str, kind: str | None = None) -> Identifier:
    """Read an identity number; Thai digits, spaces and dashes are accepted.

    `kind` is a code of KINDS when a person chose it; None guesses it from the number. Raises
    ValueError for a kind that does not exist.
    """
    if kind is not None and kind not in KINDS:
        raise ValueError(f"unknown kind of identifier {kind!r}")
    cleaned = to_arabic(normalise(text)).lstrip("'")
    if kind == "none":
        return Identifier("none", "")
    if cleaned.casefold() in _NOTHING or not _SEPARATORS.sub("", cleaned):
        if kind is None:
            return Identifier("none", "")
        return Identifier(kind, "", _("Type the number, or choose “no document” and say why."))
    if kind in {"house", "official"}:
        return Identifier(kind, cleaned)
    value = _SEPARATORS.sub("", cleaned).upper()
    return _guessed(value) if kind is None else _chosen(kind, value)


def _chosen(kind: str, value: str) -> Identifier:
    if kind == "gcode":
        fits = _GCODE.fullmatch(value)
        return Identifier(kind, value, "" if fits else _("A G-code is G and twelve digits."))
    if kind == "passport":
        fits = _PASSPORT.fullmatch(value)
        sentence = _("A passport number is 5 to 15 letters and digits.")
        return Identifier(kind, value, "" if fits else sentence)
    return _thirteen(kind, value)


def _guessed(value: str) -> Identifier:
    if _GCODE.fullmatch(value):
        return Identifier("gcode", value)
    if value.isascii() and value.isdigit() and _NEARLY.fullmatch(value):
        kinds = {"0": "cid0", "6": "pink", "7": "pink"}
        return _thirteen(kinds.get(value[0], "cid"), value)
    if value[:1] == "G" and value[1:].isdigit() and len(value) > 10:
        return Identifier("gcode", value, _("A G-code is G and twelve digits."))
    if len(re.findall("[0-9]", value)) >= _DIGITS_OF_A_SLIP:
        return _thirteen("cid", value)
    if _PASSPORT.fullmatch(value) and re.search("[0-9]", value):
        return Identifier("passport", value)
    return Identifier("cid", value, _("This is not an identity number. It has 13 digits."))


def _thirteen(kind: str, value: str) -> Identifier:
    if not _THIRTEEN.fullmatch(value):
        if value.isascii() and value.isdigit():
            sentence = _("An identity number has 13 digits; this one has {count}.")
            return Identifier(kind, value, sentence.format(count=len(value)))
        return Identifier(kind, value, _("An identity number has 13 digits and no letters."))
    if value[0] not in _FIRST_OF_KIND[kind]:
        return Identifier(
            kind, value, _("No number of this kind begins with this digit. Check the kind.")
        )
    if check_digit(value[:12]) == int(value[12]):
        return Identifier(kind, value)
    if value[0] in _CHECKED_STRICTLY and kind == "cid":
        return Identifier(kind, value, _(_WRONG_CHECK))
    return Identifier(kind, value, warning=_(_WRONG_CHECK))


def masked(value: str) -> str:
    """Return a number fit for a screen others see: 1-xxxx-xxxxx-81-1; short ones keep less."""
    if _THIRTEEN.fullmatch(value):
        return f"{value[0]}-xxxx-xxxxx-{value[10:12]}-{value[12]}"
    shown = 3 if len(value) > 6 else len(value) // 4
    return "x" * (len(value) - shown) + value[len(value) - shown :]


def grouped(value: str) -> str:
    """Return a whole number as it stands on the card: 1-9902-00000-81-1; others as they are."""
    if _THIRTEEN.fullmatch(value):
        return "-".join((value[0], value[1:5], value[5:10], value[10:12], value[12]))
    return value


def last4(value: str) -> str:
    """Return the last four characters of a number, by which a desk finds a person."""
    return value[-4:]


_PHONE_SEPARATORS = re.compile(r"[\s\-‐‑–—−.()]+")
_PHONE_WORD = re.compile(r"^(?:โทรศัพท์|เบอร์โทร|เบอร์|โทร|มือถือ|tel|mobile)[.:]?\s*", re.IGNORECASE)
_MOBILE = re.compile(r"0[689][0-9]{8}")
_LANDLINE = re.compile(r"0[23457][0-9]{7}")


def read_phone(text: str) -> str:
    """Read a Thai telephone number as 0XXXXXXXXX (mobile) or 0XXXXXXXX (landline); blank is "".

    Accepts Thai digits, separators, +66, and a leading zero that a spreadsheet dropped. Raises
    Problem with a sentence.
    """
    cleaned = _PHONE_WORD.sub("", to_arabic(normalise(text)).lstrip("'"))
    digits = _PHONE_SEPARATORS.sub("", cleaned)
    if not digits:
        return ""
    for prefix in ("+66", "0066", "66"):
        if digits.startswith(prefix) and len(digits) - len(prefix) in {8, 9, 10}:
            digits = "0" + digits.removeprefix(prefix).lstrip("0")
            break
    if not digits.startswith("0") and len(digits) in {8, 9}:
        digits = "0" + digits
    if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits):
        return digits
    if len(re.findall("[0-9]", digits)) > 12:
        raise Problem(_("Type one telephone number, without an extension."))
    raise Problem(_("This is not a telephone number. It begins with 0 and has 9 or 10 digits."))
