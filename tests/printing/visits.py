# SPDX-License-Identifier: Apache-2.0
"""Pictures, texts and whole papers of home visits for the tests, the worst there are."""

from __future__ import annotations

import io
import random
import re
import subprocess
from datetime import date, datetime, timedelta, timezone

import pikepdf
from PIL import Image

from desktop.printing.chart import Assessment, DimensionState
from desktop.printing.household import Aid, EarlierVisit, Member
from desktop.printing.photo import Photo
from desktop.printing.prose import Fact
from desktop.printing.signature import Signature
from desktop.printing.visit import VisitReport
from desktop.printing.watermark import Watermark

NAMES = (
    "นายจะหา แสนสกุลไพรพนาวัลย์กิจเจริญรุ่งเรือง",
    "ว่าที่ร้อยตรีหญิง ณัฏฐ์ฐิญา วุฒิวิทยานันท์",
    "นางสาวน้ำทิพย์ ณ นคร",
    "นายหม่อเซ",
    "นางกฎุมพี ฐานุพงษ์",
    "นายฟื้น ปู่จู๋",
)
OFFICE = "ศูนย์พัฒนาราษฎรบนพื้นที่สูงจังหวัดตาก"
STORY = (
    "บ้านพักเป็นเรือนไม้ไผ่ยกพื้นสูง หลังคามุงหญ้าคา สภาพทรุดโทรม ฝนตกน้ำรั่วเข้าในบ้าน ไม่มีห้องน้ำ "
    "ผู้สูงอายุป่วยติดเตียงหนึ่งคน เด็กเล็กหนึ่งคน บิดารับจ้างทั่วไปรายได้ไม่แน่นอน "
    "มารดามีอาการซึมเศร้าหลังคลอด ได้รับการดูแลจาก รพ.สต. อย่างต่อเนื่อง "
)
THERE = timezone(timedelta(hours=7))
MARK = Watermark("เรื่องคุ้มครองเด็ก ห้ามเผยแพร่", NAMES[2], datetime(2026, 11, 20, 14, 2, tzinfo=THERE))


def story(pages: int) -> str:
    """A text of about so many pages, each sentence numbered so that none can go missing."""
    return "\n".join(f"ข้อ{number} {STORY}" for number in range(1, pages * 11 + 1))


def jpeg(seed: int = 1, size: tuple[int, int] = (320, 240), **save: object) -> bytes:
    """A photograph with enough in it that encoding it again would change its bytes."""
    rng = random.Random(seed)
    picture = Image.new("RGB", (16, 12))
    picture.putdata([tuple(rng.randrange(256) for _ in "rgb") for _ in range(16 * 12)])
    out = io.BytesIO()
    picture.resize(size, Image.Resampling.BICUBIC).save(out, "JPEG", quality=82, **save)
    return out.getvalue()


def signature_png() -> bytes:
    """Blue ink on nothing: a PNG with transparency."""
    picture = Image.new("RGBA", (120, 40), (0, 0, 0, 0))
    for x in range(10, 110):
        picture.putpixel((x, 20 + x % 7), (20, 20, 120, 255))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def report(*, members: int = 3, photos: int = 2, **more: object) -> VisitReport:
    """A visit with everything there is on it."""
    states: tuple[DimensionState, ...] = ("ok", "watch", "help", "na")
    fields: dict[str, object] = {
        "office": OFFICE,
        "person": NAMES[0],
        "visited_at": datetime(2026, 11, 20, 10, 30, tzinfo=THERE),
        "case_no": "63-2570-A1-0007",
        "purpose": "ตรวจสอบเหตุที่ได้รับแจ้ง",
        "met": "พบผู้รับบริการ",
        "team": NAMES[2:4],
        "place": (16.7712345, 98.9876543),
        "person_facts": (Fact("อายุ", "๗๒ ปี"), Fact("โทรศัพท์", "")),
        "household_facts": (Fact("บ้านเลขที่", "๑๒/๓ หมู่ที่ ๕ ตำบลด่านแม่ละเมา"),),
        "consent_facts": (Fact("เผยแพร่ภาพ", "ไม่ยินยอม"),),
        "members": tuple(
            Member(f"{NAMES[n % 6]} คนที่{n}", "บุตร", "๙", "ชาย", "นักเรียน/นักศึกษา")
            for n in range(members)
        ),
        "assessments": tuple(
            Assessment(date(2026, 1 + n, 5), *(states[(n + k) % 4] for k in range(5)))
            for n in range(4)
        ),
        "problems": ("ไม่มีผู้ดูแล/ถูกทอดทิ้ง",),
        "problem_detail": STORY,
        "urgency": "ด่วน",
        "aids": (Aid("เงินสงเคราะห์", "ให้แล้ว", "๓,๐๐๐", "งบ อปท."),),
        "outcomes": ("ได้รับกำลังใจ",),
        "opinion": STORY,
        "follow_on": date(2026, 11, 27),
        "earlier": (EarlierVisit(date(2026, 5, 3), "ให้กำลังใจ/เยี่ยมเยียน"),),
        "photos": tuple(Photo(jpeg(n), f"สภาพบ้านมุมที่ {n}", True) for n in range(photos)),
        "signatures": (
            Signature("ผู้เยี่ยม", NAMES[2], signature_png()),
            Signature("ผู้ให้ข้อมูล", NAMES[3], signature_png(), thumb=True, witness=NAMES[5]),
        ),
    }
    return VisitReport(**(fields | more))  # type: ignore[arg-type]


def text_of(pdf: bytes) -> str:
    """What poppler reads, in the order drawn."""
    read = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return read.stdout.decode()


def joined(text: str) -> str:
    """Without white space: what was broken into lines is whole again."""
    return re.sub(r"\s", "", text)


def images_of(pdf: bytes) -> list[list[dict[str, object]]]:
    """The pictures of each page: what is said of each in the file, and its bytes as "raw"."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [
            [
                {"raw": each.read_raw_bytes(), "space": str(each.ColorSpace)}
                for each in page.obj.Resources.get("/XObject", {}).values()
                if each.Subtype == "/Image"
            ]
            for page in opened.pages
        ]


def pages_of(pdf: bytes) -> list[str]:
    return text_of(pdf).split("\f")[:-1]
