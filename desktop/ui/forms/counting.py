# SPDX-License-Identifier: Apache-2.0
"""How much of a form is answered, and how much must still be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.i18n import _, ngettext
from desktop.ui.forms.progress import Standing
from desktop.ui.forms.sections import Section, is_shown

if TYPE_CHECKING:
    from desktop.ui.forms.seen import Seen
    from desktop.xforms.node import Node
    from desktop.xforms.session import Session


@dataclass(frozen=True, slots=True)
class Counted:
    """``answered`` questions, ``left`` that must still be, and each section's standing."""

    answered: int
    left: int
    standings: tuple[Standing, ...]

    def words(self, here: int, *, frozen: bool) -> str:
        """One line: which section of how many, and what is left in it (in all, where ``here`` is
        no section).
        """
        parts = []
        shown = [place for place, one in enumerate(self.standings) if one.shown]
        paged = len(shown) > 1 and here in shown
        if paged:
            parts.append(
                _("Section {place} of {count}").format(
                    place=shown.index(here) + 1, count=len(shown)
                )
            )
        if not frozen:
            parts.append(self._left(self.standings[here].left if paged else None))
        return "  ·  ".join(parts)

    def _left(self, here: int | None) -> str:
        """What is left on a page, ``here`` questions; None for the whole form."""
        if not self.left:
            return _("Everything that must be answered is answered")
        if here is None:
            return ngettext(
                "{count} marked * to answer",
                "{count} marked * to answer",
                self.left,
            ).format(count=self.left)
        if here:
            return ngettext(
                "{count} marked * to answer here",
                "{count} marked * to answer here",
                here,
            ).format(count=here)
        return ngettext(
            "complete here, {count} left on other pages",
            "complete here, {count} left on other pages",
            self.left,
        ).format(count=self.left)


def count(session: Session, sections: Sequence[Section], seen: Seen, *, checked: bool) -> Counted:
    """Count the whole form; ``checked``: what is missing counts as a fault. A section is done
    when nothing is left there and it is among ``seen``.
    """
    size = len(sections)
    left, given, bad = [0] * size, [0] * size, [0] * size
    for node in _leaves(session.root):
        place = seen.section_of.get(node.path)
        if place is None or node.readonly:
            continue
        if node.value:
            given[place] += 1
            bad[place] += not node.valid
        elif node.required:
            left[place] += 1
    standings = []
    for place, section in enumerate(sections):
        faulty = bad[place] or (checked and left[place])
        done = not left[place] and place in seen
        standings.append(
            Standing(
                title_of(session, section, first=place == 0),
                "fault" if faulty else "done" if done else "todo",
                left[place],
                is_asked(session, section),
            )
        )
    return Counted(sum(given), sum(left), tuple(standings))


def is_asked(session: Session, section: Section) -> bool:
    """Whether anything of a section is to be seen now."""
    return any(is_shown(session, one, session.root) for one in section.controls)


def title_of(session: Session, section: Section, *, first: bool) -> str:
    """What a section is called in the language of the session."""
    group = section.group
    if group is None:
        return _("Beginning") if first else _("Questions")
    words = session.label(group, session.node(group) or session.root)
    if not words and group.children:
        words = session.label(group.children[0], session.root)
    return " ".join(words.split()) or group.path[-1]


def _leaves(node: Node) -> Iterator[Node]:
    for inside in node.children:
        if inside.kind or not inside.relevant:
            continue
        if inside.children:
            yield from _leaves(inside)
        else:
            yield inside
