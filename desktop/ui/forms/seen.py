# SPDX-License-Identifier: Apache-2.0
"""Which sections somebody answered in or went through: only those get their tick.

A section whose answers all came from the form's own defaults looks complete, and nobody read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from desktop.ui.forms.sections import Section
    from desktop.xforms.session import Session


class Seen:
    """The sections of a session that were seen; ``answered`` are the places of the answers that
    were given before it was opened, None where all of it counts as seen (a record).
    """

    def __init__(
        self,
        session: Session,
        sections: Sequence[Section],
        answered: Iterable[str] | None,
    ) -> None:
        self._session = session
        self.section_of: Final = {
            path: place for place, one in enumerate(sections) for path in one.paths
        }
        """The section of each question, by its path."""
        self._all = answered is None
        self._sections: set[int] = set()
        self.places: Final[set[str]] = set()
        """Where an answer was given."""
        for place in answered or ():
            self.answer(place)

    def answer(self, place: str) -> None:
        """An answer was given."""
        if place in self.places:
            return
        self.places.add(place)
        node = self._session.find(place)
        section = self.section_of.get(node.path) if node is not None else None
        if section is not None:
            self._sections.add(section)

    def left(self, section: int) -> None:
        """Somebody went on from a section."""
        self._sections.add(section)

    def __contains__(self, section: object) -> bool:
        return self._all or section in self._sections
