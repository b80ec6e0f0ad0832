# SPDX-License-Identifier: Apache-2.0
"""What sentences call an element of a template."""

from __future__ import annotations

from desktop.i18n import _
from desktop.model import template as kinds
from desktop.model.template import AnyElement
from desktop.model.template_field import fields_of
from desktop.model.template_text import BadText, fields_in


def label_of(element: AnyElement) -> str:  # noqa: PLR0911 - one a kind
    """What people call an element: its own name, its field, its first words, its kind."""
    if element.name:
        return element.name
    if isinstance(element, kinds.Text):
        try:
            known = {**fields_of("certificate"), **fields_of("badge")}
            for name in fields_in(element.text):
                if name in known:
                    return _(known[name].label)
        except BadText:
            pass
        return " ".join(element.text.split())[:30]
    if isinstance(element, kinds.Signatories):
        return _("signer")
    if isinstance(element, kinds.Qr):
        return _("QR code")
    if isinstance(element, kinds.Table):
        return _("table")
    return element.slot if isinstance(element, kinds.Image) and element.slot else element.id
