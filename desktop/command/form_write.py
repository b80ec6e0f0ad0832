# SPDX-License-Identifier: Apache-2.0
"""The files of a checked form as they are carried to the laptops.

``<form_id>@<version>.xml``, and in ``<form_id>@<version>-media`` the lists it chooses from, which
the author keeps beside the workbook or in the folder ``<workbook>-media``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from desktop.actions.form_arrival import beside, wanted_files
from desktop.errors import Problem
from desktop.i18n import _
from desktop.store.disk import save_file
from desktop.xforms.form import Form
from desktop.xforms.lists import Files
from desktop.xforms.problem import FormRefused
from desktop.xforms.xlsform import Converted

_NAME: Final = re.compile(r"[^\w.\-]+")


def write(workbook: Path, converted: Converted, into: Path) -> Iterator[str]:
    """Write the form ``into`` a folder; a sentence for each file, once it is there.

    Raises:
        Problem: A list is missing or cannot be read, or the folder cannot be written.
    """
    form = Form.load(converted.xml)
    wanted = wanted_files(converted.xml)
    lists = beside(workbook, wanted)
    for name in wanted:
        if name not in lists:
            raise Problem(
                _("The list “{name}” is missing. Put it beside the workbook.").format(name=name)
            )
        _look_into(name, lists)
    stem = f"{_plain(form.id)}@{_plain(form.version)}"
    for name, data in ((f"{stem}.xml", converted.xml), *_media(stem, lists)):
        place = into / name
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            save_file(place, data)
        except OSError as fault:
            raise Problem(
                _("The file {file} cannot be written. Choose another folder.").format(file=place)
            ) from fault
        yield _("Written: {file}").format(file=place)


def _media(stem: str, lists: dict[str, bytes]) -> tuple[tuple[str, bytes], ...]:
    return tuple((f"{stem}-media/{name}", data) for name, data in lists.items())


def _look_into(name: str, lists: dict[str, bytes]) -> None:
    try:
        opened = Files(lists).open(name)
        if opened is not None:
            opened.all()
    except FormRefused as refused:
        raise Problem(
            _("The list “{name}”: {reason}").format(name=name, reason=str(refused))
        ) from None


def _plain(text: str) -> str:
    """``text`` as part of a file name: what a system could take for a folder becomes ``_``."""
    return _NAME.sub("_", text).strip(".") or "form"
