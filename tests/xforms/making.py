# SPDX-License-Identifier: Apache-2.0
"""Small forms as strings, and sessions of them whose clock stands still."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from desktop.xforms.control import Control
from desktop.xforms.form import Form
from desktop.xforms.journal import Clock, begin
from desktop.xforms.lists import Files
from desktop.xforms.node import Node
from desktop.xforms.session import Session

ZONE = ZoneInfo("Asia/Bangkok")
BEGUN = datetime(2026, 11, 20, 9, 30, tzinfo=ZONE)

_FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms"
 xmlns:orx="http://openrosa.org/xforms" xmlns:dsdw="https://dsdw.go.th/ns/xforms"
 xmlns:entities="http://www.opendatakit.org/xforms/entities">
<h:head><h:title>ทดสอบ · Test</h:title><model>{itext}<instance>
<data id="test" version="1">{answers}
</data></instance>{model}</model></h:head><h:body>{body}</h:body></h:html>"""


def source(answers: str, model: str = "", body: str = "", itext: str = "") -> bytes:
    """A form around its answers, binds and controls; nothing asked twice."""
    return _FORM.format(answers=answers, model=model, body=body, itext=itext).encode()


def form(
    answers: str,
    model: str = "",
    body: str = "",
    itext: str = "",
    files: Mapping[str, bytes] | None = None,
) -> Form:
    """The form read."""
    return Form.load(source(answers, model, body, itext), None if files is None else Files(files))


def opened(of: Form, **given: object) -> Session:
    """A new record begun on a fixed day with fixed ids."""
    return begin(of, record="record", clock=Clock(BEGUN), **given)  # type: ignore[arg-type]


def session(
    answers: str,
    model: str = "",
    body: str = "",
    itext: str = "",
    files: Mapping[str, bytes] | None = None,
) -> Session:
    """A new record of a small form."""
    return opened(form(answers, model, body, itext, files))


def at(one: Session, place: str) -> Node:
    """The node at ``place`` below the root."""
    node = one.find("/data/" + place)
    assert node is not None, place
    return node


def control(one: Session, *path: str) -> Control:
    """The control at a path below the root."""
    found = one.form.control(("data", *path))
    assert found is not None, path
    return found


def repeat(one: Session, *path: str) -> Control:
    """The repeat at a path below the root."""
    found = one.form.binds[("data", *path)].repeat
    assert found is not None, path
    return found


def say(one: Session, place: str, value: str) -> None:
    """Answer the question at ``place``."""
    one.answer(at(one, place), value)


def value(one: Session, place: str) -> str:
    """The answer at ``place`` as others see it: blank while not relevant."""
    node = at(one, place)
    return node.value if node.relevant else ""
