# SPDX-License-Identifier: Apache-2.0
"""Every route × role × relation to the scope × standing of the device, against a table by hand.

What is not written here as allowed is expected to be refused: deny by default, in the table too.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

import pytest
from sqlalchemy import update

from desktop.centre.account import invite
from desktop.centre.device import revoke
from desktop.centre.door import Who
from desktop.centre.routes import RULES
from desktop.centre.schema import device as device_table
from desktop.sync.keys import Keys
from desktop.sync.protocol import Pull
from tests.centre.running import OFFICE, Laptop, RunningCentre, centre_in_process, complete

ROLES: Final = ("facilitator", "supervisor")
STANDINGS: Final = ("open", "grace", "closed", "unknown", "forged")
RELATIONS: Final = {
    "own office": f"o:{OFFICE}",
    "other office": "o:office-nan",
    "own tambon": "t:630101",
    "own tambon, nothing there": "t:630999",
    "other tambon": "t:550101",
    "own workshop": "w:own",
    "workshop of others": "w:nan",
    "workshop opened to us": "w:guest",
    "case of others": "c:nan",
    "case opened to us": "c:guest",
    "forms": "forms",
    "nonsense": "x:1",
    "no tambon": "t:63",
}
HELD: Final = {
    "own office", "own tambon", "own tambon, nothing there", "own workshop",
    "workshop opened to us", "case opened to us", "forms",
}  # fmt: skip
"""What an open device may read and write, whatever the role; everything else is refused."""
EMPTY: Final = {"own tambon, nothing there", "nonsense", "no tambon", "forms"}

# Statuses by route and standing; a believed device's rights by scope come on top.
STATUS: Final = {
    ("POST", "/v1/sync"): {"open": 200, "grace": 200, "closed": 200},
    ("HEAD", "/v1/blob/{sha256}"): {"open": 200, "grace": 200, "closed": 403},
    ("PATCH", "/v1/blob/{sha256}"): {"open": 204, "grace": 204, "closed": 403},
    ("GET", "/v1/blob/{sha256}"): {"open": 404, "grace": 403, "closed": 403},
    ("GET", "/v1/forms"): {"open": 200, "grace": 403, "closed": 403},
    ("GET", "/v1/proofs"): {"open": 200, "grace": 403, "closed": 403},
    ("GET", "/v1/forms/{sha256}"): {"open": 404, "grace": 403, "closed": 403},
}


@dataclass
class Town:
    """A centre with something in every scope, and a laptop for every role and standing."""

    at: RunningCentre
    photos: dict[str, str]
    """By relation: the hash of a photo that a record of that scope names."""
    laptops: dict[tuple[str, str], Laptop]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with centre_in_process(tmp_path_factory.mktemp("matrix") / "centre") as at:
        photos = _written(at)
        laptops = {
            (role, standing): _standing(at, role, standing)
            for role, standing in itertools.product(ROLES, STANDINGS)
        }
        yield Town(at, photos, laptops)


def _written(at: RunningCentre) -> dict[str, str]:
    """Ours and theirs, each in their own scopes, by laptops that are not those under test."""
    ours, theirs = at.laptop(), at.laptop(("55",), office="office-nan")
    photos = {}
    for relation, scope in RELATIONS.items():
        if relation in EMPTY:
            continue
        foreign = relation.startswith(("other", "workshop", "case"))
        laptop = theirs if foreign else ours
        photo = hashlib.sha256(scope.encode()).hexdigest()
        bodies = [{"kind": "attachment", "id": f"a-{scope}", "set": {"sha256": photo}}]
        if scope.startswith("c:"):
            owner = {"owner_id": laptop.people[0], "restricted": True}
            bodies.append({"kind": "case_file", "id": scope[2:], "set": owner})
        answer = laptop.sync(laptop.push(scope, *bodies))
        assert not answer.push[0].notes, relation
        laptop.call(
            "PATCH", f"/v1/blob/{photo}", body=scope.encode(), length=len(scope)
        ).raise_for_status()
        photos[relation] = photo
    database = at.centre.database
    with database.write() as conn:
        for scope in ("w:guest", "c:guest"):
            invite(conn, database, scope, f"o:{OFFICE}", "test")
    return photos


def _standing(at: RunningCentre, role: str, standing: str) -> Laptop:
    if standing == "unknown":
        return Laptop(at)
    laptop = at.laptop(role=role)
    if standing == "forged":
        return replace(laptop, keys=Keys.make())
    database = at.centre.database
    if standing in ("grace", "closed"):
        with database.write() as conn:
            revoke(conn, database, laptop.device)
            if standing == "closed":
                conn.execute(
                    update(device_table)
                    .where(device_table.c.id == laptop.device)
                    .values(grace_until=(database.now() - timedelta(days=1)).isoformat())
                )
    return laptop


CELLS = list(itertools.product(ROLES, STANDINGS))


@pytest.mark.parametrize(("role", "standing"), CELLS)
def test_sync(town: Town, role: str, standing: str) -> None:
    """Fails when one cell of rights is wider or narrower than the table."""
    laptop = town.laptops[role, standing]
    if standing in ("unknown", "forged"):
        assert laptop.post(laptop.envelope(laptop.request())).status_code == 401
        return
    for relation, scope in RELATIONS.items():
        own = replace(laptop, incarnation=f"{laptop.incarnation}-{scope}")
        body = {"kind": "household", "id": f"{role}-{standing}-{scope}", "set": {"village": "x"}}
        answer = own.sync(own.push(scope, body), pull=(Pull(scope, 0),))
        (pushed,) = answer.push
        reasons = [note[2] for note in pushed.notes if note[1] == "quarantined"]
        if standing == "closed":
            assert reasons == ["closed"], relation
        elif relation in HELD:
            assert reasons == [], relation
        else:
            assert reasons == ["forbidden"], relation
        assert pushed.last == 1, "kept, also where it is not merged"
        may_read = standing == "open" and relation in HELD
        assert [page.scope for page in answer.pull] == ([scope] if may_read else []), relation
        assert bool(answer.scopes) == (standing == "open")
        assert (scope in (answer.scopes or ())) == may_read, relation


@pytest.mark.parametrize(("role", "standing"), CELLS)
def test_photos(town: Town, role: str, standing: str) -> None:
    """Fails when a photo is shown to whoever knows its hash."""
    laptop = town.laptops[role, standing]
    for relation, photo in town.photos.items():
        status = laptop.call("GET", f"/v1/blob/{photo}").status_code
        if standing in ("unknown", "forged"):
            assert status == 401
        elif standing != "open":
            assert status == 403
        else:
            assert status == (200 if relation in HELD else 404), relation


@pytest.mark.parametrize(("role", "standing"), CELLS)
def test_every_other_route(town: Town, role: str, standing: str) -> None:
    laptop = town.laptops[role, standing]
    asked = {(rule.method, rule.path) for rule in RULES if rule.policy.who is Who.SIGNED}
    assert asked | {("POST", "/v1/sync")} == set(STATUS)
    body = f"{role}{standing}".encode()
    unheard = hashlib.sha256(body).hexdigest()
    for method, path in sorted(asked):
        real = path.replace("{sha256}", unheard)
        more = {"body": body, "length": len(body)} if method == "PATCH" else {}
        if method == "GET":
            real = path.replace("{sha256}", "0" * 64)
        status = laptop.call(method, real, **more).status_code
        assert status == STATUS[method, path].get(standing, 401), (method, path)


def test_nobody_writes_in_anothers_name(town: Town) -> None:
    """Fails when ``by`` is believed: who is not on the laptop did not write on it."""
    honest, other = town.at.laptop(), town.at.laptop()
    body = {"kind": "household", "id": "by", "set": {"village": "x"}}
    (pushed,) = honest.sync(honest.push("t:630101", body, by=other.people[0])).push
    assert [note[1:] for note in pushed.notes] == [("quarantined", "author")]
    assert complete(body)["oid"] != complete(body)["oid"]


def test_health_time_and_the_document_are_for_anybody_and_figures_for_none(town: Town) -> None:
    client = town.at.client
    assert client.get("/healthz").status_code == 200
    assert client.get("/v1/openapi.json").status_code == 200
    assert client.get("/v1/time", params={"nonce": "0" * 32}).status_code == 200
    assert client.get("/metrics").status_code == 403, "the caller is not this machine"
