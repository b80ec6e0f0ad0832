# SPDX-License-Identifier: Apache-2.0
"""Who must consent for whom, and what holds after giving and taking back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop.model.consent import (
    Consent,
    ConsentWithdrawal,
    age_span,
    standing,
    who_consents,
)

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("known", "who"),
    [
        ({"born": date(2020, 1, 1)}, "guardian"),
        ({"born": date(2016, 11, 20)}, "guardian"),  # the tenth birthday itself
        ({"born": date(2016, 11, 19)}, "both"),  # a day past it
        ({"born": date(2006, 11, 21)}, "both"),  # the last day of being nineteen
        ({"born": date(2006, 11, 20)}, "self"),
        ({"birth_year": 2559}, "guardian"),  # nine or ten
        ({"birth_year": 2558}, "guardian"),  # ten or eleven: the younger decides
        ({"birth_year": 2557}, "both"),
        ({"birth_year": 2549}, "both"),  # nineteen or twenty
        ({"birth_year": 2548}, "self"),
        ({"age": 11}, "guardian"),
        ({"age": 12}, "both"),
        ({"age": 20}, "both"),
        ({"age": 21}, "self"),
        ({}, "self"),
    ],
)
def test_the_youngest_age_that_fits_decides_who_consents(known: dict[str, Any], who: str) -> None:
    """PDPA section 20. Mutant: count a year of birth as the first of January."""
    assert who_consents(DAY, **known) == who


def test_marriage_and_acts_of_ones_own_end_the_need_of_a_guardian_after_ten_only() -> None:
    fifteen, eight = date(2011, 5, 1), date(2018, 5, 1)
    assert who_consents(DAY, born=fifteen) == "both"
    assert who_consents(DAY, born=fifteen, married=True) == "self"
    assert who_consents(DAY, born=fifteen, may_act_alone=True) == "self"
    assert who_consents(DAY, born=eight, married=True, may_act_alone=True) == "guardian"


def test_an_age_is_only_as_sure_as_what_is_known_of_the_birth() -> None:
    assert age_span(DAY, born=date(2000, 11, 21)) == (25, 25)
    assert age_span(DAY, birth_year=2543) == (25, 26)
    assert age_span(DAY, age=0) == (0, 1)
    assert age_span(DAY) is None


def consent(at: str, *, photo: bool = True, publish: bool = True, name: str = "") -> Consent:
    return Consent(name or f"c-{at}", "p", at, "consent", "1", True, photo, publish)


def back(at: str, what: Any) -> ConsentWithdrawal:
    return ConsentWithdrawal(f"w-{at}", "p", what, at, "me")


def test_what_was_said_last_holds() -> None:
    assert not standing([], []).photo
    both = standing([consent("2"), consent("1", photo=False, publish=False)], [])
    assert (both.photo, both.publish) == (True, True)
    less = standing([consent("1"), consent("2", publish=False)], [])
    assert (less.photo, less.publish) == (True, False)


def test_taking_back_stops_what_it_names_until_it_is_given_again() -> None:
    """Mutant: let an old withdrawal outlive a new consent, or a consent a later withdrawal."""
    publication = standing([consent("1")], [back("2", "publication")])
    assert (publication.photo, publication.publish) == (True, False)
    photo = standing([consent("1")], [back("2", "photo")])
    assert (photo.photo, photo.publish, photo.withdrawn) == (False, False, {"photo"})
    assert not standing([consent("1")], [back("2", "all")]).photo
    assert standing([consent("1"), consent("3")], [back("2", "all")]).publish
