# SPDX-License-Identifier: Apache-2.0
"""Five households visited with the real form, for pages that show households and cases.

The households are those of the journey in the highland (``tests.actions.casework_ground.FIVE``);
every visit is typed, filed and dispatched as the window does it.
"""

from __future__ import annotations

import dataclasses
import io
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from PIL import Image, ImageDraw

from desktop.actions import draft, household
from desktop.model.draft import Draft, Subject
from desktop.model.household import Member
from desktop.store import visit
from desktop.xforms import journal
from desktop.xforms.journal import Step
from desktop.xforms.session import Session
from tests.actions.casework_ground import FIVE
from tests.actions.casework_ground import Household as Typed
from tests.field import BY, VISIT, Field, open_field

PLACES = (
    "16.7712 98.9881 512 6",
    "16.7745 98.9923 530 8",
    "16.7690 98.9850 498 5",
    "16.7731 98.9902 520 6",
    "16.7795 98.9812 560 9",
)
STATES = (
    ("help", "ok", "help", "na", "help"),
    ("watch", "help", "ok", "na", "watch"),
    ("help", "help", "watch", "na", "ok"),
    ("help", "ok", "ok", "help", "watch"),
    ("watch", "ok", "help", "na", "ok"),
)
DIMENSIONS = ("income", "health", "housing", "education", "state")


@dataclass
class Village:
    """The field with its households; ``records`` are those of the five visits in order."""

    field: Field
    records: list[str] = dataclasses.field(default_factory=list)

    @classmethod
    def open(cls, folder: Path) -> Village:
        return cls(open_field(folder))

    def five_visits(self) -> None:
        """The five visits of the journey, ten minutes apart."""
        for number, one in enumerate(FIVE):
            self.records.append(self.visit(one, number))
            self.field.clock.forward(minutes=10)

    def visit(
        self,
        one: Typed,
        number: int,
        more: dict[str, str] | None = None,
        photos: tuple[str, ...] = (),
        subject: Subject | None = None,
    ) -> str:
        """Type one visit and file it; ``photos`` are kinds of photo to take."""
        opened = self.field.begin(subject=subject)
        session = self.field.fill(
            opened, answers_of(one, number, self.field.clock.now.isoformat()) | (more or {})
        )
        for place, kind in enumerate(photos):
            if place == 0:
                self.field.fill(opened, {"g_photo/has_photos": "yes"}, session)
            else:
                self._one_more(opened.id, session)
            self._photo(opened, session, place, kind)
        return self.field.finish(opened, session.finalise())

    def _one_more(self, draft_id: str, session: Session) -> None:
        repeat = session.form.control(("data", "g_photo", "photos"))
        assert repeat is not None
        assert isinstance(session.clock, journal.Clock)
        session.clock.moment = self.field.clock.now
        added, _changes = session.add(repeat)
        step = Step(journal.ADD, journal.added_at(added), "", self.field.clock.now)
        draft.note(self.field.store, BY, draft_id, step)

    def _photo(self, opened: Draft, session: Session, place: int, kind: str) -> None:
        repeat = session.form.control(("data", "g_photo", "photos"))
        assert repeat is not None
        (instance,) = session.instances(repeat)[place : place + 1]
        kept = draft.keep_photo(
            self.field.store, BY, opened.id, "/data/g_photo/photos/p_img", picture(kind, place),
            width=640, height=480, taken_at=self.field.clock.now.isoformat(),
        ).value  # fmt: skip
        for name, value in (("p_kind", kind), ("p_img", kept.name)):
            (node,) = (each for each in instance.children if each.name == name)
            step = Step(journal.ANSWER, session.place(node), value, self.field.clock.now)
            self.field.take(opened, session, step)

    def household_of(self, record_id: str) -> str:
        with self.field.store.read() as conn:
            return visit.visit(conn, BY, record_id).household_id

    def relative(self, record_id: str, name: str, relation: str, age: int, **more: object) -> None:
        """Somebody else of the household."""
        one = Member(
            "", self.household_of(record_id), name, relation=relation, age=age,
            seen_on=self.field.clock.now.date().isoformat(), **more,  # type: ignore[arg-type]
        )  # fmt: skip
        household.put_member(self.field.store, BY, one)


def answers_of(one: Typed, number: int, at: str) -> dict[str, str]:
    """What is typed of one household of the journey."""
    first, _space, last = one.name.partition(" ")
    answers = dict(VISIT) | {
        "g_visit/visit_at": at,
        "g_visit/gps": PLACES[number],
        "g_person/first_name": first,
        "g_person/has_surname": "yes" if last else "no",
        "g_life/targets": " ".join(one.targets),
        "g_adr/house_no": str(12 + number),
        "g_adr/moo": one.moo,
        "g_prob/problems": " ".join(one.problems),
        "g_prob/urgency": one.urgency,
        "g_aid/has_aid": "yes",
        "g_aid/aids/aid": one.aids[0][0],
        "g_aid/aids/aid_state": one.aids[0][1],
        "g_aid/aids/item": "ถุงยังชีพ",
    }
    answers |= {
        f"g_dim/d_{name}": state for name, state in zip(DIMENSIONS, STATES[number], strict=True)
    }
    answers["g_members/members/m_name"] = ("คำ", "บุญมี", "อาเซ", "จันทร์", "ใส")[number]
    if last:
        answers["g_person/last_name"] = last
    else:
        answers.pop("g_person/last_name")
    return answers


def picture(kind: str, number: int) -> bytes:
    """A photograph that can be told from the others."""
    image = Image.new("RGB", (640, 480), ((90 + 40 * number) % 256, 140, 110))
    draw = ImageDraw.Draw(image)
    draw.rectangle((180, 220, 460, 420), fill=(150, 110, 70))
    draw.polygon(((150, 220), (320, 90), (490, 220)), fill=(110, 60, 50))
    draw.text((20, 20), f"{kind} {number}", fill=(255, 255, 255))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def a_year_later(village: Village, number: int = 0, state: str = "ok") -> str:
    """The same household visited again, with the first dimension at ``state``."""
    village.field.clock.forward(days=60)
    subject = Subject(household_id=village.household_of(village.records[number]))
    answers = {f"g_dim/d_{DIMENSIONS[0]}": state, "g_visit/purpose": "encourage"}
    return village.visit(FIVE[number], number, answers, subject=subject)


__all__ = ["BY", "FIVE", "Village", "a_year_later", "answers_of", "picture", "timedelta"]
