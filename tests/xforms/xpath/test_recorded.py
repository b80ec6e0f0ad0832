# SPDX-License-Identifier: Apache-2.0
"""Recorded assertions played by ``samut form xpath``."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from desktop.command.form_xpath import run
from desktop.command.form_xpath_document import read
from desktop.errors import Refused
from desktop.xforms.node import COMMENT, DOCTYPE, ELEMENT, INSTRUCTION, TEXT

FORM = """<!DOCTYPE h><!--c--><h xmlns:p="urn:p"><itext>
<translation lang="th"><text id="a">
<value form="short">ย่อ</value><value>ไทย</value></text></translation>
<translation lang="en" default=""><text id="a"><value>English</value></text></translation>
</itext><instance id="i"><root><p:x>7</p:x></root></instance><d k="v">3</d></h>"""


def line(expression: str, kind: str, expected: Any, **more: Any) -> dict[str, Any]:
    return {
        "file": "own.ts",
        "test": more.pop("test", "own"),
        "xforms": True,
        "xml": FORM,
        "ctx": [],
        "root": [],
        "expr": expression,
        "kind": kind,
        "expected": expected,
        **more,
    }


RIGHT = [
    line("1 = 1", "BooleanValue", True),
    line("'x' + 1", "NumberValue", {"num": "NaN"}),
    line("1 div 0", "NumberValue", {"num": "Infinity"}),
    line("3.14159", "NumberRounded", 3.14, factor=100),
    line("//d", "StringValue", "3"),
    line("'abc'", "StringLength", 3),
    line("now()", "StringMatches", "^2026-11-0[0-9]T.*-07:00$"),
    line("today()", "StringValue", "2026-11-05"),
    line("instance('i')/root/p:x", "NumberValue", 7),
    line("instance('none')", "NodeSet", []),
    line("//d | //root", "NodeSet", [[2, 1, 0], [2, 2]], ctx=[2]),
    line("//root | //d", "UnorderedNodeSet", [[2, 2], [2, 1, 0]]),
    line("@k", "NodeSet", [{"of": [2, 2], "attr": [None, "k"]}], ctx=[2, 2]),
    line("string(.)", "StringValue", "v", ctx={"of": [2, 2], "attr": [None, "k"]}),
    line("namespace::p", "StringValue", "urn:p", ctx=[2]),
    line("jr:itext('a')", "StringValue", "English"),
    line("jr:itext('a')", "StringValue", "ไทย", test="in language 'th'"),
    line("jr:itext('b')", "StringValue", ""),
    line("/d", "NumberValue", 3, root=[2]),
    line("true() or explode()", "BooleanValue", True),
    line("date(0)", "StringValue", "1969-12-31T17:00:00.000-07:00"),
]
WRONG = [
    line("1 = 2", "BooleanValue", True),
    line("explode()", "BooleanValue", True),
    line("1 +", "BooleanValue", True),
    line("'x'", "NodeSet", []),
    line("//d", "NodeSet", [[2, 1]]),
    line("//d", "NodeSet", [[7, 7]]),
    line("//d", "NodeSet", 1),
    line("1 div 0", "NumberRounded", 1, factor=10),
    line("1", "BooleanValue", True, xml="<a"),
    line("1", "BooleanValue", True, ctx=[9]),
]


def played(
    folder: Path, lines: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> tuple[int, list[str], list[dict[str, Any]]]:
    source, misses = folder / "a.jsonl.gz", folder / "m.jsonl"
    with gzip.open(source, "wt", encoding="utf-8") as packed:
        packed.write("\n".join(json.dumps(one) for one in lines) + "\n\n")
    code = run(source, misses)
    told = capsys.readouterr().out.splitlines()
    return code, told, [json.loads(one) for one in misses.read_text("utf-8").splitlines()]


def test_recordings_that_hold_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Mutant: the clock of this machine instead of the day the recording tells."""
    code, told, misses = played(tmp_path, RIGHT, capsys)
    assert misses == []
    assert code == 0
    assert told[-1] == f"{len(RIGHT)} passed, 0 failed"
    assert told[0].startswith("บันทึก") or "2026-11-05" in told[0]
    # date(0) alone depends on instants.
    assert told[-2].split()[0] == "1" or " 1 " in told[-2]


def test_recordings_that_do_not_hold_are_written_with_their_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Mutant: a miss told as passed; one without its reason."""
    code, told, misses = played(tmp_path, WRONG, capsys)
    assert code == 0
    assert told[-1] == f"0 passed, {len(WRONG)} failed"
    assert len(misses) == len(WRONG)
    for miss, given in zip(misses, WRONG, strict=True):
        assert set(miss) == {"file", "test", "expr", "kind", "expected", "got", "reason"}
        assert miss["expr"] == given["expr"]
        assert miss["reason"]


def test_what_is_no_recording_is_refused_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for content in (b"{", b"[1]\n", b'{"xml": 1}\n', b"\xff\xfe"):
        path = tmp_path / "a.jsonl"
        path.write_bytes(content)
        assert run(path, None) == 2
    path = tmp_path / "b.jsonl.gz"
    path.write_bytes(b"no gzip")
    assert run(path, None) == 2
    assert run(tmp_path / "none.jsonl", None) == 2
    assert len(capsys.readouterr().err.splitlines()) == 6


def test_a_document_is_kept_node_by_node_as_in_a_browser() -> None:
    """Mutant: a section of CDATA joined to the text beside it."""
    top = read("<!DOCTYPE a><a x='1' xmlns:p='u'>t<![CDATA[c]]>u<!--k--><?i n?><p:b/></a>").top
    assert [node.kind for node in top.children] == [DOCTYPE, ELEMENT]
    inside = top.children[1].children
    assert [node.kind for node in inside] == [TEXT, TEXT, TEXT, COMMENT, INSTRUCTION, ELEMENT]
    assert [node.value for node in inside[:3]] == ["t", "c", "u"]
    assert (inside[5].namespace, inside[5].prefix) == ("u", "p")


def test_entities_of_a_recording_are_refused() -> None:
    """Mutant: a bomb of entities expanded."""
    with pytest.raises(Refused):
        read("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")
