# SPDX-License-Identifier: Apache-2.0
"""``GET /v1/forms``: the forms the centre gives out, and ``GET /v1/forms/{sha256}``: one of them.

They are files: those the program ships with, and those the staff put into the ``forms`` folder of
the centre. Of a form and version that is in both, the staff's is given. A form holds questions and
nothing about anybody, so every laptop that has joined may read it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.centre.door import OPEN, Call, Policy, Refusal, Reply, Rule, Who, told
from desktop.paths import shipped

if TYPE_CHECKING:
    from desktop.centre.centre import Centre

FOLDER: Final = "forms"
_NAME: Final = re.compile(r"(?P<form>[A-Za-z0-9_.-]{1,100})@(?P<version>[0-9]{1,20})", re.ASCII)
_POLICY: Final = Policy(Who.SIGNED, OPEN, scope="forms")


@dataclass(frozen=True, slots=True)
class FormFile:
    """One form in one version."""

    form: str
    version: str
    sha256: str
    size: int
    path: Path


def form_files(folder: Path) -> tuple[FormFile, ...]:
    """The forms a centre in ``folder`` gives out, by name and version.

    A file whose name is not ``form@version.xml`` is not given out.
    """
    found: dict[tuple[str, str], FormFile] = {}
    for place in (shipped("forms", "built"), folder / FOLDER):
        for path in sorted(place.glob("*.xml")):
            named = _NAME.fullmatch(path.stem)
            if named is None:
                continue
            form, version, seen = named["form"], named["version"], path.stat()
            mark = _sha256(path, seen.st_mtime_ns, seen.st_size)
            found[form, version] = FormFile(form, version, mark, seen.st_size, path)
    return tuple(found[key] for key in sorted(found))


@lru_cache(maxsize=1000)
def _sha256(path: Path, _changed: int, _size: int) -> str:
    """Of a file as it was at that moment: asked often, read once."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _list(centre: Centre, _call: Call) -> Reply:
    return told(
        [
            {"form": one.form, "version": one.version, "sha256": one.sha256, "size": one.size}
            for one in form_files(centre.config.folder)
        ]
    )


def _one(centre: Centre, call: Call) -> Reply:
    for form in form_files(centre.config.folder):
        if form.sha256 == call.parts["sha256"]:
            data = form.path.read_bytes()
            if hashlib.sha256(data).hexdigest() == form.sha256:
                return Reply(data, media_type="application/xml")
    raise Refusal(404, "unknown")


RULES = (
    Rule("GET", "/v1/forms", _POLICY, _list),
    Rule("GET", "/v1/forms/{sha256}", _POLICY, _one),
)
