# SPDX-License-Identifier: Apache-2.0
"""The fields a template can hold: what people call them, samples, and what fills them.

Samples are what the designer shows: a usual page, the worst name there is, the longest title, and
the shortest of everything. What is too long for the worst sample is too long at a ceremony.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Literal

from desktop.i18n import N_
from desktop.model.certificate import Signer, Wording
from desktop.model.template import Filling, Purpose, Qr, Table, Template, Text
from desktop.model.template_text import BadText, fields_in

Sample = Literal["usual", "worst", "longest", "shortest"]
SAMPLES: Final[Mapping[Sample, str]] = {
    "usual": N_("A usual page"),
    "worst": N_("The most difficult name"),
    "longest": N_("The longest title"),
    "shortest": N_("The shortest of everything"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its word for people, samples (``usual`` stands in for what is not given)."""

    label: str
    usual: str
    worst: str | None = None
    longest: str | None = None
    shortest: str | None = None

    def sample(self, which: Sample) -> str:
        found: str | None = getattr(self, which)
        return self.usual if found is None else found


_TITLE: Final = "โครงการอบรมเชิงปฏิบัติการเสริมสร้างและพัฒนาเครือข่าย อพม.น้อย ประจำปี ๒๕๖๒"
_LONG_TITLE: Final = (
    "โครงการส่งเสริมและพัฒนาศักยภาพองค์กรสาธารณประโยชน์และอาสาสมัครพัฒนาสังคมและความมั่นคงของมนุษย์"
    "ในการดูแลผู้สูงอายุ คนพิการ และผู้ด้อยโอกาสในพื้นที่สูงแบบบูรณาการอย่างยั่งยืน"
)
_LONG_ORG: Final = "ศูนย์การเรียนรู้ชุมชนเพื่อการพัฒนาคุณภาพชีวิตผู้สูงอายุและคนพิการองค์การบริหารส่วนตำบลด่านแม่ละเมา"

CERTIFICATE: Final[Mapping[str, Field]] = {
    "number": Field(N_("certificate number"), "เลขที่ ๑๒/๒๕๖๒", longest="เลขที่ พม ๐๓๑๒/๐๐๑๕๔/๒๕๖๒",
                    shortest="เลขที่ ๑/๒๕๖๒"),
    "number_plain": Field(N_("number alone"), "๑๒/๒๕๖๒", shortest="๑/๒๕๖๒"),
    "issuer": Field(N_("issuing office"), "กรมพัฒนาสังคมและสวัสดิการ",
                    longest="สำนักงานพัฒนาสังคมและความมั่นคงของมนุษย์จังหวัดพระนครศรีอยุธยา"),
    "issuers": Field(N_("offices under the first"), "กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์",
                     longest="ร่วมกับ องค์การบริหารส่วนตำบลด่านแม่ละเมา อำเภอแม่สอด จังหวัดตาก\n"
                     "กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์", shortest=""),
    "document_word": Field(N_("kind of document"), "ประกาศนียบัตร", shortest="วุฒิบัตร"),
    "opening": Field(N_("opening words"), "ให้ไว้เพื่อแสดงว่า"),
    "recipient": Field(N_("recipient"), "นางสาวกุลธิดา ศรีสวัสดิ์วงศ์",
                       worst="ว่าที่ร้อยตรีหญิงฐิติญาณัฏฐ์ กตัญญูปิ่นเฟื่องฟุ้งเกียรติ์",
                       longest=_LONG_ORG, shortest="นายโซ"),
    "organisation": Field(N_("agency of the recipient"), "องค์การบริหารส่วนตำบลด่านแม่ละเมา",
                          longest=_LONG_ORG, shortest=""),
    "deed": Field(N_("what was done"), "ได้ผ่านการอบรม",
                  longest="เป็นองค์กรที่มีโครงการและผลงานดีเด่นด้านการจัดสวัสดิการสังคม"),
    "subject": Field(N_("course or project"), _TITLE, longest=_LONG_TITLE,
                     shortest="Shift and Share"),
    "project": Field(N_("project of the recipient"), "โครงการธนาคารเวลาผู้สูงอายุ",
                     longest=_LONG_TITLE, shortest=""),
    "role": Field(N_("role of the recipient"), "วิทยากรกระบวนการ", shortest=""),
    "score": Field(N_("score or result"), "ระดับดีเยี่ยม", shortest=""),
    "fund": Field(N_("supporting fund"), "ได้รับการสนับสนุนจากกองทุนส่งเสริมการจัดสวัสดิการสังคม",
                  shortest=""),
    "when_where": Field(
        N_("date and place"),
        "ระหว่างวันที่ ๒๘ กุมภาพันธ์ – ๓ มีนาคม ๒๕๖๒ ณ โรงแรมทีเค พาเลส กรุงเทพมหานคร",
        longest="ระหว่างวันที่ ๒๘ กุมภาพันธ์ – ๑ มีนาคม ๒๕๖๒ ณ โรงแรมทีเค พาเลส แอนด์ คอนเวนชัน "
        "แขวงทุ่งสองห้อง เขตหลักสี่ กรุงเทพมหานคร",
        shortest="เมื่อวันที่ ๙ มีนาคม ๒๕๖๔"),
    "wish": Field(N_("closing wish"),
                  "ขอให้มีความสุข ความเจริญ และเป็นกำลังสำคัญในการพัฒนาสังคมสืบไป", shortest=""),
    "given": Field(N_("date of issue"), "ให้ไว้ ณ วันที่ ๓ มีนาคม พ.ศ. ๒๕๖๒"),
    "proof": Field(N_("signed QR code"), "7" * 430, shortest=""),
    "proof_words": Field(N_("words under the QR code"), "ตรวจสอบได้", shortest=""),
}  # fmt: skip
"""Fields of a certificate; each is a text of its frozen ``Wording``."""

PERSON: Final[Mapping[str, Field]] = {
    "name": Field(N_("name"), "นางสาวกุลธิดา ศรีสวัสดิ์วงศ์",
                  worst="ว่าที่ร้อยตรีหญิงฐิติญาณัฏฐ์ กตัญญูปิ่นเฟื่องฟุ้งเกียรติ์", shortest="นายโซ"),
    "organisation": Field(N_("agency"), "องค์การบริหารส่วนตำบลด่านแม่ละเมา", longest=_LONG_ORG,
                          shortest=""),
    "position": Field(N_("position"), "นักพัฒนาชุมชนชำนาญการ", shortest=""),
    "place": Field(N_("province"), "จังหวัดตาก", shortest=""),
    "role": Field(N_("role"), "ผู้เข้ารับการอบรม", shortest=""),
    "seat": Field(N_("seat"), "๑๕๔", shortest=""),
    "group": Field(N_("group"), "กลุ่ม ๓", shortest=""),
    "event": Field(N_("event"), _TITLE, longest=_LONG_TITLE, shortest="Shift and Share"),
    "programme": Field(N_("programme"), "",
                       longest="โครงการส่งเสริมเครือข่ายอาสาสมัครพัฒนาสังคม ประจำปี ๒๕๖๒"),
    "when_where": Field(N_("date and place"), "๒๘ กุมภาพันธ์ – ๓ มีนาคม ๒๕๖๒  โรงแรมทีเค พาเลส",
                        shortest=""),
    "office": Field(N_("own office"), "กรมพัฒนาสังคมและสวัสดิการ"),
    "code": Field(N_("code of the badge"), "12345600000017"),
    "address": Field(N_("postal address"), "๑๒๓ หมู่ที่ ๔ ตำบลด่านแม่ละเมา\nอำเภอแม่สอด จังหวัดตาก ๖๓๑๑๐",
                     shortest="จังหวัดตาก"),
    "sender": Field(N_("sender's address"),
                    "กรมพัฒนาสังคมและสวัสดิการ\n๑๐๓๔ ถนนกรุงเกษม กรุงเทพมหานคร ๑๐๑๐๐"),
    "page": Field(N_("page of pages"), "หน้า ๑/๓"),
    "title": Field(N_("title of the paper"), "ใบลงทะเบียน"),
    "no": Field(N_("running number"), "๑"),
    "phone": Field(N_("telephone"), "๐๘๑-๒๓๔-๕๖๗๘", shortest=""),
    "sheet": Field(N_("code of the sheet"), "123456010013"),
    "sheet_spaced": Field(N_("code of the sheet in fours"), "1234 5601 0013"),
    "receipt_no": Field(N_("receipt number"), "๑๒/๒๕๖๒", shortest=""),
    "date": Field(N_("date"), "๓ มีนาคม ๒๕๖๒"),
    "meal": Field(N_("food"), "๒๔๐.๐๐", shortest=""),
    "lodging": Field(N_("lodging"), "๖๐๐.๐๐", shortest=""),
    "fare": Field(N_("travel"), "๑,๒๔๐.๐๐", shortest=""),
    "per_diem": Field(N_("daily allowance"), "๒๔๐.๐๐", shortest=""),
    "honorarium": Field(N_("honorarium"), "๓,๖๐๐.๐๐", shortest=""),
    "total": Field(N_("total"), "๕,๙๒๐.๐๐", longest="๑๙,๙๙๙.๗๕"),
    "total_words": Field(N_("total in words"), "ห้าพันเก้าร้อยยี่สิบบาทถ้วน",
                         longest="หนึ่งหมื่นเก้าพันเก้าร้อยเก้าสิบเก้าบาทเจ็ดสิบห้าสตางค์"),
    "payer": Field(N_("who pays"), "นางสาวธิดาพร เสาวนะ"),
    "payer_position": Field(N_("position of the payer"), "เจ้าหน้าที่การเงิน", shortest=""),
    "grand_total": Field(N_("total of all pages"), "๑๑๘,๔๐๐.๐๐", shortest=""),
    "grand_words": Field(N_("total of all pages in words"),
                         "หนึ่งแสนหนึ่งหมื่นแปดพันสี่ร้อยบาทถ้วน", shortest=""),
    "id_number": Field(N_("identity number"), "๑ ๙๙๐๒ ๐๐๐๐๐ ๐๑ ๓", shortest=""),
    "item": Field(N_("what is paid for"), "ค่าพาหนะ แม่สอด – กรุงเทพมหานคร ไป-กลับ",
                  shortest="ค่าอาหาร"),
    "amount": Field(N_("amount"), "๑,๒๔๐.๐๐", longest="๑๙,๙๙๙.๗๕", shortest="๐.๗๕"),
    "paid_on": Field(N_("day of payment"), "", longest="๓ มี.ค. ๒๕๖๒"),
    "count": Field(N_("number of people"), "๑๕๔", shortest="๑"),
    "am": Field(N_("held in the morning"), "เช้า"),
    "pm": Field(N_("held in the afternoon"), "บ่าย", shortest=""),
    "eve": Field(N_("held in the evening"), "", longest="ค่ำ"),
    "halves": Field(N_("count of signatures"), "เช้า ............ คน   บ่าย ............ คน",
                    shortest="บ่าย ............ คน"),
    "note": Field(N_("note"), "", longest="มาแทน"),
}  # fmt: skip
"""Fields of all other papers; a paper leaves empty what it does not have."""


def fields_of(purpose: Purpose) -> Mapping[str, Field]:
    """The fields that templates of this purpose may hold."""
    return CERTIFICATE if purpose == "certificate" else PERSON


_SIGNERS: Final[Mapping[Sample, tuple[Signer, ...]]] = {
    "usual": (Signer("นางนภา เศรษฐกร", "อธิบดีกรมพัฒนาสังคมและสวัสดิการ"),),
    "worst": (
        Signer("นางนภา เศรษฐกร", "อธิบดีกรมพัฒนาสังคมและสวัสดิการ"),
        Signer("ว่าที่ร้อยตรีฐิติวุฒิ ปิ่นเฟื่องฟุ้ง", "นายกองค์การบริหารส่วนตำบลด่านแม่ละเมา อำเภอแม่สอด จังหวัดตาก"),
        Signer("นายอนุกูล ปีดแก้ว", "ปลัดกระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์"),
    ),
    "longest": (
        Signer("นางนภา เศรษฐกร", "อธิบดีกรมพัฒนาสังคมและสวัสดิการ"),
        Signer("ว่าที่ร้อยตรีฐิติวุฒิ ปิ่นเฟื่องฟุ้ง", "นายกองค์การบริหารส่วนตำบลด่านแม่ละเมา อำเภอแม่สอด จังหวัดตาก"),
    ),
    "shortest": (Signer("สมใจ บุญอาจ", ""),),
}  # fmt: skip


def named_in(template: Template) -> frozenset[str]:
    """Every field that a template has a place for."""
    texts: list[str] = []
    for element in template.elements:
        if isinstance(element, Text | Qr):
            texts.append(element.text)
        elif isinstance(element, Table):
            texts += [column.text for column in element.columns]
    found: set[str] = set()
    for text in texts:
        with suppress(BadText):  # it cannot be filled, and the designer says so
            found.update(fields_in(text))
    return frozenset(found)


def _thai(number: int) -> str:
    """As the other samples are written."""
    return "".join("๐๑๒๓๔๕๖๗๘๙"[int(digit)] for digit in str(number))


def sample_filling(purpose: Purpose, which: Sample, rows: int = 20) -> Filling:
    """A page filled with samples; a table gets that many rows."""
    fields = {name: one.sample(which) for name, one in fields_of(purpose).items()}
    if purpose == "receipt":
        fields["title"] = "ใบสำคัญรับเงิน"
    many = purpose in ("sheet", "receipt")
    return Filling(
        fields=fields,
        signers=_SIGNERS[which],
        rows=tuple({**fields, "no": _thai(at + 1)} for at in range(rows)) if many else (),
    )


_VALUES: Final[Mapping[str, Callable[[Wording], str]]] = {
    "issuer": lambda said: said.issuer[0] if said.issuer else "",
    "issuers": lambda said: "\n".join(said.issuer[1:]),
    "document_word": lambda said: said.document_word,
    "opening": lambda said: said.opening,
    "recipient": lambda said: said.recipient,
    "organisation": lambda said: said.organisation,
    "deed": lambda said: said.deed,
    "subject": lambda said: said.subject,
    "project": lambda said: said.project,
    "role": lambda said: said.role,
    "score": lambda said: said.score,
    "fund": lambda said: said.fund,
    # Where a line must end, let it end before the place: "… ๓ มีนาคม ๒๕๖๒ | ณ โรงแรม…".
    "when_where": lambda said: said.when_where.replace(" ณ ", " \u200bณ ", 1),
    "wish": lambda said: said.wish,
    "given": lambda said: said.given,
}


def certificate_filling(
    wording: Wording, number: str, proof: str = "", pictures: Mapping[str, str] | None = None
) -> Filling:
    """What a certificate's page is filled with. ``number`` as printed; ``proof`` the QR's text."""
    fields = {name: value(wording) for name, value in _VALUES.items()}
    before = "No." if wording.language == "en" else "เลขที่"
    fields |= {"number": f"{before} {number}", "number_plain": number, "proof": proof}
    caption = "Scan to verify" if wording.language == "en" else "ตรวจสอบได้"
    fields["proof_words"] = caption if proof else ""
    return Filling(fields=fields, signers=wording.signers, pictures=dict(pictures or {}))
