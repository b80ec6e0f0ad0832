# SPDX-License-Identifier: Apache-2.0
"""The commands that play recorded sessions and open forms."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from desktop.command import form_open, form_replay
from tests.xforms.making import source

FORM = source(
    "<a/><b/><p><x/></p>",
    """<bind nodeset="/data/a" type="decimal" constraint=". &lt; 9"/>
    <bind nodeset="/data/b" calculate="/data/a * 2"/>""",
    """<input ref="/data/a"><label>A</label></input>
    <repeat nodeset="/data/p"><input ref="/data/p/x"/></repeat>""",
).decode()


def node(reference: str, kind: str, **state: Any) -> dict[str, Any]:
    plain = {"ref": reference, "type": kind, "rel": True, "ro": False, "req": False}
    return {**plain, **state}


def leaf(reference: str, value: str, **state: Any) -> dict[str, Any]:
    return node(reference, "input", **{"v": value, "con": True, "reqok": True, **state})


def line(operation: dict[str, Any], *changed: dict[str, Any], gone: tuple[str, ...] = ()) -> str:
    return json.dumps(
        {"sid": "1", "test": "t", "op": operation, "changed": changed, "gone": gone, "xml": ""}
    )


def trace() -> list[str]:
    return [
        line(
            {"op": "init", "form": FORM, "edit": False},
            leaf("/data/a", "", label="A"),
            leaf("/data/b", ""),
            node("/data/p", "repeat-range:uncontrolled"),
            node("/data/p[1]", "repeat-instance"),
            leaf("/data/p[1]/x", ""),
        ),
        line(
            {"op": "answer", "ref": "/data/a", "raw": "4", "v": "4.0"},
            leaf("/data/a", "4.0", label="A"),
            leaf("/data/b", "8"),
        ),
        line(
            {"op": "add", "ref": "/data/p"},
            node("/data/p[2]", "repeat-instance"),
            leaf("/data/p[2]/x", ""),
        ),
        line(
            {"op": "remove", "ref": "/data/p[1]"},
            gone=("/data/p[2]|repeat-instance", "/data/p[2]/x|input"),
        ),
        line(
            {"op": "answer", "ref": "/data/a", "raw": "10", "v": "10.0"},
            leaf("/data/a", "10.0", label="A", con=False),
            leaf("/data/b", "20"),
        ),
    ]


def test_a_recorded_session_is_played_and_every_state_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "trace.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(trace()).encode()))
    assert form_replay.run(path) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "5 passed, 0 failed"


def test_a_state_that_differs_is_a_miss_and_the_run_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Fails when a runner stops at the first miss, or compares only what it likes."""
    lines = trace()
    lines[1] = lines[1].replace('"v": "8"', '"v": "9"')
    path, misses = tmp_path / "trace.jsonl", tmp_path / "misses.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert form_replay.run(path, misses) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "2 passed, 3 failed"
    found = [json.loads(one) for one in misses.read_text(encoding="utf-8").splitlines()]
    assert found[0]["differences"] == [["/data/b", "value", "9", "8"]]
    assert found[0]["reason"] == "state differs: value"
    assert {"test", "op", "differences", "reason"} <= found[0].keys()


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ('"rel": true', '"rel": false', "relevant"),
        ('"ro": false', '"ro": true', "readonly"),
        ('"req": false', '"req": true', "required"),
        ('"con": true', '"con": false', "constraint"),
        ('"reqok": true', '"reqok": false', "answered"),
        ('"label": "A"', '"label": "B"', "label"),
        ('"label": "A"', '"label": "A", "hint": "h"', "hint"),
        ('"label": "A"', '"label": "A", "choices": [["x", "X"]]', "choices"),
        ('"/data/b"', '"/data/c"', "missing"),
    ],
)
def test_each_part_of_a_state_is_compared(
    tmp_path: Path, before: str, after: str, what: str
) -> None:
    """Fails when one part of the state is not looked at."""
    head, _changed, rest = trace()[0].partition('"changed"')
    path, misses = tmp_path / "trace.jsonl", tmp_path / "misses.jsonl"
    path.write_text(head + '"changed"' + rest.replace(before, after, 1), encoding="utf-8")
    assert form_replay.run(path, misses) == 1
    assert what in misses.read_text(encoding="utf-8")


def test_a_form_that_is_refused_fails_its_states_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "trace.jsonl"
    path.write_text(trace()[0].replace("* 2", "* nope(2)"), encoding="utf-8")
    assert form_replay.run(path) == 1
    out = capsys.readouterr().out
    assert "nope" in out
    assert out.splitlines()[-1] == "0 passed, 1 failed"


def test_forms_are_opened_or_refused_on_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad, lost = tmp_path / "good.xml", tmp_path / "bad.xml", tmp_path / "lost.xml"
    good.write_bytes(FORM.encode())
    bad.write_bytes(b"<a>\n<b></a>")
    assert form_open.run([good]) == 0
    assert capsys.readouterr().out.startswith("<data xmlns:orx=")
    assert form_open.run([bad, lost]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"{bad}: ")
    assert "2" in lines[0]


def test_lists_are_looked_for_beside_the_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "f.xml"
    path.write_bytes(
        source(
            "<a/>",
            """<instance id="l" src="jr://file-csv/l.csv"/>
            <bind nodeset="/data/a" calculate="instance('l')/root/item[k = 'x']/v"/>""",
        )
    )
    (tmp_path / "f-media").mkdir()
    (tmp_path / "f-media" / "l.csv").write_text("k,v\nx,found\n", encoding="utf-8")
    assert form_open.run([path]) == 0
    assert "<a>found</a>" in capsys.readouterr().out
