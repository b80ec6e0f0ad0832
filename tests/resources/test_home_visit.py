# SPDX-License-Identifier: Apache-2.0
"""The home visit asks what a facilitator expects, and nothing twice."""

from __future__ import annotations

import pytest

from desktop.xforms.form import Form
from tests.resources.form_ground import Record, built, visit


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
