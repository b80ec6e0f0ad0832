# SPDX-License-Identifier: Apache-2.0
"""The forms as they are shipped, and records being filled in by the names of questions."""

from __future__ import annotations

import random
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from desktop.paths import shipped
from desktop.xforms.form import Form
from desktop.xforms.lists import CsvList, List, XmlList
from desktop.xforms.node import Node
from desktop.xforms.session import Session

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=ZoneInfo("Asia/Bangkok"))
TOWNS = b"name,label,postcode\n630609,x,63110\n841003,y,84000\n"
HOUSEHOLDS = """name,label,house_code,house_no,moo,village,soi_road,area_code,postcode,tenure,landmark
h1,บ้าน 9/1 หมู่ 2 แม่ละเมา,63061234567,9/1,2,แม่ละเมา,,630609,63111,own_weak,หลังวัด
"""  # noqa: E501 - one line a household
LAST = (
    b"<data id='home_visit'><g_visit><team>p7</team></g_visit><g_adr><moo>4</moo></g_adr></data>"
)


class Known:
    """One household, and the record before this one."""

    def open(self, uri: str) -> List | None:
        if uri.endswith("households.csv"):
            return CsvList(HOUSEHOLDS.encode())
        if uri.endswith("tambon.csv"):
            return CsvList(TOWNS)
        return XmlList(LAST) if uri.endswith("last-saved") else None


@cache
def built(name: str) -> Form:
    (path,) = shipped("forms", "built").glob(f"{name}@*.xml")
    return Form.load(path.read_bytes(), Known())


class Record:
    """A record being filled in, its questions by their names."""

    def __init__(self, name: str) -> None:
        ids = random.Random(1)
        self.session = Session(
            built(name), clock=lambda: NOW, ids=lambda: f"{ids.getrandbits(64):016x}"
        )

    def node(self, name: str) -> Node:
        (found,) = [one for one in self._all() if one.name == name]
        return found

    def _all(self) -> list[Node]:
        waiting, found = [self.session.root], []
        while waiting:
            one = waiting.pop()
            found.append(one)
            waiting.extend(one.children)
        return found

    def __getitem__(self, name: str) -> str:
        return self.node(name).value

    def shows(self, name: str) -> bool:
        return self.node(name).relevant

    def fill(self, **answers: str) -> Record:
        for name, value in answers.items():
            self.session.answer(self.node(name), value)
        return self

    def wrong(self) -> set[str]:
        """Questions with a fault that is more than being empty."""
        return {one.node.name for one in self.session.faults() if one.kind == "constraint"}

    def missing(self) -> set[str]:
        return {one.node.name for one in self.session.faults() if one.kind == "required"}


def visit(**answers: str) -> Record:
    """A visit where the person was met, as far as consent."""
    record = Record("home_visit").fill(
        purpose="assess", met="met", basis="consent", notice_read="yes", photo_ok="yes"
    )
    return record.fill(**answers)
