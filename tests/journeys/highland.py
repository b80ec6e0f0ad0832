# SPDX-License-Identifier: Apache-2.0
"""The five households of the highland: who lives there, what is typed, what is photographed."""

from __future__ import annotations

import io
import json
import socket
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest
from PIL import Image, ImageDraw

from desktop.actions import office
from desktop.model.facilitator import Facilitator, Office
from desktop.paths import shipped
from tests.hall import BANGKOK, BY, Clock, Hall, tell
from tests.journeys import filling, lists
from tests.journeys.filling import SIGNED, Answer, Filled, Filling
from tests.journeys.hand import Hand
from tests.journeys.steps import PASSPHRASE

STORY: Final = lists.story("seed1_tak_highland")
OFFICE: Final = "ศูนย์พัฒนาราษฎรบนพื้นที่สูงจังหวัดตาก"
THIDA: Final = "ธิดา ใจดี"
OTHER: Final = "สมพร มั่นคง"
HER_PASSPHRASE: Final = "ดอยสูงหมอกหนาข้าวไร่"
DAY: Final = "2020-09-04"
FORM: Final = "การเยี่ยมบ้าน"
GPS: Final = (16.7712, 98.9881)


@dataclass(frozen=True, slots=True)
class House:
    """A household as the story has it, and what the story leaves open."""

    told: dict[str, Any]
    title: str
    name: str
    age: str
    targets: tuple[str, ...]
    photos: tuple[str, ...]
    """Kinds of the photographs."""

    @property
    def first(self) -> str:
        return self.name.partition(" ")[0]

    @property
    def last(self) -> str:
        return self.name.partition(" ")[2]

    @property
    def called(self) -> str:
        """With the title, as lists and papers have it."""
        return f"{self.title}{self.name}"

    def words(self, code_list: str, key: str) -> tuple[str, ...]:
        """The words of the codes the story has."""
        return tuple(lists.word(code_list, code) for code in self.told[key])


def _told() -> dict[str, Any]:
    """The parts of the story that the import of rosters passes over."""
    path = shipped("resources", "demo", "seed1_tak_highland.json")
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return told


def _houses() -> tuple[House, ...]:
    told = _told()["households"]
    open_ones = (
        ("นาย", "นอแอ", "๖๘", ("highland", "stateless"), ("house_out", "problem")),
        ("นาง", "พะตี ทดสอบดี", "๗๒", ("elder",), ("house_in",)),
        ("นาง", "มึกะ ทดสอบงาม", "๘๑", ("elder", "disabled"), ("house_out",)),
        ("นาย", "ซอแฮ", "๔๐", ("poor",), ("house_out",)),
        ("นางสาว", "หน่อพอ ทดสอบใจ", "๓๕", ("family", "poor"), ("house_out",)),
    )
    return tuple(
        House(one, title, name, age, tuple(lists.word("target_group", t) for t in targets), kinds)
        for one, (title, name, age, targets, kinds) in zip(told, open_ones, strict=True)
    )


HOUSES: Final = _houses()
ALERT: Final = _told()["alert"]
ACTIVITY: Final = _told()["activity"]
KINDS: Final = {"house_out": "สภาพบ้านภายนอก", "house_in": "สภาพบ้านภายใน", "problem": "สภาพปัญหา"}
STATES: Final = {"given": "ให้แล้ว", "promised": "รับปาก/รออนุมัติ"}
MEMBERS: Final = ("คำ", "บุญมี", "อาเซ", "จันทร์", "ใส")
OPINION: Final = "ควรติดตามเรื่องสิทธิและรายได้ของครอบครัวนี้ต่อไป"


def answers(number: int, folder: Path) -> dict[str, Answer | list[Answer]]:
    """What is typed of household ``number`` (0 to 4), by the words of the questions."""
    one = HOUSES[number]
    junior = next(row.person.name for row in STORY.rows if row.group == "youth")
    said: dict[str, Answer | list[Answer]] = {
        "วัตถุประสงค์": "สำรวจ/สอบข้อเท็จจริง",
        "คณะผู้เยี่ยม": (THIDA, junior),
        "ผลการพบ": "พบผู้รับบริการ",
        "อ่านประกาศให้ฟังแล้วหรือไม่": "ใช่",
        "ฐานการประมวลผล": "การคุ้มครองทางสังคมตามกฎหมาย (ม.26(5)(ค))",
        "ยินยอมให้ถ่ายภาพและใช้ในรายงาน": "ใช่",
        "ผู้รับฟังประกาศและให้ความยินยอม": "เจ้าตัว",
        "คำนำหน้าชื่อ": one.title,
        "ชื่อ": one.first,
        "มีนามสกุลหรือไม่": "ใช่" if one.last else "ไม่ใช่",
        "รู้วันเกิดแบบใด": "รู้เฉพาะอายุโดยประมาณ",
        "อายุโดยประมาณ (ปี)": one.age,
        "ประเภทเอกสารยืนยันตัวตน": "ไม่มีเอกสาร (ระบุเหตุผล)",
        "เหตุที่ไม่มีเอกสาร": "รอพิสูจน์สถานะ",
        "กลุ่มเป้าหมาย": one.targets,
        "บ้านเลขที่": lists.thai(12 + number),
        "หมู่ที่": lists.thai(one.told["moo"]),
        "ตำบล/อำเภอ/จังหวัด": "ด่านแม่ละเมา",
        "ลักษณะที่อยู่อาศัย": "อยู่ที่ดินบุคคลอื่น",
        "มีคนอื่นอยู่ในบ้านด้วยหรือไม่": "ใช่",
        "ชื่อ-สกุล": [MEMBERS[number]],
        "เกี่ยวข้องกับหัวหน้าครัวเรือนเป็น": ["บุตร"],
        "รายได้": "ต้องช่วยเหลือ",
        "สุขภาพ": "เฝ้าระวัง",
        "ความเป็นอยู่/ที่อยู่อาศัย": "เฝ้าระวัง",
        "การศึกษา": "ไม่มีปัญหา",
        "การเข้าถึงบริการภาครัฐ": "ต้องช่วยเหลือ",
        "ปัญหาที่พบ": one.words("problem", "problems"),
        "รายละเอียด": f"บ้านหลังที่ {lists.thai(number + 1)} รายได้ไม่พอใช้",
        "การประเมินความเสี่ยง": ("ไม่มีความเสี่ยง",),
        "ความเร่งด่วน": lists.word("urgency", one.told["urgency"]),
        "มีความช่วยเหลือที่ให้แล้ว รับปาก หรือต้องการหรือไม่": "ใช่",
        "ประเภท": [lists.word("aid_kind", kind) for kind, _state in one.told["aids"]],
        "สถานะ": [STATES[state] for _kind, state in one.told["aids"]],
        "ผลที่เกิดขึ้น": one.words("visit_outcome", "outcomes"),
        "ความเห็นผู้เยี่ยม/นักสังคมสงเคราะห์": OPINION,
        "ต้องส่งต่อหน่วยงาน": "ไม่ใช่",
        "มีภาพจะแนบหรือไม่": "ใช่",
        "ประเภทภาพ": [KINDS[kind] for kind in one.photos],
        "ภาพ": [photograph(folder, number, place) for place in range(len(one.photos))],
        "ลายมือชื่อผู้เยี่ยม": SIGNED,
        "ผู้ให้ข้อมูลลงชื่ออย่างไร": "ลงลายมือชื่อ",
        "ลายมือชื่อ/นิ้วมือผู้ให้ข้อมูล": SIGNED,
    }
    if one.last:
        said["นามสกุล"] = one.last
    return said


def photograph(folder: Path, number: int, place: int) -> Path:
    """A photograph as a telephone writes it: large, turned, with the place of the house in it."""
    path = folder / f"IMG_{number}{place}.jpg"
    if path.exists():
        return path
    image = Image.new("RGB", (1800, 1200), ((90 + 31 * number) % 256, 150 - 40 * place, 110))
    draw = ImageDraw.Draw(image)
    draw.rectangle((500, 500, 1300, 1000), fill=(150, 110, 70))
    draw.polygon(((400, 500), (900, 150), (1400, 500)), fill=(110, 60, 50))
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Kodak", "Secret 5000", 1
    exif[0x0132] = "2020:09:04 09:12:30"
    exif.get_ifd(0x8825).update({1: "N", 2: (16.0, 46.0, 16.32), 3: "E", 4: (98.0, 59.0, 17.16)})
    held = io.BytesIO()
    image.save(held, "JPEG", quality=85, exif=exif)
    path.write_bytes(held.getvalue())
    return path


def no_network(patch: pytest.MonkeyPatch) -> None:
    """There is none on the mountain: whoever looks for it fails the story."""

    def refuse(*_args: object, **_more: object) -> NoReturn:
        raise AssertionError("something looked for a network")

    for name in ("getaddrinfo", "create_connection"):
        patch.setattr(socket, name, refuse)
    patch.setattr(socket.socket, "connect", refuse)


def found(profile: Path) -> None:
    """The office with its two facilitators, the event with 70 people who all came."""
    clock = Clock(datetime(2020, 9, 3, 17, 30, tzinfo=BANGKOK))
    store, _code = office.found(
        profile, Office("", OFFICE, "63"), Facilitator(BY, THIDA, "นักสังคมสงเคราะห์"),
        PASSPHRASE, label="ธิดา", clock=clock,
    )  # fmt: skip
    with closing(store):
        office.add_facilitator(
            store, BY, PASSPHRASE, Facilitator("", OTHER, "นักพัฒนาสังคม"), HER_PASSPHRASE,
            label="สมพร",
        )  # fmt: skip
        seats = tell(Hall(store, clock), STORY)
        assert len(seats) == 70
        assert len(STORY.sessions) == 4


def visit(
    hand: Hand,
    number: int,
    folder: Path,
    told: Callable[[str], object] = lambda _question: None,
    half: str = "",
    halfway: Callable[[], object] = lambda: None,
) -> Filled:
    """One visit from the list of households to the filed record."""
    filling.begin_visit(hand)
    done = Filling(hand, answers(number, folder), told, half, halfway).walk()
    filling.file_it(hand, FORM)
    return done
