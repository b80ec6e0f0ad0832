# SPDX-License-Identifier: Apache-2.0
"""The spelling of people's names: corrected, and confirmed by those who bear them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.actions.done import Done, finished
from desktop.actions.entry import Entry, read_entry
from desktop.model.person import Person
from desktop.store import person as people
from desktop.store.store import Store


def spelling(person: Person) -> tuple[str, ...]:
    """Everything of a person that is printed as her name."""
    return (person.title, person.first, person.middle, person.last, person.certificate_name)


def confirm_name(store: Store, by: str, person_id: str) -> Done:
    """Note that a person has seen the spelling of her name and said it is right."""
    return confirm_names(store, by, (person_id,))


def confirm_names(store: Store, by: str, person_ids: Sequence[str]) -> Done:
    """Note it of many, as when a signed proof sheet comes back."""
    with store.write(by) as write:
        now = write.now().utc
        for person in people.people(write.conn, person_ids).values():
            if not person.name_confirmed_at:
                people.put_person(write, replace(person, name_confirmed_at=now))
    return finished(write)


def fix_name(
    store: Store,
    by: str,
    person_id: str,
    *,
    title: str,
    first: str,
    middle: str = "",
    last: str = "",
    certificate_name: str = "",
) -> Done:
    """Correct the spelling of a name on every roster; it is to be confirmed again.

    Certificates that were issued keep the name they were issued with. ``value`` is the person.
    """
    entry = Entry(
        first=first, title=title, middle=middle, last=last, certificate_name=certificate_name
    )
    said = read_entry(entry).entry
    with store.write(by) as write:
        before = people.person(write.conn, person_id)
        after = replace(
            before,
            title=said.title,
            title_code=said.title_code,
            first=said.first,
            middle=said.middle,
            last=said.last,
            certificate_name=said.certificate_name,
        )
        if spelling(after) != spelling(before):
            after = replace(after, name_confirmed_at="")
        people.put_person(write, after)
    return finished(write, after)
