# SPDX-License-Identifier: Apache-2.0
"""Forms written for the tests as rows of an XLSForm, and turned into XForms by pyxform."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

from desktop.paths import shipped

TH, EN = "label::ไทย (th)", "label::English (en)"
Rows = list[dict[str, Any]]


def q(kind: str, name: str = "", label: str = "", **columns: Any) -> dict[str, Any]:
    """One row of the survey sheet, with the same label in both languages."""
    row: dict[str, Any] = {"type": kind, "name": name, **columns}
    if label:
        row[TH], row[EN] = label, f"{label} (en)"
    return {column: value for column, value in row.items() if value != ""}


def built(name: str, survey: Rows, choices: Rows) -> bytes:
    """The XForm of these rows."""
    from pyxform.xls2xform import convert

    settings = {"form_title": name, "form_id": name, "version": "1"}
    settings["default_language"] = "ไทย (th)"
    workbook = {"survey": survey, "choices": choices, "settings": [settings]}
    return convert(workbook, validate=False).xform.encode()


def listed(name: str, *values: str, **columns: str) -> Rows:
    """Choices of one list; ``columns`` are the same for all of them."""
    return [
        {"list_name": name, "name": value, TH: f"ข้อ {value}", EN: f"Choice {value}", **columns}
        for value in values
    ]


@cache
def large(groups: int = 12, each: int = 20, repeated: int = 30) -> bytes:
    """300 rows: groups of questions with logic across them, and two repeats with totals."""
    chance = random.Random(1)
    survey: Rows = [q("integer", "n_a", "จำนวน")]
    for g in range(groups):
        gate = {"relevant": f"${{g{g - 1}_q0}} = 'yes'"} if g % 3 == 2 else {}
        survey.append(q("begin group", f"g{g}", f"หมวด {g}", **gate))
        for i in range(each):
            kind = ("select_one yn", "integer", "text", "calculate", "date")[i % 5]
            more: dict[str, Any] = {}
            if kind == "integer":
                more["constraint"] = ". >= 0 and . <= 120"
            if kind == "date":
                more["constraint"] = ". <= today()"
            if i and kind != "calculate":
                other = i - i % 5 if chance.random() < 0.5 and i % 5 else 0
                more["relevant"] = f"${{g{g}_q{other}}} " + ("!= 'no'" if other else "= 'yes'")
            if i % 4 == 0:
                more["required"] = "yes"
            if kind == "calculate":
                before = f"coalesce(${{g{g - 1}_q{i}}}, 0)" if g else "1"
                survey.append(q(kind, f"g{g}_q{i}", calculation=f"${{g{g}_q{i - 2}}} + {before}"))
            else:
                survey.append(q(kind, f"g{g}_q{i}", f"คำถามที่ {g}.{i}", **more))
        survey.append(q("end group"))
    for r in range(2):
        survey.append(q("begin repeat", f"r{r}", f"รายการ {r}"))
        for i in range(repeated):
            name, label = f"r{r}_q{i}", f"ข้อ {i}"
            survey.append(
                (
                    q("select_one yn", name, label, required="yes"),
                    q("integer", name, label, relevant=f"${{r{r}_q{i - 1}}} = 'yes'",
                      constraint=". > 0"),
                    q("calculate", name, calculation=f"if(${{r{r}_q{i - 1}}} > 5, 'hi', 'lo')"),
                    q("text", name, label, relevant=f"${{r{r}_q{i - 1}}} = 'hi'"),
                    q("calculate", name, calculation=f"position(..) * ${{r{r}_q{i - 3}}}"),
                )[i % 5]
            )  # fmt: skip
        survey.append(q("end repeat"))
        survey.append(q("calculate", f"r{r}_sum", calculation=f"sum(${{r{r}_q1}})"))
        survey.append(
            q("calculate", f"r{r}_cnt", calculation=f"count(${{r{r}}}[r{r}_q0 = 'yes'])")
        )
    return built("large", survey, listed("yn", "yes", "no", "dk"))


@cache
def household(counted: bool = False) -> bytes:
    """A household: members (counted by an answer or added by hand), totals, a cascade of areas."""
    repeat = {"repeat_count": "if(${declared} >= 1, ${declared}, 1)"} if counted else {}
    survey = [
        q("begin group", "visit", "การเยี่ยม"),
        q("date", "on", "วันที่", required="yes", constraint=". <= today()"),
        q("time", "from", "เวลา"),
        q("select_one prov", "prov", "จังหวัด", required="yes"),
        q("select_one amp", "amp", "อำเภอ", choice_filter="prov=${prov}"),
        q("select_one tam", "tam", "ตำบล", choice_filter="amp=${amp}"),
        q("geopoint", "place", "พิกัด"),
        q("end group"),
        q("select_one yn", "consent", "ยินยอม", required="yes"),
        q("begin group", "hh", "ครัวเรือน", relevant="${consent} = 'yes'"),
        q("text", "head", "หัวหน้า", required="yes"),
        q("integer", "declared", "จำนวนสมาชิก", constraint=". >= 1 and . <= 9"),
        q("begin repeat", "person", "สมาชิก", **repeat),
        q("text", "pname", "ชื่อ", required="yes"),
        q("date", "dob", "วันเกิด", constraint=". <= today()"),
        q("integer", "age", "อายุ", constraint=". >= 0 and . <= 120"),
        q("note", "told", "อายุ ${age} ปี", relevant="${age} != ''"),
        q("select_multiple dis", "dis", "ความพิการ",
          constraint="not(selected(., 'none') and count-selected(.) > 1)"),
        q("select_one yn", "card", "มีบัตร",
          relevant="${dis} != '' and not(selected(${dis}, 'none'))"),
        q("select_one yn", "elder", "ได้เบี้ย", relevant="${age} >= 60"),
        q("decimal", "income", "รายได้", relevant="${age} >= 15", constraint=". >= 0"),
        q("end repeat"),
        q("calculate", "members", calculation="count(${person})"),
        q("calculate", "elders", calculation="count(${person}[age >= 60])"),
        q("calculate", "total", calculation="sum(${income})"),
        q("calculate", "head_share",
          calculation="if(${members} > 0, round(${total} div ${members}, 2), '')"),
        q("select_one yn", "poor", "เปราะบาง", relevant="${head_share} < 3000"),
        q("end group"),
        q("select_multiple problem", "problems", "ปัญหา", required="yes"),
        q("text", "other", "ระบุ", relevant="selected(${problems}, 'other')", required="yes"),
        q("select_one problem", "main", "ปัญหาหลัก",
          choice_filter="selected(${problems}, name)"),
        q("calculate", "main_word", calculation="jr:choice-name(${main}, '${main}')"),
        q("integer", "severity", "ความรุนแรง", constraint=". >= 0 and . <= 10"),
        q("select_one yn", "urgent", "ด่วน", relevant="${severity} >= 7"),
        q("date", "again", "นัด", constraint=". > ${on}"),
    ]  # fmt: skip
    choices = [
        *listed("yn", "yes", "no"),
        *listed("dis", "none", "see", "hear", "move"),
        *listed("problem", "poverty", "abandoned", "ill", "house", "other"),
        *listed("prov", "63", "50"),
        *(row for p in ("63", "50") for row in listed("amp", p + "01", p + "02", prov=p)),
        *(
            row
            for a in ("6301", "6302", "5001", "5002")
            for row in listed("tam", a + "01", a + "02", a + "03", amp=a)
        ),
    ]
    return built("counted_household" if counted else "household", survey, choices)


@cache
def nested() -> bytes:
    """Houses in a hamlet, people in houses: positions, look-ups and totals across both."""
    survey = [
        q("text", "hamlet", "หย่อมบ้าน"),
        q("integer", "rate", "อัตรา"),
        q("begin repeat", "house", "บ้าน"),
        q("text", "no", "เลขที่"),
        q("select_one yn", "open", "มีคนอยู่"),
        q("begin repeat", "person", "คน", relevant="${open} = 'yes'"),
        q("text", "pname", "ชื่อ"),
        q("integer", "age", "อายุ", constraint=". < 130"),
        q("calculate", "place", calculation="concat(position(../..), '.', position(..))"),
        q("calculate", "due", calculation="if(${age} >= 60, ${rate} * 2, ${rate})"),
        q("end repeat"),
        q("calculate", "n", calculation="count(${person})"),
        q("calculate", "oldest", calculation="max(${age})"),
        q("integer", "which", "คนที่", constraint=". >= 1"),
        q("calculate", "chosen",
          calculation="if(${which} >= 1, indexed-repeat(${pname}, ${house}, position(..), "
          "${person}, ${which}), '')"),
        q("end repeat"),
        q("calculate", "houses", calculation="count(${house})"),
        q("calculate", "people", calculation="sum(${n})"),
        q("calculate", "owed", calculation="sum(${due})"),
        q("select_one yn", "many", "คนมาก", relevant="${people} > 3"),
    ]  # fmt: skip
    return built("nested", survey, listed("yn", "yes", "no"))


def all_forms() -> dict[str, bytes]:
    """The seven forms of the centre and those written here, by name."""
    return {
        "large": large(),
        "household": household(),
        "counted household": household(counted=True),
        "nested": nested(),
        **{
            path.name.partition("@")[0]: path.read_bytes()
            for path in sorted(shipped("forms", "built").glob("*.xml"))
        },
    }
