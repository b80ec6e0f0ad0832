# SPDX-License-Identifier: Apache-2.0
"""The seven forms: built from their workbooks, and asking what a facilitator expects."""

from __future__ import annotations

import importlib.util
import json
import random
from datetime import datetime
from functools import cache
from types import ModuleType
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from desktop.paths import shipped
from desktop.xforms.form import Form
from desktop.xforms.lists import CsvList, List, XmlList
from desktop.xforms.names import OURS
from desktop.xforms.node import Node
from desktop.xforms.session import Session

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=ZoneInfo("Asia/Bangkok"))
WORKBOOKS = sorted(shipped("forms").glob("*.xlsx"))
NAMES = ("activity", "alert", "evaluation", "follow_up", "home_visit", "referral", "registration")
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


# ── the home visit ───────────────────────────────────────────────────────────────────────────
def test_a_visit_begins_now_with_the_team_and_the_village_of_the_last() -> None:
    record = Record("home_visit")

    assert record["visit_at"].startswith("2026-11-20T10:30")
    assert record["visited_on"] == "2026-11-20"
    assert (record["team"], record["moo"]) == ("p7", "4")


def test_a_known_household_brings_its_address() -> None:
    """Mutants: the address of the last record kept; what was typed lost when none is chosen."""
    record = Record("home_visit").fill(house_no="77", household="h1")

    told = [
        record[name] for name in ("house_code", "house_no", "moo", "village", "area", "tenure")
    ]
    assert told == ["63061234567", "9/1", "2", "แม่ละเมา", "630609", "own_weak"]
    assert record["visit_area"] == "630609"
    record.fill(household="", house_no="78")
    assert record["house_no"] == "78"


def test_the_postcode_comes_from_the_tambon_or_the_household() -> None:
    """Mutants: the postcode of the old tambon kept; a household's own replaced by the first."""
    record = Record("home_visit").fill(area="841003")
    assert record["postcode"] == "84000"
    assert record.fill(household="h1")["postcode"] == "63111"
    assert record.fill(area="841003")["postcode"] == "84000"
    assert record.fill(area="999999")["postcode"] == "84000"
    assert Record("registration").fill(area="630609")["postcode"] == "63110"


def test_nothing_personal_is_asked_before_the_notice() -> None:
    """Mutant: the name on a page before consent."""
    order = [control.path[-1] for control in built("home_visit").body]
    assert order.index("g_consent") < order.index("g_person")
    record = Record("home_visit").fill(purpose="assess", met="not_met")
    assert not any(map(record.shows, ("g_consent", "g_person", "g_life", "g_members", "g_prob")))
    assert record.shows("g_adr")


@pytest.mark.parametrize(
    ("known", "age"),
    [
        ({"dob_kind": "full", "dob": "2006-11-20"}, "20"),
        ({"dob_kind": "full", "dob": "2006-11-21"}, "19"),
        ({"dob_kind": "full", "dob": "2024-02-29"}, "2"),
        ({"dob_kind": "year", "birth_year_be": "2510"}, "59"),
        ({"dob_kind": "age", "age_est": "7"}, "7"),
        ({"dob_kind": "age", "age_est": "0"}, "0"),
        ({"dob_kind": "full"}, ""),
    ],
)
def test_age_is_counted_on_the_day_of_the_visit(known: dict[str, str], age: str) -> None:
    """Mutants: 365.25 days a year; the first of January made up; age 0 taken for unknown."""
    assert visit(**known)["age"] == age


def test_a_minor_needs_a_guardian_and_an_adult_does_not() -> None:
    """Mutants: the limit at 18; a spoken consent let through; marriage not counted."""
    record = visit(consent_by="self", dob_kind="age", age_est="19")
    assert "consent_by" in record.wrong()
    assert record.shows("n_guardian")
    assert "consent_by" in record.fill(consent_by="oral").wrong()
    assert "guardian_name" in record.fill(consent_by="both").missing()
    assert "consent_by" not in record.wrong()
    assert not record.shows("n_guardian")
    assert "consent_by" not in record.fill(consent_by="self", age_est="20").wrong()
    assert "consent_by" not in record.fill(age_est="18", marital="married").wrong()


def test_a_child_in_danger_is_not_left_for_want_of_a_guardian() -> None:
    record = visit(basis="vital", consent_by="self", dob_kind="age", age_est="9")
    assert "consent_by" not in record.wrong()


def test_one_name_is_enough() -> None:
    """Mutant: a surname wanted of highland people."""
    record = visit(has_surname="no", first_name="หน่อเอ")
    assert not record.shows("last_name")
    assert record.wrong() == set()
    assert "first_name" in record.fill(first_name="หน่อเอ ๙").wrong()


@pytest.mark.parametrize(
    ("kind", "question", "right", "wrong"),
    [
        ("cid", "cid", "1994328393367", "1994328393361"),
        ("cid0", "cid0", "0994328393367", "1994328393367"),
        ("gcode", "gcode", "G123456789012", "123456789012"),
    ],
)
def test_a_number_is_checked_by_its_kind(kind: str, question: str, right: str, wrong: str) -> None:
    """Test numbers of registrar 99. Mutant: the check digit not looked at."""
    record = visit(id_kind=kind)
    assert question in record.fill(**{question: wrong}).wrong()
    assert question not in record.fill(**{question: right}).wrong()
    assert record["id_value"] == right
    record.fill(id_kind="none")
    assert record["id_value"] == ""


def test_the_title_brings_the_sex_and_an_odd_pair_is_told() -> None:
    record = visit(title="nangsao")
    assert record["sex"] == "f"
    assert not record.shows("n_title")
    assert record.fill(sex="m").shows("n_title")
    assert record.fill(sex="f", title="dekying", dob_kind="age", age_est="30").shows("n_title")
    assert not record.fill(age_est="14").shows("n_title")
    assert record.fill(title="phantri")["sex"] == "f"


def test_no_risk_stands_alone() -> None:
    assert "risks" in visit(risks="none drug").wrong()
    assert "risks" not in visit(risks="none").wrong()


@pytest.mark.parametrize(
    ("urgency", "due"),
    [("normal", "2026-12-20"), ("urgent", "2026-11-27"), ("critical", "2026-11-21")],
)
def test_the_follow_up_is_due_by_the_urgency_and_can_be_changed(urgency: str, due: str) -> None:
    """Mutants: the same days for all; the typed date overwritten by the next answer."""
    record = visit(urgency=urgency)
    assert record["follow_on"] == due
    record.fill(follow_on="2026-12-01", need="ผ้าอ้อม", has_aid="no")
    assert record["follow_on"] == "2026-12-01"
    assert "follow_on" in record.fill(follow_on="2026-11-19").wrong()


def test_a_visit_typed_days_later_is_followed_up_from_the_visit() -> None:
    record = visit(visit_at="2026-11-17T09:00:00.000+07:00", urgency="urgent")
    assert record["follow_on"] == "2026-11-24"
    assert record.fill(urgency="critical")["follow_on"] == "2026-11-21"


def test_violence_calls_1300_first_and_hides_faces() -> None:
    """Mutants: normal urgency let through; a photo of the person still offered."""
    record = visit(problems="v_neglect i_low", has_photos="yes")
    assert record["protect"] == "yes"
    assert all(map(record.shows, ("n_protect", "called_1300", "n_noface")))
    assert "called_1300" in record.missing()
    assert "urgency" in record.fill(urgency="normal").wrong()
    kinds = built("home_visit")
    control = next(one for one in _controls(kinds) if one.path[-1] == "p_kind")
    offered = {one.value for one in record.session.choices(control, record.node("p_kind"))}
    assert {"house_out", "house_in", "housereg"} <= offered
    assert not offered & {"person", "family", "handover"}
    record.fill(problems="i_low")
    assert record["protect"] == "no"
    offered = {one.value for one in record.session.choices(control, record.node("p_kind"))}
    assert "person" in offered


def _controls(form: Form) -> list:  # type: ignore[type-arg]
    waiting, found = list(form.body), []
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting.extend(one.children)
    return found


def test_photos_only_with_consent_to_photos() -> None:
    assert visit(photo_ok="yes").shows("g_photo")
    assert not visit(photo_ok="no").shows("g_photo")


def test_money_that_was_given_needs_its_fund_and_amount() -> None:
    """Mutants: the fund wanted of a wish; a gift of money without an amount."""
    record = visit(has_aid="yes", aid="money", aid_state="wanted")
    assert not record.missing() & {"fund", "amount"}
    assert {"fund", "amount"} <= record.fill(aid_state="given").missing()
    assert not record.fill(aid="encourage").shows("fund")


def test_nobody_meets_an_empty_row_that_must_be_filled() -> None:
    """Who lives alone, got nothing and was not photographed. Mutant: a first row required."""
    record = visit(has_members="no", has_aid="no", has_photos="no")
    assert not record.missing() & {"m_name", "m_rel", "aid", "aid_state", "p_kind", "p_img"}


def test_outcomes_fit_who_was_met() -> None:
    control = next(one for one in _controls(built("home_visit")) if one.path[-1] == "outcomes")

    def offered(met: str) -> set[str]:
        record = Record("home_visit").fill(met=met)
        return {one.value for one in record.session.choices(control, record.node("outcomes"))}

    assert {"encouraged", "access", "network"} <= offered("met") & offered("proxy")
    assert offered("not_met") == {"pending", "not_met", "refused"}
    assert "not_met" not in offered("met")


def test_a_whole_visit_is_finished_with_what_the_store_needs() -> None:
    record = visit(
        household="h1", purpose="aid", team="p7 p8", consent_by="self", publish_ok="no",
        title="nang", first_name="มะลิ", last_name="ใจดี", id_kind="cid", cid="1994328393367",
        dob_kind="year", birth_year_be="2499", targets="elder poor", income="600",
        phone="081-234 5678",
        has_members="yes", m_name="หนึ่ง", m_rel="grandchild", m_age="9", m_income="0",
        d_income="help", d_health="watch", d_housing="help", d_education="ok", d_state="na",
        problems="i_low h_unfit", problem_detail="บ้านผุ", risks="none", urgency="urgent",
        has_aid="yes", aid="money", aid_state="given", amount="2000", fund="dsdw",
        outcomes="encouraged access", opinion="ควรซ่อมบ้าน", refer="yes", refer_to="tao",
        has_photos="no", sign_how="none",
    )  # fmt: skip
    assert [(one.node.name, one.kind) for one in record.session.faults()] == []
    assert record["income_head"] == "3600"

    done = record.session.finalise()

    assert done.name == "มะลิ ใจดี · 20/11/2569"
    core = done.core
    assert core["visit.household_id"] == "h1"
    assert core["visit.visited_on"] == "2026-11-20"
    assert core["visit.area_code"] == "630609"
    assert core["person.age"] == "70"
    assert core["identifier.value"] == "1994328393367"
    assert core["dim.n_help"] == "2"
    assert core["followup.due"] == "2026-11-27"
    assert core["case.protect"] == "no"
    assert tuple(core["member.name"]) == ("หนึ่ง",)
    assert tuple(core["assistance.fund"]) == ("dsdw",)
    assert not any(core["attachment.file"])


def test_the_name_of_a_protected_record_names_nobody() -> None:
    record = visit(first_name="มะลิ", problems="v_sexual")
    assert record["instanceName"] == "(จำกัดการเข้าถึง) 20/11/2569"


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
