# SPDX-License-Identifier: Apache-2.0
"""Regular expressions of a form."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from desktop.xforms.problem import ExpressionRefused


@lru_cache(512)
def matcher(expression: str) -> Callable[[str], bool]:
    """What says whether the pattern occurs in a text; ExpressionRefused for no pattern."""
    try:
        compiled = re.compile(expression)
    except re.error as error:
        raise ExpressionRefused.pattern(expression, str(error)) from None
    return lambda text: compiled.search(text) is not None


def found(expression: str, text: str) -> bool:
    """Whether the pattern occurs in ``text``."""
    return matcher(expression)(text)
