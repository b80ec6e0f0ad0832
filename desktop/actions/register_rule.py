# SPDX-License-Identifier: Apache-2.0
"""How an office writes its certificate numbers and by which year it counts them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from desktop.actions.done import Done, finished
from desktop.model.certificate import number_text
from desktop.model.event import DigitStyle
from desktop.model.register import (
    USUAL_PATTERN,
    RegisterRule,
    checked_pattern,
    pattern_trouble,
)
from desktop.store import codelist
from desktop.store import register as rows
from desktop.store.register import register_year
from desktop.store.store import Store
from desktop.thai.digits import styled, to_arabic
from desktop.thai.normalise import normalise

__all__ = ["keep_rule", "register_year", "rules", "sample_number"]

_SAMPLE: Final = 12


def rules(store: Store) -> tuple[RegisterRule, ...]:
    """How numbers are written, one of every kind of certificate."""
    with store.read() as conn:
        said = rows.rules(conn)
    kinds = [one.code for one in codelist.codes("cert_kind")]
    return tuple(said.get(kind, RegisterRule(kind)) for kind in kinds)


def keep_rule(store: Store, by: str, one: RegisterRule) -> Done:
    """Write numbers like this from now on; the value is it, tidied. Numbers drawn before stay.

    Raises ``PatternProblem`` with a sentence for what cannot be a number.
    """
    tidied = replace(one, pattern=_line(one.pattern) or USUAL_PATTERN, code=_line(one.code))
    checked_pattern(tidied.pattern, tidied.code)
    with store.write(by) as write:
        rows.put_rule(write, tidied)
    return finished(write, tidied)


def sample_number(one: RegisterRule, digits: DigitStyle, day: date) -> str:
    """A number as it would be printed; empty for a pattern that cannot stand."""
    pattern, code = _line(one.pattern) or USUAL_PATTERN, _line(one.code)
    if pattern_trouble(pattern, code):
        return ""
    return styled(number_text(_SAMPLE, register_year(one, day), pattern, code), digits)


def _line(text: str) -> str:
    return " ".join(to_arabic(normalise(text)).split())
