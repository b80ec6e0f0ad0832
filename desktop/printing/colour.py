# SPDX-License-Identifier: Apache-2.0
"""The colour space of printed documents: sRGB, as an ICC profile written from its numbers.

PDF/A wants one inside the file. Writing it takes the nine colorant numbers of IEC 61966-2-1
(adapted to D50) and its transfer curve; the result is a version 2.1 profile, which every part of
PDF/A accepts, without a third party's file or a library at run time.
"""

from __future__ import annotations

import struct
from functools import cache
from typing import Final

_COLORANTS: Final = {
    b"rXYZ": (0.436066, 0.222488, 0.013916),
    b"gXYZ": (0.385147, 0.716873, 0.097076),
    b"bXYZ": (0.143066, 0.060608, 0.714096),
}
_D50: Final = (0.964203, 1.0, 0.824905)
_STEPS: Final = 1024
_NAME: Final = b"sRGB IEC61966-2.1"
_MADE: Final = (2000, 1, 1, 0, 0, 0)


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(_fixed(value) for value in values)


def _linear(signal: float) -> float:
    """The transfer function of sRGB, from signal to light."""
    return signal / 12.92 if signal <= 0.04045 else float(((signal + 0.055) / 1.055) ** 2.4)


@cache
def srgb_profile() -> bytes:
    """An ICC 2.1 display profile of sRGB, perceptual, 3 components."""
    curve = struct.pack(f">4s4xI{_STEPS}H", b"curv", _STEPS, *(
        round(_linear(step / (_STEPS - 1)) * 65535) for step in range(_STEPS)
    ))  # fmt: skip
    named = _NAME + b"\0"
    tags: dict[bytes, bytes] = {
        b"desc": struct.pack(">4s4xI", b"desc", len(named)) + named + bytes(4 + 4 + 2 + 1 + 67),
        b"cprt": b"text\0\0\0\0No rights reserved\0",
        b"wtpt": _xyz(_D50),
        **{name: _xyz(values) for name, values in _COLORANTS.items()},
    }
    shared = (b"rTRC", b"gTRC", b"bTRC")
    offset = 128 + 4 + 12 * (len(tags) + len(shared))
    table, body = b"", b""
    for name, data in tags.items():
        padded = data + bytes(-len(data) % 4)
        table += struct.pack(">4sII", name, offset + len(body), len(data))
        body += padded
    for name in shared:
        table += struct.pack(">4sII", name, offset + len(body), len(curve))
    body += curve + bytes(-len(curve) % 4)
    size = offset + len(body)
    header = struct.pack(
        ">I4xI4s4s4s6H4s4xI4x4x8xI12s4x44x",
        size,
        0x02100000,
        b"mntr",
        b"RGB ",
        b"XYZ ",
        *_MADE,
        b"acsp",
        0,
        0,
        b"".join(_fixed(value) for value in _D50),
    )
    return header + struct.pack(">I", len(tags) + len(shared)) + table + body
