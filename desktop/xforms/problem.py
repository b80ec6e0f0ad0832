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
    def unreadable(cls, source: str, position: int) -> ExpressionRefused:
        """The expression cannot be read from character ``position`` (from 0) on."""
        begin = max(0, position - 20)
        return cls(
            _(
                "The expression cannot be understood at character {position}, near “{near}”."
            ).format(position=position + 1, near=source[begin : position + 20].strip())
        )

    @classmethod
    def too_long(cls, most: int) -> ExpressionRefused:
        """The expression has more than ``most`` characters."""
        return cls(
            _("The expression is longer than {most} characters. Make it shorter.").format(
                most=most
            )
        )

    @classmethod
    def too_deep(cls, most: int) -> ExpressionRefused:
        """Brackets and function calls are inside one another more than ``most`` times."""
        return cls(
            _("The expression has more than {most} levels of brackets. Make it simpler.").format(
                most=most
            )
        )

    @classmethod
    def too_much(cls, most: int) -> ExpressionRefused:
        """Its predicates were tried on more than ``most`` nodes."""
        return cls(
            _("The expression looks at more than {most} places. Make it simpler.").format(
                most=most
            )
        )

    @classmethod
    def too_long_text(cls, most: int) -> ExpressionRefused:
        """It makes a text of more than ``most`` characters."""
        return cls(
            _("The expression makes a text of more than {most} characters.").format(most=most)
        )

    @classmethod
    def unknown_function(cls, name: str) -> ExpressionRefused:
        """There is no function called ``name``."""
        return cls(_("There is no function “{name}” here.").format(name=name))

    @classmethod
    def unsupported_function(cls, name: str) -> ExpressionRefused:
        """The function ``name`` is known and left out on purpose (DECISIONS.md says why)."""
        return cls(_("The function “{name}” is not supported.").format(name=name))

    @classmethod
    def wrong_count(cls, name: str, given: int) -> ExpressionRefused:
        """The function ``name`` does not take ``given`` arguments."""
        return cls(
            _("The function “{name}” cannot be given {count} arguments.").format(
                name=name, count=given
            )
        )

    @classmethod
    def wrong_argument(cls, name: str, argument: str) -> ExpressionRefused:
        """The function ``name`` does not know the option ``argument``."""
        return cls(
            _("The function “{name}” does not know “{argument}”.").format(
                name=name, argument=argument
            )
        )

    @classmethod
    def not_nodes(cls, where: str) -> ExpressionRefused:
        """A value stands where a path is needed; ``where`` is a function or an operator."""
        return cls(_("“{where}” needs a path to questions, not a value.").format(where=where))

    @classmethod
    def unknown_prefix(cls, prefix: str) -> ExpressionRefused:
        """The form declares no namespace for ``prefix``."""
        return cls(_("The form declares no prefix “{prefix}”.").format(prefix=prefix))

    @classmethod
    def pattern(cls, source: str, reason: str) -> ExpressionRefused:
        """The regular expression ``source`` is refused; ``reason`` is a sentence."""
        return cls(_("The pattern “{pattern}”: {reason}").format(pattern=source, reason=reason))

    @classmethod
    def unknown_instance(cls, name: str) -> ExpressionRefused:
        """The form has no list called ``name``."""
        return cls(_("The form has no list called “{name}”.").format(name=name))

    @classmethod
    def unknown_text(cls, name: str) -> ExpressionRefused:
        """The form has no text called ``name``."""
        return cls(_("The form has no text called “{name}”.").format(name=name))
