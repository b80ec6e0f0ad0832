# SPDX-License-Identifier: Apache-2.0
"""The papers of an event of 430: badges, sheets, tents, envelopes and receipts from templates.

    python -m tests.bench.bench_papers [--rounds 7]

The targets are one and a half times what the earlier program took, whose badges and sheets were
drawn by code written for each (340 ms and 104 ms of processor time on the same machine); for the
papers that are new, as much as badges may take. What is timed is the making of the file, after
one page to warm up.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping

from desktop.model.template import Filling
from tests.bench import figures
from tests.bench.figures import Figure, percentile
from tests.printing.names import names

PEOPLE = 430
LIMITS: Mapping[str, tuple[str, float]] = {
    "badge": ("430 badges", 510),
    "sign_in": ("430 on sign-in sheets", 156),
    "tent": ("430 name tents", 510),
    "envelope_dl": ("430 envelopes", 510),
    "receipt_sheet": ("430 on receipt sheets", 510),
    "receipt": ("430 receipts", 510),
}


def _people() -> list[dict[str, str]]:
    from desktop.model.roster import badge_code

    shared = {
        "position": "นักพัฒนาชุมชนชำนาญการ", "organisation": "องค์การบริหารส่วนตำบลม่วงเตี้ย",
        "place": "จังหวัดปัตตานี", "role": "ผู้เข้ารับการอบรม", "phone": "๐๘๑-๒๓๔-๕๖๗๘",
        "address": "ตำบลม่วงเตี้ย อำเภอแม่ลาน\nจังหวัดปัตตานี ๙๔๑๘๐",
        "meal": "๔๘๐.๐๐", "fare": "๑,๒๐๐.๕๐", "total": "๑,๖๘๐.๕๐",
        "total_words": "หนึ่งพันหกร้อยแปดสิบบาทห้าสิบสตางค์",
    }  # fmt: skip
    return [
        {**shared, "name": name, "no": str(at), "seat": str(at), "code": badge_code("123456", at)}
        for at, name in enumerate(names(PEOPLE), 1)
    ]


def fillings(paper: str) -> list[Filling]:
    """What the pages of a paper are filled with."""
    from desktop.model.template import Table, rows_on_page
    from desktop.model.template_field import PERSON
    from desktop.printing.template_shipped import shipped_template

    fields = {
        **dict.fromkeys(PERSON, ""),
        "title": "ใบลงทะเบียน", "event": "โครงการอบรมเชิงปฏิบัติการพัฒนาเครือข่าย อพม.น้อย",
        "office": "กรมพัฒนาสังคมและสวัสดิการ", "sender": "กรมพัฒนาสังคมและสวัสดิการ",
        "when_where": "วันที่ ๒๗ กุมภาพันธ์ ๒๕๖๒  ณ โรงแรมปรินซ์พาเลซ", "am": "เช้า", "pm": "บ่าย",
        "sheet": "123456010013", "sheet_spaced": "1234 5601 0013",
    }  # fmt: skip
    people = _people()
    tables = [one for one in shipped_template(paper).elements if isinstance(one, Table)]
    if not tables:
        return [Filling(fields={**fields, **one}) for one in people]
    if paper == "receipt":
        rows = ({"no": "๑", "item": "ค่าอาหาร", "amount": "๔๘๐.๐๐"},
                {"no": "๒", "item": "ค่าพาหนะ", "amount": "๑,๒๐๐.๕๐"})  # fmt: skip
        return [Filling(fields={**fields, **one}, rows=rows) for one in people]
    most = rows_on_page(tables[0])
    return [
        Filling(fields=fields, rows=tuple(people[at : at + most])) for at in range(0, PEOPLE, most)
    ]


def measure(paper: str, rounds: int) -> Figure:
    """One paper, made ``rounds`` times."""
    from desktop.printing.template_page import pages_pdf
    from desktop.printing.template_shipped import shipped_template

    template, pages = shipped_template(paper), fillings(paper)
    pages_pdf(template, pages[:1])
    times = []
    size = 0
    for _round in range(rounds):
        begun = time.process_time()
        size = len(pages_pdf(template, pages))
        times.append((time.process_time() - begun) * 1000)
    words, limit = LIMITS[paper]
    said = f"first {times[0]:.0f} ms, most {max(times):.0f} ms; {size / 1e6:.2f} MB"
    return Figure(words, percentile(times, 50), limit, "ms", said)


def main() -> int:
    parser = figures.arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    chosen = parser.parse_args()
    found = [measure(paper, chosen.rounds) for paper in LIMITS]
    return figures.conclude(found, chosen)


if __name__ == "__main__":
    sys.exit(main())
