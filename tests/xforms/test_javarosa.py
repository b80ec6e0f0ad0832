# SPDX-License-Identifier: Apache-2.0
"""A short run of ``tests/campaigns/javarosa.py`` in every run of the tests."""

from __future__ import annotations

import pytest

from desktop.xforms.form import Form
from tests.xforms import authored
from tests.xforms.difference import play
from tests.xforms.javarosa import needs_java

NAMES = (
    "activity", "alert", "counted household", "evaluation", "follow_up", "home_visit",
    "household", "large", "nested", "referral", "registration",
)  # fmt: skip


@needs_java
@pytest.mark.parametrize("name", NAMES)
def test_random_answers_lead_where_javarosa_gets_to(name: str) -> None:
    """Mutants: a sum that a blank spoils, relevance that forgets a value, a skipped cascade."""
    xml = authored.all_forms()[name]
    form = Form.load(xml)
    for seed in range(2):
        difference = play(form, xml, seed, 25)
        assert difference is None, str(difference)
