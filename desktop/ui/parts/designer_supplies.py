# SPDX-License-Identifier: Apache-2.0
"""What the designer needs of the office to draw a template: files, and what is in its slots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.model.template import Template

if TYPE_CHECKING:
    from desktop.printing.template_page import Assets
    from desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Supplies:
    """What the pages need of the office: files, which picture stands in which slot, words."""

    assets: Assets
    pictures: Mapping[str, str]
    labels: Mapping[str, str]
    """What the office calls its pictures, by SHA-256."""
    faces: tuple[str, ...]


def supplies_of(store: Store, template: Template) -> Supplies:
    """Files of the office for a template and its samples. For a thread.

    The first emblem and the signatures in their order stand in the slots; three emblems where
    there are as many. Two would stand beside each other, and not where they are designed.
    """
    from desktop.actions.asset import FileLost, assets, content, named_in
    from desktop.printing.template_page import Assets, face_names

    held = assets(store)
    slots: dict[str, str] = {}
    emblems = sum(one.kind == "emblem" for one in held)
    for kind, most in (("emblem", 3 if emblems > 2 else 1), ("signature", 3)):
        for number, one in enumerate([it for it in held if it.kind == kind][:most], 1):
            slots["emblem" if kind == "emblem" and number == 1 else f"{kind}:{number}"] = (
                one.sha256
            )
    wanted = {one.sha256 for one in held if one.kind != "font"} & {
        *slots.values(),
        *named_in(template)[0],
    }
    files: dict[str, bytes] = {}
    faces: list[tuple[str, bytes]] = []
    for one in held:
        if one.sha256 not in wanted and one.kind != "font":
            continue
        try:
            data = content(store, one.sha256)
        except FileLost:
            continue
        if one.kind == "font":
            faces.append((one.label, data))
        else:
            files[one.sha256] = data
    made = Assets(files)
    for name, data in faces:
        made.register_face(name, data)
    labels = {one.sha256: one.label for one in held}
    return Supplies(made, slots, labels, face_names(made))
