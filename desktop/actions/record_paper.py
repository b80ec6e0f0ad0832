# SPDX-License-Identifier: Apache-2.0
"""Any finished record on paper, whatever form it is: what was answered, part by part.

The paper is the office's and in Thai whatever language the window speaks. Answers are said in the
words of the form and the version they were given in. What consent does not cover, numbers of
identity papers and what the form hides are left out before anything is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Final

from desktop.actions import record as records_done
from desktop.actions.case_file import note_use
from desktop.actions.office_paper import paper_settings
from desktop.actions.visit_report import photo_may_be_shown
from desktop.errors import Problem
from desktop.model.area import spoken
from desktop.model.visit import read_people
from desktop.store import area, attachment, consent, household, roster
from desktop.store import case_file as cases
from desktop.store import event as events
from desktop.store import form as forms
from desktop.store import record as records
from desktop.store.facilitator import facilitator, office_or_none
from desktop.store.form_list import StoreLists
from desktop.store.sealed import FileLost
from desktop.store.store import Store
from desktop.thai.dates import be_date, clock
from desktop.thai.identifiers import masked
from desktop.xforms.codec import from_xml
from desktop.xforms.form import Form
from desktop.xforms.journal import Clock, begin

if TYPE_CHECKING:
    from desktop.model.attachment import Attachment
    from desktop.model.record import Record
    from desktop.printing.photo import Photo
    from desktop.printing.record import Answered, RecordPart, RecordReport
    from desktop.printing.signature import Signature
    from desktop.xforms.control import Control
    from desktop.xforms.node import Node
    from desktop.xforms.session import Session

HIDDEN: Final = "(ไม่พิมพ์)"
"""What stands for an answer that the form hides on the screen."""
_HIDES: Final = frozenset({"masked", "hidden-answer"})
_SIGNED: Final = frozenset({"signature", "draw"})
_TITLE: Final = 110
"""Characters of a title, which is three lines at most."""
_DECIMALS: Final = 3
"""Of a coordinate on paper: about a hundred metres."""
_MARKS: Final = re.compile(r"</?span[^>]*>|\*\*|__|^#{1,6} ", re.MULTILINE)


def record_paper(store: Store, by: str, record_id: str) -> bytes:
    """A record as a PDF. For a thread: it opens the form.

    Making it is what is audited, before anything is read of it: whether the paper is then printed
    or saved nobody can see. ``LookupError`` for a record there is not; raises ``NotYours``.
    """
    from desktop.printing.record import record_pdf
    from desktop.printing.watermark import Watermark

    with store.read() as conn:
        one = records.record(conn, by, record_id)
        restricted = bool(one.case_id) and cases.case_file(conn, by, one.case_id).restricted
        who = facilitator(conn, by)
        words = paper_settings(conn).watermark
    if restricted:
        note_use(store, by, one.case_id, "print")
    records_done.note_use(store, by, record_id, "print")
    mark = None
    if restricted:
        mark = Watermark(words, who.name if who else "", store.now().local)
    return record_pdf(_Gathering(store, by, one, restricted=restricted).report(), watermark=mark)


class _Gathering:
    """What a paper says of one record."""

    def __init__(self, store: Store, by: str, one: Record, *, restricted: bool) -> None:
        self._store, self._by, self._record = store, by, one
        self._restricted = restricted
        self._zone = store.now().local.tzinfo
        with store.read() as conn:
            data = forms.form(conn, one.form_id, one.form_version)
            self._files = {each.name: each for each in records.attachments(conn, by, one.id)}
            self._standing = consent.standing_of(conn, one.person_id) if one.person_id else None
        lists = StoreLists(store, one.form_id, one.by, one.started_at, one.form_version)
        form = Form.load(data, lists)
        self._session: Session = begin(
            form,
            record=one.id,
            clock=Clock(datetime.fromisoformat(one.finished_at)),
            language="th",
            restore=from_xml(form, one.xml.encode()),
        )
        self._signatures: list[Signature] = []
        # What the office knows; a case answers its number and an agency its name already.
        self._known: Mapping[str, Callable[[str], str]] = {
            "th-area": _area,
            "th-people": _people,
            "th-id": masked,
            "th-household": self._household,
            "th-event": self._event,
            "th-enrollee": self._enrollee,
        }

    def report(self) -> RecordReport:
        from desktop.printing.prose import Fact
        from desktop.printing.record import RecordReport

        one = self._record
        with self._store.read() as conn:
            office = office_or_none(conn)
            by = facilitator(conn, one.by)
            case = cases.case_file(conn, self._by, one.case_id) if one.case_id else None
        number = case.case_no if case is not None else ""
        facts = (
            Fact("เรื่อง", _plain(one.name)),
            Fact("บันทึกเมื่อ", _moment(one.finished_at, self._zone)),
            Fact("ผู้บันทึก", by.name if by is not None else ""),
            Fact("ฉบับของแบบ", one.form_version),
            Fact("หมายเหตุ", "แก้ไขบันทึกฉบับก่อน" if one.amends else ""),
        )
        parts = tuple(self._parts(self._session.form.body, None, ""))
        return RecordReport(
            office="" if office is None else office.name,
            title=_plain(self._session.form.title_in("th"))[:_TITLE],
            parts=parts,
            number=number,
            facts=facts,
            signatures=tuple(self._signatures),
        )

    # ---- the form from its top to its end

    def _parts(
        self, controls: tuple[Control, ...], within: Node | None, heading: str
    ) -> Iterator[RecordPart]:
        """The questions under ``heading``, and a part for each group that has a name."""
        from desktop.printing.record import RecordPart

        asked: list[Answered] = []
        for control in controls:
            if control.kind not in ("group", "repeat"):
                asked.extend(self._answered(control, within))
                continue
            inner = list(self._inside(control, within, heading))
            if inner and asked:
                yield RecordPart(heading, tuple(asked))
                asked = []
            yield from inner
        if asked:
            yield RecordPart(heading, tuple(asked))

    def _inside(self, control: Control, within: Node | None, heading: str) -> Iterator[RecordPart]:
        session = self._session
        if control.kind == "repeat":
            named = self._label(control, within) or heading
            for number, node in enumerate(session.instances(control, within), start=1):
                if node.relevant:
                    yield from self._parts(control.children, node, f"{named} {number}".strip())
            return
        group = session.node(control, within) if control.bound else None
        if group is None or group.relevant:
            named = self._label(control, within) or heading
            yield from self._parts(control.children, within, named)

    def _label(self, control: Control, node: Node | None) -> str:
        return _plain(self._session.label(control, node))

    def _answered(self, control: Control, within: Node | None) -> Iterator[Answered]:
        from desktop.printing.record import Answered

        node = self._session.node(control, within)
        if node is None or not node.relevant or not node.value:
            return
        label = self._label(control, node) or node.name
        if control.kind != "upload":
            yield Answered(label, self._words(control, node))
            return
        one = self._files.get(node.value)
        if one is None or not one.mime.startswith("image/"):
            yield Answered(label, "(ไฟล์แนบ)")
        elif one.kind == "signature" or _SIGNED & set(control.appearance):
            self._sign(label, one)
        else:
            yield Answered(label, "", (self._photo(one),))

    # ---- answers

    def _words(self, control: Control, node: Node) -> str:
        value, looks = node.value, set(control.appearance)
        if control.kind == "secret" or _HIDES & looks:
            return HIDDEN
        if control.choosing:
            given = value.split() if control.many else [value]
            known = {each.value: each.label for each in self._session.choices(control, node)}
            return "\n".join(_plain(known.get(each) or each) for each in given)
        if control.kind == "trigger":
            return "รับทราบ"
        for appearance in looks & self._known.keys():
            return self._known[appearance](value) or value
        return _said(control.data_type, value, self._zone)

    def _household(self, value: str) -> str:
        with self._store.read() as conn:
            return household.names(conn, [value]).get(value, "")

    def _event(self, value: str) -> str:
        with self._store.read() as conn:
            try:
                return events.event(conn, value).name
            except LookupError:
                return "(ไม่อยู่ในเครื่องนี้)"

    def _enrollee(self, value: str) -> str:
        with self._store.read() as conn:
            found = roster.rows(conn, [value]).get(value)
        return found.name if found is not None else "(ไม่อยู่ในรายชื่อแล้ว)"

    # ---- pictures

    def _photo(self, one: Attachment) -> Photo:
        """A photo, without its bytes when it may not be shown.

        Of a record about nobody there is nobody to ask: it is shown, unless it is restricted.
        """
        from desktop.printing.photo import Photo

        about = self._record
        nobody = not (about.person_id or about.household_id or about.case_id)
        shown = nobody or photo_may_be_shown(one.kind, self._standing, restricted=self._restricted)
        data = self._bytes(one) if shown else None
        taken = be_date(date.fromisoformat(one.taken_at[:10]), "short") if one.taken_at else ""
        return Photo(data or b"", taken, data is not None)

    def _sign(self, role: str, one: Attachment) -> None:
        from desktop.printing.signature import Signature

        self._signatures.append(Signature(role, image=self._bytes(one)))

    def _bytes(self, one: Attachment) -> bytes | None:
        """A file of the record; None when it is not on this computer: the paper does without."""
        try:
            return attachment.content(self._store, one.name)
        except FileLost:
            return None


def _plain(text: str) -> str:
    """A text of the form in one line, without the marks for bold type and links."""
    return " ".join(_MARKS.sub("", text).split())


def _area(value: str) -> str:
    found = area.area(value)
    return "" if found is None else spoken(found)


def _people(value: str) -> str:
    return "\n".join(each.name for each in read_people(value))


def _said(data_type: str, value: str, zone: tzinfo | None) -> str:
    say = _WORDS.get(data_type)
    if say is None:
        return value
    try:
        return say(value, zone)
    except (ValueError, Problem):
        return value


def _date(value: str, _zone: tzinfo | None) -> str:
    return be_date(date.fromisoformat(value[:10]))


def _time(value: str, _zone: tzinfo | None) -> str:
    return f"{clock(int(value[:2]) * 60 + int(value[3:5]))} น."


def _moment(value: str, zone: tzinfo | None) -> str:
    """A day and a time as they are written in Thai, on the clock of this office."""
    at = datetime.fromisoformat(value)
    if at.tzinfo is not None:
        at = at.astimezone(zone)
    return f"{be_date(at.date())} เวลา {clock(at.hour * 60 + at.minute)} น."


def _place(value: str, _zone: tzinfo | None) -> str:
    latitude, longitude = (float(each) for each in value.split()[:2])
    return f"{latitude:.{_DECIMALS}f}, {longitude:.{_DECIMALS}f}"


def _decimal(value: str, _zone: tzinfo | None) -> str:
    return value.removesuffix(".0")


def _yes_no(value: str, _zone: tzinfo | None) -> str:
    return {"true": "ใช่", "false": "ไม่ใช่"}.get(value, value)


_WORDS: Final[Mapping[str, Callable[[str, tzinfo | None], str]]] = {
    "date": _date,
    "time": _time,
    "dateTime": _moment,
    "geopoint": _place,
    "decimal": _decimal,
    "boolean": _yes_no,
}
