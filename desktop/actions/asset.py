# SPDX-License-Identifier: Apache-2.0
"""The office's own emblem, signatures, backgrounds, pictures and typefaces.

None are shipped: the law says who may use the Garuda or a ministry's emblem, and a typeface has
its licence. An office puts in its own files. They are kept sealed as every file is, and go to the
office's other laptops; a file that a template, a plan or a certificate uses is not taken away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from desktop.actions.done import Done, finished
from desktop.actions.template_choice import TemplateLost, parsed, template_of
from desktop.errors import Problem
from desktop.i18n import N_, _
from desktop.model.attachment import kind_of_bytes
from desktop.model.template import Filling, Image, Signatories, Table, Template, Text
from desktop.paths import shipped
from desktop.store import asset as rows
from desktop.store import attachment, sealed
from desktop.store import plan as plans
from desktop.store import template as templates
from desktop.store.asset import Asset
from desktop.store.facilitator import office_or_none
from desktop.store.sealed import FileLost, Sealed
from desktop.store.store import Store
from desktop.store.write import Write

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from desktop.printing.template_page import Assets

__all__ = [
    "KINDS", "Asset", "AssetInUse", "AssetProblem", "FileLost", "assets", "assets_for", "content",
    "faces_now", "frozen_faces", "import_asset", "looked_into", "named_in", "put",
    "sealed_file", "uses", "withdraw_asset",
]  # fmt: skip

KINDS: Final[Mapping[str, str]] = {
    "emblem": N_("Emblem"),
    "signature": N_("Signature"),
    "background": N_("Background"),
    "picture": N_("Picture"),
    "font": N_("Typeface"),
}
LARGEST: Final = 20 * 1024 * 1024
"""Bytes of one file."""
MOST_PIXELS: Final = 60_000_000
LONGEST_LABEL: Final = 120
_PICTURES: Final = ("image/png", "image/jpeg")
_FONT: Final = "font/ttf"


class AssetProblem(Problem):
    """This file cannot be used on paper."""


class AssetInUse(Problem):
    """Something is made with this file."""


def assets(store: Store, kind: str = "") -> tuple[Asset, ...]:
    """The office's files of a kind, or all, by label."""
    with store.read() as conn:
        return rows.assets(conn, kind)


def content(store: Store, sha256: str) -> bytes:
    """The bytes of a file. Raises :class:`FileLost` when it is not here."""
    return attachment.content(store, sha256)


def import_asset(store: Store, by: str, kind: str, label: str, data: bytes) -> Done:
    """Put a file in; the value is its :class:`Asset`. Undo takes it away again.

    ``label`` of a signature is the name of who signs; of a font it may be empty for its own
    name. Raises :class:`AssetProblem`, saying what the file must be. For a thread.
    """
    one = looked_into(kind, label, data)
    file = sealed_file(store, one, data)
    with store.write(by) as write:
        record_id = put(write, one, file)
        held = next(each for each in rows.assets(write.conn) if each.id == record_id)
    return finished(write, held)


def sealed_file(store: Store, one: Asset, data: bytes) -> Sealed | None:
    """Seal a file that is not kept yet, before the transaction that notes it."""
    with store.read() as conn:
        if office_or_none(conn) is None:
            raise AssetProblem(_("Set up your office first."))
        there = attachment.kept(conn, one.sha256)
    return sealed.write(store.folder, data) if there is None else None


def put(write: Write, one: Asset, file: Sealed | None) -> str:
    """Note a file of the office that was looked into and sealed; the id of its row."""
    if file is not None and attachment.kept(write.conn, one.sha256) is None:
        attachment.keep_row(write, file)
    return rows.put_asset(write, one)


def looked_into(kind: str, label: str, data: bytes) -> Asset:
    """What a file is, before it is kept. Raises :class:`AssetProblem`."""
    if kind not in KINDS:
        raise ValueError(f"no kind of asset: {kind}")
    if len(data) > LARGEST:
        raise AssetProblem(
            _("This file is too large: {most} MB at most.").format(most=LARGEST // 1024**2)
        )
    label = " ".join(label.split())
    if kind == "font":
        mime, size = _FONT, (0, 0)
        label = label or _family(data)
    else:
        mime, size = _picture(data)
    if not label:
        raise AssetProblem(
            _("Type whose signature this is.") if kind == "signature" else _("Give it a name.")
        )
    if len(label) > LONGEST_LABEL:
        raise AssetProblem(
            _("This name is too long: {most} letters at most.").format(most=LONGEST_LABEL)
        )
    digest = hashlib.sha256(data).hexdigest()
    return Asset("", digest, kind, label, mime, len(data), *size, here=True, added_at="")


def _family(data: bytes) -> str:
    """The name of a typeface. Raises ``Refused`` for one that cannot be put into a PDF."""
    from desktop.printing.office_face import names_in, open_face

    open_face("", data)
    return next(iter(names_in(data)), "")


def _picture(data: bytes) -> tuple[str, tuple[int, int]]:
    """Kind and pixels of a picture, or of a page to print on, that can be printed."""
    from desktop.printing.picture import read_picture
    from desktop.printing.template_pdf import read_pdf_page

    mime = kind_of_bytes(data) or ""
    if mime == "application/pdf":
        if read_pdf_page(data) is None:
            raise AssetProblem(
                _(
                    "This PDF cannot be used. Save it again as a PDF of one page without a "
                    "password."
                )
            )
        return mime, (0, 0)
    if mime not in _PICTURES:
        raise AssetProblem(_("Choose a PNG or JPEG picture, or a PDF of one page."))
    size = _pixels(data)
    if size[0] * size[1] > MOST_PIXELS:
        raise AssetProblem(
            _("This picture has too many points. Save it smaller: 9,000 by 6,000 is plenty.")
        )
    if read_picture(data).stored is None:
        raise AssetProblem(_("This picture is damaged. Save it again as PNG or JPEG."))
    return mime, size


def _pixels(data: bytes) -> tuple[int, int]:
    """Width and height as the head of a PNG or JPEG says, before anything is unpacked."""
    if data.startswith(b"\x89PNG"):
        return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    place = 2
    while place + 9 < len(data) and data[place] == 0xFF:
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return (
                int.from_bytes(data[place + 7 : place + 9]),
                int.from_bytes(data[place + 5 : place + 7]),
            )
        place += 2 + length
    return 0, 0


def withdraw_asset(store: Store, by: str, asset_id: str) -> Done:
    """Take a file of the office away, by the id of its row. Undo brings it back.

    Raises :class:`AssetInUse`, saying what uses it, while it is the last row of a file that is
    used.
    """
    with store.write(by) as write:
        held = rows.assets(write.conn)
        one = next(each for each in held if each.id == asset_id)
        others = [each for each in held if each.sha256 == one.sha256 and each.id != asset_id]
        if not others and _issued_with(write.conn, one):
            raise AssetInUse(
                _(
                    "Certificates were issued with this file: it stays, so that they can be "
                    "printed again as they are. To make new ones without it, take it out of the "
                    "template."
                )
            )
        if not others and (named := _uses(write.conn, one)):
            raise AssetInUse(
                _("This is used: {where}. Take it out there first.").format(where=", ".join(named))
            )
        write.delete("attachment", asset_id)
    return finished(write)


def uses(store: Store, asset_id: str) -> tuple[str, ...]:
    """What uses a file, in words: templates, plans of events, certificates."""
    with store.read() as conn:
        one = next(each for each in rows.assets(conn) if each.id == asset_id)
        return _uses(conn, one)


def _uses(conn: Connection, one: Asset) -> tuple[str, ...]:
    named = []
    held = {row.id: row for row in templates.templates(conn)}
    newest = templates.newest(conn, list(held))
    bodies = templates.bodies(conn, [row.id for row in newest.values()])
    for template_id, revision in newest.items():
        try:
            page = parsed(bodies[revision.id])
        except TemplateLost:
            continue
        if _is_in(page, one):
            named.append(_("the template {name}").format(name=held[template_id].name))
    if any(one.sha256 in plan.pictures.values() for plan in plans.plans(conn)):
        named.append(_("the certificates of an event"))
    if _issued_with(conn, one):
        named.append(_("certificates that were issued"))
    return tuple(named)


def _issued_with(conn: Connection, one: Asset) -> bool:
    """Whether a certificate that was issued is drawn with it."""
    return bool(rows.used_by_certificates(conn, one.sha256)) or any(
        page is not None and _is_in(page, one)
        for page in (template_of(conn, digest) for digest in rows.digests_issued(conn))
    )


def _is_in(page: Template, one: Asset) -> bool:
    pictures, faces = named_in(page)
    return one.sha256 in pictures or (one.kind == "font" and one.label in faces)


def named_in(page: Template) -> tuple[frozenset[str], frozenset[str]]:
    """SHA-256 of the pictures, and names of the typefaces, that a template names."""
    pictures: set[str] = set()
    faces: set[str] = set()
    for element in page.elements:
        styles = []
        if isinstance(element, Image) and element.asset:
            pictures.add(element.asset)
        elif isinstance(element, Text):
            styles = [element.style]
        elif isinstance(element, Signatories):
            styles = [element.signer, element.position]
        elif isinstance(element, Table):
            styles = [element.head, *(column.style for column in element.columns)]
        for style in styles:
            faces |= {style.face, style.digits_face} - {""}
    return frozenset(pictures), frozenset(faces)


def assets_for(store: Store, template: Template, fillings: Iterable[Filling] = ()) -> Assets:
    """Everything that these pages need of the office, as the engine takes it. For a thread.

    What is not on this computer is left out: the engine says what is missing.
    """
    from desktop.printing.template_page import Assets

    wanted, faces = named_in(template)
    fillings = tuple(fillings)
    frozen = _agreed(frozen_faces(one) for one in fillings)
    wanted = wanted.union(*(one.pictures.values() for one in fillings)) - {""}
    with store.read() as conn:
        fonts = rows.assets(conn, "font") if faces else ()
    made = Assets(_contents(store, sorted(wanted)))
    named = {one.label: one.sha256 for one in fonts}  # of one name the last
    for label in [one for one in named if plain_face(one) in map(plain_face, frozen)]:
        del named[label]
    for label, sha256 in {**named, **frozen}.items():
        for data in _contents(store, [sha256] if sha256 else []).values():
            made.register_face(label, data)
    return made


_FACE: Final = "face:"
"""Before the name of a typeface, where the pictures of a certificate are kept."""


def faces_now(
    conn: Connection, template: Template, event_id: str = ""
) -> tuple[tuple[str, str], ...]:
    """What an issue freezes of the office's typefaces, beside the pictures: of each face of the
    template that does not ship, which file of the office it is now; empty for none. Of the office
    that holds the event, if its papers were told here.

    So that an office which gets the right typeface later prints again what it printed before.
    """
    _pictures, faces = named_in(template)
    own = [
        one for one in faces if one and not shipped("resources", "fonts", f"{one}.ttf").exists()
    ]
    found = rows.assets_at(conn, event_id, "font")
    fonts = {plain_face(one.label): one.sha256 for one in found}
    return tuple((_FACE + one, fonts.get(plain_face(one), "")) for one in sorted(own))


def frozen_faces(filling: Filling) -> Mapping[str, str]:
    """The typefaces frozen with a certificate: SHA-256 by name."""
    return {
        slot.removeprefix(_FACE): sha256
        for slot, sha256 in filling.pictures.items()
        if slot.startswith(_FACE)
    }


def plain_face(name: str) -> str:
    """The name of a typeface as it is compared."""
    from desktop.printing.office_face import plain_name

    return plain_name(name)


def _agreed(said: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """What all pages say alike; where they differ the office's typeface of today counts."""
    found: dict[str, str] = {}
    differ: set[str] = set()
    for one in said:
        for name, sha256 in one.items():
            if found.setdefault(name, sha256) != sha256:
                differ.add(name)
    return {name: sha256 for name, sha256 in found.items() if name not in differ}


def _contents(store: Store, names: Sequence[str]) -> dict[str, bytes]:
    found = {}
    for sha256 in names:
        try:
            found[sha256] = attachment.content(store, sha256)
        except FileLost:
            continue
    return found
