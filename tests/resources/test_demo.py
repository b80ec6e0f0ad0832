# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
import re

from desktop.paths import shipped

FOLDER = shipped("resources", "demo")


def test_the_five_events_and_the_hard_names_are_there() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == [
        "names_hard",
        "seed0_shift_share",
        "seed1_tak_highland",
        "seed2_apm_noi",
        "seed3_83_orgs",
        "seed4_lgo_83",
    ]


def test_no_identifier_can_be_a_living_person_s() -> None:
    """Registrar 99xx issues no numbers. Fails for any other 13 digits in what we ship."""
    for path in FOLDER.glob("*.json"):
        text = json.dumps(json.loads(path.read_text(encoding="utf-8")))
        real = [
            number for number in re.findall(r"(?<!\d)\d{13}(?!\d)", text) if number[1:3] != "99"
        ]
        assert real == [], path.name
