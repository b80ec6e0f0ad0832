# SPDX-License-Identifier: Apache-2.0
"""Typefaces that do not ship with the program: an office's own, and those of its computers.

Thai offices write in TH Sarabun New, whose licence lets anybody embed it but which is not ours to
ship. Where the office has put it in, or the computer has it, it is used; where not, Sarabun takes
its place at the size that looks the same: ก of TH Sarabun New is 0.400 em high, that of Sarabun
0.586, so 16 points become 11.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import uharfbuzz as hb

from desktop.errors import Refused
from desktop.i18n import _
from desktop.paths import shipped
from desktop.printing.typeface import Typeface, typeface

_SMALL_LETTERED: Final = ("th", "angsana", "browallia", "cordia", "upc")
"""What the names of the usual office faces begin or end with; all have letters of 0.4 em."""
_AS_LARGE: Final = 0.68
"""What those sizes come to in Sarabun."""
_STANDS_IN: Final = "Sarabun-Regular"
_NO_EMBEDDING: Final = 0x0002 | 0x0100 | 0x0200
"""fsType of OS/2: restricted licence, no subsetting, bitmaps only."""
_NAMES: Final = (4, 6, 1)
_WINDOWS: Final = 3
_STYLES: Final = ("bold", "italic", "oblique", "light", "medium")


@dataclass(frozen=True, slots=True)
class Found:
    """The typeface that a name comes to, what its sizes are multiplied with, whether it is it."""

    face: Typeface
    factor: float = 1.0
    missing: bool = False


def plain_name(name: str) -> str:
    """A name as it is compared: "TH Sarabun New", "THSarabunNew-Regular" are one."""
    plain = "".join(character for character in name.casefold() if character.isalnum())
    return plain.removesuffix("regular") or plain


def open_face(name: str, data: bytes) -> Typeface:
    """A typeface from the bytes of a TrueType font. Raises ``Refused``, saying why not."""
    tables = _tables(data)
    if not {"glyf", "name", "head", "hmtx", "OS/2", "post", "cmap"} <= tables.keys():
        raise Refused(
            _("This file is no TrueType typeface. Choose a file whose name ends in .ttf.")
        )
    place, _length = tables["OS/2"]
    (rights,) = struct.unpack_from(">H", data, place + 8)
    if rights & _NO_EMBEDDING:
        raise Refused(
            _("The licence of the typeface {face} does not allow it in documents. Choose another.")
            .format(face=name)
        )  # fmt: skip
    try:
        return Typeface(name, data)
    except hb.HarfBuzzError as fault:
        raise Refused(
            _("This file is no TrueType typeface. Choose a file whose name ends in .ttf.")
        ) from fault


def names_in(data: bytes) -> tuple[str, ...]:
    """The names a font calls itself: full name first, then PostScript name, then family."""
    tables = _tables(data)
    if "name" not in tables:
        return ()
    place, length = tables["name"]
    return tuple(_names(data[place : place + length]))


def find_face(name: str, own: Mapping[str, Typeface]) -> Found:
    """The typeface ``name``: a shipped one, one of ``own`` (by plain name), one of the computer.

    Where it is none of those, Sarabun stands in, at the size that looks the same.
    """
    if name in shipped_faces():
        return Found(typeface(name))
    plain = plain_name(name)
    if held := own.get(plain):
        return Found(held)
    if (path := system_faces().get(plain)) and (installed := _installed(name, path)):
        return Found(installed)
    small = plain.startswith(_SMALL_LETTERED) or plain.endswith(_SMALL_LETTERED)
    standing = "Sarabun-Bold" if "bold" in plain else _STANDS_IN
    return Found(typeface(standing), _AS_LARGE if small else 1.0, missing=True)


def converted_size(size: float, before: Found, after: Found) -> float:
    """The size in ``after`` at which ก is as high as at ``size`` in ``before``, to tenths."""
    old = before.face.ink("ก", 1)[3] * before.factor
    new = after.face.ink("ก", 1)[3] * after.factor
    return round(size * old / new, 1) if old > 0 and new > 0 else size


@cache
def shipped_faces() -> tuple[str, ...]:
    """The names of the typefaces that ship with the program, in alphabetical order."""
    return tuple(sorted(file.stem for file in shipped("resources", "fonts").glob("*.ttf")))


@cache
def system_faces() -> Mapping[str, Path]:
    """TrueType fonts of this computer, by plain names. The usual folders, looked through once."""
    found: dict[str, Path] = {}
    for folder in _folders():
        for path in sorted(folder.rglob("*.[tT][tT][fF]")) if folder.is_dir() else ():
            for name in _names_of_file(path):
                found.setdefault(plain_name(name), path)
    return found


def _folders() -> Iterator[Path]:
    home = Path.home()
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts")
        if local := os.environ.get("LOCALAPPDATA"):
            yield Path(local, "Microsoft", "Windows", "Fonts")
    elif sys.platform == "darwin":
        yield from (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    else:
        data = os.environ.get("XDG_DATA_HOME", "")
        yield from (Path(data, "fonts") if data else home / ".local/share/fonts", home / ".fonts")
        yield from (Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))


@cache
def _installed(name: str, path: Path) -> Typeface | None:
    try:
        return open_face(name, path.read_bytes())
    except (OSError, Refused):
        return None


def _names_of_file(path: Path) -> tuple[str, ...]:
    """The names of a font file, most of which stays unread; none of a damaged one."""
    try:
        with path.open("rb") as file:
            head = file.read(12)
            if len(head) < 12 or head[:4] not in (b"\x00\x01\x00\x00", b"true"):
                return ()
            tables = _directory(head + file.read(16 * int.from_bytes(head[4:6], "big")))
            if "glyf" not in tables or "name" not in tables:
                return ()
            place, length = tables["name"]
            file.seek(place)
            return tuple(_names(file.read(length)))
    except (OSError, struct.error, ValueError):
        return ()


def _tables(data: bytes) -> dict[str, tuple[int, int]]:
    if data[:4] not in (b"\x00\x01\x00\x00", b"true"):
        return {}
    try:
        return _directory(data[: 12 + 16 * int.from_bytes(data[4:6], "big")])
    except struct.error:
        return {}


def _directory(head: bytes) -> dict[str, tuple[int, int]]:
    """Place and length of each table (OpenType 1.9.1, "Table directory")."""
    found: dict[str, tuple[int, int]] = {}
    for number in range(int.from_bytes(head[4:6], "big")):
        tag, _sum, place, length = struct.unpack_from(">4sIII", head, 12 + 16 * number)
        found[tag.decode("latin-1")] = (place, length)
    return found


def _names(table: bytes) -> list[str]:
    """Full name, PostScript name, family of a table ``name``, those that it has."""
    _version, count, strings = struct.unpack_from(">3H", table)
    found: dict[int, str] = {}
    families: list[str] = []
    for number in range(count):
        platform, _encoding, _language, name, length, offset = struct.unpack_from(
            ">6H", table, 6 + 12 * number
        )
        if name not in _NAMES:
            continue
        raw = table[strings + offset : strings + offset + length]
        said = raw.decode("utf-16-be" if platform == _WINDOWS else "mac-roman", "ignore")
        if name == 1:
            families.append(said)
        elif platform == _WINDOWS or name not in found:
            found[name] = said
    # The family alone names the plain style of it, so it counts for no bold or italic.
    own = [found[name] for name in (4, 6) if name in found]
    styled = any(word in plain_name(" ".join(own)) for word in _STYLES)
    return [*own, *([] if styled else dict.fromkeys(families))]
