# SPDX-License-Identifier: Apache-2.0
"""Why a form or an expression cannot be used, as sentences for the person who wrote the form."""

from __future__ import annotations

from desktop.errors import Refused
from desktop.i18n import _


class FormRefused(Refused):
    """The form cannot be opened; the sentence says what is wrong and where."""


class ExpressionRefused(FormRefused):
    """An expression cannot be read or evaluated."""

    @classmethod
    def unknown_instance(cls, name: str) -> ExpressionRefused:
        """The form has no list called ``name``."""
        return cls(_("The form has no list called “{name}”.").format(name=name))

    @classmethod
    def unknown_text(cls, name: str) -> ExpressionRefused:
        """The form has no text called ``name``."""
        return cls(_("The form has no text called “{name}”.").format(name=name))
