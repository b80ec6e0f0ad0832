# SPDX-License-Identifier: Apache-2.0
"""Certificates filled as at an event, for tests of the pages they make."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop.model.certificate import Signer
from desktop.model.template import Filling, Template
from desktop.printing.template_mark import Set
from desktop.printing.template_page import NONE
from desktop.printing.template_place import place, read
from desktop.printing.template_shipped import shipped_template
from tests.printing.events import trainees

PERSON = shipped_template("completion")
ORGANISATION = shipped_template("honour")
SIGNERS = (
    Signer("นายอนุกูล ปีดแก้ว", "อธิบดีกรมพัฒนาสังคมและสวัสดิการ"),
    Signer("นางสาวธิดาพร เสาวนะ", "ผู้อำนวยการสำนักงานส่งเสริมการจัดสวัสดิการสังคมแห่งชาติ"),
    Signer("นายสมใจ บุญอาจ", "ผู้อำนวยการกองหนึ่งใจ...เดียวกันฯ"),
)


def filled(signers: tuple[Signer, ...] | None = None, **fields: str) -> Filling:
    """A page of the first trainee, with other words or signers."""
    usual = trainees()[0]
    return replace(usual, fields={**usual.fields, **fields}, signers=signers or usual.signers)


def saved(folder: Path, data: bytes) -> Path:
    """A PDF as a file."""
    file = folder / "certificates.pdf"
    file.write_bytes(data)
    return file


def set_lines(template: Template, filling: Filling) -> list[tuple[str, Set]]:
    """Every line that is set, with the id of its element."""
    placement = place(template, read(template, filling), NONE)
    return [
        (part.element.id, mark)
        for part in placement.parts
        for mark in part.marks
        if isinstance(mark, Set)
    ]
