# SPDX-License-Identifier: Apache-2.0
"""The home visits, the activity and the alert of an event's JSON file.

The sections ``households``, ``activity`` and ``alert``; none of them is a must.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.actions.fixture_fields import (
    FixtureRefused,
    list_of,
    number_of,
    section_of,
    text_of,
    texts_of,
)
from desktop.i18n import _


@dataclass(frozen=True, slots=True)
class FixtureHousehold:
    """A family to be visited, in the codes of the code lists."""

    team: int
    area: str
    moo: str
    problems: tuple[str, ...]
    urgency: str
    outcomes: tuple[str, ...]
    aids: tuple[tuple[str, str], ...]
    """Kind and state of each."""
    days: int
    """From the visit to the follow-up."""


@dataclass(frozen=True, slots=True)
class FixtureField:
    """What the file tells of the work around an event; blank where it tells nothing."""

    households: tuple[FixtureHousehold, ...]
    activity_place: str
    activity_roles: tuple[str, ...]
    activity_occasion: str
    alert_source: str
    alert_urgency: str
    alert_problems: tuple[str, ...]


def read_field(path: Path) -> FixtureField:
    """Read the field work of the file at ``path``, which ``read_fixture`` has read before.

    Raises :class:`FixtureRefused` with one sentence.
    """
    try:
        data = section_of(json.loads(path.read_text("utf-8-sig")))
    except (OSError, ValueError):
        raise FixtureRefused(_("The file {file} cannot be read.").format(file=path.name)) from None
    activity, alert = (section_of(data.get(name, {})) for name in ("activity", "alert"))
    return FixtureField(
        tuple(_household(item) for item in list_of(data, "households")),
        text_of(activity, "place"),
        texts_of(activity, "noi_roles"),
        text_of(activity, "occasion"),
        text_of(alert, "source"),
        text_of(alert, "urgency"),
        texts_of(alert, "problems"),
    )


def _household(item: Mapping[str, Any]) -> FixtureHousehold:
    aids = item.get("aids", [])
    if not isinstance(aids, list) or not all(isinstance(a, list) and len(a) == 2 for a in aids):
        raise FixtureRefused(_("The section {section} is not a list.").format(section="aids"))
    return FixtureHousehold(
        team=number_of(item, "team", 0) or 0,
        area=text_of(item, "area"),
        moo=text_of(item, "moo"),
        problems=texts_of(item, "problems"),
        urgency=text_of(item, "urgency") or "normal",
        outcomes=texts_of(item, "outcomes"),
        aids=tuple((str(kind), str(state)) for kind, state in aids),
        days=number_of(item, "followup_days", 30) or 30,
    )
