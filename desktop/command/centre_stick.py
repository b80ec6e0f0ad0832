# SPDX-License-Identifier: Apache-2.0
"""``samut centre stick``: the files a stick brought are taken, and their receipts written."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import Problem
from desktop.i18n import _, ngettext

if TYPE_CHECKING:
    from desktop.centre.centre import Centre


class NoSealedFile(Problem):
    """There is nothing to take."""


def run(arguments: argparse.Namespace) -> int:
    """Take every file; 1 when one of them was not taken, which hinders no other."""
    from desktop.centre.centre import open_centre
    from desktop.centre.stick import sealed_files

    files = [one for place in arguments.files for one in sealed_files(place)]
    if not files:
        raise NoSealedFile(_("There is no sealed file (.samut) of a laptop there."))
    centre = open_centre(arguments.folder)
    try:
        taken = [_take(centre, one, arguments.to or one.parent) for one in files]
    finally:
        centre.close()
    return 0 if all(taken) else 1


def _take(centre: Centre, file: Path, folder: Path) -> bool:
    from desktop.centre.stick import StickProblem, answer_stick
    from desktop.sync.courier import receipt_name

    receipt = folder / receipt_name(file.name)
    try:
        done = answer_stick(centre, file, receipt)
    except StickProblem as problem:
        words = _("{name} was not taken. {why}")
        print(words.format(name=file.name, why=problem), file=sys.stderr)
        return False
    except OSError:
        words = _("{name} cannot be read, or its receipt not written there.")
        print(words.format(name=file.name), file=sys.stderr)
        return False
    messages = ngettext("{count} message", "{count} messages", done.envelopes)
    photos = ngettext("{count} photo", "{count} photos", done.photos)
    what = f"{messages.format(count=done.envelopes)} · {photos.format(count=done.photos)}"
    words = _("{name}: {what}. Its receipt: {receipt}")
    print(words.format(name=file.name, what=what, receipt=receipt))
    if done.left_out:
        print(
            ngettext(
                "{count} photo was not taken: the laptop was signed off, or it is too large.",
                "{count} photos were not taken: the laptop was signed off, or they are too large.",
                done.left_out,
            ).format(count=done.left_out)
        )
    return True
