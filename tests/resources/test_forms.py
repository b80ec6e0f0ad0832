# SPDX-License-Identifier: Apache-2.0
"""The seven forms: built from their workbooks, and asking what a facilitator expects."""

from __future__ import annotations

import importlib.util
import json
from types import ModuleType

import pytest
from openpyxl import load_workbook

from desktop.paths import shipped
from desktop.xforms.names import OURS
from tests.resources.form_ground import Record, built

WORKBOOKS = sorted(shipped("forms").glob("*.xlsx"))
NAMES = ("activity", "alert", "evaluation", "follow_up", "home_visit", "referral", "registration")


# ── the workbooks and what is built of them ──────────────────────────────────────────────────
@pytest.fixture(scope="module")
def maker() -> ModuleType:
    path = shipped("resources", "build", "forms.py")
    spec = importlib.util.spec_from_file_location("forms_maker", path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_the_built_forms_are_what_the_workbooks_become(maker: ModuleType) -> None:
    """Mutants: a workbook changed and not built; an XForm changed by hand; a random id in it."""
    made = maker.built()

    assert sorted(name.partition("@")[0] for name in made) == sorted(NAMES)
    for name, xml in made.items():
        assert shipped("forms", "built", name).read_bytes() == xml, name


def test_choices_are_those_of_the_code_lists() -> None:
    """Mutant: a code renamed in a form, so that records fall out of every report."""
    lists = json.loads(shipped("resources", "codelists.json").read_text("utf-8"))
    compared = set()
    for path in WORKBOOKS:
        rows = list(load_workbook(path)["choices"].iter_rows(values_only=True))
        headers = [str(header) for header in rows[0]]
        held: dict[str, list[tuple[str, str, str]]] = {}
        for row in rows[1:]:
            cells = dict(zip(headers, row, strict=True))
            one = (str(cells["name"]), cells["label::ไทย (th)"], cells["label::English (en)"])
            held.setdefault(str(cells["list_name"]), []).append(one)
        for name, choices in held.items():
            if name in lists:
                wanted = [(row["code"], row["th"], row["en"]) for row in lists[name]["rows"]]
                assert choices == wanted, (path.name, name)
                compared.add(name)
    assert len(compared) >= 25


def test_rules_of_the_code_lists_stand_beside_the_choices() -> None:
    """Days of follow-up and child protection come from the lists. Mutant: a form's own days."""
    lists = json.loads(shipped("resources", "codelists.json").read_text("utf-8"))
    for path in WORKBOOKS:
        rows = list(load_workbook(path)["choices"].iter_rows(values_only=True))
        for row in rows[1:]:
            cells = dict(zip(map(str, rows[0]), row, strict=True))
            extra = {
                one["code"]: one["extra"]
                for one in lists.get(cells["list_name"], {"rows": []})["rows"]
            }.get(cells["name"], {})
            if cells["list_name"] == "urgency":
                assert cells["follow_days"] == extra["follow_days"]
            if cells["list_name"] == "problem":
                assert (cells["child_protect"] == "yes") is extra["child_protect"]
                assert cells["dim"] == extra["dim"]


@pytest.mark.parametrize("name", NAMES)
def test_a_form_speaks_both_languages_and_keeps_what_the_store_needs(name: str) -> None:
    form = built(name)

    assert form.languages == ("ไทย (th)", "English (en)")
    assert form.version == "2026112101"
    assert form.title == f"{form.title_in('ไทย (th)')} · {form.title_in('English (en)')}"
    assert form.title_in("en").isascii()
    cores = [bind.attributes.get((OURS, "core")) for bind in form.binds.values()]
    assert len([core for core in cores if core]) >= 10


@pytest.mark.parametrize("name", NAMES)
def test_no_page_is_longer_than_a_screenful_of_questions(name: str) -> None:
    """One section a page. Mutant: everything in one section."""
    for section in built(name).body:
        assert section.kind == "group"
        assert 1 <= len(section.children) <= 24, section.path


# ── the other forms ──────────────────────────────────────────────────────────────────────────
def test_an_alert_says_1300_before_anything_is_asked() -> None:
    first = built("alert").body[0].children[0]
    assert first.path[-1] == "n_1300"
    record = Record("alert").fill(problems="v_physical", urgency="normal")
    assert "urgency" in record.wrong()
    assert record.fill(urgency="critical").shows("n_critical")
    assert {"called_1300", "apm"} <= record.fill(source="noi").missing()
    told = record.fill(agencies="pmj police", told_at="2026-11-20T09:00:00.000+07:00")
    assert "told_at" in told.wrong()


def test_a_follow_up_ends_with_a_day_or_with_a_reason() -> None:
    """Mutant: a case left open for ever, or closed without a reason."""
    record = Record("follow_up").fill(progress="better", again="yes", urgency="urgent")
    assert record["next"] == "2026-11-27"
    assert not record.shows("close_reason")
    assert "close_reason" in record.fill(again="no").missing()
    assert "close_reason" in record.fill(progress="died").missing()
    assert not record.shows("again")


def test_a_referral_follows_the_nine_items() -> None:
    labels = [
        str(node.value)
        for row in load_workbook(shipped("forms", "05_referral.xlsx"))["survey"].iter_rows(
            max_col=3
        )
        if (node := row[2]).value
    ]
    numbered = [label[0] for label in labels if label[1:2] == "."]
    assert numbered == list("๑๒๓๔๕๖๗๘๙")
    record = Record("referral").fill(sent_on="2026-11-18", ack_on="2026-11-17")
    assert "ack_on" in record.wrong()


def test_an_activity_counts_its_people() -> None:
    record = Record("activity").fill(n_child="12", n_youth="5", n_apm="2")
    assert record["n_all"] == "19"
    assert "n_net" in record.fill(n_net="-1").wrong()
