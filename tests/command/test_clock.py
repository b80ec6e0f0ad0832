# SPDX-License-Identifier: Apache-2.0
"""A computer whose year was set to the Buddhist one is told what to do."""

from __future__ import annotations

import time
from typing import NoReturn

import pytest

from desktop import app


def test_a_year_that_python_cannot_count_in_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Mutant: a traceback of ``logging``, which nobody sees on a computer without a terminal."""

    def beyond() -> NoReturn:
        raise OverflowError("timestamp too large to convert to C _PyTime_t")

    monkeypatch.setattr(time, "time", beyond)
    monkeypatch.setattr(app, "_run", lambda *_: pytest.fail("it went on"))

    assert app.main([]) == 2
    assert "2026" in capsys.readouterr().err
