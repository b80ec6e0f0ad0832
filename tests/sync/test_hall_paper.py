# SPDX-License-Identifier: Apache-2.0
"""Laptops of several offices in a hall draw the event's certificates alike: real stores, real TLS.

What the plan names goes along, and nothing else of the office that holds the event.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.actions import asset, template
from desktop.actions.attendance import arrive
from desktop.actions.certificate import certificate_fillings, issue, plates_of
from desktop.actions.certificate_list import certificate_list
from desktop.actions.hall_paper import papers_of
from desktop.actions.plan import keep_plan, plan
from desktop.actions.template_choice import TemplateLost, template_for
from desktop.model.attachment import Attachment
from desktop.model.certificate import Signer
from desktop.model.eligibility import OVER
from desktop.model.plan import Plan
from desktop.model.template import Template
from desktop.store import attachment, event, roster, sealed
from desktop.store.guest_paper import GuestPapers, guest_papers, told_papers
from desktop.store.store import Store
from desktop.sync.hall_paper import Papers
from desktop.sync.protocol import BadMessage
from tests.actions.template_ground import PAGE, png, with_picture
from tests.hall import AFTERNOON, BY, MORNING
from tests.store.ground import KEY
from tests.sync.hall_ground import EVENT, HallGround, Laptop, until

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


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[HallGround]:
    made = HallGround(tmp_path)
    yield made
    made.close()


@pytest.fixture
def office(ground: HallGround) -> Office:
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


def _complete(laptop: Laptop) -> bool:
    """Whether all papers of the event are here."""
    with laptop.store.read() as conn:
        papers = guest_papers(conn, EVENT)
        return papers is not None and all(
            attachment.kept(conn, one.sha256) is not None for one in papers.files
        )


def _ready(laptop: Laptop, office: Office) -> bool:
    return _complete(laptop) and _digests(laptop.store) == _digests(office.store)


def _digests(store: Store) -> tuple[Template, str] | None:
    held = certificate_list(store, EVENT)
    return None if held is None else (held.template, held.trouble)


def _kept(store: Store) -> set[str]:
    with store.read() as conn:
        found = conn.exec_driver_sql("SELECT sha256 FROM attachment_file")
        return set(found.scalars())


def _same(laptop: Laptop, office: Office) -> None:
    ours = plates_of(certificate_fillings(office.store, office.made))
    assert plates_of(certificate_fillings(laptop.store, office.made)) == ours


def test_a_laptop_of_another_office_prints_the_events_certificates_to_the_last_point(
    office: Office,
) -> None:
    """Mutants: nothing of the papers told; the usual emblem and hand those of whoever draws; a
    page looked for among this office's revisions alone."""
    office.ground.hub.open()
    guest = office.guest("ประตู B")
    asset.import_asset(guest.store, BY, "emblem", "ตราของเรา", png(9, 9, 99))
    until(lambda: _ready(guest, office))
    until(lambda: guest.names() == office.ground.hub.names())
    _same(guest, office)
    here, there = (certificate_list(one, EVENT) for one in (guest.store, office.store))
    assert here is not None
    assert there is not None
    waiting = office.ground.people[2]
    (words,) = [line.wording for line in here.lines if line.key == waiting]
    assert words is not None
    assert words == next(line.wording for line in there.lines if line.key == waiting)


def test_it_shows_as_the_other_offices_and_goes_nowhere_from_there(office: Office) -> None:
    """Mutants: what is told kept as rows of template and attachment; ``assets`` of all offices."""
    office.ground.hub.open()
    guest = office.guest("ประตู B")
    until(lambda: _ready(guest, office))
    assert asset.assets(guest.store) == ()
    assert all(card.shipped for card in template.templates(guest.store, withdrawn=True))
    with guest.store.read() as conn:
        for noun in ("template", "template_revision", "attachment"):
            assert conn.exec_driver_sql(f"SELECT count(*) FROM {noun}").scalar() == 0
        kinds = conn.exec_driver_sql("SELECT DISTINCT kind FROM op WHERE scope LIKE 'o:%'")
        assert set(kinds.scalars()) <= {"office"}
        papers = guest_papers(conn, EVENT)
    assert papers is not None
    assert (papers.office, [one.name for one in papers.templates]) == ("กองทดสอบ", ["งาม"])


def test_nothing_of_the_office_goes_but_what_the_plan_names(office: Office) -> None:
    """Mutants: every file of the office told; a photo of a case told because a plan names it;
    given to whoever knows its hash."""
    store = office.store
    photo = sealed.write(store.folder, png(8, 8, 77))
    with store.write(BY) as write:
        attachment.keep_row(write, photo)
        one = Attachment(photo.sha256, "", "image/png", photo.size, "photo", "", 8, 8, "")
        attachment.put_attachment(write, "c:1", "record-1", ("case_file", "case-1"), one)
    chosen = plan(store, EVENT, "completion")
    keep_plan(store, BY, replace(chosen, pictures={"emblem": photo.sha256}))
    office.ground.hub.open()
    guest = office.guest("ประตู B")
    until(lambda: _ready(guest, office))
    assert _kept(guest.store) == office.named
    end = Papers(store, BY, EVENT, lambda: papers_of(store, EVENT))
    mine = papers_of(store, EVENT)
    assert mine is not None
    assert photo.sha256 not in {file.sha256 for file in mine.files}
    for sha256 in {photo.sha256, *office.others}:
        told = end.answer({"at": "", "want": [sha256, 0]})
        assert told is not None
        assert "piece" not in told
    told = end.answer({"at": "", "want": [next(iter(office.named)), 0]})
    assert told is not None
    assert "piece" in told


def test_a_photo_of_a_case_is_given_to_nobody_whatever_they_say_is_named(office: Office) -> None:
    """A laptop that was let in says that the event's papers name a photo of which it knows the
    hash. Mutant: a file given because it is among the papers."""
    office.ground.hub.open()
    guest = office.guest("ประตู B")
    until(lambda: _ready(guest, office))
    photo = sealed.write(guest.store.folder, png(8, 8, 77))
    with guest.store.write(BY) as write:
        attachment.keep_row(write, photo)
        held = told_papers(write.conn, EVENT)
    assert held is not None
    said = replace(held, at="2999-01-01T00:00:00.000Z").to_json()
    more = {**said["files"][0], "sha256": photo.sha256, "size": photo.size}
    said["files"] = [*said["files"], more]
    end = Papers(guest.store, BY, EVENT, lambda: None)
    told = end.answer({"at": said["at"], "papers": said, "want": [photo.sha256, 0]})
    assert told is not None
    assert "piece" not in told
    assert "want" not in told, "it is here"


def test_after_the_hall_the_papers_stay_and_are_passed_on(office: Office, tmp_path: Path) -> None:
    """Mutants: files without a row of their own swept when the store is opened; papers told by the
    office that holds the event alone."""
    office.ground.hub.open()
    guest = office.guest("ประตู B")
    until(lambda: _ready(guest, office))
    guest.desk.close()
    guest.side = None
    office.ground.hub.stop()
    folder = guest.store.folder
    guest.store.close()
    guest.store = Store.open(folder, KEY, clock=lambda: guest.clock())
    _same(guest, office)

    guest.open()
    third = office.ground.laptop("ประตู C", "office-3")
    third.join(guest)
    until(lambda: _ready(third, office))
    until(lambda: third.names() == guest.names())
    _same(third, office)


def test_what_the_office_changes_comes_to_whoever_opened_the_hall(office: Office) -> None:
    """The hub is a guest's laptop, the office's comes as a desk. Mutants: only the hub tells; what
    was told first stays."""
    office.ground.hub.open()
    guest = office.guest("ประตู B")
    until(lambda: _ready(guest, office))
    guest.desk.close()
    office.ground.hub.hub.close()
    office.ground.hub.side = guest.side = None
    card = template.template_card(office.store, office.template)
    title = replace(card.template.elements[1], y=60.0)
    changed = replace(
        card.template, elements=(card.template.elements[0], title, *card.template.elements[2:])
    )
    template.save(office.store, BY, card.id, changed, card.revision)
    assert _digests(guest.store) != _digests(office.store)

    guest.open()
    office.ground.hub.join(guest)
    until(lambda: _ready(guest, office))
    _same(guest, office)  # of the page before


def test_what_a_guest_issues_is_frozen_and_in_no_list(office: Office) -> None:
    """Mutant: a page that was told is not kept with what is issued: other laptops of the guest's
    office could not print it again."""
    office.ground.hub.open()
    guest = office.guest("ประตู B")
    until(lambda: _ready(guest, office) and guest.names() == office.ground.hub.names())
    last = office.ground.people[2]
    (made,) = issue(
        guest.store, BY, EVENT, issue_date=DAY, enrolment_ids=[last], moment=OVER
    ).value
    with guest.store.read() as conn:
        kept = conn.exec_driver_sql("SELECT digest, scope FROM template_revision").all()
        page = template_for(conn, plan(guest.store, EVENT, "completion"))
    assert kept == [(made.layout, "o:office-2")]
    assert _digests(office.store) == (page, "")
    assert all(card.shipped for card in template.templates(guest.store, withdrawn=True))


def test_until_it_came_a_sentence_says_where_it_is(office: Office) -> None:
    """Mutant: the sentence of one's own lost template, which says to choose another."""
    office.ground.hub.open()
    guest = office.guest("ประตู B")
    until(lambda: _ready(guest, office))
    with guest.store.write(BY) as write:
        write.conn.exec_driver_sql("DELETE FROM guest_row WHERE kind = 'event_papers'")
    with guest.store.read() as conn, pytest.raises(TemplateLost, match="that holds the event"):
        template_for(conn, plan(guest.store, EVENT, "completion"))


# ---- the two ends alone


def _ends(office: Office) -> tuple[Papers, Papers, Laptop]:
    """The office's end and a guest's, not in any hall."""
    guest = office.ground.laptop("ประตู B", "office-2")
    hub = Papers(office.store, BY, EVENT, lambda: papers_of(office.store, EVENT))
    return hub, Papers(guest.store, BY, EVENT, lambda: None), guest


def _exchange(hub: Papers, desk: Papers, rounds: int = 30) -> None:
    for _round in range(rounds):
        desk.take(hub.answer(desk.ask()))


def test_an_end_that_knows_nothing_of_papers_is_told_nothing(office: Office) -> None:
    """An earlier version of the program. Mutant: papers told to whoever asks for ops."""
    hub, desk, _guest = _ends(office)
    assert hub.answer(None) is None
    desk.take(None)
    assert desk.ask() == {"at": ""}


def test_what_is_not_what_it_was_called_is_thrown_away(office: Office) -> None:
    """Mutants: a file kept without its hash asked; a page kept whose digest is another."""
    hub, desk, guest = _ends(office)
    desk.take(hub.answer(desk.ask()))
    for _more in range(9):
        if "want" not in (said := desk.ask()):
            break
        told: Any = hub.answer(said)
        size = told["piece"][2]
        told["piece"][3] = base64.b64encode(bytes(size)).decode()
        desk.take(told)
    assert _kept(guest.store) == set()
    with guest.store.read() as conn:
        papers = guest_papers(conn, EVENT)
        assert papers is not None
        found = conn.exec_driver_sql("SELECT count(*) FROM guest_row WHERE kind = 'event_page'")
        assert found.scalar() == 0


NONSENSE: tuple[Any, ...] = (
    [], {}, {"at": 1}, {"at": "x" * 99},
    {"at": "", "want": ["a"]}, {"at": "", "want": ["a", -1]},
    {"at": "", "papers": []}, {"at": "", "papers": {}},
    {"at": "", "piece": ["a", 0, 1, "?"]}, {"at": "", "piece": ["a", 0, 2**40, "QQ=="]},
)  # fmt: skip
TOO_MUCH: dict[str, tuple[Any, ...]] = {
    "pages": (["x"], ["0" * 64] * 61),
    "office": (1,),
    "at": ("9" * 31,),
    "files": (
        [{"sha256": "0" * 64, "kind": "font", "label": "", "mime": "", "size": 2**30}],
        [{"sha256": f"{n:064}", "kind": "font", "label": "", "mime": "", "size": 2**24}
         for n in range(5)],
    ),
}  # fmt: skip


def test_what_cannot_be_meant_is_refused(office: Office) -> None:
    """Mutant: any of the checks or limits left out."""
    hub, desk, _guest = _ends(office)
    for said in NONSENSE:
        for end in (hub.answer, desk.take):
            with pytest.raises(BadMessage):
                end(said)
    held = papers_of(office.store, EVENT)
    assert held is not None
    told = replace(held, at="2026-11-20T00:00:00.000Z").to_json()
    assert GuestPapers.from_json(told).office == "กองทดสอบ"
    for part, values in TOO_MUCH.items():
        for value in values:
            with pytest.raises(ValueError, match="papers"):
                GuestPapers.from_json({**told, part: value})


def test_a_file_of_many_pieces_comes_whole_also_when_answers_are_lost(office: Office) -> None:
    """Mutant: a piece put where it is not asked for."""
    big = b"".join(n.to_bytes(4, "big") for n in range(166_400))  # three pieces
    with office.store.write(BY) as write:
        file = sealed.write(office.store.folder, big)
        attachment.keep_row(write, file)
        one = Attachment(file.sha256, "", "image/png", file.size, "picture", "ใหญ่", 1, 1, "")
        attachment.put_attachment(write, "o:office-1", "office-1", ("office", "office-1"), one)
    chosen = plan(office.store, EVENT, "completion")
    keep_plan(office.store, BY, replace(chosen, pictures={"emblem": file.sha256}))
    hub, desk, guest = _ends(office)
    for round_ in range(40):
        told = hub.answer(desk.ask())
        if round_ % 3 == 1:
            continue  # lost
        desk.take(told)
        desk.take(told)  # heard twice
    assert attachment.content(guest.store, file.sha256) == big
