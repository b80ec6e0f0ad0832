# SPDX-License-Identifier: Apache-2.0
"""The three sounds of the desk are what their script makes, short, and told apart."""

from __future__ import annotations

import importlib.util
import io
import wave
from types import ModuleType

import pytest

from desktop.paths import shipped


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    path = shipped("resources", "build", "sounds.py")
    spec = importlib.util.spec_from_file_location("sounds", path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.mark.parametrize("name", ["good", "look", "wrong"])
def test_a_sound_is_what_the_script_makes_and_short(maker: ModuleType, name: str) -> None:
    """Mutants: a file changed by hand; a sound so long that it is still on at the next scan."""
    held = shipped("resources", "sounds", f"{name}.wav").read_bytes()
    assert held == maker.wav(name)
    with wave.open(io.BytesIO(held)) as file:
        assert file.getnframes() / file.getframerate() < 0.5
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)


def test_the_good_sound_rises_and_the_wrong_one_falls(maker: ModuleType) -> None:
    """Mutant: the two made alike."""
    good = [hertz for hertz, _seconds in maker.SOUNDS["good"]]
    wrong = [hertz for hertz, _seconds in maker.SOUNDS["wrong"]]
    assert good == sorted(good)
    assert wrong == sorted(wrong, reverse=True)
    assert max(wrong) < min(good)
