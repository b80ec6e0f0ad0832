# SPDX-License-Identifier: Apache-2.0
"""Choices of this laptop that must be known before the store is open: language, theme, sound.

Nothing personal lives here: the file is plain JSON beside the store. Settings of an office or a
facilitator are rows in the store.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What this laptop remembers between starts."""

    language: str = "th"
    theme: str = "system"
    """``light``, ``dark`` or ``system``."""
    sound: bool = True
    lock_after_minutes: int = 5
    """Minutes without a key or a click until the soft lock; 0 means never."""
    text_scale: int = 100
    """Percent of the normal text size."""
    one_scroll: bool = False
    """Whether a form is one long page instead of a section a page."""


def read_settings(folder: Path) -> Settings:
    """The settings kept in ``folder``; defaults for what is missing or cannot be read."""
    try:
        kept = json.loads((folder / "settings.json").read_text("utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(kept, dict):
        return Settings()
    known = {
        field.name: kept[field.name]
        for field in fields(Settings)
        if type(kept.get(field.name)) is type(field.default)
    }
    return Settings(**known)


def write_settings(folder: Path, settings: Settings) -> None:
    """Keep ``settings`` in ``folder``, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / "settings.json.new"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(settings), file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / "settings.json")
