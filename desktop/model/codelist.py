# SPDX-License-Identifier: Apache-2.0
"""Code lists: the closed vocabularies of the field, each code with its Thai and English word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a list."""

    code: str
    th: str
    en: str
    extra: Mapping[str, Any] = field(default_factory=dict)
