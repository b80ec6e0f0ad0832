# SPDX-License-Identifier: Apache-2.0
"""A form the centre gives out is on the laptop the next day, and a bad one does no harm."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop.actions.form_supply import fetch_forms
from desktop.paths import shipped
from desktop.store import form as forms
from tests.field import Field, open_field

FOLLOW_UP = next(shipped("forms", "built").glob("follow_up@*.xml")).read_bytes()
NEWER = FOLLOW_UP.replace(b'version="2026112101"', b'version="2027010101"')


@dataclass
class Centre:
    """What a centre gives out, and what was asked for."""

    given: dict[tuple[str, str], bytes]
    asked: list[str] = field(default_factory=list)

    def get(self, path: str, most: int) -> bytes | None:
        self.asked.append(path)
        files = {hashlib.sha256(data).hexdigest(): data for data in self.given.values()}
        if path == "/v1/forms":
            listed = [
                {"form": form, "version": version, "sha256": hashlib.sha256(data).hexdigest()}
                for (form, version), data in self.given.items()
            ]
            return json.dumps(listed).encode()
        return files.get(path.rpartition("/")[2])


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Field]:
    made = open_field(tmp_path)
    yield made
    made.store.close()


def test_a_newer_form_is_brought_in_once(laptop: Field) -> None:
    """Mutants: the shipped ones fetched as well; the list asked for at every round."""
    assert NEWER != FOLLOW_UP
    centre = Centre({("follow_up", "2026112101"): FOLLOW_UP, ("follow_up", "2027010101"): NEWER})
    assert fetch_forms(laptop.store, centre, lambda: False) == 1
    with laptop.store.read() as conn:
        assert forms.latest(conn, "follow_up").version == "2027010101"
    assert len(centre.asked) == 2
    assert fetch_forms(laptop.store, centre, lambda: False) == 0
    assert len(centre.asked) == 2
    laptop.clock.forward(days=1)
    assert fetch_forms(laptop.store, centre, lambda: False) == 0
    assert centre.asked[2:] == ["/v1/forms"]


def test_a_form_that_cannot_be_taken_is_asked_for_once(laptop: Field) -> None:
    """Mutant: refusals forgotten; the same 100 kB come over 2G every day."""
    centre = Centre({("strange", "1"): b"<html>no form</html>"})
    for _ in range(3):
        assert fetch_forms(laptop.store, centre, lambda: False) == 0
        laptop.clock.forward(days=1)
    assert sum(path != "/v1/forms" for path in centre.asked) == 1


def test_what_is_not_what_its_name_says_is_not_taken(laptop: Field) -> None:
    """Mutant: the hash not compared."""

    class Swapping(Centre):
        def get(self, path: str, most: int) -> bytes | None:
            found = super().get(path, most)
            return found if path == "/v1/forms" else FOLLOW_UP

    centre = Swapping({("follow_up", "2027010101"): NEWER})
    assert fetch_forms(laptop.store, centre, lambda: False) == 0
    with laptop.store.read() as conn:
        assert forms.latest(conn, "follow_up").version == "2026112101"


def test_a_list_of_nonsense_is_a_warning(laptop: Field, expect_warning: object) -> None:
    class Mad:
        def get(self, path: str, most: int) -> bytes | None:
            return b'[{"form": 1}]'

    expect_warning("list of forms cannot be read")  # type: ignore[operator]
    assert fetch_forms(laptop.store, Mad(), lambda: False) == 0
