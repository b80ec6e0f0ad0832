# SPDX-License-Identifier: Apache-2.0
"""An office that holds an event in a hall, with templates, pictures and certificates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desktop.actions import asset, template
from desktop.actions.attendance import arrive
from desktop.actions.certificate import certificate_fillings, issue, plates_of
from desktop.actions.certificate_list import certificate_list
from desktop.actions.plan import keep_plan
from desktop.model.certificate import Signer
from desktop.model.eligibility import OVER
from desktop.model.plan import Plan
from desktop.model.template import Template
from desktop.store import attachment, event, roster
from desktop.store.guest_paper import guest_papers
from desktop.store.store import Store
from tests.actions.template_ground import PAGE, png, with_picture
from tests.hall import AFTERNOON, BY, MORNING
from tests.sync.hall_ground import EVENT, HallGround, Laptop

DAY = date(2019, 3, 3)
SIGNER = Signer("นางนภา เศรษฐกร", "อธิบดี")


@dataclass
class Office:
    """The office that holds the event, what its plan names, and what it does not."""

    ground: HallGround
    template: str
    made: list[str]
    named: set[str]
    """SHA-256 of every file the plan names."""
    others: set[str]

    @property
    def store(self) -> Store:
        return self.ground.hub.store

    def guest(self, door: str, office: str = "office-2") -> Laptop:
        """A laptop of another office that is let in."""
        made = self.ground.laptop(door, office)
        made.join(self.ground.hub)
        return made


def made_office(ground: HallGround) -> Office:
    """The office of a hall, with two certificates that were issued."""
    store = ground.hub.store

    def put(kind: str, label: str, shade: int, wide: int = 5) -> str:
        return str(asset.import_asset(store, BY, kind, label, png(wide, 7, shade)).value.sha256)

    named = {
        put("background", "พื้น", 10, 40),
        put("emblem", "ก ตราหนึ่ง", 20),
        put("signature", SIGNER.name, 30),
    }
    others = {
        put("emblem", "ข ตราสอง", 40),
        put("signature", "คนอื่น", 50),
        put("picture", "รูป", 60),
    }
    background = next(one.sha256 for one in asset.assets(store, "background"))
    card = template.create(store, BY, "งาม", with_picture(background)).value
    template.create(store, BY, "อีกแบบ", PAGE)
    with store.write(BY) as write:
        held = event.event(write.conn, EVENT)
        event.put_event(write, replace(held, certificate_kind="completion"))
        roster.put_lock(write, EVENT, locked=True, reason="")
    for session, hour in ((MORNING, 9), (AFTERNOON, 13)):
        ground.hall.clock.to(hour)
        for one in ground.people:
            arrive(store, BY, one, session, hour * 60, "search")
    ground.hall.clock.to(18)
    chosen = Plan(EVENT, "completion", card.id, signatories=(SIGNER,))
    keep_plan(store, BY, chosen)
    done = issue(store, BY, EVENT, issue_date=DAY, enrolment_ids=ground.people[:2], moment=OVER)
    return Office(ground, card.id, [row.id for row in done.value], named, others)


def complete(laptop: Laptop) -> bool:
    """Whether all papers of the event are here."""
    with laptop.store.read() as conn:
        papers = guest_papers(conn, EVENT)
        return papers is not None and all(
            attachment.kept(conn, one.sha256) is not None for one in papers.files
        )


def ready(laptop: Laptop, office: Office) -> bool:
    return complete(laptop) and digests(laptop.store) == digests(office.store)


def digests(store: Store) -> tuple[Template, str] | None:
    held = certificate_list(store, EVENT)
    return None if held is None else (held.template, held.trouble)


def kept(store: Store) -> set[str]:
    with store.read() as conn:
        found = conn.exec_driver_sql("SELECT sha256 FROM attachment_file")
        return set(found.scalars())


def same(laptop: Laptop, office: Office) -> None:
    ours = plates_of(certificate_fillings(office.store, office.made))
    assert plates_of(certificate_fillings(laptop.store, office.made)) == ours
