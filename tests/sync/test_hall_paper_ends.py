# SPDX-License-Identifier: Apache-2.0
"""The two ends of what is told of an event's papers, without a hall: nonsense, losses, limits."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.actions.hall_paper import papers_of
from desktop.actions.plan import keep_plan, plan
from desktop.model.attachment import Attachment
from desktop.store import attachment, sealed
from desktop.store.guest_paper import GuestPapers, guest_papers
from desktop.sync.hall_paper import Papers
from desktop.sync.protocol import BadMessage
from tests.hall import BY
from tests.sync.hall_ground import EVENT, HallGround, Laptop
from tests.sync.hall_office import Office, kept, made_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    ground = HallGround(tmp_path)
    yield made_office(ground)
    ground.close()


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
    assert kept(guest.store) == set()
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
