# SPDX-License-Identifier: Apache-2.0
"""Laptops of several offices in a hall draw the event's certificates alike: real stores, real TLS.

What the plan names goes along, and nothing else of the office that holds the event.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.actions import asset, template
from desktop.actions.certificate import issue
from desktop.actions.certificate_list import certificate_list
from desktop.actions.hall_paper import papers_of
from desktop.actions.paper import badge_paper
from desktop.actions.paper_template import office_pictures, paper_templates
from desktop.actions.plan import keep_plan, plan
from desktop.actions.template_choice import TemplateLost, template_for
from desktop.model.attachment import Attachment
from desktop.model.eligibility import OVER
from desktop.model.template import Image
from desktop.store import attachment, sealed
from desktop.store.guest_paper import guest_papers, told_papers
from desktop.store.store import Store
from desktop.sync.hall_paper import Papers
from tests.actions.template_ground import png
from tests.hall import BY
from tests.store.ground import KEY
from tests.sync.hall_ground import EVENT, HallGround, until
from tests.sync.hall_office import DAY, Office, digests, kept, made_office, ready, same


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    ground = HallGround(tmp_path)
    yield made_office(ground)
    ground.close()


def test_a_laptop_of_another_office_prints_the_events_certificates_to_the_last_point(
    office: Office,
) -> None:
    """Mutants: nothing of the papers told; the usual emblem and hand those of whoever draws; a
    page looked for among this office's revisions alone."""
    office.ground.hub.open()
    guest = office.guest("ประตู B")
    asset.import_asset(guest.store, BY, "emblem", "ตราของเรา", png(9, 9, 99))
    until(lambda: ready(guest, office))
    until(lambda: guest.names() == office.ground.hub.names())
    same(guest, office)
    here, there = (certificate_list(one, EVENT) for one in (guest.store, office.store))
    assert here is not None
    assert there is not None
    waiting = office.ground.people[2]
    (words,) = [line.wording for line in here.lines if line.key == waiting]
    assert words is not None
    assert words == next(line.wording for line in there.lines if line.key == waiting)


def test_badges_are_the_offices_too(office: Office) -> None:
    """Mutants: papers by the guest's own template or the shipped one; its own emblem on them."""
    store = office.store
    picture = asset.import_asset(store, BY, "picture", "มุมป้าย", png(6, 6, 90)).value.sha256
    shipped = template.templates(store, "badge")[0].template
    corner = Image(id="corner", x=2, y=2, width=8, height=8, asset=picture)
    ours = replace(shipped, elements=(*shipped.elements, corner))
    template.create(store, BY, "ป้ายงาม", ours)
    office.ground.hub.open()
    guest = office.guest("ประตู B")
    asset.import_asset(guest.store, BY, "emblem", "ตราของเรา", png(9, 9, 99))
    until(lambda: ready(guest, office) and picture in kept(guest.store))
    until(lambda: guest.names() == office.ground.hub.names())
    first, *others = paper_templates(guest.store, "badge", EVENT)
    assert (first.name, first.template) == ("ป้ายงาม · กองทดสอบ", ours)
    assert all(one.shipped for one in others)
    emblem = office_pictures(store)["emblem"]
    assert office_pictures(guest.store, EVENT) == {"emblem": emblem}, "one that is used"
    assert badge_paper(guest.store, EVENT) == badge_paper(store, EVENT)
    assert paper_templates(guest.store, "badge") == tuple(others), "at its own events"


def test_it_shows_as_the_other_offices_and_goes_nowhere_from_there(office: Office) -> None:
    """Mutants: what is told kept as rows of template and attachment; ``assets`` of all offices."""
    office.ground.hub.open()
    guest = office.guest("ประตู B")
    until(lambda: ready(guest, office))
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
    until(lambda: ready(guest, office))
    assert kept(guest.store) == office.named
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
    until(lambda: ready(guest, office))
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
    until(lambda: ready(guest, office))
    guest.desk.close()
    guest.side = None
    office.ground.hub.stop()
    folder = guest.store.folder
    guest.store.close()
    guest.store = Store.open(folder, KEY, clock=lambda: guest.clock())
    same(guest, office)

    guest.open()
    third = office.ground.laptop("ประตู C", "office-3")
    third.join(guest)
    until(lambda: ready(third, office))
    until(lambda: third.names() == guest.names())
    same(third, office)


def test_what_the_office_changes_comes_to_whoever_opened_the_hall(office: Office) -> None:
    """The hub is a guest's laptop, the office's comes as a desk. Mutants: only the hub tells; what
    was told first stays."""
    office.ground.hub.open()
    guest = office.guest("ประตู B")
    until(lambda: ready(guest, office))
    guest.desk.close()
    office.ground.hub.hub.close()
    office.ground.hub.side = guest.side = None
    card = template.template_card(office.store, office.template)
    title = replace(card.template.elements[1], y=60.0)
    changed = replace(
        card.template, elements=(card.template.elements[0], title, *card.template.elements[2:])
    )
    template.save(office.store, BY, card.id, changed, card.revision)
    assert digests(guest.store) != digests(office.store)

    guest.open()
    office.ground.hub.join(guest)
    until(lambda: ready(guest, office))
    same(guest, office)  # of the page before


def test_what_a_guest_issues_is_frozen_and_in_no_list(office: Office) -> None:
    """Mutant: a page that was told is not kept with what is issued: other laptops of the guest's
    office could not print it again."""
    office.ground.hub.open()
    guest = office.guest("ประตู B")
    until(lambda: ready(guest, office) and guest.names() == office.ground.hub.names())
    last = office.ground.people[2]
    (made,) = issue(
        guest.store, BY, EVENT, issue_date=DAY, enrolment_ids=[last], moment=OVER
    ).value
    with guest.store.read() as conn:
        frozen = conn.exec_driver_sql("SELECT digest, scope FROM template_revision").all()
        page = template_for(conn, plan(guest.store, EVENT, "completion"))
    assert frozen == [(made.layout, "o:office-2")]
    assert digests(office.store) == (page, "")
    assert all(card.shipped for card in template.templates(guest.store, withdrawn=True))


@pytest.mark.usefixtures("english")
def test_until_it_came_a_sentence_says_where_it_is(office: Office) -> None:
    """Mutant: the sentence of one's own lost template, which says to choose another."""
    office.ground.hub.open()
    guest = office.guest("ประตู B")
    until(lambda: ready(guest, office))
    with guest.store.write(BY) as write:
        write.conn.exec_driver_sql("DELETE FROM guest_row WHERE kind = 'event_papers'")
    with guest.store.read() as conn, pytest.raises(TemplateLost, match="that holds the event"):
        template_for(conn, plan(guest.store, EVENT, "completion"))
