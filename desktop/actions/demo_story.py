# SPDX-License-Identifier: Apache-2.0
"""What is told of the five families of the demonstration besides what its fixture has.

Everybody is made up: their names are put together from those of the fixture's roster, which are
made up too, and the places on the map are points beside the tambon where nobody's house was
looked for. Days are counted back from the day the demonstration is built.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Final

from desktop.actions.demo_filling import Answer, Answers
from desktop.actions.fixture_household import FixtureHousehold

DIMENSIONS: Final = ("income", "health", "housing", "education", "state")
VILLAGE: Final = "บ้านตัวอย่าง"


@dataclass(frozen=True, slots=True)
class Home:
    """A family: what is typed at its door. ``number`` is its place in the fixture."""

    number: int
    days_ago: int
    at: time
    dimensions: tuple[str, ...]
    answers: Answers
    """Questions that this family answers otherwise than the others."""
    item: str
    """What was handed over."""
    promised: str
    needs: str
    opinion: str
    detail: str
    members: tuple[Answers, ...] = ()


def _person(title: str, first: str, last: str, age: int, papers: dict[str, str]) -> dict[str, str]:
    told = {
        "title": title,
        "first_name": first,
        "has_surname": "yes" if last else "no",
        "dob_kind": "age",
        "age_est": str(age),
    }
    return told | ({"last_name": last} if last else {}) | papers


def _house(number: str, tenure: str, gps: str, landmark: str) -> dict[str, str]:
    return {"house_no": number, "tenure": tenure, "gps": gps, "landmark": landmark}


def _member(name: str, relation: str, age: int, sex: str, **more: str) -> Answers:
    return {"m_name": name, "m_rel": relation, "m_age": str(age), "m_sex": sex, **more}


_NO_CARD: Final = {"id_kind": "none", "id_none_reason": "อยู่ระหว่างยื่นคำร้องขอมีสถานะทางทะเบียน"}
_NOT_SHOWN: Final = {"id_kind": "none", "id_none_reason": "ยังไม่ได้นำบัตรมาแสดง"}

_FIRST: Final = Home(
    number=0,
    days_ago=26,
    at=time(9, 20),
    dimensions=("watch", "ok", "help", "watch", "watch"),
    answers={
        **_person("nai", "จื่อลือ", "", 58, _NO_CARD),
        **_house("12", "own_weak", "16.7712 98.9881 512 6", "เลยโรงเรียนไป 200 เมตร"),
        "targets": "highland stateless",
        "marital": "cohabit",
        "occ": "farmer",
        "income": "2400",
        "lang": "lhu th",
        "p_rel": "head",
        "got": "none",
        "risks": "none",
    },
    members=(
        _member("มึดา", "spouse", 54, "f", m_occ="farmer"),
        _member("หน่อเอ", "grandchild", 11, "f", m_occ="student", m_body="normal"),
    ),
    item="ข้าวสารและเครื่องปรุง 1 ชุด",
    promised="พาไปยื่นคำร้องที่อำเภอ พร้อมพยานสองคน",
    needs="อยากมีบัตร เพื่อให้หลานได้ทุนเรียนต่อ",
    opinion="ครอบครัวร่วมมือดี ควรพาไปยื่นคำร้องและตามผลที่อำเภอ",
    detail="ไม่มีบัตรประจำตัว ใช้สิทธิรักษาไม่ได้ รายได้จากไร่หมุนเวียนไม่พอใช้ทั้งปี",
)
_SECOND: Final = Home(
    number=1,
    days_ago=9,
    at=time(10, 5),
    dimensions=("help", "help", "watch", "na", "ok"),
    answers={
        **_person("nang", "นาโบ", "ทองดี", 72, _NOT_SHOWN),
        **_house("45/1", "own_firm", "16.7745 98.9923 530 8", "ริมห้วย ติดศาลากลางบ้าน"),
        "photo_ok": "yes",
        "publish_ok": "no",
        "targets": "elder disabled",
        "marital": "married",
        "occ": "none",
        "income": "600",
        "income_src": "state",
        "lang": "ksw th",
        "p_rel": "head",
        "got": "oldage disability",
        "risks": "care",
    },
    members=(_member("อาเจอะ ทองดี", "spouse", 76, "m", m_occ="none", m_body="chronic_illness"),),
    item="ผ้าอ้อมผู้ใหญ่ 2 ห่อ และของใช้ 1 ชุด",
    promised="รถเข็นนั่ง 1 คัน",
    needs="รถเข็นสำหรับไปโรงพยาบาล",
    opinion="เดินไม่ได้และไม่มีรถไปพบแพทย์ ควรได้รถเข็นก่อนนัดครั้งหน้า",
    detail="เบาหวานและความดันมาหลายปี แผลที่เท้าทำให้เดินไม่ได้ ไม่มีรายได้นอกจากเบี้ยยังชีพ",
)
_THIRD: Final = Home(
    number=2,
    days_ago=12,
    at=time(13, 40),
    dimensions=("watch", "help", "watch", "na", "ok"),
    answers={
        **_person("nang", "หมี่จู", "ชูช่วย", 81, _NOT_SHOWN),
        **_house("7", "stay_with", "16.7690 98.9850 498 5", "หลังวัด"),
        "targets": "elder",
        "marital": "widowed",
        "occ": "none",
        "lang": "nod th",
        "p_rel": "head",
        "got": "oldage",
        "risks": "care",
    },
    item="ถุงยังชีพ 1 ชุด",
    promised="ประสาน รพ.สต. ให้มีผู้ดูแลมาเยี่ยมสัปดาห์ละครั้ง",
    needs="คนช่วยอาบน้ำและหุงหาอาหาร",
    opinion="อยู่ลำพัง ควรจัดผู้ดูแลในชุมชนผลัดกันมา",
    detail="ลูกไปทำงานต่างจังหวัด ลุกเองลำบาก เพื่อนบ้านนำข้าวมาให้วันละมื้อ",
)
_FOURTH: Final = Home(
    number=3,
    days_ago=6,
    at=time(15, 10),
    dimensions=("watch", "ok", "ok", "help", "watch"),
    answers={
        **_person("dekchai", "พะตี่", "ศรีสุวรรณ", 13, _NOT_SHOWN),
        **_house("31", "others_land", "16.7731 98.9902 520 6", "ตรงข้ามร้านค้าชุมชน"),
        "consent_by": "both",
        "guardian_name": "นอแฮ ศรีสุวรรณ",
        "guardian_rel": "parent",
        "targets": "child poor",
        "marital": "single",
        "edu": "p6",
        "occ": "student",
        "lang": "ksw th",
        "p_rel": "child",
        "risks": "none",
    },
    members=(
        _member("นอแฮ ศรีสุวรรณ", "head", 36, "f", m_occ="labour", m_income="4500"),
        _member("บือพอ ศรีสุวรรณ", "child", 6, "f", m_body="normal"),
    ),
    item="ชุดนักเรียนและอุปกรณ์การเรียน",
    promised="ประสานโรงเรียนเรื่องทุนและที่พักนอน",
    needs="ทุนค่าเดินทางไปโรงเรียนมัธยม",
    opinion="ตั้งใจเรียน ควรได้ทุนก่อนเปิดภาคเรียน",
    detail="จบ ป.6 แล้วยังไม่ได้เรียนต่อ โรงเรียนมัธยมอยู่ไกลและแม่รับจ้างรายวัน",
)
_FIFTH: Final = Home(
    number=4,
    days_ago=7,
    at=time(11, 30),
    dimensions=("help", "ok", "help", "watch", "ok"),
    answers={
        **_person("nangsao", "บือพอ", "เกื้อกูล", 35, _NOT_SHOWN),
        **_house("58", "own_weak", "16.7795 98.9812 560 9", "ทางขึ้นเขา บ้านหลังสุดท้าย"),
        "targets": "family poor",
        "marital": "separated",
        "occ": "labour",
        "income": "3800",
        "lang": "ksw th",
        "p_rel": "head",
        "got": "card",
        "risks": "none",
        "refer": "yes",
        "refer_to": "tao",
    },
    members=(
        _member("ซอเล เกื้อกูล", "child", 9, "m", m_occ="student", m_body="normal"),
        _member("มึดา เกื้อกูล", "child", 4, "f", m_body="normal"),
    ),
    item="ผ้าใบกันฝน 1 ผืน และถุงยังชีพ",
    promised="ส่งเรื่องให้ อบต. สำรวจและซ่อมบ้าน",
    needs="ซ่อมหลังคาและเสาเรือนก่อนหน้าฝน",
    opinion="บ้านเสี่ยงพัง มีเด็กเล็กสองคน ควรซ่อมโดยเร็ว",
    detail="หลังคารั่ว เสาเรือนผุสองต้น ค้างค่าปุ๋ยร้านค้าในหมู่บ้าน",
)

HOMES: Final = (_FIRST, _THIRD, _SECOND, _FIFTH, _FOURTH)
"""In the order they are visited."""
BEFORE: Final = (68, ("help", "watch", "help", "watch", "help"))
"""Days ago, and the dimensions, of an earlier visit to the first family."""
PHOTOGRAPHED: Final = _SECOND
CORRECTED: Final = _THIRD
CORRECTED_DAYS: Final = 5
CORRECTION: Final[Answers] = {"house_no": "17/2", "phone": "081 234 5678"}
"""What was mistyped at the door."""
GOES_ON: Final = _FIFTH
"""The family whose next visit is half filled."""

LETTER_TO: Final = "อบต.ด่านแม่ละเมา"
LETTER_NO: Final = "พม 0000/ตัวอย่าง 1"
LETTER_DONE: Final = "มอบผ้าใบกันฝนและถุงยังชีพแล้ว"

ACTIVITY_DAYS: Final = 20
ACTIVITY: Final = "บำเพ็ญประโยชน์จิตอาสาพัฒนาวัด"
ACTIVITY_RESULT: Final = "ทำความสะอาดศาลาและลานวัด ปลูกต้นไม้ 30 ต้น ทุกกลุ่มแบ่งเวรดูแลต่อ"

ALERT_PLACE: Final = "ท้ายหมู่บ้าน หมู่ที่ 1"
ALERT_DETAIL: Final = "เด็กเล็กอยู่บ้านลำพังตั้งแต่เช้า ยังไม่ได้กินข้าว ผู้ใหญ่ในบ้านไม่กลับมาสองวันแล้ว"


def visit_of(home: Home, told: FixtureHousehold, team: str, due: str) -> dict[str, Answer]:
    """What is typed at the door of ``home``: its own answers over those that are usual."""
    (given, given_state), (promised, promised_state) = told.aids
    return {
        "purpose": "assess",
        "team": team,
        "met": "met",
        "notice_read": "yes",
        "basis": "social_protect",
        "photo_ok": "no",
        "consent_by": "self",
        "moo": told.moo,
        "village": VILLAGE,
        "area": told.area,
        "has_members": "yes" if home.members else "no",
        **({"members": home.members} if home.members else {}),
        **_dimensions(home.dimensions),
        "problems": " ".join(told.problems),
        "problem_detail": home.detail,
        "urgency": told.urgency,
        "has_aid": "yes",
        "aids": (
            {"aid": given, "aid_state": given_state, "item": home.item},
            {"aid": promised, "aid_state": promised_state, "item": home.promised},
        ),
        "outcomes": " ".join(told.outcomes),
        "need": home.needs,
        "opinion": home.opinion,
        "refer": "no",
        "follow_on": due,
        "sign_how": "none",
        **home.answers,
    }


def first_visit_of(home: Home, told: FixtureHousehold, team: str, due: str) -> dict[str, Answer]:
    """The same family some weeks earlier, when nothing could be given yet."""
    answers = visit_of(home, told, team, due)
    del answers["aids"]
    return (
        answers
        | _dimensions(BEFORE[1])
        | {
            "has_aid": "no",
            "outcomes": "encouraged pending",
            "opinion": "ควรกลับมาพร้อมรายการเอกสารที่ต้องใช้ยื่นคำร้อง",
        }
    )


def half_a_visit(home: Home, told: FixtureHousehold, team: str) -> dict[str, Answer]:
    """A follow-up that has come as far as the five dimensions."""
    answers = visit_of(home, told, team, "")
    asked_at_once = (
        "team", "met", "notice_read", "basis", "photo_ok", "consent_by", "title", "first_name",
        "has_surname", "last_name", "dob_kind", "age_est", "id_kind", "id_none_reason", "targets",
        "marital", "occ", "p_rel", "has_members", "members",
    )  # fmt: skip
    kept = {name: answers[name] for name in asked_at_once}
    return kept | {"soi_road": "ทางเข้าสวน"} | _dimensions(("watch", "ok", "help"))


def _dimensions(states: tuple[str, ...]) -> dict[str, Answer]:
    return {f"d_{name}": state for name, state in zip(DIMENSIONS, states, strict=False)}
