# SPDX-License-Identifier: Apache-2.0
"""Cases: opened, taken over, moved forward, closed for a reason, opened again.

Whoever acts must be allowed to read the case: every function raises ``NotYours`` otherwise.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

from desktop.actions.case_story import CaseStory, note_use, open_case_file
from desktop.actions.casework import (
    CaseDraft,
    CaseProblem,
    add_found,
    advance,
    begin,
    chosen,
    close,
    demand_facilitator,
    demand_open,
    demand_reason,
    demand_urgency,
    keep,
    note,
    open_again,
    protecting,
    restrict,
    today,
)
from desktop.actions.done import Done, finished
from desktop.actions.finish import Finish
from desktop.i18n import _
from desktop.model.case_file import (
    CaseFile,
    Status,
    is_ahead,
    main_problem,
    without_none,
)
from desktop.model.record import Core
from desktop.store import case_file as cases
from desktop.store import follow_up as follow_ups
from desktop.store.case_file import NotYours
from desktop.store.store import Store
from desktop.store.write import Write
from desktop.thai.normalise import normalise


def open_case(store: Store, by: str, draft: CaseDraft) -> Done:
    """Open a case; the value is it, with its number. Raises :class:`CaseProblem`.

    An undo takes the case back, but its number is not given again.
    """
    with store.write(by) as write:
        if not (draft.problems or normalise(draft.detail).strip()):
            raise CaseProblem(_("Choose at least one problem, or describe it in words."))
        if draft.owner_id:
            demand_facilitator(write.conn, draft.owner_id)
        case = begin(write, draft, "hand")
    return finished(write, case)


def put_case(store: Store, by: str, case: CaseFile) -> Done:
    """Keep what is known of a case: whose it is, targets, problems, risks, detail, urgency.

    Status, owner, readers and restriction are not touched, except that a problem of child
    protection restricts the case, and lets whoever found it in. Raises :class:`CaseProblem`.
    """
    with store.write(by) as write:
        held = cases.case_file(write.conn, by, case.id)
        demand_open(held)
        demand_urgency(case.urgency)
        told = sorted(case.problems)
        if case.main_problem in case.problems:
            told = [case.main_problem, *told]
        wanted = restrict(
            replace(
                held,
                person_id=case.person_id,
                household_id=case.household_id,
                event_id=case.event_id,
                targets=case.targets,
                problems=case.problems,
                risks=without_none(case.risks),
                main_target=case.main_target
                if case.main_target in case.targets
                else next(iter(sorted(case.targets)), ""),
                main_problem=main_problem(told, protecting()),
                detail=normalise(case.detail).strip(),
                urgency=case.urgency,
            ),
            by,
        )
        keep(write, wanted)
        if wanted.restricted and not held.restricted:
            note(write, wanted, "restrict")
    return finished(write, wanted)


def take_case(store: Store, by: str, case_id: str, owner_id: str) -> Done:
    """Give a case to whoever answers for it from now on. Raises :class:`CaseProblem`.

    Its follow-ups that are still open go with it. The owner before her no longer reads a
    restricted case, unless she opened it or is let in.
    """
    with store.write(by) as write:
        case = cases.case_file(write.conn, by, case_id)
        demand_open(case)
        demand_facilitator(write.conn, owner_id)
        if owner_id != case.owner_id:
            # First, because whoever gives a restricted case away may not read it any more.
            for planned in follow_ups.follow_ups(write.conn, by, case_id):
                if not planned.is_done:
                    follow_ups.put(write, replace(planned, owner_id=owner_id))
            case = replace(case, owner_id=owner_id)
            keep(write, case)
            note(write, case, "owner")
            case = advance(write, case, "assigned")
    return finished(write, case)


def move_case(store: Store, by: str, case_id: str, status: Status, reason: str = "") -> Done:
    """Move a case forward. Closing is :func:`close_case`. Raises :class:`CaseProblem`."""
    if status == "closed":
        return close_case(store, by, case_id, reason)
    with store.write(by) as write:
        case = cases.case_file(write.conn, by, case_id)
        demand_open(case)
        if status != case.status and not is_ahead(status, case.status):
            raise CaseProblem(
                _("A case goes forward only. What happened before stays in its log.")
            )
        case = advance(write, case, status, reason=normalise(reason).strip())
    return finished(write, case)


def close_case(store: Store, by: str, case_id: str, reason: str, on: date | None = None) -> Done:
    """Close a case for a reason, today or on a day before. Raises :class:`CaseProblem`.

    Its follow-ups are due no longer; they are again when the case is opened again.
    """
    with store.write(by) as write:
        case = cases.case_file(write.conn, by, case_id)
        if on is not None and not case.opened_on <= on <= today(write):
            raise CaseProblem(_("A case is closed today or on a day since it was opened."))
        case = close(write, case, reason, on)
    return finished(write, case)


def reopen(store: Store, by: str, case_id: str, reason: str) -> Done:
    """Open a closed case again, for a reason. Raises :class:`CaseProblem`."""
    with store.write(by) as write:
        case = cases.case_file(write.conn, by, case_id)
        if case.is_open:
            raise CaseProblem(_("Case {number} is open.").format(number=case.case_no))
        case = open_again(write, case, demand_reason(reason))
    return finished(write, case)


# ---- who may read


def allow(store: Store, by: str, case_id: str, reader_id: str) -> Done:
    """Let one more facilitator read a restricted case. Raises :class:`CaseProblem`."""
    with store.write(by) as write:
        case = cases.case_file(write.conn, by, case_id)
        name = demand_facilitator(write.conn, reader_id)
        if reader_id not in case.readers:
            case = replace(case, readers=case.readers | {reader_id})
            keep(write, case)
            note(write, case, "allow", reason=name, about=("facilitator", reader_id))
    return finished(write, case)


def disallow(store: Store, by: str, case_id: str, reader_id: str) -> Done:
    """No longer let a facilitator read a restricted case. The owner always may."""
    with store.write(by) as write:
        case = cases.case_file(write.conn, by, case_id)
        if reader_id in case.readers:
            case = replace(case, readers=case.readers - {reader_id})
            keep(write, case)
            name = cases.facilitator_names(write.conn).get(reader_id, "")
            note(write, case, "disallow", reason=name, about=("facilitator", reader_id))
    return finished(write, case)


def lift(store: Store, by: str, case_id: str, reason: str) -> Done:
    """End the restriction of a case whose problems are not of child protection any more.

    It never ends by itself. Raises :class:`CaseProblem`.
    """
    with store.write(by) as write:
        case = cases.case_file(write.conn, by, case_id)
        if not case.restricted:
            raise CaseProblem(_("This case is not restricted."))
        if not protecting().isdisjoint(case.problems):
            raise CaseProblem(
                _(
                    "A case with a problem of child protection stays restricted. "
                    "Take the problem off first if it was entered by mistake."
                )
            )
        case = replace(case, restricted=False)
        keep(write, case)
        note(write, case, "lift", reason=demand_reason(reason))
    return finished(write, case)


# ---- from a form


def from_visit(write: Write, finish: Finish) -> Finish:
    """Open the case a visit found, or add to the open one of the same person or household.

    A visit that found nothing and belongs to no case makes none. One that names a closed case
    opens it again. A correction changes the case of the visit it corrects. Raises ``NotYours``
    when the visit names a restricted case of others.
    """
    core, first = finish.core, finish.first_record or finish.record_id
    corrected = cases.about(write.conn, "record", first, "visit") if finish.amends else None
    case = (
        _case_of_visit(write, finish)
        if corrected is None
        else cases.case_file(write.conn, write.by, corrected)
    )
    if case is None:
        if not _tells_of_a_case(core):
            return finish
        case = begin(
            write,
            CaseDraft(
                person_id=finish.person_id,
                household_id=finish.household_id,
                event_id=finish.event_id,
                area=finish.area,
                targets=core.codes("case.targets"),
                problems=core.codes("case.problems"),
                risks=core.codes("case.risks"),
                detail=core.text("case.problem_detail"),
                urgency=core.text("case.urgency") or "normal",
            ),
            "visit",
        )
    else:
        case = _with_findings(write, case, finish, counted_anew=corrected is not None)
    kind: Literal["visit", "correction"] = "visit" if corrected is None else "correction"
    on = core.day("visit.visited_on") or core.day("visit.at")
    note(write, case, kind, on=on, about=("record", first))
    if core.yes("case.called_1300") and corrected is None:
        note(write, case, "called_1300", on=on)
    # What a visit to a restricted case says lies with the case, not with the tambon.
    scope = cases.scope_of(write.conn, case.id) if case.restricted else finish.scope
    return replace(finish, case_id=case.id, scope=scope)


def _case_of_visit(write: Write, finish: Finish) -> CaseFile | None:
    named = finish.case_id or finish.core.text("visit.case_id")
    if named:
        return named_case(write, named)
    return cases.open_case_of(
        write.conn, write.by, person_id=finish.person_id, household_id=finish.household_id
    )


def named_case(write: Write, text: str) -> CaseFile:
    """The case a form names by id or number. Raises ``NotYours`` and :class:`CaseProblem`."""
    name, wanted = chosen(text)
    found = cases.find_case(write.conn, write.by, wanted)
    if found is not None:
        return found
    try:
        return cases.case_file(write.conn, write.by, wanted)
    except LookupError:
        raise CaseProblem(
            _("There is no case with the number {number}. Choose it from the list.").format(
                number=name
            )
        ) from None


def _tells_of_a_case(core: Core) -> bool:
    return bool(
        core.codes("case.problems")
        or core.yes("referral.wanted")
        or core.day("followup.due")
        or any(row.text("assistance.kind") for row in core.rows("assistance"))
    )


def _with_findings(
    write: Write, case: CaseFile, finish: Finish, *, counted_anew: bool
) -> CaseFile:
    core = finish.core
    if not case.is_open:
        case = open_again(write, case, "")
    if counted_anew:
        # What the visit was counted under may have been the mistake.
        case = replace(
            case,
            main_target=next(iter(core.codes("case.targets")), case.main_target),
            main_problem=next(iter(core.codes("case.problems")), case.main_problem),
        )
    found = add_found(
        replace(
            case,
            person_id=case.person_id or finish.person_id,
            household_id=case.household_id or finish.household_id,
        ),
        write.by,
        targets=core.codes("case.targets"),
        problems=core.codes("case.problems"),
        risks=core.codes("case.risks"),
        detail=core.text("case.problem_detail"),
        urgency=core.text("case.urgency"),
    )
    keep(write, found)
    if found.restricted and not case.restricted:
        note(write, found, "restrict")
    return found


__all__ = [
    "CaseDraft",
    "CaseProblem",
    "CaseStory",
    "NotYours",
    "allow",
    "close_case",
    "disallow",
    "from_visit",
    "lift",
    "move_case",
    "named_case",
    "note_use",
    "open_case",
    "open_case_file",
    "put_case",
    "reopen",
    "take_case",
]
