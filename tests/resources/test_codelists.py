# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
from typing import Any

import pytest

from desktop.paths import shipped

LISTS: dict[str, Any] = json.loads(
    shipped("resources", "codelists.json").read_text(encoding="utf-8")
)


def codes(name: str) -> list[str]:
    return [row["code"] for row in LISTS[name]["rows"]]


def test_the_lists_a_training_needs_are_there() -> None:
    assert len(LISTS) == 40
    assert set(LISTS) >= {
        "title", "id_kind", "sex", "age_band", "person_group", "event_role", "event_kind",
        "session_kind", "attendance_state", "checkin_method", "org_type", "cert_kind",
        "cert_status", "reprint_reason",
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_list_is_complete_and_clean(name: str) -> None:
    """Fails for a code given twice, a word missing in one language, and the dirt that Thai lists
    come with: เ typed twice for แ, nikhahit and aa for am, spaces no one sees.
    """
    rows = LISTS[name]["rows"]

    assert len(set(codes(name))) == len(rows) > 0
    for row in rows:
        assert set(row) == {"code", "th", "en", "extra"}
        for text in (row["th"], row["en"]):
            assert text == " ".join(text.split()) != ""
            assert not any(dirt in text for dirt in ("เเ", "\u0e4d\u0e32", "\u200b", "\u00a0"))


def test_what_one_list_says_of_another_is_true() -> None:
    titles = LISTS["title"]["rows"]
    grown_up = {row["extra"]["next"] for row in titles if "next" in row["extra"]}
    dimensions = {row["extra"]["dim"] for row in LISTS["problem"]["rows"]}

    assert grown_up <= set(codes("title"))
    assert dimensions - {"other"} <= set(codes("dimension")), "other is of no dimension"
    assert {row["extra"]["sex"] for row in titles if "sex" in row["extra"]} <= set(codes("sex"))
