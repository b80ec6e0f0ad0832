# SPDX-License-Identifier: Apache-2.0
"""A line that is cut in the middle of a round, at whatever byte, loses and doubles nothing.

Here at places drawn by a seed; ``./test --campaign cuts --tls`` cuts at every byte.
"""

from __future__ import annotations

import pytest

from tests.campaigns import cuts


def test_a_cut_line_loses_and_doubles_nothing() -> None:
    """Rows and a photo each way, then everything is compared. Mutants: below."""
    found = cuts.run(cuts.arguments("--sample", "30", "--seed", "4"))
    assert found["faults"] == []
    assert found["cut"] > 20
    assert found["taken_but_unheard"] > 0


@pytest.mark.parametrize(
    ("mutant", "cut", "says"),
    [
        ("believes", "600", "the centre has"),
        ("taken_again", "-1500", "doubled"),
        ("half_is_whole", "-300", "a photo did not come as it is"),
    ],
)
def test_what_a_cut_would_do_to_a_worse_program_is_noticed(
    mutant: str, cut: str, says: str
) -> None:
    """The mutants of the test above: sent counts as received; the centre takes again what it
    has; half a photo counts as one."""
    found = cuts.run(cuts.arguments(f"--at={cut}", "--mutant", mutant))
    assert any(says in fault for fault in found["faults"])
