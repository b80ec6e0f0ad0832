# SPDX-License-Identifier: Apache-2.0
"""The strength shown is never better for what a guesser tries first."""

from __future__ import annotations

import pytest

from desktop.store import keys
from desktop.thai.keyboard import canonical_secret
from desktop.ui import strength


@pytest.mark.parametrize(
    ("passphrase", "grade"),
    [
        ("", "short"),
        ("abc123", "short"),
        ("1234567890", "weak"),
        ("aaaaaaaaaaaa", "weak"),
        ("qwertyuiop", "weak"),
        ("081234567890", "weak"),
        ("passpasspass", "weak"),
        ("correct horse battery staple", "good"),
        ("ฟ้าเขียวช้างบินข้ามเขา", "good"),
    ],
)
def test_a_passphrase_gets_its_grade(passphrase: str, grade: str) -> None:
    assert strength.grade(canonical_secret(passphrase)) == grade


def test_what_is_short_here_is_what_the_store_refuses() -> None:
    assert strength.LEAST == keys.MINIMUM_LENGTH
