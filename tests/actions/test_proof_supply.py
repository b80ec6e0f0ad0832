# SPDX-License-Identifier: Apache-2.0
"""The centre's list of issuers comes to the laptop once a day, and nobody else's does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop.actions.proof_supply import fetch_proofs
from desktop.model.proof_list import TrustList
from desktop.store import centre
from desktop.store import proof as proofs
from desktop.sync.issuer import write_list
from desktop.sync.keys import Keys
from tests.field import Field, open_field

CENTRE, OTHER = Keys.make(), Keys.make()
ID = "0199c0de-0000-4000-8000-000000000001"


@dataclass
class Source:
    """A centre that tells one list."""

    data: bytes | None
    asked: list[str] = field(default_factory=list)

    def get(self, path: str, most: int) -> bytes | None:
        self.asked.append(path)
        return self.data


def _list(as_of: str, keys: Keys = CENTRE, source: str = ID) -> bytes:
    return write_list(TrustList(source, "ศูนย์", as_of, (), ()), keys.signing)


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Field]:
    made = open_field(tmp_path)
    told = {"centre": {"id": ID, **CENTRE.public.to_json()}}
    with made.store.write("") as write:
        centre.join(write, told, "https://centre.example")
    yield made
    made.store.close()


def _kept(laptop: Field) -> str:
    with laptop.store.read() as conn:
        return proofs.list_as_of(conn, ID)


def test_it_is_asked_once_a_day_and_kept(laptop: Field) -> None:
    """Mutant: ask at every round."""
    source = Source(_list("2026-11-20T00:00:00Z"))
    assert fetch_proofs(laptop.store, source)
    assert not fetch_proofs(laptop.store, source)
    assert source.asked == ["/v1/proofs"]
    assert _kept(laptop) == "2026-11-20T00:00:00Z"


@pytest.mark.parametrize(
    "data",
    [
        _list("2026-11-21T00:00:00Z", OTHER), _list("2026-11-21T00:00:00Z", source="another"),
        _list("2026-11-19T00:00:00Z"), b"{}", None,
    ],
    ids=["another key", "another source", "an older one", "no list", "nothing"],
)  # fmt: skip
def test_no_other_list_takes_its_place(
    laptop: Field,
    data: bytes | None,
    request: pytest.FixtureRequest,
    expect_warning: Callable[[str], None],
) -> None:
    """Mutants: take any signed list; take an older one (a revoked certificate would stand)."""
    if request.node.callspec.id not in ("an older one", "nothing"):
        expect_warning("not the centre's")
    assert fetch_proofs(laptop.store, Source(_list("2026-11-20T00:00:00Z")))
    laptop.clock.forward(days=1)
    assert not fetch_proofs(laptop.store, Source(data))
    assert _kept(laptop) == "2026-11-20T00:00:00Z"


def test_who_joined_no_centre_asks_nobody(tmp_path: Path) -> None:
    made = open_field(tmp_path / "alone")
    source = Source(b"")
    assert not fetch_proofs(made.store, source)
    assert source.asked == []
    made.store.close()
