# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import datetime
import json
from typing import Any

from desktop.paths import shipped
from resources.build import thai_holidays

TEXT = shipped("resources", "holidays.json").read_text(encoding="utf-8")
HOLIDAYS: dict[str, Any] = json.loads(TEXT)


def test_every_year_from_2018_to_2035_has_its_holidays_in_order() -> None:
    dates = [datetime.date.fromisoformat(day["date"]) for day in HOLIDAYS["days"]]
    years = {year: sum(date.year == year for date in dates) for year in range(2018, 2036)}

    assert dates == sorted(set(dates))
    assert {date.year for date in dates} == set(years)
    assert min(years.values()) >= 18


def test_a_holiday_has_a_thai_and_an_english_name_and_a_kind() -> None:
    for day in HOLIDAYS["days"]:
        assert any("ก" <= letter <= "๛" for letter in day["th"])
        assert day["en"].isascii()
        assert day["kind"] in {"public", "government"}


def test_the_ploughing_day_closes_government_offices_only() -> None:
    kinds = {day["kind"] for day in HOLIDAYS["days"] if "พืชมงคล" in day["th"]}

    assert kinds == {"government"}


def test_the_file_is_what_its_script_builds() -> None:
    """Fails when the years or the source change and nobody builds the file again."""
    assert thai_holidays.build() == TEXT
