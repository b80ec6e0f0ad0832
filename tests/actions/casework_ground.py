# SPDX-License-Identifier: Apache-2.0
"""An office with an event and casework in a real encrypted store, for tests and screens.

``typed`` plays what finishing a home-visit form does: the same core values in one transaction.
``five_visits`` are the households of ``resources/demo`` seed 1, with target groups made up.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from desktop.actions import assistance, case_file, follow_up, referral
from desktop.actions.alert import AlertDraft, raise_alert
from desktop.actions.done import Done
from desktop.actions.finish import Finish
from desktop.model.case_file import CaseFile
from desktop.model.draft import Subject
from desktop.model.facilitator import Facilitator, Office
from desktop.model.person import Person
from desktop.model.record import HOME_VISIT, Core
from desktop.store import case_file as cases
from desktop.store import person as people
from desktop.store.facilitator import put_facilitator, put_office
from desktop.store.ids import natural_id, new_id
from desktop.store.keys import DataKey
from desktop.store.schema import nouns
from desktop.store.store import Store

BANGKOK = timezone(timedelta(hours=7))
BY, OTHER, THIRD = "facilitator-1", "facilitator-2", "facilitator-3"
TAMBON = "630609"
EVENT = "event-1"
TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=BANGKOK)


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **amount: int) -> None:
        self.now += timedelta(**amount)


@dataclass(frozen=True)
class Household:
    """What is typed of one home visit."""

    name: str
    problems: tuple[str, ...]
    targets: tuple[str, ...]
    urgency: str
    aids: tuple[tuple[str, str], ...]
    days: int
    moo: str = "1"


FIVE = (
    Household("นอแอ", ("r_noid", "i_low"), ("highland", "stateless"), "normal",
              (("goods", "given"), ("registry", "promised")), 30, "4"),
    Household("พะตี ทดสอบดี", ("s_chronic", "s_device", "i_none"), ("elder",), "urgent",
              (("goods", "given"), ("device", "promised")), 7, "5"),
    Household("มึกะ ทดสอบงาม", ("f_caregiver", "s_selfcare"), ("elder", "disabled"), "normal",
              (("goods", "given"), ("refer", "promised")), 30),
    Household("ซอแฮ", ("e_nochance", "i_low"), ("child",), "normal",
              (("goods", "given"), ("refer", "promised")), 30),
    Household("หน่อพอ ทดสอบใจ", ("h_unfit", "i_debt"), ("family", "poor"), "urgent",
              (("goods", "given"), ("refer", "promised")), 7, "6"),
)  # fmt: skip


@dataclass
class Ground:
    """The store and short ways to work in it."""

    store: Store
    clock: Clock
    mentor_id: str = ""
    visits: list[Finish] = field(default_factory=list)

    @classmethod
    def open(cls, folder: Path) -> Ground:
        clock = Clock()
        ground = cls(Store.create(folder, DataKey(bytes(range(32))), clock=clock), clock)
        with ground.store.write(BY) as write:
            put_office(write, Office("office-1", "ศูนย์พัฒนาราษฎรบนพื้นที่สูงจังหวัดตาก", "63"))
            put_facilitator(write, Facilitator(BY, "ธิดา ใจดี", "นักสังคมสงเคราะห์"))
            put_facilitator(write, Facilitator(OTHER, "สมพร มั่นคง"))
            put_facilitator(write, Facilitator(THIRD, "อารี งามตา"))
        ground.mentor_id = ground.person("สมศรี พี่เลี้ยง")
        return ground

    def person(self, name: str) -> str:
        first, _space, last = name.partition(" ")
        with self.store.write(BY) as write:
            person_id = new_id()
            people.put_person(write, Person(person_id, "", first, last=last))
        return person_id

    def typed(
        self,
        core: dict[str, Any],
        *,
        by: str = BY,
        person_id: str = "",
        household_id: str = "",
        amends: str = "",
        event_id: str = EVENT,
        case_id: str = "",
    ) -> Finish:
        """Finish a home-visit form with these core values; returns what came back."""
        said = {
            "visit.at": self.clock.now.isoformat(),
            "visit.visited_on": self.clock.now.date().isoformat(),
            "visit.purpose": "learning",
            **core,
        }
        with self.store.write(by) as write:
            record_id = new_id()
            first = amends or record_id
            visit_id = new_id()
            finish = Finish(
                record_id=record_id, form_id=HOME_VISIT, form_version="1", core=Core(said),
                subject=Subject(), attachments=(), by=by, now=write.now(), amends=amends,
                first_record=first, scope=f"t:{TAMBON}", area=TAMBON,
                household_id=household_id, person_id=person_id, case_id=case_id,
                event_id=event_id, visit_id=visit_id,
            )  # fmt: skip
            for step in (
                case_file.from_visit,
                assistance.from_visit,
                referral.from_visit,
                follow_up.from_visit,
            ):
                finish = step(write, finish)
            before = next((one.visit_id for one in self.visits if one.record_id == amends), "")
            write.put(
                "visit", visit_id, finish.scope, household_id=household_id, record_id=record_id,
                person_id=person_id, case_id=finish.case_id, event_id=event_id,
                at=said["visit.at"], visited_on=said["visit.visited_on"], area=TAMBON,
                outcomes=["encouraged"], noted_by=by, amends=before,
            )  # fmt: skip
        self.visits.append(finish)
        return finish

    def visit(self, household: Household, **said: Any) -> Finish:
        """Visit a household of the seed."""
        return self.typed(
            core_of(household, self.clock.now.date()) | said,
            person_id=self.person(household.name),
            household_id=natural_id("household", household.name),
        )

    def five_visits(self) -> tuple[CaseFile, ...]:
        """The five visits of the journey; returns their cases."""
        return tuple(self.case(self.visit(one).case_id) for one in FIVE)

    def alert(self, by: str = BY, **said: Any) -> Done:
        """A junior volunteer raises a most urgent alert of neglect."""
        seen = self.clock.now - timedelta(minutes=20)
        draft = AlertDraft(
            "noi", ("v_neglect",), "critical", seen, area=TAMBON, place="ท้ายหมู่บ้าน",
            detail="เด็กอยู่ลำพังทั้งวัน", mentor_id=self.mentor_id, agencies=("bpd", "tao"),
            told_at=self.clock.now - timedelta(minutes=5),
            called_1300_at=self.clock.now - timedelta(minutes=10), event_id=EVENT,
        )  # fmt: skip
        return raise_alert(self.store, by, replace(draft, **said))

    def case(self, case_id: str, reader: str = BY) -> CaseFile:
        with self.store.read() as conn:
            return cases.case_file(conn, reader, case_id)

    def audited(self) -> list[tuple[str, str, str, str]]:
        """(by, action, noun, record) of every line of the audit log that is no change."""
        with self.store.read() as conn:
            rows = conn.exec_driver_sql(
                'SELECT "by", action, noun, record_id FROM audit '
                "WHERE action NOT IN ('create', 'change', 'delete', 'restore') ORDER BY seq"
            )
            return [tuple(row) for row in rows]

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row that stands, without change times."""
        with self.store.read() as conn:
            return {
                noun: [
                    tuple(json.dumps(value) for value in row)
                    for row in conn.execute(
                        table.select()
                        .with_only_columns(*(c for c in table.c if c.name != "changed_at"))
                        .where(table.c.deleted == 0)
                        .order_by(table.c.id)
                    )
                ]
                for noun, table in nouns.items()
            }


def core_of(household: Household, on: date) -> dict[str, Any]:
    """The core values of the form of one household."""
    kinds, states = zip(*household.aids, strict=True)
    return {
        "case.targets": " ".join(household.targets),
        "case.problems": " ".join(household.problems),
        "case.risks": "none",
        "case.urgency": household.urgency,
        "assistance.kind": kinds,
        "assistance.state": states,
        "assistance.amount": ("",) * len(kinds),
        "followup.due": (on + timedelta(days=household.days)).isoformat(),
    }


def assert_undone_and_redone(ground: Ground, before: dict[str, Any], done: Done) -> None:
    """Taking back leaves what was before, doing again what was after."""
    after = ground.everything()
    assert after != before
    assert done.undo is not None
    back = done.undo(ground.store)
    assert ground.everything() == before
    assert back.undo is not None
    back.undo(ground.store)
    assert ground.everything() == after
