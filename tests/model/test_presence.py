# SPDX-License-Identifier: Apache-2.0
"""Who is here, grouped: counts per part, and those with somebody missing first."""

from __future__ import annotations

from desktop.model.attendance import Mark
from desktop.model.event import Session
from desktop.model.presence import lines, missing_first, parts, sessions_as_parts
from desktop.model.roster import RosterRow

MORNING = Session("am", "e", 1, None, 540, 720, "lecture", "", counts=True)
AFTERNOON = Session("pm", "e", 1, None, 780, 960, "group", "", counts=True)


def row(name: str, province: str, group: str = "", status: str = "enrolled") -> RosterRow:
    return RosterRow(
        name, f"p-{name}", None, 1, name, name, "", name, "", f"o-{province}", province, "", "",
        province, province, group, "trainee", None, "", "", "", "", "preregistered",
        status, "", name_confirmed=False,
    )  # type: ignore[arg-type]  # fmt: skip


def mark(name: str, kind: str = "in", minute: int = 540, session: str = "am") -> Mark:
    return Mark(
        f"m-{name}-{kind}", name, session, "half", kind, minute, f"{minute}", "", "", "list"
    )  # type: ignore[arg-type]


ROSTER = (
    row("a", "10"),
    row("b", "63", "apm"),
    row("c", "63"),
    row("d", "50"),
    row("gone", "63", status="withdrawn"),
)
EVERYBODY = lines(
    ROSTER,
    {"a": (mark("a"),), "b": (mark("b", minute=570),), "gone": (mark("gone"),)},
    (MORNING, AFTERNOON),
    15,
)


def test_only_those_who_are_waited_for_are_counted() -> None:
    """Mutant: a withdrawn person still missing on the list."""
    assert [line.row.name for line in EVERYBODY] == ["a", "b", "c", "d"]


def test_parts_with_somebody_missing_stand_first_and_add_up() -> None:
    """Mutant: the order left as it comes, or leave counted as having come."""
    found = parts(EVERYBODY, "province", "am")
    assert [(part.key, part.came, part.expected) for part in found] == [
        ("50", 0, 1),
        ("63", 1, 2),
        ("10", 1, 1),
    ]
    assert sum(part.expected for part in found) == 4
    assert sum(part.missing for part in found) == 2


def test_what_was_not_said_is_a_part_of_its_own_and_the_last_of_its_kind() -> None:
    """Mutant: people without a group dropped from the count."""
    found = parts(EVERYBODY, "group", "am")
    assert [(part.key, part.expected) for part in found] == [("", 3), ("apm", 1)]


def test_every_session_stands_by_itself() -> None:
    """Mutant: one half of the day counted for the other."""
    assert [
        (part.key, part.came) for part in sessions_as_parts(EVERYBODY, (MORNING, AFTERNOON))
    ] == [
        ("am", 2),
        ("pm", 0),
    ]


def test_the_missing_come_before_those_who_are_here() -> None:
    """Mutant: the list sorted by name alone."""
    assert [line.row.name for line in missing_first(EVERYBODY, "am")] == ["c", "d", "a", "b"]


def test_lateness_is_seen_at_the_line() -> None:
    """Mutant: late_after not handed on."""
    assert EVERYBODY[1].at("am").state == "late"
    assert EVERYBODY[2].at("am").state == "expected"
