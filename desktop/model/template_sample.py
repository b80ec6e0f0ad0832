# SPDX-License-Identifier: Apache-2.0
"""Samples in both languages and with any number of signatures, for the designer.

The Thai ones are those of ``template_field``. Of a certificate in English the fixed words are
English and names of people stay Thai: so they are printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Literal

from desktop.model.certificate import Signer
from desktop.model.template import Filling, Purpose
from desktop.model.template_field import SAMPLES, Sample, sample_filling

Language = Literal["th", "en"]

_ENGLISH: Final[Mapping[str, Mapping[str, str]]] = {
    "number": {"usual": "No. 12/2019", "longest": "No. DSDW 0312/00154/2019",
               "shortest": "No. 1/2019"},
    "number_plain": {"usual": "12/2019", "shortest": "1/2019"},
    "issuer": {"usual": "Department of Social Development and Welfare",
               "longest": "Phra Nakhon Si Ayutthaya Provincial Office of Social Development and "
               "Human Security"},
    "issuers": {"usual": "Ministry of Social Development and Human Security",
                "longest": "with the Dan Mae Lamao Subdistrict Administrative Organization, Mae "
                "Sot, Tak\nMinistry of Social Development and Human Security", "shortest": ""},
    "document_word": {"usual": "Certificate of Completion", "longest": "Certificate of "
                      "Appreciation", "shortest": "Certificate"},
    "opening": {"usual": "This is to certify that"},
    "recipient": {"usual": "Ms. Kunthida Srisawatwong",
                  "worst": "Acting Sub Lieutenant Thitiyanat Katanyupinfueangfungkiat",
                  "longest": "Community Learning Centre for the Quality of Life of Older Persons "
                  "and Persons with Disabilities, Dan Mae Lamao", "shortest": "Mr. So"},
    "organisation": {"usual": "Dan Mae Lamao Subdistrict Administrative Organization",
                     "longest": "Community Learning Centre for the Quality of Life of Older "
                     "Persons and Persons with Disabilities, Dan Mae Lamao", "shortest": ""},
    "deed": {"usual": "has successfully completed",
             "longest": "is recognised for an outstanding project in social welfare"},
    "subject": {"usual": "the Workshop on Building Networks of Young Social Development "
                "Volunteers 2019",
                "longest": "the Project on Promoting and Developing the Capacity of Public "
                "Benefit Organizations and Volunteers in Integrated and Sustainable Care for "
                "Older Persons and Persons with Disabilities in Highland Areas",
                "shortest": "Shift and Share"},
    "project": {"usual": "Time Bank for Older Persons",
                "longest": "Integrated and Sustainable Care for Older Persons and Persons with "
                "Disabilities in Highland Areas by Volunteers of the Community", "shortest": ""},
    "role": {"usual": "Process facilitator", "shortest": ""},
    "score": {"usual": "Excellent", "shortest": ""},
    "fund": {"usual": "with the support of the Social Welfare Promotion Fund", "shortest": ""},
    "when_where": {"usual": "28 February – 3 March 2019, TK Palace Hotel, Bangkok",
                   "longest": "28 February – 1 March 2019, TK Palace Hotel and Convention, Thung "
                   "Song Hong, Lak Si, Bangkok", "shortest": "9 March 2021"},
    "wish": {"usual": "May you be a strength of social development for years to come.",
             "shortest": ""},
    "given": {"usual": "Given on 3 March 2019"},
    "proof_words": {"usual": "Verify", "shortest": ""},
}  # fmt: skip
_SIGNERS: Final = (
    Signer("นางนภา เศรษฐกร", "อธิบดีกรมพัฒนาสังคมและสวัสดิการ"),
    Signer("ว่าที่ร้อยตรีฐิติวุฒิ ปิ่นเฟื่องฟุ้ง",
           "นายกองค์การบริหารส่วนตำบลด่านแม่ละเมา อำเภอแม่สอด จังหวัดตาก"),
    Signer("นายอนุกูล ปีดแก้ว", "ปลัดกระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์"),
)  # fmt: skip
_ENGLISH_SIGNERS: Final = (
    Signer("Mrs. Napha Setthakorn", "Director-General, Department of Social Development and "
           "Welfare"),
    Signer("Acting Sub Lt. Thitiwut Pinfueangfung", "Mayor of Dan Mae Lamao, Mae Sot, Tak"),
    Signer("Mr. Anukul Peedkaew", "Permanent Secretary, Ministry of Social Development and "
           "Human Security"),
)  # fmt: skip


def filling_of(
    purpose: Purpose,
    sample: Sample,
    *,
    language: Language = "th",
    signers: int = 0,
    rows: int = 20,
    pictures: Mapping[str, str] | None = None,
) -> Filling:
    """A page of samples. ``signers`` 1 to 3, or 0 for as many as the sample has."""
    filling = sample_filling(purpose, sample, rows)
    fields = dict(filling.fields)
    if language == "en" and purpose == "certificate":
        for name, said in _ENGLISH.items():
            if name in fields:
                fields[name] = said.get(sample, said["usual"])
    people = filling.signers
    if language == "en":
        people = _ENGLISH_SIGNERS[: len(people)]
    if signers:
        people = (_ENGLISH_SIGNERS if language == "en" else _SIGNERS)[:signers]
    return replace(filling, fields=fields, signers=people, pictures=dict(pictures or {}))


def all_fillings(
    purpose: Purpose, language: Language = "th", pictures: Mapping[str, str] | None = None
) -> tuple[tuple[Sample, Filling], ...]:
    """Every sample of a purpose, for what is looked for in all of them."""
    return tuple(
        (sample, filling_of(purpose, sample, language=language, pictures=pictures))
        for sample in SAMPLES
    )
