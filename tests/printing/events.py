# SPDX-License-Identifier: Apache-2.0
"""The certificates of the demonstration events, from their facts."""

from __future__ import annotations

import json
from datetime import date

from desktop.model.certificate import Signer, Wording
from desktop.model.template import Filling
from desktop.model.template_field import certificate_filling
from desktop.paths import shipped
from desktop.printing.wording import certificate_texts
from desktop.thai.digits import to_thai

_TITLES = {"nai": "นาย", "nang": "นาง", "nangsao": "นางสาว"}
_OFFICE = "กรมพัฒนาสังคมและสวัสดิการ"
_MINISTRY = "กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์"


def _facts(name: str) -> dict:
    return json.loads(shipped("resources", "demo", f"{name}.json").read_text("utf-8"))


def trainees() -> list[Filling]:
    """A2: 154 people, four days over the end of a month, Thai digits."""
    facts = _facts("seed2_apm_noi")
    event, chair = facts["event"], facts["ceremony"][0]
    texts = certificate_texts(
        event_name="",
        programme=facts["programme"]["name"],
        date_from=date.fromisoformat(event["from"]),
        date_to=date.fromisoformat(event["to"]),
        venue=event["venue"],
        kind="completion",
        digits="thai",
        issue_date=date.fromisoformat(event["to"]),
        office_name=_OFFICE,
        parent_office=_MINISTRY,
    )
    people = {person["ref"]: person for person in facts["people"]}
    pages = []
    for row in facts["enrollments"]:
        person = people[row["person"]]
        surname = f" {person['last_name']}" if person["last_name"] else ""
        pages.append(
            certificate_filling(
                Wording(
                    recipient=f"{_TITLES[person['title']]}{person['first_name']}{surname}",
                    signers=(Signer(chair["name"], chair["position"]),),
                    **texts,
                ),
                to_thai(f"{row['seat']}/2562"),
            )
        )
    return pages


def organisations() -> list[Filling]:
    """A3: 83 organisations, each with its own project, one of 125 characters."""
    facts = _facts("seed3_83_orgs")
    event, chair = facts["event"], facts["ceremony"][0]
    names = {organisation["ref"]: organisation["name"] for organisation in facts["orgs"]}
    pages = []
    for number, project in enumerate(facts["projects"], 1):
        texts = certificate_texts(
            event_name=facts["programme"]["name"],
            project=project["title"],
            fund=project["fund"],
            date_from=date.fromisoformat(event["from"]),
            date_to=date.fromisoformat(event["to"]),
            venue=event["venue"],
            kind="project",
            digits="thai",
            issue_date=date.fromisoformat(event["to"]),
            office_name=_OFFICE,
            parent_office=_MINISTRY,
        )
        pages.append(
            certificate_filling(
                Wording(
                    recipient=names[project["org"]],
                    signers=(Signer(chair["name"], chair["position"]),),
                    **texts,
                ),
                to_thai(f"{number}/2565"),
            )
        )
    return pages
