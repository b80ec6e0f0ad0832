# SPDX-License-Identifier: Apache-2.0
"""The five certificates that ship: nothing cut, nothing touching, whatever stands on them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final

import pypdfium2
import pytest
from PIL import ImageOps

from desktop.model.certificate import Signer
from desktop.model.template import Column, Filling, Ornament, Qr, Signatories, Template, Text
from desktop.model.template import Image as Picture
from desktop.model.template_field import CERTIFICATE, SAMPLES, Sample, sample_filling
from desktop.model.template_form import write_template
from desktop.model.template_text import fields_in
from desktop.paths import shipped
from desktop.printing.document import MM
from desktop.printing.ornament import OFFERED, ORNAMENTS
from desktop.printing.template_page import boxes, pages_pdf, troubles
from desktop.printing.template_shipped import shipped_template
from desktop.thai.digits import to_thai

NAMES: Final = ("completion", "participation", "honour", "facilitator", "volunteer")
SIGNERS: Final = (
    Signer("นางนภา เศรษฐกร", "อธิบดีกรมพัฒนาสังคมและสวัสดิการ"),
    Signer("ว่าที่ร้อยตรีฐิติวุฒิ ปิ่นเฟื่องฟุ้ง", "นายกองค์การบริหารส่วนตำบลด่านแม่ละเมา อำเภอแม่สอด จังหวัดตาก"),
    Signer("นายอนุกูล ปีดแก้ว", "ปลัดกระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์"),
)
ENGLISH_SIGNERS: Final = (
    Signer("Ms Napha Setthakorn", "Director-General, Department of Social Development and "
           "Welfare"),
    Signer("Acting Sub-Lieutenant Thitiwut Pinfuengfung", "Chief Executive of Dan Mae Lamao "
           "Subdistrict Administrative Organisation, Tak"),
    Signer("Mr Anukul Peedkaew", "Permanent Secretary, Ministry of Social Development and Human "
           "Security"),
)  # fmt: skip
ENGLISH: Final = {
    "number": "No. 12/2019",
    "issuer": "Department of Social Development and Welfare",
    "issuers": "Ministry of Social Development and Human Security",
    "document_word": "Certificate of Appreciation",
    "opening": "This certificate is presented to",
    "recipient": "Miss Kulthida Srisawatwong",
    "organisation": "Dan Mae Lamao Subdistrict Administrative Organisation",
    "deed": "who has successfully completed the training",
    "subject": "Workshop on Strengthening the Network of Young Social Development Volunteers",
    "project": "Time Bank for Older People",
    "role": "Lead facilitator",
    "score": "with distinction",
    "fund": "Supported by the Social Welfare Promotion Fund",
    "when_where": "28 February – 3 March 2019 at TK Palace Hotel, Bangkok",
    "wish": "With our best wishes for a life in the service of others",
    "given": "Given on 3 March 2019",
    "proof_words": "Scan to verify",
}
ENGLISH_LONGEST: Final = {
    "recipient": "Learning Centre for the Quality of Life of Older People and Persons with "
    "Disabilities, Dan Mae Lamao Subdistrict Administrative Organisation",
    "subject": "Integrated Programme for the Promotion of Public Benefit Organisations and Social "
    "Development Volunteers in the Care of Older People, Persons with Disabilities and the "
    "Disadvantaged in Highland Areas",
}
HARD: Final[list[str]] = json.loads(
    shipped("resources", "demo", "names_hard.json").read_text("utf-8")
)["names"]


def _filled(sample: Sample, language: str) -> Filling:
    filling = sample_filling("certificate", sample)
    if language == "th":
        return filling
    english = dict(filling.fields) | {
        name: text for name, text in ENGLISH.items() if filling.fields[name]
    }
    if sample == "longest":
        english |= ENGLISH_LONGEST
    return replace(filling, fields=english)


def _organisations() -> list[Filling]:
    """The 83 organisations of A3, each with a project of its own, one of 125 characters."""
    facts = json.loads(shipped("resources", "demo", "seed3_83_orgs.json").read_text("utf-8"))
    names = {one["ref"]: one["name"] for one in facts["orgs"]}
    usual = sample_filling("certificate", "usual")
    made = []
    for number, project in enumerate(facts["projects"], 1):
        own = {
            "number": f"เลขที่ {to_thai(str(number))}/๒๕๖๕",
            "document_word": "เกียรติบัตร",
            "recipient": names[project["org"]],
            "organisation": "",
            "deed": "เป็นองค์กรที่มีโครงการและผลงานดีเด่นด้านการจัดสวัสดิการสังคม",
            "project": project["title"],
            "subject": facts["programme"]["name"],
            "fund": f"ได้รับการสนับสนุนจาก{project['fund']}" if project["fund"] else "",
            "role": "",
            "score": "",
        }
        made.append(replace(usual, fields={**usual.fields, **own}))
    return made


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_every_sample_fits_with_one_to_three_signers(name: str, language: str) -> None:
    """Fails when a column is a millimetre too short for the longest title, when a signer's
    position runs into the code, and when a word set in a script face has Thai digits."""
    template = shipped_template(name)
    signers = SIGNERS if language == "th" else ENGLISH_SIGNERS
    for sample in SAMPLES:
        filling = _filled(sample, language)
        for count in (1, 2, 3):
            told = troubles(template, replace(filling, signers=signers[:count]))
            assert [(one.kind, one.element_id, one.other) for one in told] == [], (sample, count)


@pytest.mark.parametrize("name", NAMES)
def test_hard_names_fit(name: str) -> None:
    """Fails for a face that cannot show one of them, and for marks that reach into a line."""
    template = shipped_template(name)
    usual = sample_filling("certificate", "usual")
    for recipient in HARD:
        filling = replace(usual, fields={**usual.fields, "recipient": recipient})
        assert troubles(template, filling) == (), recipient


@pytest.mark.parametrize("count", [1, 3])
def test_83_organisations_are_honoured_with_their_own_projects(count: int) -> None:
    """Fails when the longest project takes a line more than there is room for."""
    template = shipped_template("honour")
    pages = [replace(page, signers=SIGNERS[:count]) for page in _organisations()]
    assert len(pages) == 83
    assert max(len(page.fields["project"]) for page in pages) == 125
    for page in pages:
        assert troubles(template, page) == (), page.fields["recipient"]


@pytest.mark.parametrize("name", NAMES)
def test_what_belongs_on_a_certificate_is_there(name: str) -> None:
    """Fails for a template without number, issuer, code or signers, or with a field unknown."""
    template = shipped_template(name)
    texts = [one for one in template.elements if isinstance(one, Text)]
    held = {field for one in texts for field in fields_in(one.text)}
    assert held <= CERTIFICATE.keys()
    assert held >= {
        "number", "issuer", "issuers", "document_word", "opening", "recipient", "organisation",
        "deed", "subject", "fund", "when_where", "wish", "given", "proof_words",
    }  # fmt: skip
    assert {one.slot for one in template.elements if isinstance(one, Picture)} == {
        "emblem", "emblem:2", "emblem:3",
    }  # fmt: skip
    assert sum(isinstance(one, Signatories) for one in template.elements) == 1
    (code,) = [one for one in template.elements if isinstance(one, Qr)]
    assert code.text == "{proof}"
    assert 24 <= min(code.width, code.height) <= 26
    assert set(template.titles) == {"th", "en"}
    for one in template.elements:
        if isinstance(one, Ornament):
            assert one.drawing in OFFERED, one.id
            knobs = {knob.name: knob for knob in ORNAMENTS[one.drawing].knobs}
            assert one.properties.keys() <= knobs.keys(), one.id
            for key, said in one.properties.items():
                assert knobs[key].value(said) == said, (one.id, key)


def test_the_honour_of_an_organisation_names_its_project_and_a_facilitator_the_role() -> None:
    assert "project" in _held(shipped_template("honour"))
    assert "role" in _held(shipped_template("facilitator"))


def _held(template: Template) -> set[str]:
    return {
        field
        for one in template.elements
        if isinstance(one, Text)
        for field in fields_in(one.text)
    }


@pytest.mark.parametrize("name", NAMES)
def test_thai_digits_never_stand_in_a_script_face(name: str) -> None:
    """Fails for a word in a script face that says of no other face for its digits."""
    for one in shipped_template(name).elements:
        if isinstance(one, Text) and one.style.face.startswith(("Charm", "Srisakdi")):
            assert one.style.digits_face, one.id


@pytest.mark.parametrize("name", NAMES)
def test_the_recipient_is_the_largest_after_the_word(name: str) -> None:
    template = shipped_template(name)
    sizes = {one.text: one.style.size for one in template.elements if isinstance(one, Text)}
    word, recipient = sizes.pop("{document_word}"), sizes.pop("{recipient}")
    assert word > recipient > 1.35 * max(sizes.values())


@pytest.mark.parametrize("name", NAMES)
def test_without_proof_no_code_and_no_words_of_one_are_drawn(name: str) -> None:
    template = shipped_template(name)
    filling = sample_filling("certificate", "usual")
    bare = replace(filling, fields={**filling.fields, "proof": "", "proof_words": ""})
    without = replace(
        template,
        elements=tuple(one for one in template.elements if one.id not in ("qr", "proof_words")),
    )
    assert pages_pdf(template, [bare], title="x") == pages_pdf(without, [bare], title="x")
    assert pages_pdf(template, [filling], title="x") != pages_pdf(without, [filling], title="x")


@pytest.mark.parametrize("name", NAMES)
def test_an_office_printer_reaches_all_of_it(name: str) -> None:
    """Fails for ink nearer to the edge of the paper than 5 mm."""
    template = shipped_template(name)
    with pypdfium2.PdfDocument(
        pages_pdf(template, [sample_filling("certificate", "worst")])
    ) as pdf:
        page = ImageOps.invert(pdf[0].render(scale=3, grayscale=True).to_pil())
    box = page.point(lambda value: 255 * (value > 8)).getbbox()
    assert box is not None
    edges = [side / 3 / MM for side in box]
    assert min(edges[0], edges[1]) > 5
    assert min(template.width - edges[2], template.height - edges[3]) > 5


@pytest.mark.parametrize("name", NAMES)
def test_on_pre_printed_stock_the_words_alone_are_drawn_and_in_their_places(name: str) -> None:
    """Fails when a frame or an emblem is not marked as being on the stock."""
    template = shipped_template(name)
    for one in template.elements:
        assert one.on_stock == isinstance(one, Ornament | Picture), one.id
    filling = sample_filling("certificate", "usual")
    plain = replace(template, elements=tuple(one for one in template.elements if not one.on_stock))
    assert pages_pdf(template, [filling], text_only=True, title="x") == pages_pdf(
        plain, [filling], title="x"
    )


@pytest.mark.parametrize("name", NAMES)
def test_centred_pages_are_centred(name: str) -> None:
    """Fails when a text of the column or the signers stand a little off the middle."""
    template = shipped_template(name)
    if any(isinstance(one, Text) and one.column and one.style.align == "left"
           for one in template.elements):  # fmt: skip
        return
    for one in template.elements:
        if isinstance(one, Signatories | Column) or (isinstance(one, Text) and one.column):
            assert abs(one.x + one.width / 2 - template.width / 2) < 0.01, one.id


def test_files_say_what_they_mean_and_no_more() -> None:
    """Fails when a file is not what is read from it (a property that changes nothing)."""
    for name in NAMES:
        file = shipped("forms", "certificates", f"{name}.json")
        said = json.loads(file.read_text("utf-8"))
        written = json.loads(write_template(shipped_template(name)))
        assert [one["id"] for one in said["elements"]] == [
            one["id"] for one in written["elements"]
        ]
        assert len(file.read_bytes()) < 20_000


@pytest.mark.parametrize("name", NAMES)
def test_the_number_stands_at_the_top_right(name: str) -> None:
    template = shipped_template(name)
    x, y, width, _height = boxes(template, sample_filling("certificate", "usual"))["number"]
    assert y < 40
    assert x + width > 0.8 * template.width
