# SPDX-License-Identifier: Apache-2.0
"""Every step and state of casework has a word."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import pytest

from desktop.actions import case_words
from desktop.model.alert import STEP_KINDS
from desktop.model.assistance import ORDER
from desktop.model.case_file import Origin, StepKind
from desktop.model.follow_up import METHODS, PROGRESSES
from desktop.model.referral import Standing


@pytest.mark.parametrize(
    ("codes", "word"),
    [
        (get_args(StepKind), case_words.step_word),
        (STEP_KINDS, case_words.alert_step_word),
        (METHODS, case_words.method_word),
        (PROGRESSES, case_words.progress_word),
        (ORDER, case_words.state_word),
        (get_args(Standing), case_words.standing_word),
        (get_args(Origin), case_words.origin_word),
    ],
)
def test_every_code_has_a_word_and_an_unknown_one_is_shown(
    codes: tuple[str, ...], word: Callable[[str], str]
) -> None:
    """Fails when a step or state is added without its word."""
    assert codes
    assert all(word(code) not in ("", code) for code in codes)
    assert word("from the future") == "from the future"
