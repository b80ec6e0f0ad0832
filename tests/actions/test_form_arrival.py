# SPDX-License-Identifier: Apache-2.0
"""A form that came after the program: judged, kept, filled, retired, and refused when it harms."""

from __future__ import annotations

import csv

import pytest

from desktop.actions import draft, form_arrival, record
from desktop.actions.form_arrival import FormNotTaken, bring_in, look_at, retire, use_again
from desktop.errors import Problem
from desktop.paths import shipped
from desktop.store import form as forms
from desktop.store import record as records
from desktop.xforms.document import LARGEST
from desktop.xforms.journal import Step
from desktop.xforms.problem import FormRefused
from tests.actions.village_form import CLINICS, village_form
from tests.field import BY, OTHER, Field

FILES = {"clinics.csv": CLINICS}


pytestmark = pytest.mark.usefixtures("english")


def rows(field: Field) -> dict[str, int]:
    """How much of any form there is, and of whatever an undo could forget."""
    with field.store.read() as conn:
        return {
            name: conn.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()
            for name in ("form_version", "form_file", "form_retired", "draft")
        }


def test_a_form_is_brought_in_filled_and_read_again_with_its_lists(field: Field) -> None:
    """Mutants: the lists are not kept; those of another version are served."""
    kept = bring_in(field.store, BY, village_form(), FILES)
    assert kept.changed == {"forms"}
    assert (kept.value.form_id, kept.value.version) == ("village", "9")
    assert (kept.value.title_th, kept.value.title_en) == ("สำรวจหมู่บ้าน", "Village survey")
    bring_in(field.store, BY, village_form("10"), {"clinics.csv": b"name,label\nz,Z\n"})

    one = draft.begin(field.store, BY, "village").value
    assert one.form_version == "10"
    with field.store.write(BY) as write:
        old = draft.open_draft(write, "village", "9", one.subject, "th")
    session = field.session(old)
    clinic = session.form.control(("data", "clinic"))
    node = session.find("/data/clinic")
    assert clinic is not None
    assert node is not None
    assert [each.label for each in session.choices(clinic, node)] == ["รพ.สต.แม่ละเมา", "รพ.แม่สอด"]
    for place, value in (("/data/village", "ห้วยปลาหลด"), ("/data/clinic", "c2")):
        field.take(old, session, Step("answer", place, value, field.clock.now))
    session.clock.moment = field.clock.now  # type: ignore[attr-defined]
    done = record.finish(field.store, BY, old.id, session.finalise())

    with field.store.read() as conn:
        found = records.record(conn, BY, done.value)
    assert "<clinic>c2</clinic>" in found.xml
    assert (found.form_id, found.form_version) == ("village", "9")


def test_the_same_files_again_change_nothing_and_others_are_told_to_raise_the_version(
    field: Field,
) -> None:
    """Mutant: a version kept is written over, by its form or by a list beside it."""
    bring_in(field.store, BY, village_form(), FILES)
    before = rows(field)

    assert bring_in(field.store, OTHER, village_form(), FILES).changed == frozenset()
    for data, media in (
        (village_form().replace(b"Village survey", b"Another survey"), FILES),
        (village_form(), {"clinics.csv": CLINICS + b"c3,X\n"}),
    ):
        with pytest.raises(FormNotTaken, match="Raise the version"):
            bring_in(field.store, BY, data, media)
    assert rows(field) == before


def test_an_older_version_is_kept_and_not_begun(field: Field) -> None:
    """Mutant: versions compared as text, where 9 is more than 10."""
    newest = bring_in(field.store, BY, village_form("10"), FILES)
    older = bring_in(field.store, BY, village_form("9"), FILES)

    assert form_arrival.is_newest(field.store, newest.value)
    assert not form_arrival.is_newest(field.store, older.value)
    with field.store.read() as conn:
        assert forms.latest(conn, "village").version == "10"
        listed = {one.form_id: one.version for one in forms.forms(conn)}
    assert listed["village"] == "10"


def test_bringing_in_is_taken_back_until_somebody_began_it(field: Field) -> None:
    """Mutant: the undo takes the form of a draft away."""
    field.begin("alert")
    before = rows(field)
    done = bring_in(field.store, BY, village_form(), FILES)
    assert done.undo is not None
    undone = done.undo(field.store)
    assert rows(field) == before
    assert undone.undo is not None
    again = undone.undo(field.store)

    begun = draft.begin(field.store, BY, "village").value
    draft.discard(field.store, BY, begun.id)
    assert again.undo is not None
    with pytest.raises(FormNotTaken, match="begun already"):
        again.undo(field.store)
    assert field.session(begun).form.id == "village"


def test_a_retired_form_is_not_begun_and_its_drafts_go_on(field: Field) -> None:
    """Mutants: a retired form is begun; its drafts are shut too; undo leaves it retired."""
    bring_in(field.store, BY, village_form(), FILES)
    begun = draft.begin(field.store, BY, "village").value
    done = retire(field.store, BY, "village")
    with pytest.raises(Problem, match="retired"):
        draft.begin(field.store, BY, "village")
    assert field.session(begun).form.id == "village"
    assert retire(field.store, BY, "village").changed == frozenset()

    assert done.undo is not None
    done.undo(field.store)
    assert draft.begin(field.store, BY, "village").value
    retire(field.store, BY, "village")
    assert use_again(field.store, BY, "village").changed == {"forms"}
    retire(field.store, BY, "village")
    newer = bring_in(field.store, BY, village_form("10"), FILES)
    assert draft.begin(field.store, BY, "village").value.form_version == "10"
    assert newer.value.retired_at == ""


def test_what_the_program_itself_needs_cannot_be_retired(field: Field) -> None:
    field.begin("alert")
    with pytest.raises(FormNotTaken, match="needs this form"):
        retire(field.store, BY, "alert")


def test_a_newer_version_of_a_form_of_the_program_is_begun_from_then_on(field: Field) -> None:
    """Mutant: one without the core values is taken, and its visits come home unusable."""
    name = next(shipped("forms", "built").glob("follow_up@*.xml"))
    data = name.read_bytes()
    version = name.stem.partition("@")[2].encode()
    newer = data.replace(b'version="' + version + b'"', b'version="2999010101"')

    bring_in(field.store, BY, newer)
    assert field.begin("follow_up").form_version == "2999010101"
    poorer = newer.replace(b"2999010101", b"2999010102").replace(b"followup.progress", b"other")
    with pytest.raises(FormNotTaken, match=r"followup\.progress"):
        bring_in(field.store, BY, poorer)


def test_what_cannot_be_done_here_is_refused_with_its_question(field: Field) -> None:
    """Mutant: findings that refuse are only shown."""
    drawn = village_form().replace(
        b'nodeset="/data/village" type="string"', b'nodeset="/data/village" type="geoshape"'
    )
    with pytest.raises(FormNotTaken, match="village: Areas drawn on a map"):
        bring_in(field.store, BY, drawn, FILES)


def test_what_is_plainer_here_is_told_before(field: Field) -> None:
    plain = village_form().replace(
        b'<input ref="/data/village">', b'<input ref="/data/village" appearance="sparkling">'
    )
    found = look_at(field.store, BY, plain, {**FILES, "readme.txt": b"x", "tambon.csv": b"n\n"})
    assert found.plainer == (
        "village: The appearance “sparkling” is not known and has no effect.",
    )
    assert (found.questions, found.left_out) == (2, ("readme.txt", "tambon.csv"))
    assert list(found.files) == ["clinics.csv"]
    assert form_arrival.wanted_files(plain) == ("clinics.csv",)


DEEP = b"<a>" * 5_000 + b"</a>" * 5_000
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><a>&y;</a>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


LONG = b"name,label\n" + b"a,b\n" * 250_001


def nested(count: int) -> bytes:
    """A form whose counts multiply to ``count`` times ``count`` entries."""
    inner = (
        f'<group ref="/data/w/u"><label>x</label><repeat nodeset="/data/w/u" jr:count="{count}">'
        '<input ref="/data/w/u/s"><label>x</label></input></repeat></group>'
    )
    outer = (
        f'<group ref="/data/w"><label>x</label><repeat nodeset="/data/w" jr:count="{count}">'
        f"{inner}</repeat></group></h:body>"
    )
    held = b"<clinic/><w><u><s/></u></w>"
    return village_form().replace(b"<clinic/>", held).replace(b"</h:body>", outer.encode())


def sweeping(count: int) -> bytes:
    """A form of ``count`` calculations each of which looks at all of them."""
    nodes = "".join(f"<q{number}/>" for number in range(count))
    binds = "".join(
        f'<bind nodeset="/data/q{number}" calculate="count(/data/*)"/>' for number in range(count)
    )
    held = village_form().replace(b"<clinic/>", f"<clinic/>{nodes}".encode())
    return held.replace(b"</model>", f"{binds}</model>".encode())


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (b"", {}),
        (b"PK\x03\x04 a workbook", {}),
        (b"<html/>", {}),
        (DEEP, {}),
        (LAUGHS, {}),
        (OUTSIDE, {}),
        (b" " * (LARGEST + 1), {}),
        (b"<a>" + b"<b/>" * 600_000 + b"</a>", {}),
        (village_form(), {}),
        (village_form(), {"clinics.csv": b""}),
        (village_form(), {"clinics.csv": b'name,label\n"' + b"x" * 200_000}),
        (village_form(), {"clinics.csv": "ชื่อ".encode("tis-620")}),
        (village_form(), {f"{n}.csv": b"" for n in range(60)}),
        (village_form(), {"clinics.csv": LONG}),
        (nested(1_000), FILES),
        (sweeping(1_000), FILES),
        (village_form("1" * 500), FILES),
        (village_form().replace(b'id="village"', b'id="vil&#10;lage"'), FILES),
        (village_form().replace(b"</h:head>", b""), FILES),
    ],
    ids=lambda given: None if isinstance(given, dict) else given[:12].decode("latin-1"),
)
def test_what_is_built_to_harm_is_refused_with_a_sentence_and_nothing_is_kept(
    field: Field, data: bytes, media: dict[str, bytes]
) -> None:
    """Mutants: the form is put before its lists were read; counts of repeats inside repeats,
    references of all expressions or cells of a list are not counted together.
    """
    field.begin("alert")
    before = rows(field)
    with pytest.raises((FormNotTaken, FormRefused)) as refused:
        bring_in(field.store, BY, data, media)
    assert len(str(refused.value)) > 20
    assert rows(field) == before


def test_a_cell_is_too_long_whatever_another_reader_allowed(field: Field) -> None:
    """Mutant: the limit of the ``csv`` module alone, which is the whole process's."""
    before = csv.field_size_limit(10_000_000)
    try:
        with pytest.raises((FormNotTaken, FormRefused)):
            bring_in(
                field.store, BY, village_form(), {"clinics.csv": b'name,label\n"' + b"x" * 200_000}
            )
    finally:
        csv.field_size_limit(before)


def test_bringing_in_and_retiring_stand_in_the_audit_log(field: Field) -> None:
    bring_in(field.store, BY, village_form(), FILES)
    retire(field.store, BY, "village")
    with field.store.read() as conn:
        noted = conn.exec_driver_sql(
            "SELECT action, detail FROM audit WHERE noun = 'form' ORDER BY seq"
        ).fetchall()
    assert [tuple(row) for row in noted] == [("create", "village"), ("retire", "village")]
