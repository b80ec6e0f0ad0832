# SPDX-License-Identifier: Apache-2.0
"""Pictures and templates as an office has them."""

from __future__ import annotations

import struct
import zlib

from desktop.model.template import Image, Qr, Signatories, Template, Text, TextStyle

PAGE = Template(
    purpose="certificate",
    titles={"th": "ของเรา"},
    width=297,
    height=210,
    elements=(
        Image(id="emblem", x=130, y=10, width=30, height=30, slot="emblem"),
        Text(id="recipient", x=30, y=80, width=237, height=20, text="{recipient}"),
        Text(id="number", x=200, y=15, width=80, height=8, text="{number}"),
        Signatories(id="signers", x=60, y=150, width=180, height=40),
        Qr(id="proof", x=15, y=170, width=24, height=24),
    ),
)


def with_picture(sha256: str, face: str = "Sarabun-Regular") -> Template:
    """The page with a picture of the office behind everything, its title in a typeface."""
    picture = Image(id="ground", x=0, y=0, width=297, height=210, asset=sha256)
    title = Text(
        id="title", x=30, y=50, width=237, height=20, text="{document_word}",
        style=TextStyle(face=face),
    )  # fmt: skip
    return Template(
        purpose="certificate", titles=PAGE.titles, width=297, height=210,
        elements=(picture, title, *PAGE.elements),
    )  # fmt: skip


def png(width: int = 4, height: int = 3, shade: int = 200) -> bytes:
    """A small grey picture."""

    def part(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = b"".join(b"\0" + bytes([shade]) * width for _ in range(height))
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", head)
        + part(b"IDAT", zlib.compress(rows))
        + part(b"IEND", b"")
    )
