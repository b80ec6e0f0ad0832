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

_HERE: Final = __name__
CLASSES.update(
    {
        "input": f"{_HERE}.text:TextQuestion",
        "input:multiline": f"{_HERE}.text:LongTextQuestion",
        "input:int": f"{_HERE}.number:NumberQuestion",
        "input:integer": f"{_HERE}.number:NumberQuestion",
        "input:long": f"{_HERE}.number:NumberQuestion",
        "input:decimal": f"{_HERE}.number:NumberQuestion",
        "input:note": f"{_HERE}.note:NoteQuestion",
        "secret": f"{_HERE}.text:SecretQuestion",
        "trigger": f"{_HERE}.note:Acknowledge",
        "select1": f"{_HERE}.one:SelectOne",
        "select1:likert": f"{_HERE}.one:Likert",
        "select": f"{_HERE}.several:SelectSeveral",
    }
)
