# SPDX-License-Identifier: Apache-2.0
"""The child that looks for codes in a picture or a PDF: standard input in, JSON lines out.

It holds no store, no keys and no path of the file, and gives up its rights after its libraries
are loaded and before it looks at the first byte. Everything it says is one of:

    [1, 3, ["0417…"]]         page 1 of 3, and the texts of the codes on it
    {"end": 3}                last; without it the reading failed
    {"refused": "pdf"}        instead of the rest
"""

from __future__ import annotations

import json
import sys

from desktop.imports.refusal import Unfit
from desktop.imports.rights import SCAN, give_up_rights
from desktop.imports.scan_code import codes_of


def main(_word: str = "") -> int:
    """Read standard input and speak. Returns 0; the parent trusts the last line, not this."""
    _load()
    give_up_rights(SCAN)
    last: dict[str, object]
    done = 0
    try:
        for number, pages, texts in codes_of(sys.stdin.buffer):
            _say([number, pages, texts])
            done = number
        last = {"end": done}
    except Unfit as unfit:
        last = {"refused": unfit.code}
    except MemoryError:
        last = {"refused": "pixels"}
    _say(last)
    return 0


def _load() -> None:
    """All that is loaded by name later, while loading is still allowed."""
    import pypdfium2  # noqa: F401
    import zxingcpp  # noqa: F401
    from PIL import Image, ImageFilter, ImageOps, ImageSequence  # noqa: F401

    Image.init()


def _say(thing: object) -> None:
    sys.stdout.buffer.write(json.dumps(thing, ensure_ascii=False).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
