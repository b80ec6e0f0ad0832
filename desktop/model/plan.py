# SPDX-License-Identifier: Apache-2.0
"""What an office decided of the certificates of one event: template, words, who signs.

What is empty is as usual: the words of the kind, the hosts of the event, those who sign at the
ceremony, the office's own pictures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from desktop.i18n import N_
from desktop.model.certificate import Signer

Language = Literal["th", "en"]
MOST_SIGNERS: Final = 3
MOST_ISSUERS: Final = 4

FIELDS: Final[Mapping[str, str]] = {
    "role": N_("Role"),
    "project": N_("Project"),
    "score": N_("Score or result"),
    "reading": N_("Read aloud as"),
}
"""What may be noted of one recipient alone, and its word. ``reading`` is for whoever calls the
names out, and never printed on the certificate."""

PRINTED: Final = tuple(name for name in FIELDS if name != "reading")
"""Those that a template may have a place for."""

WORDS: Final = (
    "document_word", "opening", "deed", "subject", "when_where", "wish", "given",
)  # fmt: skip
"""The texts of a certificate that a plan may replace."""
LEFT_OUT: Final = "-"
"""Said in the place of such a text: it is left out on purpose."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The certificates of one kind at one event."""

    event_id: str
    kind: str
    template: str = ""
    """Id of an office's template, or the name of a shipped one; empty: the usual one."""
    language: Language = "th"
    document_word: str = ""
    opening: str = ""
    deed: str = ""
    subject: str = ""
    when_where: str = ""
    wish: str = ""
    given: str = ""
    issuers: tuple[str, ...] = ()
    """Who issues it, the first leads; the others stand under it."""
    signatories: tuple[Signer, ...] = ()
    """One to three, the first stands left."""
    proof: bool = True
    """Whether a signed QR code is made."""
    pictures: Mapping[str, str] = field(default_factory=dict)
    """Slot to SHA-256 of a picture of the office; empty: nothing there on purpose."""
