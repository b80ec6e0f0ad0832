# SPDX-License-Identifier: Apache-2.0
"""The address before the digits of a code: what may stand there, what is offered, the way back."""

from __future__ import annotations

import pytest

from desktop.actions.proof import check, qr_text
from desktop.actions.proof_address import offered_address, proof_address, set_proof_address
from desktop.errors import Problem
from desktop.model.proof import LONGEST_ADDRESS
from desktop.store import centre
from tests.actions.proof_ground import issue, join_a_centre
from tests.hall import BY, Hall

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://a.th/v", "begins with https"), ("a.th", "begins with https"),
        ("https://a.th/v#x#", "not an address"), ("https://ก.ไทย/v", "not an address"),
        ("https://a.th/v?x=1", "not an address"), ("https:///v", "not an address"),
        ("https://" + "a" * 48 + ".th/v", "too long"),
    ],
)  # fmt: skip
def test_an_address_that_has_no_room_or_is_none_is_refused(
    hall: Hall, address: str, said: str
) -> None:
    """The mutants: any text kept; a code that no paper has room for."""
    with pytest.raises(Problem, match=said):
        set_proof_address(hall.store, BY, address)
    assert proof_address(hall.store) == ""


def test_an_address_is_kept_with_its_way_back(hall: Hall) -> None:
    """The mutant: no undo, or one that empties what was there."""
    first = set_proof_address(hall.store, BY, " https://a.example.th/v ")
    assert first.value == proof_address(hall.store) == "https://a.example.th/v#"
    done = set_proof_address(hall.store, BY, "https://b.example.th/v#")
    assert done.undo is not None
    back = done.undo(hall.store)
    assert proof_address(hall.store) == "https://a.example.th/v#"
    assert back.undo is not None
    back.undo(hall.store)
    assert proof_address(hall.store) == "https://b.example.th/v#"


def test_the_longest_address_that_is_taken_leaves_room_for_a_code(hall: Hall) -> None:
    """The mutant: one letter more."""
    host = "a" * (LONGEST_ADDRESS - len("https://.th/v#"))
    set_proof_address(hall.store, BY, f"https://{host}.th/v")
    one = issue(hall)
    assert check(hall.store, qr_text(one.proof)).outcome == "genuine"


def test_the_page_of_the_centre_is_offered(hall: Hall) -> None:
    """The mutant: an address without the page's path, which opens the staff's window."""
    assert offered_address(hall.store) == ""
    join_a_centre(hall)
    assert offered_address(hall.store) == "https://centre.example/v#"
    with hall.store.write(BY) as write:
        told = centre.joined(write.conn)
        assert told is not None
        centre.join(write, told, "https://" + "a" * 48 + ".th")
    assert offered_address(hall.store) == ""
