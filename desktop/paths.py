# SPDX-License-Identifier: Apache-2.0
"""Where the program finds what it ships with, and where a person's work is kept.

`resources/` and `forms/` stand beside `desktop/` in a checkout, inside it (`desktop/_shipped/`)
in a wheel, and in the bundle of a frozen build. Nobody else needs to know which of the three
this is.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

PROFILE_VARIABLE = "SAMUT_PROFILE"
"""Names the environment variable that puts the profile folder somewhere else."""

_OFFICE_FOLDER = ("DSDW", "SamutSanam")
_PLAIN_FOLDER = "samut-sanam"


@cache
def _shipped_root() -> Path:
    """The folder that holds `resources` and `forms`: bundle, wheel or checkout."""
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return Path(bundle) / "desktop" / "_shipped"
    here = Path(__file__).resolve().parent
    packed = here / "_shipped"
    return packed if packed.is_dir() else here.parent


def shipped(*parts: str) -> Path:
    """A file the program ships with: `shipped("resources", "fonts", "Sarabun-Regular.ttf")`.

    The file may be missing from a damaged installation; whoever opens it says so.
    """
    return _shipped_root().joinpath(*parts)


def profile_folder() -> Path:
    """The folder that holds this computer's store, keys and backups (it may not exist yet).

    `$SAMUT_PROFILE` when set; otherwise the place where the platform keeps a program's own data
    for one user: `%LOCALAPPDATA%`, `~/Library/Application Support`, or `$XDG_DATA_HOME`.
    """
    chosen = os.environ.get(PROFILE_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    home = Path.home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else home / "AppData" / "Local").joinpath(*_OFFICE_FOLDER)
    if sys.platform == "darwin":
        return home.joinpath("Library", "Application Support", *_OFFICE_FOLDER)
    # The XDG rule: a relative path in the variable counts as not set.
    shared = Path(os.environ.get("XDG_DATA_HOME", ""))
    return (shared if shared.is_absolute() else home / ".local" / "share") / _PLAIN_FOLDER
