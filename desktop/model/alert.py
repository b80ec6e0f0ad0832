# SPDX-License-Identifier: Apache-2.0
"""Alerts (แจ้งเหตุ): seen, told, and what was done, each with its time.

Most urgent ones are called in to 1300 first and written down after (domain practice).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

AlertStepKind = Literal["called_1300", "told_mentor", "told_agency", "arrived", "closed"]

STEP_KINDS: Final[tuple[AlertStepKind, ...]] = (
    "called_1300", "told_mentor", "told_agency", "arrived", "closed",
)  # fmt: skip

HOTLINE: Final = "1300"
LIFE_LINES: Final = ("191", "1669")
"""Police and ambulance, when life is in danger."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert as it was raised. It is never changed; what follows is in its steps."""

    id: str
    case_id: str
    source: str
    """Code of the list ``alert_source``; ``noi`` is a junior volunteer."""
    seen_at: datetime
    problems: tuple[str, ...]
    urgency: str
    raised_at: datetime
    raised_by: str
    told_at: datetime | None = None
    area: str = ""
    place: str = ""
    lat_lon: str = ""
    detail: str = ""
    people: int = 1
    reporter: str = ""
    """Empty when she does not want to be named."""
    reporter_id: str = ""
    phone: str = ""
    mentor: str = ""
    """The mentor's name as typed, when she is not among the known people."""
    mentor_id: str = ""
    agencies: tuple[str, ...] = ()
    """Codes of the list ``org_type``: who was told."""
    restricted: bool = False
    event_id: str = ""
    record_id: str = ""


@dataclass(frozen=True, slots=True)
class AlertStep:
    """Something done about an alert. It is never changed."""

    id: str
    alert_id: str
    kind: AlertStepKind
    at: datetime
    """When it was done; ``noted_at`` when it was written down."""
    by: str
    noted_at: datetime
    whom: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """How quickly an alert was answered, from the moment it was seen."""

    told: timedelta | None
    """Until it was told on."""
    first: timedelta | None
    """Until the first thing was done: a call, an agency or the mentor told, somebody there."""
    arrived: timedelta | None
    closed: timedelta | None


@dataclass(frozen=True, slots=True)
class AlertLine:
    """An alert with its handling, as lists and reports show it."""

    alert: Alert
    steps: tuple[AlertStep, ...]
    case_no: str
    mentor: str
    """The mentor's name."""
    response: Response

    @property
    def is_open(self) -> bool:
        return not any(step.kind == "closed" for step in self.steps)

    @property
    def wants_1300(self) -> bool:
        """Whether it is most urgent and nobody has noted the call to 1300."""
        return self.alert.urgency == "critical" and not any(
            step.kind == "called_1300" for step in self.steps
        )


def response(alert: Alert, steps: Iterable[AlertStep]) -> Response:
    """The times between seeing and what followed; None for what has not happened."""
    taken = sorted(steps, key=lambda step: step.at)

    def until(*kinds: AlertStepKind) -> timedelta | None:
        return next((step.at - alert.seen_at for step in taken if step.kind in kinds), None)

    return Response(
        None if alert.told_at is None else alert.told_at - alert.seen_at,
        until("called_1300", "told_mentor", "told_agency", "arrived"),
        until("arrived"),
        until("closed"),
    )
