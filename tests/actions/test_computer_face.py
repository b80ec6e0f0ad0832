# SPDX-License-Identifier: Apache-2.0
"""A typeface of one computer becomes the office's when certificates are issued in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop.actions import asset, template
from desktop.actions.certificate import certificate_fillings, plates_of
from desktop.actions.plan import keep_plan
from desktop.model.plan import Plan
from desktop.paths import shipped
from desktop.printing import office_face
from tests.actions.issuing import give, issued
from tests.actions.template_ground import png, with_picture
from tests.hall import BY, Hall

NAME = "TH Sarabun New"


def test_the_face_goes_into_the_office_and_paper_stays_as_it_is_without_it(
    hall: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutants: leave the face on the computer; take it in anew at every issue."""
    file = tmp_path / "installed.ttf"
    shutil.copy(shipped("resources", "fonts", "Trirong-Bold.ttf"), file)
    here = {office_face.plain_name(NAME): file}
    monkeypatch.setattr(office_face, "system_faces", lambda: here)
    ground = asset.import_asset(hall.store, BY, "background", "พื้น", png()).value
    card = template.create(hall.store, BY, "งาม", with_picture(ground.sha256, NAME)).value
    keep_plan(hall.store, BY, Plan(hall.event_id, "completion", card.id))
    people = give(hall, "กมล", "ขวัญ")

    (first,) = issued(hall, people[0])
    (second,) = issued(hall, people[1])

    (face,) = asset.assets(hall.store, "font")
    assert face.label == NAME
    assert asset.content(hall.store, face.sha256) == file.read_bytes()
    groups = certificate_fillings(hall.store, [first, second])
    assert asset.frozen_faces(groups[0].fillings[0]) == {NAME: face.sha256}
    before = plates_of(groups)
    here.clear()
    assert plates_of(certificate_fillings(hall.store, [first, second])) == before


def test_a_face_nobody_has_is_left_to_its_stand_in(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_face, "system_faces", dict)
    ground = asset.import_asset(hall.store, BY, "background", "พื้น", png()).value
    card = template.create(hall.store, BY, "งาม", with_picture(ground.sha256, NAME)).value
    keep_plan(hall.store, BY, Plan(hall.event_id, "completion", card.id))
    (one,) = issued(hall, give(hall, "กมล")[0])
    assert asset.assets(hall.store, "font") == ()
    (group,) = certificate_fillings(hall.store, [one])
    assert asset.frozen_faces(group.fillings[0]) == {NAME: ""}
