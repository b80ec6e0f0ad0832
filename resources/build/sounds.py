# SPDX-License-Identifier: Apache-2.0
"""Writes the three sounds of the check-in desk to resources/sounds.

    sounds.py            write them
    sounds.py --check    change nothing; exit 1 unless the files are what this script makes

``good`` rises, ``look`` repeats one tone, ``wrong`` falls: they can be told apart in a noisy
hall and by people who hear high tones badly (all below 1,200 Hz). Plain sines with soft ends,
computed in whole steps, so that the same script gives the same bytes.
"""

from __future__ import annotations

import argparse
import io
import math
import struct
import sys
import wave
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "sounds"
RATE = 22_050
_LOUD = 0.55
_SOFT_END = 0.012

# Each sound is a row of (hertz, seconds); 0 Hz is silence.
SOUNDS: dict[str, tuple[tuple[float, float], ...]] = {
    "good": ((659.3, 0.07), (987.8, 0.13)),
    "look": ((587.3, 0.10), (0.0, 0.06), (587.3, 0.10)),
    "wrong": ((311.1, 0.14), (207.7, 0.24)),
}


def samples(notes: tuple[tuple[float, float], ...]) -> list[int]:
    """The sound as 16-bit samples."""
    made: list[int] = []
    for hertz, seconds in notes:
        count = round(seconds * RATE)
        soft = round(_SOFT_END * RATE)
        for place in range(count):
            edge = min(1.0, place / soft, (count - 1 - place) / soft)
            height = math.sin(2 * math.pi * hertz * place / RATE) * edge * _LOUD if hertz else 0.0
            made.append(round(height * 32_767))
    return made


def wav(name: str) -> bytes:
    """The file of one sound."""
    held = samples(SOUNDS[name])
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(held)}h", *held))
    return buffer.getvalue()


def main() -> int:
    """Write or check the files."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("--check", action="store_true")
    check = asked.parse_args().check
    stale = []
    FOLDER.mkdir(exist_ok=True)
    for name in SOUNDS:
        path, made = FOLDER / f"{name}.wav", wav(name)
        if check:
            stale += [] if path.is_file() and path.read_bytes() == made else [path.name]
        else:
            path.write_bytes(made)
    for name in stale:
        print(f"{name} is not what resources/build/sounds.py makes", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
