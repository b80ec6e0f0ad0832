# SPDX-License-Identifier: Apache-2.0
"""The centre's list of issuers and revoked certificates, and the page that anybody may open."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desktop.centre.database import Database
from desktop.centre.ledger import CentreLedger
from desktop.centre.proof import trust_list
from desktop.centre.routes import proof as route
from desktop.centre.schema import rec
from desktop.model.proof import certificate_part
from desktop.sync.issuer import make_key, public_of, read_list
from desktop.sync.verify_page import verify_page
from tests.centre.running import OFFICE, RunningCentre, centre_in_process
from tests.centre.town import op, push

KEY, STRANGER = public_of(make_key()), public_of(make_key())


def _certificate(n: int, record: str, status: str, number: int = 0, **other: Any) -> Any:
    return op(
        n, noun="certificate", id=record, office_id=OFFICE, kind="completion", year=2562,
        number=number or n, number_text=f"{number or n}/2562", status=status, **other,
    )  # fmt: skip


def _settled(at: RunningCentre) -> None:
    ledger = CentreLedger(at.centre.database)
    told = {"key_id": "00", "office_id": OFFICE, "issuer": "another name", "made_at": "2019"}
    push(ledger, f"o:{OFFICE}", op(1, noun="issuer_key", id="k1", public=KEY.hex(), **told))
    # Whoever shares an event may write there: a key in it is nobody's.
    push(
        ledger, "w:event",
        op(9, noun="issuer_key", id="k2", public=STRANGER.hex(), **told),
        _certificate(1, "stands", "handed"),
        _certificate(2, "void", "void"),
        _certificate(3, "old", "replaced"),
        _certificate(4, "new", "printed", 3, replaces="old"),
    )  # fmt: skip
    route._held.told = None


def test_the_list_names_the_offices_keys_and_what_no_longer_stands(tmp_path: Path) -> None:
    """Mutants: take keys of any scope; leave out the replaced; sign with another key."""
    with centre_in_process(tmp_path / "centre") as at:
        laptop = at.laptop()
        _settled(at)
        told = read_list(laptop.call("GET", "/v1/proofs").content)
        signer = at.centre.identity.keys.public.signing

    assert told.signer == signer
    assert [(key.public, key.office_id, key.issuer) for key in told.keys] == [
        (KEY, OFFICE, f"พมจ. {OFFICE}")
    ]
    assert {(one.part, one.why, one.by) for one in told.revoked} == {
        (certificate_part("void"), "void", ""),
        (certificate_part("old"), "replaced", "3/2562"),
    }


def _step(n: int, certificate: str, step: str) -> Any:
    return op(n, noun="certificate_step", id=f"step-{n}", certificate_id=certificate, step=step)


def test_what_two_laptops_did_without_knowing_is_revoked_all_the_same(tmp_path: Path) -> None:
    """Mutants: the status of the row alone; a row that was taken back left out; a replacement
    that stands because the void one before it is the one that is named."""
    with centre_in_process(tmp_path / "centre") as at:
        at.laptop()
        ledger = CentreLedger(at.centre.database)
        push(
            ledger, "w:event",
            _certificate(1, "handed-later", "handed"), _step(2, "handed-later", "void"),
            _certificate(3, "put-back", "issued"),
            _certificate(4, "printed-there", "printed", 3, replaces="put-back"),
            _certificate(5, "void", "handed"), _step(6, "void", "void"),
            _certificate(7, "second", "issued", 5, replaces="void"),
            _certificate(8, "third", "issued", 5, replaces="second"),
            _certificate(9, "anew", "issued", 10, replaces="void"),
            _certificate(11, "unknown-here", "issued"),
        )  # fmt: skip
        with at.centre.database.write() as conn:
            conn.execute(rec.update().where(rec.c.id == "unknown-here").values(deleted=True))
            told = trust_list(conn, "centre", "name", datetime(2026, 11, 20, tzinfo=UTC))

    assert {one.part: one.why for one in told.revoked} == {
        certificate_part("handed-later"): "void",
        certificate_part("put-back"): "replaced",
        certificate_part("void"): "void",
        certificate_part("second"): "void",
        certificate_part("third"): "void",
        certificate_part("unknown-here"): "void",
    }


def test_a_replacement_that_was_taken_back_leaves_the_old_paper_as_it_was(
    tmp_path: Path,
) -> None:
    """The mutants: the row's word alone, which another laptop said later and knew less; a step
    that stands counted as taken back with another."""
    with centre_in_process(tmp_path / "centre") as at:
        at.laptop()
        push(
            CentreLedger(at.centre.database), "w:event",
            _certificate(1, "back", "replaced"), _step(2, "back", "replaced"),
            _certificate(3, "again", "replaced"), _step(4, "again", "replaced"),
            _step(5, "again", "replaced"),
        )  # fmt: skip
        with at.centre.database.write() as conn:
            gone = rec.c.id.in_(("step-2", "step-4"))
            conn.execute(rec.update().where(gone).values(deleted=True))
            told = trust_list(conn, "centre", "name", datetime(2026, 11, 20, tzinfo=UTC))
    assert {one.part: one.why for one in told.revoked} == {certificate_part("again"): "replaced"}


def test_of_two_replacements_the_list_tells_both(tmp_path: Path) -> None:
    """The mutants: nothing told; one that is void still told; one alone told of."""
    with centre_in_process(tmp_path / "centre") as at:
        at.laptop()
        ledger = CentreLedger(at.centre.database)
        push(
            ledger, "w:event",
            _certificate(1, "old", "replaced"),
            _certificate(2, "first", "printed", 1, replaces="old"),
            _certificate(3, "other", "replaced"),
            _certificate(4, "only", "printed", 3, replaces="other"),
        )  # fmt: skip
        moment = datetime(2026, 11, 20, tzinfo=UTC)

        def beside() -> frozenset[bytes]:
            with at.centre.database.read(snapshot=True) as conn:
                return trust_list(conn, "centre", "name", moment).beside

        assert beside() == frozenset()
        push(ledger, "w:event", _certificate(5, "second", "printed", 1, replaces="old"))
        assert beside() == {certificate_part("first"), certificate_part("second")}
        push(ledger, "w:event", _step(6, "second", "void"))
        assert beside() == frozenset()


def test_a_stranger_gets_the_page_and_not_the_list(tmp_path: Path) -> None:
    """Mutant: give ``/v1/proofs`` to anyone."""
    with centre_in_process(tmp_path / "centre") as at:
        at.laptop()
        _settled(at)
        page = at.client.get("/v")
        refused = at.client.get("/v1/proofs")

    assert refused.status_code in (400, 401, 403)
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    start = page.text.index('<script id="list" type="application/json">')
    told = json.loads(page.text[start:].partition(">")[2].partition("</script>")[0])
    assert [key["public"] for key in told[0]["keys"]] == [KEY.hex()]
    assert "default-src 'none'" in page.text


def test_the_two_pages_lead_to_each_other_and_the_centre_s_name_to_one(tmp_path: Path) -> None:
    """Mutant: whoever has a paper without a code stands before a page that only reads codes, or
    the file that is handed on leads to a centre that is not there.
    """
    with centre_in_process(tmp_path / "centre") as at:
        first = at.client.get("/", follow_redirects=True)
        scan = at.client.get("/v")
    assert first.status_code == 200
    assert first.url.path == "/verify/"
    assert 'href="/v"' in first.text
    assert 'href="/verify/"' in scan.text
    alone = verify_page([]).decode()
    assert "/verify/" not in alone
    assert "<a " not in alone.partition("<script")[0]


def test_the_list_is_the_same_on_both_databases(database: Database) -> None:
    """Mutant: a comparison of a JSON field that only one of them understands."""
    ledger = CentreLedger(database)
    told = {"key_id": "00", "office_id": OFFICE, "issuer": "an office", "made_at": "2019"}
    push(ledger, f"o:{OFFICE}", op(1, noun="issuer_key", id="k1", public=KEY.hex(), **told))
    push(
        ledger, "w:event",
        _certificate(1, "stands", "handed"),
        _certificate(2, "void", "void"),
        _certificate(3, "old", "replaced"),
        _certificate(4, "new", "printed", 3, replaces="old"),
        op(5, noun="certificate_step", id="s", certificate_id="stepped", step="void"),
        _certificate(6, "stepped", "handed"),
    )  # fmt: skip
    with database.read(snapshot=True) as conn:
        said = trust_list(conn, "centre", "name", datetime(2026, 11, 20, tzinfo=UTC))
    assert [(key.public, key.office_id) for key in said.keys] == [(KEY, OFFICE)]
    assert {one.part: (one.why, one.by) for one in said.revoked} == {
        certificate_part("void"): ("void", ""),
        certificate_part("old"): ("replaced", "3/2562"),
        certificate_part("stepped"): ("void", ""),
    }
