# SPDX-License-Identifier: Apache-2.0
"""The office's own pictures and typefaces: looked into, kept, never pulled from under paper."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from desktop.actions import asset as actions
from desktop.actions import template
from desktop.actions.asset import Asset, AssetInUse, AssetProblem
from desktop.actions.certificate import certificate_fillings, plates_of
from desktop.actions.plan import keep_plan, planned_words
from desktop.errors import Refused
from desktop.model.certificate import Signer
from desktop.model.plan import Plan
from desktop.paths import shipped
from desktop.store.store import Store
from tests.actions.issuing import give, issued
from tests.actions.template_ground import PAGE, png, with_picture
from tests.hall import BY, Hall

FONT = shipped("resources", "fonts", "Sarabun-Regular.ttf")


def test_a_picture_comes_back_byte_for_byte_and_lies_sealed(hall: Hall, tmp_path: Path) -> None:
    """Mutant: the file written as it is."""
    data = png(40, 30)
    done = actions.import_asset(hall.store, BY, "emblem", " ตรา  กรม ", data)

    (one,) = actions.assets(hall.store, "emblem")
    assert done.value == one
    assert (one.label, one.mime, one.size, one.width, one.height, one.here) == (
        "ตรา กรม", "image/png", len(data), 40, 30, True,
    )  # fmt: skip
    assert actions.content(hall.store, one.sha256) == data
    assert not any(data[:40] in file.read_bytes() for file in tmp_path.rglob("*.*"))
    again = actions.import_asset(hall.store, BY, "background", "พื้น", data)
    assert again.value.sha256 == one.sha256
    assert [each.kind for each in actions.assets(hall.store)] == ["background", "emblem"]
    assert done.undo
    done.undo(hall.store)
    assert [each.kind for each in actions.assets(hall.store)] == ["background"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a" + bytes(40),
        b"\xff\xd8\xff\xe0" + bytes(60),
        png()[:50],
        b"\x89PNG\r\n\x1a\n" + bytes(8) + struct.pack(">II", 60_000, 60_000) + bytes(20),
        b"%PDF-1.7 nothing else",
    ],
    ids=["nothing", "gif", "half a jpeg", "half a png", "a bomb", "half a pdf"],
)
def test_what_cannot_be_printed_is_refused_with_a_sentence(hall: Hall, data: bytes) -> None:
    """Mutant: a picture whose size is believed after it was unpacked."""
    with pytest.raises(AssetProblem):
        actions.import_asset(hall.store, BY, "picture", "ภาพ", data)
    assert actions.assets(hall.store) == ()


def test_a_signature_says_whose_it_is(hall: Hall) -> None:
    with pytest.raises(AssetProblem):
        actions.import_asset(hall.store, BY, "signature", " ", png())


def test_a_typeface_is_known_by_its_own_name_or_refused(hall: Hall) -> None:
    one = actions.import_asset(hall.store, BY, "font", "", FONT.read_bytes()).value
    assert "Sarabun" in one.label
    assert one.mime == "font/ttf"
    with pytest.raises(Refused):
        actions.import_asset(hall.store, BY, "font", "", b"\0\1\0\0" + bytes(100))
    page = with_picture("ab" * 32, face=one.label)
    made = actions.assets_for(hall.store, page)
    assert one.label in made.face_names()


def test_what_something_is_made_with_is_not_taken_away(hall: Hall) -> None:
    """Mutant: an emblem deleted that a certificate bears: it could never be printed again."""
    emblem = actions.import_asset(hall.store, BY, "emblem", "ตรา", png()).value
    ground = actions.import_asset(hall.store, BY, "background", "พื้น", png(8, 8)).value
    idle = actions.import_asset(hall.store, BY, "picture", "ว่าง", png(9, 9)).value
    card = template.create(hall.store, BY, "ก", with_picture(ground.sha256)).value
    with pytest.raises(AssetInUse, match="ก"):
        actions.withdraw_asset(hall.store, BY, ground.id)
    keep_plan(hall.store, BY, Plan("event-1", "completion", card.id))
    (made,) = issued(hall, *give(hall, "สมชาย"))

    template.save(hall.store, BY, card.id, PAGE, card.revision)

    for one in (emblem, ground):
        assert len(actions.uses(hall.store, one.id)) == 1
        with pytest.raises(AssetInUse, match=r"were issued|ที่ออกด้วยไฟล์นี้แล้ว"):
            actions.withdraw_asset(hall.store, BY, one.id)
    done = actions.withdraw_asset(hall.store, BY, idle.id)
    assert idle not in actions.assets(hall.store)
    assert done.undo
    done.undo(hall.store)
    assert len(actions.assets(hall.store)) == 3
    (group,) = certificate_fillings(hall.store, [made])
    assert dict(group.fillings[0].pictures) == {"emblem": emblem.sha256}
    assert group.assets.get(ground.sha256) == png(8, 8)
    assert group.assets.get(emblem.sha256) == png()


def test_an_offices_file_stays_also_when_its_row_is_gone(hall: Hall, tmp_path: Path) -> None:
    """Mutant: put away when the store is opened, though another laptop issued with it."""
    one = actions.import_asset(hall.store, BY, "picture", "ภาพ", png()).value
    actions.withdraw_asset(hall.store, BY, one.id)
    folder, key = hall.store.folder, bytes(range(32))
    hall.store.close()
    from desktop.store.keys import DataKey

    hall.store = Store.open(folder, DataKey(key))

    assert actions.content(hall.store, one.sha256) == png()


def test_a_signature_stands_over_the_name_it_is_labelled_with(hall: Hall) -> None:
    """Mutant: signatures dealt out in the order they were put in."""
    actions.import_asset(hall.store, BY, "emblem", "ตรา", png())
    one = actions.import_asset(hall.store, BY, "signature", "นางนภา  เศรษฐกร", png(5, 5)).value
    card = template.create(hall.store, BY, "ก", PAGE).value
    signers = (Signer("นายมานะ", ""), Signer("นางนภา เศรษฐกร", ""))
    said = Plan("event-1", "completion", card.id, signatories=signers)

    held = dict(planned_words(hall.store, said).pictures)

    assert held["signature:2"] == one.sha256
    assert "signature:1" not in held
    none = Plan(
        "event-1", "completion", card.id, signatories=signers,
        pictures={"signature:2": "", "emblem": one.sha256},
    )  # fmt: skip
    assert dict(planned_words(hall.store, none).pictures) == {"emblem": one.sha256}


def _face(store: Store, file: str, name: str = "TH Sarabun New") -> Asset:
    data = shipped("resources", "fonts", file).read_bytes()
    made: Asset = actions.import_asset(store, BY, "font", name, data).value
    return made


def test_a_typeface_that_comes_later_changes_no_certificate_that_was_issued(hall: Hall) -> None:
    """Mutants: the office's typefaces as they are today, so that nothing printed before could be
    printed again; one group of pages for all, so that the old ones get the new typeface."""
    store = hall.store
    ground = actions.import_asset(store, BY, "background", "พื้น", png()).value
    card = template.create(store, BY, "งาม", with_picture(ground.sha256, "TH Sarabun New")).value
    keep_plan(store, BY, Plan(hall.event_id, "completion", card.id))
    people = give(hall, "กมล", "ขวัญ", "คำ")
    (first,) = issued(hall, people[0])
    before = plates_of(certificate_fillings(store, [first]))
    bold = _face(store, "Sarabun-Bold.ttf")
    (second,) = issued(hall, people[1])
    then = plates_of(certificate_fillings(store, [second]))
    for one in actions.assets(store, "font"):
        with pytest.raises(AssetInUse):
            actions.withdraw_asset(store, BY, one.id)
    _face(store, "Sarabun-Medium.ttf")
    (third,) = issued(hall, people[2])

    groups = certificate_fillings(store, [first, second, third, first])

    assert [group.ids for group in groups] == [(first,), (second,), (third,), (first,)]
    assert plates_of(groups).items() >= (before | then).items()
    assert actions.frozen_faces(groups[0].fillings[0]) == {"TH Sarabun New": ""}
    assert actions.frozen_faces(groups[1].fillings[0]) == {"TH Sarabun New": bold.sha256}
    faces = [group.assets.face("TH Sarabun New").face.digest for group in groups]
    assert faces[0] == faces[3]
    assert len(set(faces[:3])) == 3
