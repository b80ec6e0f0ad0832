# SPDX-License-Identifier: Apache-2.0
"""One file a kind of question. Each registers its classes in ``CLASSES`` by what it shows.

``kinds.choose`` asks the names of a control from the most particular to the least:
``<kind>:<word>`` for each word of its appearance, ``<kind>:<data type>``, ``<kind>``.
A name is given as the place of its class, so that a form loads only the kinds it uses.
"""

from __future__ import annotations

from typing import Final

CLASSES: Final[dict[str, str]] = {}
"""``{"select1": "desktop.ui.forms.questions.one:SelectOne", …}``."""
