# SPDX-License-Identifier: Apache-2.0
"""A template as one file, to pass on to another office or to keep (``.samut-template``).

A zip, not compressed and without times, so that the same template is the same file everywhere:

- ``manifest.json``: the format, the template's name, and the pictures and typefaces it uses;
- ``template.json``: the template as ``model.template_form.write_template`` writes it;
- ``files/<SHA-256>``: each picture and typeface.

The office's own emblem and signatures stand in slots and do not go with it.
"""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any, Final

from desktop.actions import asset as assets
from desktop.actions.asset import Asset
from desktop.actions.done import Done, finished
from desktop.actions.template import put_new, template_card
from desktop.actions.template_choice import TemplateProblem
from desktop.i18n import _
from desktop.model.chain import canonical
from desktop.model.template import Template
from desktop.model.template_form import BadTemplate, read_template, template_digest, write_template
from desktop.store import asset as asset_rows
from desktop.store import template as rows
from desktop.store.sealed import FileLost
from desktop.store.store import Store

SUFFIX: Final = ".samut-template"
LARGEST: Final = 64 * 1024 * 1024
"""Bytes of such a file, and of all that is in it."""
_FORMAT: Final = "samut-template-file/1"
_MANIFEST: Final = "manifest.json"
_TEMPLATE: Final = "template.json"
_FILES: Final = "files/"
_MOST: Final = 60
_LARGEST_TEXT: Final = 1024 * 1024
_PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class _Opened:
    """What stands in a template file."""

    name: str
    template: Template
    files: tuple[tuple[Asset, bytes], ...]


def export_template(store: Store, ref: str, *, unsaved: Template | None = None) -> bytes:
    """A template, or what the designer holds of it, as a file. For a thread.

    Raises ``FileLost`` when a picture of it is not on this computer.
    """
    card = template_card(store, ref)
    page = unsaved or card.template
    named, faces = assets.named_in(page)
    own = assets.assets(store)
    used: dict[str, Asset] = {}
    for one in sorted(own, key=lambda each: (each.kind, each.label, each.sha256)):
        font = one.kind == "font" and one.label in faces
        if one.sha256 not in used and (font or one.sha256 in named):
            used[one.sha256] = one
    if named - used.keys():
        raise FileLost(_("A picture of this template is not in your office any more."))
    listed = [
        {"sha256": one.sha256, "kind": one.kind, "label": one.label}
        for one in sorted(used.values(), key=lambda each: each.sha256)
    ]
    manifest = {"format": _FORMAT, "name": card.name, "files": listed}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        _add(archive, _MANIFEST, canonical(manifest).encode())
        _add(archive, _TEMPLATE, write_template(page))
        for entry in listed:
            _add(archive, _FILES + entry["sha256"], assets.content(store, entry["sha256"]))
    return made.getvalue()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name)  # its date is 1 January 1980
    info.create_system = 3
    info.external_attr = 0o644 << 16
    archive.writestr(info, data)


def import_template(store: Store, by: str, data: bytes) -> Done:
    """Keep a template from a file, with its pictures and typefaces; the value is its card.

    One that the office has already under that name is not made again. Undo takes it away. For a
    thread. Raises :class:`TemplateProblem` for a file that is none, and ``AssetProblem`` or
    ``Refused`` for a picture or typeface of it that cannot be used.
    """
    opened = _open(data)
    with store.read() as conn:
        own = {row.name: row.id for row in rows.templates(conn) if not row.withdrawn}
        held = rows.newest(conn, list(own.values()))
        there = {one.sha256 for one in asset_rows.assets(conn)}
    same = held.get(own.get(opened.name, ""))
    if same is not None and same.digest == template_digest(opened.template):
        return Done(frozenset(), template_card(store, same.template_id))
    named, _faces = assets.named_in(opened.template)
    if named - there - {one.sha256 for one, _data in opened.files}:
        raise TemplateProblem(
            _("A picture of this template is missing in the file. Ask for it to be saved again.")
        )
    name, number = opened.name, 2
    while name in own:
        name, number = f"{opened.name} ({number})", number + 1
    sealed = [
        (one, assets.sealed_file(store, one, content))
        for one, content in opened.files
        if one.sha256 not in there
    ]
    with store.write(by) as write:
        for one, file in sealed:
            assets.put(write, one, file)
        card = put_new(write, name, opened.template)
    return finished(write, card)


def _open(data: bytes) -> _Opened:
    if len(data) > LARGEST:
        raise TemplateProblem(
            _("This file is too large: {most} MB at most.").format(most=LARGEST // 1024**2)
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except BadTemplate as wrong:
        if wrong.where == "format":
            raise _newer() from wrong
        raise TemplateProblem(
            _("The template in this file cannot be read: {place}").format(place=wrong.where)
        ) from wrong
    except (
        zipfile.BadZipFile, ValueError, KeyError, TypeError, RecursionError, EOFError,
        NotImplementedError, RuntimeError, OSError, zlib.error, struct.error,
    ) as wrong:  # fmt: skip
        raise _no_template() from wrong


def _newer() -> TemplateProblem:
    return TemplateProblem(
        _("This template was made by a newer version of the program. Install that first.")
    )


def _no_template() -> TemplateProblem:
    return TemplateProblem(
        _("This file is no template, or it was damaged on the way. Ask for it to be sent again.")
    )


def _read(archive: zipfile.ZipFile) -> _Opened:
    """Raises what reading a broken zip raises, ``ValueError`` for what does not belong here."""
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if len(names) > _MOST or len(set(names)) != len(names):
        raise ValueError("too many parts")
    if any(info.compress_type not in _PACKED for info in infos):
        raise ValueError("packed in a way nobody packs these")
    if sum(info.file_size for info in infos) > LARGEST:
        raise ValueError("too large when unpacked")
    manifest = json.loads(_bytes(archive, _MANIFEST, _LARGEST_TEXT))
    if not isinstance(manifest, dict):
        raise TypeError("a manifest is an object")
    if manifest.get("format") != _FORMAT:
        raise _newer()
    template = read_template(_bytes(archive, _TEMPLATE, _LARGEST_TEXT))
    listed: list[Any] = manifest["files"]
    files = tuple(_file(archive, entry) for entry in listed)
    if set(names) != {_MANIFEST, _TEMPLATE} | {_FILES + one.sha256 for one, _data in files}:
        raise ValueError("a part that nothing names")
    name = " ".join(manifest["name"].split()) if isinstance(manifest["name"], str) else ""
    if not name.isprintable():
        raise ValueError("a name with signs that cannot be seen")
    return _Opened(name, template, files)


def _file(archive: zipfile.ZipFile, entry: Any) -> tuple[Asset, bytes]:
    """A picture or typeface, named by what it holds: not by what its entry says."""
    data = _bytes(archive, _FILES + str(entry["sha256"]), assets.LARGEST)
    return assets.looked_into(str(entry["kind"]), str(entry["label"]), data), data


def _bytes(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """A part of at most so many bytes, whatever its head says."""
    with archive.open(name) as part:
        data = part.read(most + 1)
    if len(data) > most:
        raise ValueError("too large when unpacked")
    return data
