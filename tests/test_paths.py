# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop import paths


def test_what_ships_is_found_in_a_checkout() -> None:
    assert paths.shipped("resources", "fonts", "Sarabun-Regular.ttf").is_file()
    assert paths.shipped("resources") == Path(paths.__file__).parents[1] / "resources"


def test_a_frozen_build_looks_in_its_bundle(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Fails when the bundle's folder is no longer asked first."""
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    paths._shipped_root.cache_clear()
    try:
        assert paths.shipped("forms") == tmp_path / "desktop" / "_shipped" / "forms"
    finally:
        paths._shipped_root.cache_clear()


def test_the_profile_can_be_put_anywhere(profile: Path) -> None:
    assert paths.profile_folder() == profile


@pytest.mark.parametrize(
    ("platform", "variable", "tail"),
    [
        ("linux", "XDG_DATA_HOME", ("samut-sanam",)),
        ("win32", "LOCALAPPDATA", ("DSDW", "SamutSanam")),
    ],
)
def test_the_profile_stands_where_the_platform_keeps_such_things(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    platform: str,
    variable: str,
    tail: tuple[str, ...],
) -> None:
    monkeypatch.delenv(paths.PROFILE_VARIABLE)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv(variable, str(tmp_path))

    assert paths.profile_folder() == tmp_path.joinpath(*tail)


def test_a_relative_data_home_counts_as_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The XDG rule. Fails when the variable is believed as it stands: the store would move with
    the folder one happens to start from.
    """
    monkeypatch.delenv(paths.PROFILE_VARIABLE)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", "data")

    assert paths.profile_folder() == tmp_path / ".local" / "share" / "samut-sanam"
