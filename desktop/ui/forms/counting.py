# SPDX-License-Identifier: Apache-2.0
"""How much of a form is answered, and how much must still be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.i18n import _, ngettext
from desktop.ui.forms.progress import Standing
from desktop.ui.forms.sections import Section, is_shown

if TYPE_CHECKING:
    from desktop.xforms.node import Node
    from desktop.xforms.session import Session

Place = Mapping[tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class Counted:
    """``answered`` questions, ``left`` that must still be, and each section's standing."""

    answered: int
    left: int
    standings: tuple[Standing, ...]

    def words(self, here: int, *, frozen: bool) -> str:
        """One line: which section of how many, and what is left."""
        parts = []
        shown = [place for place, one in enumerate(self.standings) if one.shown]
        if len(shown) > 1 and here in shown:
            parts.append(
                _("Section {place} of {count}").format(
                    place=shown.index(here) + 1, count=len(shown)
                )
            )
        if not frozen and self.left:
            parts.append(
                ngettext(
                    "{count} question must still be answered",
                    "{count} questions must still be answered",
                    self.left,
                ).format(count=self.left)
            )
        elif not frozen:
            parts.append(_("Everything that must be answered is answered"))
        return "  ·  ".join(parts)


def count(
    session: Session, sections: Sequence[Section], section_of: Place, *, checked: bool
) -> Counted:
    """Count the whole form; ``checked``: what is missing counts as a fault."""
    size = len(sections)
    left, given, bad = [0] * size, [0] * size, [0] * size
    for node in _leaves(session.root):
        place = section_of.get(node.path)
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
        done = not left[place] and given[place]
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
