# SPDX-License-Identifier: Apache-2.0
"""Thai and Arabic digits. The digit style of an event is data, not a matter of the language."""

from __future__ import annotations

_ARABIC = "0123456789"
_THAI = "๐๑๒๓๔๕๖๗๘๙"
_TO_THAI = str.maketrans(_ARABIC, _THAI)
_TO_ARABIC = str.maketrans(_THAI, _ARABIC)


def to_thai(text: str) -> str:
    """Write every Arabic digit as the Thai one; other characters stay."""
    return text.translate(_TO_THAI)


def to_arabic(text: str) -> str:
    """Write every Thai digit as the Arabic one; other characters stay."""
    return text.translate(_TO_ARABIC)


def styled(text: str, style: str) -> str:
    """Write all digits of `text` in `style`, "thai" or "arabic".

    Raises ValueError for another style: a style is code or checked data, never typed.
    """
    if style == "thai":
        return to_thai(text)
    if style == "arabic":
        return to_arabic(text)
    raise ValueError(f"unknown digit style {style!r}")
