# SPDX-License-Identifier: Apache-2.0
"""What visits, alerts, referrals and follow-ups do to a case inside their own transaction.

Opening, adding what was found, moving forward, and the line in its log. Nothing here commits:
the functions take the ``Write`` of the action that calls them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.case_file import (
    CaseFile,
    CaseStep,
    Origin,
    Status,
    StepKind,
    case_number,
    is_ahead,
    main_problem,
    number_stem,
    without_none,
)
from desktop.store import case_file as cases
from desktop.store import case_scope
from desktop.store.codelist import code, codes
from desktop.store.facilitator import facilitators, office
from desktop.store.ids import new_id
from desktop.store.store import Store
from desktop.store.write import Write
from desktop.thai.dates import fiscal_year
from desktop.thai.normalise import normalise

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FOLLOW_DAYS: Final = 30


class CaseProblem(Problem):
    """A case cannot be kept or moved as asked."""


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """A case before it has a number. Codes are told in their order of weight."""

    person_id: str = ""
    household_id: str = ""
    event_id: str = ""
    area: str = ""
    """Tambon code of six digits, or empty."""
    targets: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    detail: str = ""
    urgency: str = "normal"
    owner_id: str = ""
    """Whoever opens it, when empty."""


def protecting() -> frozenset[str]:
    """Problems of child protection (list ``problem``)."""
    return frozenset(one.code for one in codes("problem") if one.extra.get("child_protect"))


def thai_word(name: str, entry: str) -> str:
    """The Thai word of a code, for papers: they are in Thai whatever the window speaks."""
    found = code(name, entry)
    return entry if found is None else found.th


def follow_days(urgency: str) -> int:
    """Days until the first look at a case of this urgency (list ``urgency``)."""
    found = code("urgency", urgency)
    return int(found.extra.get("follow_days", _FOLLOW_DAYS)) if found else _FOLLOW_DAYS


def demand_open(case: CaseFile) -> None:
    """Raise :class:`CaseProblem` for a case that is closed."""
    if not case.is_open:
        raise CaseProblem(
            _("Case {number} is closed. Open it again first.").format(number=case.case_no)
        )


def demand_urgency(urgency: str) -> None:
    """Raise :class:`CaseProblem` when it was not said how urgent it is."""
    if code("urgency", urgency) is None:
        raise CaseProblem(_("Choose how urgent it is."))


def demand_reason(reason: str) -> str:
    """The reason, tidied; raises :class:`CaseProblem` when there is none."""
    tidied = normalise(reason).strip()
    if not tidied:
        raise CaseProblem(_("Type the reason. It stays with the case."))
    return tidied


def demand_facilitator(conn: Connection, facilitator_id: str) -> str:
    """The name of a facilitator of this office; raises :class:`CaseProblem` for anybody else."""
    for one in facilitators(conn):
        if one.id == facilitator_id:
            return one.name
    raise CaseProblem(_("Choose somebody of this office."))


def today(write: Write) -> date:
    """The day of this transaction where the computer is."""
    return write.now().local.date()


_CHOSEN: Final = re.compile(r"^(?P<name>.*?)\s*\[(?P<id>[0-9a-f-]{36})\]$")
"""An answer that was chosen from a list: how it is called, and its id behind it."""


def chosen(text: str) -> tuple[str, str]:
    """The name and the id of an answer that was chosen; an id alone is both."""
    match = _CHOSEN.match(text.strip())
    return (match["name"], match["id"]) if match else (text.strip(), text.strip())


def told_moment(write: Write, at: datetime | None) -> datetime | None:
    """A moment from a form; one without an offset was told by the clock of this computer."""
    if at is None or at.tzinfo is not None:
        return at
    return at.replace(tzinfo=write.now().local.tzinfo)


def begin(write: Write, draft: CaseDraft, origin: Origin) -> CaseFile:
    """Open a case and give it its number. Raises :class:`CaseProblem`."""
    conn, day = write.conn, today(write)
    demand_urgency(draft.urgency)
    area = draft.area if len(draft.area) == 6 else ""
    province = (area or office(conn).area)[:2].rjust(2, "0")
    stem = number_stem(province, fiscal_year(day), write.device)
    protect = protecting()
    case = CaseFile(
        id=new_id(),
        case_no=case_number(stem, cases.next_number(write, stem)),
        urgency=draft.urgency,
        status="new",
        owner_id=draft.owner_id or write.by,
        opened_on=day,
        opened_by=write.by,
        origin=origin,
        person_id=draft.person_id,
        household_id=draft.household_id,
        event_id=draft.event_id,
        area=area,
        targets=frozenset(draft.targets),
        problems=frozenset(draft.problems),
        risks=without_none(draft.risks),
        main_target=next(iter(draft.targets), ""),
        main_problem=main_problem(draft.problems, protect),
        detail=normalise(draft.detail).strip(),
        restricted=not protect.isdisjoint(draft.problems),
    )
    cases.put_case(write, case, case_scope.scope_for(conn, case))
    note(write, case, "open")
    if case.restricted:
        note(write, case, "restrict")
    return case


def keep(write: Write, case: CaseFile) -> None:
    """Write a case as it stands. One that was restricted, or is no longer, moves to the scope
    where only its readers receive it, or back, with everything that hangs on it."""
    scope = cases.scope_of(write.conn, case.id)
    if case.restricted != case_scope.is_own(scope):
        scope = case_scope.scope_for(write.conn, case)
        case_scope.move(write, case.id, scope)
    cases.put_case(write, case, scope)


def narrow(write: Write) -> int:
    """Move the restricted cases of an older store into scopes of their own; how many moved.

    Done before a laptop first sends anything: until then nobody else could receive them.
    """
    moved = 0
    for case_id in case_scope.restricted_elsewhere(write.conn):
        case_scope.move(write, case_id, f"c:{case_id}")
        moved += 1
    return moved


def gather(store: Store) -> int:
    """Take along what others added to a case where it lay before it became restricted (or was so
    no longer), not knowing; how much it was.

    To be done when a round of sync is over. In the name of somebody of this laptop who may: of
    a restricted case nobody else's laptop can.
    """
    with store.read() as conn:
        found = case_scope.strays(conn)
        authors = {
            case_id: next(iter(case_scope.authors_here(conn, case_id, scope)), "")
            for _noun, _id, case_id, scope in found
        }
    moved = 0
    for author in sorted({one for one in authors.values() if one}):
        with store.write(author) as write:
            for noun, record_id, case_id, scope in case_scope.strays(write.conn):
                if authors.get(case_id) == author:
                    moved += write.move(noun, record_id, scope)
    return moved


def note(
    write: Write,
    case: CaseFile,
    kind: StepKind,
    *,
    reason: str = "",
    on: date | None = None,
    about: tuple[str, str] = ("", ""),
) -> None:
    """Add a line to the log of ``case`` as it now stands; ``about`` is a noun and an id."""
    cases.put_step(
        write,
        CaseStep(
            new_id(), case.id, kind, case.status, on or today(write), write.now().local,
            write.by, case.owner_id, reason, *about,
        ),
        cases.scope_of(write.conn, case.id),
    )  # fmt: skip


def advance(write: Write, case: CaseFile, status: Status, *, reason: str = "") -> CaseFile:
    """Move an open case forward to ``status`` if it is not that far yet."""
    if not case.is_open or not is_ahead(status, case.status):
        return case
    case = replace(case, status=status)
    keep(write, case)
    note(write, case, "status", reason=reason)
    return case


def close(write: Write, case: CaseFile, reason: str, on: date | None = None) -> CaseFile:
    """Close an open case for a reason. Raises :class:`CaseProblem`."""
    demand_open(case)
    case = replace(
        case,
        status="closed",
        closed_on=on or today(write),
        close_reason=demand_reason(reason),
    )
    keep(write, case)
    note(write, case, "close", reason=case.close_reason, on=case.closed_on)
    return case


def open_again(write: Write, case: CaseFile, reason: str) -> CaseFile:
    """A closed case is followed up again."""
    case = replace(case, status="followup", closed_on=None, close_reason="")
    keep(write, case)
    note(write, case, "reopen", reason=reason)
    return case


def restrict(case: CaseFile, by: str) -> CaseFile:
    """The case, restricted if one of its problems is of child protection; never opened here.

    Whoever found it knows of it, and is let in where she was not already.
    """
    if case.restricted or protecting().isdisjoint(case.problems):
        return case
    known = by in {case.owner_id, case.opened_by}
    return replace(case, restricted=True, readers=case.readers if known else case.readers | {by})


def add_found(
    case: CaseFile,
    by: str,
    *,
    targets: Iterable[str] = (),
    problems: Iterable[str] = (),
    risks: Iterable[str] = (),
    detail: str = "",
    urgency: str = "",
) -> CaseFile:
    """The case with what ``by`` found added; nothing is taken away from it.

    What it is counted under stays, unless it had nothing or a problem of child protection came.
    Of urgency the last word counts. It is not written.
    """
    targets, problems = tuple(targets), tuple(problems)
    said = normalise(detail).strip()
    found = replace(
        case,
        targets=case.targets | set(targets),
        problems=case.problems | set(problems),
        risks=without_none(case.risks | set(risks)),
        main_target=case.main_target or next(iter(targets), ""),
        main_problem=main_problem(
            [one for one in (case.main_problem, *problems) if one], protecting()
        ),
        detail=case.detail if said in case.detail else f"{case.detail}\n{said}".strip(),
        urgency=urgency or case.urgency,
    )
    return restrict(found, by)
