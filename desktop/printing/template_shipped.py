# SPDX-License-Identifier: Apache-2.0
"""Templates that ship with the program, and those that earlier certificates were printed with.

``forms/certificates`` and ``forms/papers`` hold templates in the format of ``model.template``.
``forms/certificates/earlier`` holds the layouts of before, in a format of their own: they are
turned into templates when they are read, so that a certificate issued with one is printed again
as it was. The digest that the register holds for those is that of the layout's files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.template import (
    AnyElement,
    Column,
    Image,
    Ornament,
    Signatories,
    Template,
    Text,
    TextStyle,
)
from desktop.model.template_form import BadTemplate, read_template
from desktop.paths import shipped
from desktop.printing.document import MM
from desktop.printing.template_fit import DROP

_FOLDERS: Final = ("certificates", "papers")


class BrokenTemplate(Problem):
    """A template that ships with the program is missing or damaged."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "The template “{name}” is missing or damaged. Install the program again, or "
                "choose another template."
            ).format(name=name)
        )


@cache
def shipped_templates() -> Mapping[str, Template]:
    """The shipped templates by name, in alphabetical order. Raises ``BrokenTemplate``."""
    files = [file for folder in _FOLDERS for file in shipped("forms", folder).glob("*.json")]
    return {file.stem: shipped_template(file.stem) for file in sorted(files, key=lambda f: f.stem)}


@cache
def shipped_template(name: str) -> Template:
    """The shipped template ``name`` ("completion", "badge"). Raises ``BrokenTemplate``."""
    for folder in _FOLDERS:
        file = shipped("forms", folder, f"{name}.json")
        try:
            return read_template(file.read_bytes())
        except FileNotFoundError:
            continue
        except (OSError, BadTemplate) as fault:
            raise BrokenTemplate(name) from fault
    raise BrokenTemplate(name)


def earlier_template(digest: str) -> Template | None:
    """The template that stands for an earlier layout, by the digest certificates keep; or None."""
    return _earlier().get(digest)


def earlier_names() -> Mapping[str, str]:
    """Names of earlier layouts by their digests."""
    return {digest: name for name, (digest, _template) in _layouts().items()}


@cache
def _earlier() -> Mapping[str, Template]:
    return dict(_layouts().values())


@cache
def _layouts() -> Mapping[str, tuple[str, Template]]:
    folder = shipped("forms", "certificates", "earlier")
    found = {}
    for file in sorted(folder.glob("*.json")):
        try:
            data = file.read_bytes()
            told = json.loads(data)
            drawn = (folder / "art" / f"{told['art']}.json").read_bytes()
            template = _converted(told, json.loads(drawn)["layers"])
        except (OSError, ValueError, KeyError, TypeError) as fault:
            raise BrokenTemplate(file.stem) from fault
        found[file.stem] = (hashlib.sha256(data + drawn).hexdigest(), template)
    return found


def _converted(told: Mapping[str, Any], layers: list[dict[str, Any]]) -> Template:
    """A layout as a template. Layouts measured from the lower left, templates from the top."""
    width, height = float(told["page"]["width"]), float(told["page"]["height"])
    elements: list[AnyElement] = [
        Ornament(
            id=f"art{index}",
            x=0,
            y=0,
            width=width,
            height=height,
            on_stock=True,
            drawing=f"earlier:{layer['kind']}",
            slot="emblem" if layer.get("emblem") else "",
            properties={key: value for key, value in layer.items() if key != "kind"},
        )
        for index, layer in enumerate(layers)
    ]
    emblem, flow, signing = told["emblem"], told["flow"], told["signing"]
    half = emblem["side"] / 2
    elements.append(
        Image(
            id="emblem",
            x=emblem["x"] - half,
            y=height - emblem["y"] - half,
            width=emblem["side"],
            height=emblem["side"],
            slot="emblem",
            on_stock=True,
        )
    )
    elements.append(
        Column(
            id="flow",
            x=0,
            y=height - flow["top"],
            width=width,
            height=flow["top"] - flow["bottom"],
        )
    )
    elements += _texts(told["blocks"], height)
    hand = 14.0
    elements.append(
        Signatories(
            id="signers",
            x=signing["left"],
            y=height - signing["line_y"] - hand,
            width=signing["right"] - signing["left"],
            height=signing["line_y"] + hand - told["page"]["safe"] + 6,
            hand=hand,
            line_width=signing["line_width"],
            signer=_style(signing["name"]),
            position=_style(signing["position"]),
        )
    )
    return Template(
        purpose="certificate",
        titles=dict(told["titles"]),
        width=width,
        height=height,
        safe=float(told["page"]["safe"]),
        elements=tuple(elements),
    )


def _texts(blocks: list[dict[str, Any]], height: float) -> Iterator[Text]:
    for block in blocks:
        style = _style(block)
        shift = {"left": 0.0, "centre": 0.5, "right": 1.0}[style.align]
        pinned = block.get("y")
        # A pinned block's y was that of its base line: here, a box that reaches down to its foot.
        high, drop = 4 * style.size / MM, DROP * style.size / MM
        yield Text(
            id=block["field"],
            x=block["x"] - shift * block["width"],
            y=0 if pinned is None else height - pinned + drop - high,
            width=block["width"],
            height=0 if pinned is None else high,
            text=f"{{{block['field']}}}",
            style=style,
            upright="bottom",
            column="flow" if pinned is None else "",
            gap=block.get("gap", 0.0),
        )


def _style(block: Mapping[str, Any]) -> TextStyle:
    usual = TextStyle()
    names = ("size", "smallest", "align", "face", "colour", "max_lines", "keep", "leading")
    said = {name: block.get(name, getattr(usual, name)) for name in names}
    return TextStyle(**said, digits_face=block.get("digits", ""))
