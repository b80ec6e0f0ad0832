# SPDX-License-Identifier: Apache-2.0
"""Who lives in a household, by generation."""

from __future__ import annotations

from desktop.model.household import Member, family, known_by


def member(name: str, relation: str = "", age: int | None = None, person_id: str = "") -> Member:
    return Member(name, "h", name, person_id, relation, age)


def test_the_family_stands_by_generation_the_head_before_the_spouse() -> None:
    rows = family(
        [
            member("หลาน", "grandchild", 6),
            member("ลูกเล็ก", "child", 12),
            member("เพื่อน"),
            member("ลูกใหญ่", "child", 20),
            member("ภรรยา", "spouse", 41),
            member("แม่", "parent", 70),
            member("หัวหน้า", "head", 40),
        ]
    )
    assert [(row.level, [one.name for one in row.members]) for row in rows] == [
        (-1, ["แม่"]),
        (0, ["หัวหน้า", "ภรรยา"]),
        (1, ["ลูกใหญ่", "ลูกเล็ก"]),
        (2, ["หลาน"]),
        (None, ["เพื่อน"]),
    ]


def test_a_household_is_known_by_its_head_or_whoever_was_visited() -> None:
    assert known_by([member("ข"), member("ก", "head")]) == "ก"
    assert known_by([member("ข"), member("ค", person_id="p")]) == "ค"
    assert known_by([member("ข", "child")]) == "ข"
    assert known_by([]) == ""
