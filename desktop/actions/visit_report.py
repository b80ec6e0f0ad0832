# SPDX-License-Identifier: Apache-2.0
"""The report of a home visit, gathered from the frozen record and put on paper.

The paper is the office's and in Thai whatever language the window speaks. Answers are said in the
words of the form and the version they were given in. What consent does not cover is left out here,
before anything is drawn.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from desktop.actions import record
from desktop.actions.case_file import note_use
from desktop.actions.form_words import FormWords, open_words
from desktop.actions.office_paper import paper_settings
from desktop.model.consent import Standing
from desktop.model.visit import DIMENSIONS
from desktop.store import attachment, codelist, consent, household, visit
from desktop.store import case_file as cases
from desktop.store import record as records
from desktop.store.facilitator import facilitator, office_or_none
from desktop.store.sealed import FileLost
from desktop.store.store import Store
from desktop.thai.dates import be_date
from desktop.thai.digits import to_arabic
from desktop.thai.identifiers import masked
from desktop.thai.names import full_name

if TYPE_CHECKING:
    from desktop.model.attachment import Attachment
    from desktop.model.case_file import CaseFile
    from desktop.model.visit import Visit
    from desktop.printing.chart import Assessment
    from desktop.printing.household import Aid, EarlierVisit, Member
    from desktop.printing.photo import Photo
    from desktop.printing.prose import Fact
    from desktop.printing.signature import Signature
    from desktop.printing.visit import VisitReport

NO_FACE: Final = frozenset({"house_out", "house_in", "housereg"})
"""Kinds of photo that show nobody: all that a restricted case may show."""
_DECIMALS: Final = 3
"""Of a coordinate on paper: about a hundred metres."""


def is_photo(one: Attachment) -> bool:
    """Whether a file of a record is a photo, and no signature, receipt or document."""
    return one.needs_photo_consent and one.mime.startswith("image/")


def photo_may_be_shown(kind: str, standing: Standing | None, *, restricted: bool) -> bool:
    """Whether a photo of this kind may be shown: the person's consent holds, and of a restricted
    case only what shows nobody. Without anybody who could consent none is.
    """
    if standing is None or not standing.photo:
        return False
    return not restricted or kind in NO_FACE


def visit_report(store: Store, by: str, visit_id: str, now: datetime) -> bytes:
    """The report of one visit as a PDF. For a thread: it opens the form.

    Making it is what is audited, before anything is read of it: whether the paper is then printed
    or saved nobody can see. ``LookupError`` for a visit there is not; raises ``NotYours``.
    """
    from desktop.printing.visit import visit_pdf
    from desktop.printing.watermark import Watermark

    with store.read() as conn:
        one = visit.visit(conn, by, visit_id)
        case_id = one.case_id
        restricted = bool(case_id) and cases.case_file(conn, by, case_id).restricted
        who = facilitator(conn, by)
        words = paper_settings(conn).watermark
    if restricted:
        note_use(store, by, case_id, "print")
    record.note_use(store, by, one.record_id, "print")
    mark = Watermark(words, who.name if who else "", now) if restricted else None
    return visit_pdf(gather(store, by, visit_id), watermark=mark)


def gather(store: Store, by: str, visit_id: str) -> VisitReport:
    """What the report of a visit says. Raises as :func:`visit_report` does."""
    from desktop.printing.visit import VisitReport

    with store.read() as conn:
        one = visit.visit(conn, by, visit_id)
        kept = records.record(conn, by, one.record_id)
        case = cases.case_file(conn, by, one.case_id) if one.case_id else None
        office = office_or_none(conn)
        visitor = facilitator(conn, one.by)
        standing = consent.standing_of(conn, one.person_id) if one.person_id else None
        files = attachment.attachments(conn, kept.id)
        earlier = _before(one, visit.history(conn, by, one.household_id))
        known = household.names(conn, [one.household_id]).get(one.household_id, "")
        house = household.find_household(conn, one.household_id)
    told = open_words(store, kept)
    core = told.core
    at = one.position
    person = _name(told) or known
    return VisitReport(
        office="" if office is None else office.name,
        person=person or "ไม่ทราบชื่อ",
        visited_at=datetime.fromisoformat(one.at),
        case_no="" if case is None else case.case_no,
        purpose=told.word("visit.purpose"),
        met=told.word("visit.met"),
        team=tuple(each.name for each in one.team),
        place=None if at is None else (round(at.latitude, _DECIMALS),
                                       round(at.longitude, _DECIMALS)),
        landmark=one.landmark,
        person_facts=_person_facts(told),
        household_facts=_household_facts(
            told, household.area_name(house.area) if house is not None else ""
        ),
        consent_facts=_consent_facts(told, standing),
        members=_members(told),
        assessments=_assessments(one, earlier),
        problems=told.words("case.problems"),
        problem_detail=core.text("case.problem_detail"),
        risks=told.words("case.risks"),
        urgency=told.word("case.urgency"),
        aids=_aids(told),
        outcomes=told.words("visit.outcomes"),
        needs=one.needs,
        opinion=one.opinion,
        refer_to=told.words("referral.to"),
        follow_on=core.day("followup.due"),
        earlier=_earlier(earlier),
        photos=_photos(store, told, files, standing, case),
        signatures=_signatures(store, told, files, person, visitor.name if visitor else ""),
    )  # fmt: skip


def _before(one: Visit, every: tuple[Visit, ...]) -> tuple[Visit, ...]:
    """The other visits to the household that were made before."""
    return tuple(each for each in every if each.id != one.id and each.at < one.at)


def _name(told: FormWords) -> str:
    core = told.core
    title = core.text("person.title_other") or told.word("person.title")
    return full_name(title, core.text("person.first_name"), "", core.text("person.last_name"))


def _facts(*pairs: tuple[str, str]) -> tuple[Fact, ...]:
    from desktop.printing.prose import Fact

    return tuple(Fact(label, value) for label, value in pairs if value)


def _person_facts(told: FormWords) -> tuple[Fact, ...]:
    core = told.core
    number = core.text("identifier.value")
    kind = told.word("identifier.kind")
    if core.text("identifier.kind") == "none":
        kind = "ไม่มีเอกสาร"  # the form's word for it asks for the reason
    paper = " ".join(e for e in (kind, masked(number)) if e)
    reason = core.text("identifier.none_reason")
    return _facts(
        ("เพศ", told.word("person.sex")),
        ("อายุ", _with_unit(core.text("person.age"), "ปี")),
        ("กลุ่มเป้าหมาย", "\n".join(told.words("case.targets"))),
        ("เอกสารยืนยันตัวตน", f"{paper} ({reason})" if reason else paper),
        ("สถานภาพ", told.word("person.marital")),
        ("การศึกษา", told.word("person.education")),
        ("อาชีพ", told.word("person.occupation")),
        ("รายได้ต่อเดือน", _with_unit(money(core.number("person.monthly_income")), "บาท")),
        ("ที่มาของรายได้", ", ".join(told.words("person.income_sources"))),
        ("ภาษาที่ใช้", ", ".join(told.words("person.languages"))),
        ("โทรศัพท์", core.text("person.phone")),
    )


def _household_facts(told: FormWords, area: str) -> tuple[Fact, ...]:
    core = told.core
    moo = core.text("household.moo").strip("-")
    address = " ".join(
        part
        for part in (
            to_arabic(core.text("household.house_no")).strip("-"),
            f"หมู่ที่ {moo}" if moo else "",
            core.text("household.village"),
            core.text("household.soi_road").strip("-"),
            area,
            core.text("household.postcode"),
        )
        if part
    )
    per_head = money(core.number("household.income_per_head_year"))
    return _facts(
        ("ที่อยู่", address),
        ("รหัสประจำบ้าน", core.text("household.house_code")),
        ("ลักษณะที่อยู่อาศัย", told.word("household.tenure")),
        ("ค่าเช่าต่อเดือน", _with_unit(money(core.number("household.rent")), "บาท")),
        ("รายได้เฉลี่ยต่อคนต่อปี", _with_unit(per_head, "บาท")),
        ("ภาระการอุปการะ", "\n".join(told.words("household.dependants"))),
        ("สวัสดิการที่ได้รับอยู่", "\n".join(told.words("household.welfare_received"))),
    )


def _consent_facts(told: FormWords, standing: Standing | None) -> tuple[Fact, ...]:
    core = told.core
    if not core.text("consent.basis"):
        return ()
    guardian = " ".join(
        e
        for e in (core.text("consent.guardian_name"), told.word("consent.guardian_relation"))
        if e
    )
    back = (
        () if standing is None else [_BACK[what] for what in _BACK if what in standing.withdrawn]
    )
    return _facts(
        ("อ่านประกาศให้ฟัง", told.word("consent.notice_read")),
        ("ประกาศฉบับที่", core.text("consent.notice_version")),
        ("ฐานการประมวลผล", told.word("consent.basis")),
        ("ถ่ายภาพและใช้ในรายงาน", _agrees(told, "consent.photo")),
        ("เผยแพร่ภาพ", _agrees(told, "consent.publish")),
        ("ผู้ให้ความยินยอม", told.word("consent.by")),
        ("ผู้ใช้อำนาจปกครอง", guardian),
        ("พยาน", core.text("consent.witness")),
        ("ถอนความยินยอมแล้ว", ", ".join(back)),
    )


_BACK: Final = {"all": "ทั้งหมด", "photo": "ภาพถ่าย", "publication": "การเผยแพร่ภาพ"}


def _agrees(told: FormWords, key: str) -> str:
    if not told.core.text(key):
        return ""
    return "ยินยอม" if told.core.yes(key) else "ไม่ยินยอม"


def _members(told: FormWords) -> tuple[Member, ...]:
    from desktop.printing.household import Member

    made = []
    for place, row in told.rows("member"):
        body = ", ".join(told.words("member.body_state", place))
        if row.text("member.self_care") == "no":
            body = ", ".join(e for e in (body, "ช่วยเหลือตนเองไม่ได้") if e)
        made.append(
            Member(
                row.text("member.name"),
                told.word("member.relation", place),
                row.text("member.age"),
                told.word("member.sex", place),
                told.word("member.occupation", place),
                money(row.number("member.income")),
                body,
            )
        )
    return tuple(made)


def _aids(told: FormWords) -> tuple[Aid, ...]:
    from desktop.printing.household import Aid

    return tuple(
        Aid(
            told.word("assistance.kind", place),
            told.word("assistance.state", place),
            money(row.number("assistance.amount")),
            told.word("assistance.fund", place),
            row.text("assistance.item"),
        )
        for place, row in told.rows("assistance")
    )


def _assessments(one: Visit, earlier: tuple[Visit, ...]) -> tuple[Assessment, ...]:
    from desktop.printing.chart import Assessment

    return tuple(
        Assessment(
            date.fromisoformat(each.visited_on),
            **{name: said.get(name, "na") for name in DIMENSIONS},  # type: ignore[arg-type]
        )
        for each in (one, *earlier)
        if (said := each.dimensions)
    )


def _earlier(visits: tuple[Visit, ...]) -> tuple[EarlierVisit, ...]:
    from desktop.printing.household import EarlierVisit

    return tuple(
        EarlierVisit(
            date.fromisoformat(each.visited_on),
            thai("visit_purpose", each.purpose),
            ", ".join(who.name for who in each.team),
            ", ".join(thai("visit_outcome", code) for code in each.outcomes),
        )
        for each in visits
    )


def _photos(
    store: Store,
    told: FormWords,
    files: tuple[Attachment, ...],
    standing: Standing | None,
    case: CaseFile | None,
) -> tuple[Photo, ...]:
    """The photos of the form; the bytes of those that may not be shown are not even read."""
    from desktop.printing.photo import Photo

    restricted = case is not None and case.restricted
    known = {one.name: one for one in files}
    made = []
    for place, row in told.rows("attachment"):
        one = known.get(row.text("attachment.file"))
        if one is None or not one.mime.startswith("image/"):
            continue
        if not photo_may_be_shown(row.text("attachment.kind"), standing, restricted=restricted):
            made.append(Photo(b"", "", False))
            continue
        data = _bytes(store, one.name)
        if data is not None:
            caption = told.word("attachment.kind", place)
            taken = one.taken_at[:10]
            day = be_date(date.fromisoformat(taken), "short") if taken else ""
            made.append(Photo(data, " · ".join(e for e in (caption, day) if e), True))
    return tuple(made)


def _signatures(
    store: Store, told: FormWords, files: tuple[Attachment, ...], person: str, visitor: str
) -> tuple[Signature, ...]:
    from desktop.printing.signature import Signature

    core = told.core
    known = {one.name for one in files}
    witness = core.text("visit.sign_witness_name")
    proxy = core.text("visit.proxy_name")
    guardian = core.text("consent.guardian_name")
    asked = (
        ("visit.sign_visitor", "ผู้เยี่ยม", visitor, False),
        ("visit.sign_person", "ผู้ให้ข้อมูล", proxy or person, bool(witness)),
        ("visit.sign_witness", "พยาน", witness, False),
        ("consent.signature", "ผู้ให้ความยินยอม", guardian or person, False),
    )
    return tuple(
        Signature(role, name, _bytes(store, core.text(key)), thumb)
        for key, role, name, thumb in asked
        if core.text(key) in known or key == "visit.sign_visitor"
    )


def _bytes(store: Store, name: str) -> bytes | None:
    """A file of the record; None when it is not on this computer: the paper does without."""
    if not name:
        return None
    try:
        return attachment.content(store, name)
    except FileLost:
        return None


def money(amount: float | None) -> str:
    """Baht as they are written: ``3,000`` or ``3,000.50``; empty for none."""
    if amount is None:
        return ""
    return f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"


def _with_unit(value: str, unit: str) -> str:
    return f"{value} {unit}" if value else ""


def thai(name: str, code: str) -> str:
    """The Thai word of a code; the code itself when it is not known here."""
    found = codelist.code(name, code)
    return code if found is None else found.th
