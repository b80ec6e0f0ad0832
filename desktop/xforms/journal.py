# SPDX-License-Identifier: Apache-2.0
"""Every step of a record in order, and the record made again from them to the byte.

A step happens at one moment: whoever records it sets ``Clock.moment`` first, gives the step to
the session, and keeps the step with that moment. Ids and randomness come from the record's own
id, so the same steps give the same keys, the same ``once(random())``, the same bytes.
"""

from __future__ import annotations

import hashlib
import random
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from desktop.errors import Problem
from desktop.i18n import _
from desktop.xforms import place
from desktop.xforms.change import Changes
from desktop.xforms.form import Form
from desktop.xforms.node import Node
from desktop.xforms.problem import FormRefused
from desktop.xforms.session import Session

ANSWER = "answer"
ADD = "add"
REMOVE = "remove"
LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Step:
    """``answer``: ``place`` and ``value``. ``add``: the place of the repeat without a key, and
    the number of instances before the new one, or blank for the end. ``remove``: the place of
    the instance. ``language``: ``value``. ``at`` is the moment, with its offset.
    """

    kind: str
    place: str
    value: str
    at: datetime


class Clock:
    """The clock of a session whose steps are recorded: it stands at ``moment``."""

    __slots__ = ("moment",)

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


def seeded(record: str) -> tuple[Callable[[], str], random.Random]:
    """The ids and the randomness of the record with the id ``record``."""
    count = 0

    def ids() -> str:
        nonlocal count
        count += 1
        drawn = hashlib.sha256(f"{record}/{count}".encode()).digest()[:16]
        return str(uuid.UUID(bytes=drawn, version=4))

    return ids, random.Random(f"samut-sanam/{record}")  # noqa: S311 - answers, not secrets


def begin(
    form: Form,
    *,
    record: str,
    clock: Clock,
    language: str | None = None,
    properties: Mapping[str, str] | None = None,
    restore: Node | None = None,
    correcting: bool = False,
    zone: tzinfo | None = None,
) -> Session:
    """A session whose steps can be recorded and replayed."""
    ids, chance = seeded(record)
    return Session(
        form,
        clock=clock,
        ids=ids,
        chance=chance,
        language=language,
        properties=properties,
        restore=restore,
        correcting=correcting,
        zone=zone,
    )


def take(session: Session, step: Step) -> Changes:
    """Do one step.

    Raises:
        FormRefused: The step is about something this record does not have.
        Locked: The form does not allow it.
    """
    if step.kind == LANGUAGE:
        session.language = step.value
        return Changes()
    if step.kind == ADD:
        above, _slash, name = step.place.rpartition("/")
        parent = session.find(above)
        bind = session.form.binds.get((*parent.path, name)) if parent is not None else None
        if parent is None or bind is None or bind.repeat is None:
            raise _lost()
        at = int(step.value) if step.value else None
        return session.add(bind.repeat, parent, at)[1]
    node = session.find(step.place)
    if node is None:
        raise _lost()
    return session.answer(node, step.value) if step.kind == ANSWER else session.remove(node)


def noted(session: Session, step: Step) -> Step:
    """The step just taken as the journal keeps it: an answer as far as it was among the choices.

    A replay asks no list again, so what was not taken must not be written down as if it were.
    """
    return replace(step, value=session.given) if step.kind == ANSWER else step


def added_at(node: Node) -> str:
    """The place an ``add`` step names for the instance ``node``."""
    parent = node.parent
    return (place.key_place(parent) if parent is not None else "") + "/" + node.name


def replay(  # noqa: PLR0913 - as ``begin``, with the steps
    form: Form,
    steps: Iterable[Step],
    *,
    record: str,
    clock: Clock,
    language: str | None = None,
    properties: Mapping[str, str] | None = None,
    restore: Node | None = None,
    correcting: bool = False,
    zone: tzinfo | None = None,
) -> Session:
    """The session after ``steps``; ``clock`` stands at the moment the record was begun.

    What was given once is given again, also where a list beside the form no longer offers it.
    A step the form now has no place for is passed over: ``Session.missed`` has its place, and
    the journal still has it.

    Raises:
        FormRefused: Not one of the steps is about this form.
    """
    session = begin(
        form,
        record=record,
        clock=clock,
        language=language,
        properties=properties,
        restore=restore,
        correcting=correcting,
        zone=zone,
    )
    missed: list[str] = []
    done = 0
    session.replaying = True
    for step in steps:
        clock.moment = step.at
        try:
            take(session, step)
        except Problem:
            missed.append(step.place)
        else:
            done += 1
    session.replaying = False
    if missed and not done:
        raise _lost()
    session.missed = tuple(missed)
    return session


def _lost() -> FormRefused:
    return FormRefused(_("The journal of this record does not belong to this form."))
