# SPDX-License-Identifier: Apache-2.0
"""What a camera writes beside a picture, made by hand for the tests."""

from __future__ import annotations

import struct

LATITUDE = ((16, 1), (52, 1), (484, 10))
LONGITUDE = ((99, 1), (7, 1), (132, 10))


def exif_block(order: str = "<", north: str = "N", east: str = "E") -> bytes:
    """A block with the place 16°52'48.4" 99°07'13.2", 412.5 m, ± 8 m, 20 Nov 2026 9:30:05."""
    rest = bytearray()
    start = 8 + 2 + 2 * 12 + 4
    gps_at = start + 2 + 12 + 4
    rest_at = gps_at + 2 + 7 * 12 + 4

    def held(values: bytes) -> bytes:
        place = rest_at + len(rest)
        rest.extend(values)
        return struct.pack(order + "I", place)

    def fractions(*pairs: tuple[int, int]) -> bytes:
        return held(b"".join(struct.pack(order + "II", *pair) for pair in pairs))

    def entry(tag: int, kind: int, count: int, value: bytes) -> bytes:
        return struct.pack(order + "HHI", tag, kind, count) + value.ljust(4, b"\0")

    def directory(*entries: bytes) -> bytes:
        return struct.pack(order + "H", len(entries)) + b"".join(entries) + b"\0\0\0\0"

    first = directory(
        entry(0x8769, 4, 1, struct.pack(order + "I", start)),
        entry(0x8825, 4, 1, struct.pack(order + "I", gps_at)),
    )
    taken = directory(entry(0x9003, 2, 20, held(b"2026:11:20 09:30:05\0")))
    gps = directory(
        entry(1, 2, 2, north.encode()),
        entry(2, 5, 3, fractions(*LATITUDE)),
        entry(3, 2, 2, east.encode()),
        entry(4, 5, 3, fractions(*LONGITUDE)),
        entry(5, 1, 1, b"\0"),
        entry(6, 5, 1, fractions((4125, 10))),
        entry(31, 5, 1, fractions((8, 1))),
    )
    head = b"II*\0" if order == "<" else b"MM\0*"
    return head + struct.pack(order + "I", 8) + first + taken + gps + bytes(rest)


def jpeg_around(block: bytes, picture: bytes = b"\xff\xd8\xff\xd9") -> bytes:
    """A JPEG file that carries the block in front of its picture."""
    body = b"Exif\0\0" + block
    return picture[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + picture[2:]
