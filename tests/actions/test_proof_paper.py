# SPDX-License-Identifier: Apache-2.0
"""Papers of a withdrawn key: those that the register knew before are genuine all the same."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

import pytest

from desktop.actions.proof import check, check_by_lists, prover, qr_text
from desktop.actions.proof_key import restore_key, withdraw_key
from desktop.actions.proof_list import export_list, import_list
from desktop.model import proof as code
from desktop.model.certificate import Certificate
from desktop.model.facilitator import Office
from desktop.model.proof_list import KnownKey, TrustList
from desktop.store import certificate
from desktop.store import proof as store_proof
from desktop.store.ids import new_id
from desktop.store.proof_key import keep_papers, kept_papers
from desktop.store.store import Store
from desktop.store.sync import notebook
from desktop.sync.issuer import Signer, key_id, make_key, public_of, read_list, write_list
from desktop.sync.row import Row
from tests.actions.proof_ground import THERE, forge, issue, join_a_centre, key_of, matched, step
from tests.hall import BY, Hall

pytestmark = pytest.mark.usefixtures("english")

THIEF = "นายโจร ใจร้าย"


def told(hall: Hall) -> TrustList:
    return read_list(export_list(hall.store, BY))


def proof_of(digits: str) -> str:
    """A code as a row keeps it."""
    return base64.b64encode(code.from_digits(digits)).decode()


def written(hall: Hall, one: Certificate, digits: str) -> None:
    """Whoever has the laptop writes the certificate with his code into the register."""
    with hall.store.write("thief") as write:
        certificate.put_certificate(write, replace(one, proof=proof_of(digits)))


def stands_by(hall: Hall, signer: Signer) -> None:
    """Another laptop of the office has told its key."""
    with hall.store.write(BY) as write:
        store_proof.tell_issuer(
            write, Office("office-1", "กองทดสอบ", "63"), signer.public, signer.key_id
        )


def test_everybody_believes_the_papers_that_the_register_knew(
    hall: Hall, elsewhere: Store
) -> None:
    """The mutants: every paper of the key doubted, so that a whole office's honest paper cannot
    be checked anywhere; the list without digests; a verdict that says nothing of the key."""
    one, key = issue(hall), key_of(hall)
    withdraw_key(hall.store, BY, public_of(key))
    import_list(elsewhere, BY, export_list(hall.store, BY), accept=True)
    verdict = check(elsewhere, qr_text(one.proof))
    assert (verdict.outcome, verdict.issuer) == ("genuine", "กองทดสอบ")
    assert verdict.withdrawn == hall.store.now().utc
    assert check_by_lists((told(hall),), qr_text(one.proof)) == replace(
        verdict, own=False, as_of=told(hall).as_of
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"recipient": THIEF}, {"title": "หลักสูตรอื่น"}, {"edition": 2}, {"number": 13},
        {"part": bytes(8)},
    ],
    ids=lambda changed: next(iter(changed)),
)  # fmt: skip
def test_another_paper_under_a_known_certificate_is_asked_about(
    hall: Hall, elsewhere: Store, changed: dict[str, Any]
) -> None:
    """The mutant: certificates named by their ids; a thief has seen those of real papers."""
    one, key = issue(hall), key_of(hall)
    withdraw_key(hall.store, BY, public_of(key))
    import_list(elsewhere, BY, export_list(hall.store, BY), accept=True)
    for store in (elsewhere, hall.store):
        assert check(store, forge(one, key, **changed)).outcome == "withdrawn"


def test_a_named_paper_that_is_revoked_is_revoked(hall: Hall, elsewhere: Store) -> None:
    """The mutants: named before revoked; void ones left out of those that are named, so that a
    void paper were a question."""
    before, after, key = issue(hall, 12), issue(hall, 13), key_of(hall)
    step(hall, before, "void", "2019-03-02")
    withdraw_key(hall.store, BY, public_of(key))
    step(hall, after, "void", "2019-03-02")
    import_list(elsewhere, BY, export_list(hall.store, BY), accept=True)
    for one in (before, after):
        for store in (elsewhere, hall.store):
            assert check(store, qr_text(one.proof)).outcome == "revoked"
        assert check_by_lists((told(hall),), qr_text(one.proof)).outcome == "revoked"


def test_what_is_written_into_the_register_afterwards_counts_for_nothing(hall: Hall) -> None:
    """The mutants: the register as it is now believed; its words alone compared; the list made of
    the rows as they are now. A stolen laptop that nobody shut out still sends."""
    one, key = issue(hall), key_of(hall)
    withdraw_key(hall.store, BY, public_of(key))
    hall.clock.to(10)
    other = replace(one, id=new_id(), number=99, number_text="99/2562")
    new = forge(one, key, part=code.certificate_part(other.id), number=99, number_text="99/2562")
    written(hall, other, new)
    changed = forge(one, key, recipient=THIEF)
    written(hall, one, changed)
    for digits in (new, changed):
        assert check(hall.store, digits).outcome == "withdrawn"
        assert check_by_lists((told(hall),), digits).outcome == "withdrawn"
    # And he does not bring down the paper of before, whatever he writes over it.
    assert check(hall.store, qr_text(one.proof)).outcome == "genuine"
    assert check_by_lists((told(hall),), qr_text(one.proof)).outcome == "genuine"


def test_words_given_anew_by_a_laptop_that_stands_count(hall: Hall) -> None:
    """The mutants: whatever the register says since counts for nothing, also by a key that
    stands; a paper of before its words were put right."""
    one, key = issue(hall), key_of(hall)
    withdraw_key(hall.store, BY, public_of(key))
    hall.clock.to(10)
    with hall.store.write(BY) as write:
        signing = prover(write)  # the laptop was found: it has another key now
        words = one.wording
        assert words is not None
        made = replace(one, wording=replace(words, recipient="นางสาวใหม่ สุขใจ"))
        certificate.put_certificate(write, replace(made, proof=signing.proof_for(made)))
    verdict = check(hall.store, qr_text(one.proof))
    assert (verdict.outcome, verdict.revoked and verdict.revoked.why) == ("revoked", "replaced")


def test_a_paper_whose_words_another_laptop_signed_too_is_genuine(hall: Hall) -> None:
    """The mutant: the kept papers alone. Both laptops issued it, and the other's row was kept."""
    one, key = issue(hall), key_of(hall)
    other = Signer(make_key())
    stands_by(hall, other)
    written(hall, one, forge(one, other._key.private_bytes_raw(), key=other.key_id))
    withdraw_key(hall.store, BY, public_of(key))
    assert check(hall.store, qr_text(one.proof)).outcome == "genuine"
    assert check(hall.store, forge(one, key, recipient=THIEF)).outcome == "withdrawn"


@pytest.mark.parametrize("way", ["undone", "taken back"])
def test_a_withdrawal_said_anew_counts_from_then(hall: Hall, way: str) -> None:
    """The mutant: the papers of the first withdrawal for ever; an office that looked through
    what came late could not vouch for it."""
    one, key = issue(hall), key_of(hall)
    done = withdraw_key(hall.store, BY, public_of(key))
    late = replace(one, id=new_id(), number=13, number_text="13/2562")
    digits = forge(one, key, part=code.certificate_part(late.id), number=13,
                   number_text="13/2562")  # fmt: skip
    written(hall, late, digits)
    assert check(hall.store, digits).outcome == "withdrawn"
    if way == "undone":
        assert done.undo is not None
        done.undo(hall.store)
    else:
        restore_key(hall.store, BY, public_of(key))
    hall.clock.to(11)
    withdraw_key(hall.store, BY, public_of(key))
    assert check(hall.store, digits).outcome == "genuine"


def test_another_row_that_withdraws_it_lets_nothing_more_in(hall: Hall) -> None:
    """The mutant: the papers kept anew with each row that comes; a thief would say himself that
    his key is withdrawn, after what he wrote."""
    one, key = issue(hall), key_of(hall)
    public = public_of(key)
    withdraw_key(hall.store, BY, public)
    late = replace(one, id=new_id(), number=13, number_text="13/2562")
    digits = forge(one, key, part=code.certificate_part(late.id), number=13,
                   number_text="13/2562")  # fmt: skip
    written(hall, late, digits)
    with hall.store.write("thief") as write:
        write.put(
            "issuer_key", new_id(), "o:office-1", key_id=key_id(public).hex(),
            public=public.hex(), office_id="office-1", issuer="ก", made_at=THERE,
            withdrawn_at=THERE,
        )  # fmt: skip
        keep_papers(write)
    assert check(hall.store, digits).outcome == "withdrawn"


def _received(hall: Hall, scope: str, row: Row) -> None:
    with notebook(hall.store).transaction() as change:
        change.keep_received(scope, [row])
        change.show(scope, [row])


def test_a_withdrawal_that_comes_from_another_laptop_keeps_what_is_here_by_then(
    hall: Hall,
) -> None:
    """The mutant: papers kept only where a person withdraws: what comes after the withdrawal
    would be believed on every other laptop of the office."""
    one, key = issue(hall), key_of(hall)
    public = public_of(key)
    said = {
        "key_id": key_id(public).hex(), "public": public.hex(), "office_id": "office-1",
        "issuer": "ก", "made_at": THERE, "withdrawn_at": THERE,
    }  # fmt: skip
    _received(hall, "o:office-1", Row("issuer_key", new_id(), 7, False, said, {}, []))
    with hall.store.read() as conn:
        assert set(kept_papers(conn)) == {public}
    assert check(hall.store, qr_text(one.proof)).outcome == "genuine"
    late = replace(one, id=new_id(), number=13, number_text="13/2562")
    digits = forge(one, key, part=code.certificate_part(late.id), number=13,
                   number_text="13/2562")  # fmt: skip
    written(hall, late, digits)
    assert check(hall.store, digits).outcome == "withdrawn"


def test_what_the_centre_s_list_names_is_genuine_where_the_register_is_not(hall: Hall) -> None:
    """The mutant: of the office's own keys its own register alone. A laptop that joined after the
    theft has the paper from the centre, and saw none of it before the withdrawal."""
    one, key = issue(hall), key_of(hall)
    late = replace(one, id=new_id(), number=13, number_text="13/2562")
    digits = forge(one, key, part=code.certificate_part(late.id), number=13,
                   number_text="13/2562")  # fmt: skip
    withdraw_key(hall.store, BY, public_of(key))
    written(hall, late, digits)
    keys = join_a_centre(hall)
    matched(hall, "w:event-1", THERE)
    payload, _signature = code.split(code.from_digits(digits))
    said = KnownKey(
        public_of(key), "office-1", "กองทดสอบ", THERE, frozenset({code.paper_digest(payload)})
    )
    import_list(
        hall.store, BY,
        write_list(TrustList("centre-1", "ศูนย์", THERE, (said,), ()), keys.signing),
    )  # fmt: skip
    assert check(hall.store, digits).outcome == "genuine"
    assert check(hall.store, qr_text(one.proof)).outcome == "genuine"
    assert check_by_lists((told(hall),), digits).outcome == "genuine"  # and passes it on


def test_for_its_papers_an_office_speaks_for_itself_alone(hall: Hall) -> None:
    """The mutant: papers of every list that knows the key; a friend of the thief, in another
    office, would call the key his own, withdraw it and name what he likes."""
    one, key = issue(hall), key_of(hall)
    digits = forge(one, key, recipient=THIEF)
    payload, _signature = code.split(code.from_digits(digits))
    ours = KnownKey(public_of(key), "office-1", "กองทดสอบ", THERE)
    theirs = KnownKey(
        public_of(key), "office-9", "สำนักงานอื่น", THERE, frozenset({code.paper_digest(payload)})
    )
    lists = (
        TrustList("office-1", "กองทดสอบ", THERE, (ours,), ()),
        TrustList("office-9", "สำนักงานอื่น", THERE, (theirs,), ()),
    )
    assert check_by_lists(lists, digits).outcome == "withdrawn"


def test_papers_of_several_lists_of_one_office_are_put_together(hall: Hall) -> None:
    """The mutant: the papers of the first list alone: the office's own list knows what the
    centre's of this morning does not."""
    one, key = issue(hall), key_of(hall)
    withdraw_key(hall.store, BY, public_of(key))
    own = told(hall)
    bare = replace(own, source="centre", keys=tuple(
        replace(each, papers=frozenset[bytes]()) for each in own.keys
    ))  # fmt: skip
    for lists in ((bare, own), (own, bare)):
        assert check_by_lists(lists, qr_text(one.proof)).outcome == "genuine"
    assert check_by_lists((bare,), qr_text(one.proof)).outcome == "withdrawn"


def test_a_list_that_the_thief_made_before_anybody_knew_counts_no_more(
    hall: Hall, elsewhere: Store
) -> None:
    """The mutants: a list believed for ever because it was once; in it the thief withdraws his
    key himself, and names his own papers and his next key."""
    one, stolen, other = issue(hall), key_of(hall), Signer(make_key())
    keys = join_a_centre(Hall(elsewhere, hall.clock))
    forged, next_key = forge(one, stolen, recipient=THIEF), make_key()
    payload, _signature = code.split(code.from_digits(forged))
    mine = KnownKey(
        public_of(stolen), "office-1", "กองทดสอบ", THERE, frozenset({code.paper_digest(payload)})
    )
    also = KnownKey(public_of(next_key), "office-1", "กองทดสอบ")
    import_list(
        elsewhere, BY,
        write_list(TrustList("office-1", "กองทดสอบ", THERE, (mine, also), ()), stolen),
        accept=True,
    )  # fmt: skip
    stands_by(hall, other)
    withdraw_key(hall.store, BY, public_of(stolen))
    true = told(hall)
    centre = replace(true, source="centre-1")
    import_list(elsewhere, BY, write_list(centre, keys.signing))
    assert check(elsewhere, forged).outcome == "withdrawn"
    assert check(elsewhere, qr_text(one.proof)).outcome == "genuine"
    by_next = forge(one, next_key, key=key_id(public_of(next_key)), recipient=THIEF)
    assert check(elsewhere, by_next).outcome == "unknown"
    told_by_thief = TrustList("office-1", "กองทดสอบ", THERE, (mine, also), (), public_of(stolen))
    assert check_by_lists((told_by_thief, centre), forged).outcome == "withdrawn"


# ---- two replacements of one paper


def replaced(hall: Hall, old: Certificate) -> Certificate:
    """A replacement, made as a laptop makes it that knows of no other."""
    made = replace(old, id=new_id(), replaces=old.id, edition=2, status="printed")
    with hall.store.write(BY) as write:
        made = replace(made, proof=prover(write).proof_for(made, 2))
        certificate.put_certificate(write, made)
    return made


def test_of_two_papers_that_replace_one_the_office_is_asked(hall: Hall, elsewhere: Store) -> None:
    """The mutants: both genuine and nothing said, until one is void; a note at every replacement;
    a note that stays when one of the two is void."""
    old = issue(hall)
    first = replaced(hall, old)
    assert not check(hall.store, qr_text(first.proof)).beside
    assert b"beside" not in export_list(hall.store, BY)
    second = replaced(hall, old)
    import_list(elsewhere, BY, export_list(hall.store, BY), accept=True)
    for store in (hall.store, elsewhere):
        for one in (first, second):
            verdict = check(store, qr_text(one.proof))
            assert (verdict.outcome, verdict.beside) == ("genuine", True)
            assert check_by_lists((told(hall),), qr_text(one.proof)).beside
        verdict = check(store, qr_text(old.proof))
        assert (verdict.outcome, verdict.beside) == ("revoked", False)
    hall.clock.to(10)
    step(hall, second, "void", "2019-03-02")
    import_list(elsewhere, BY, export_list(hall.store, BY))
    for store in (hall.store, elsewhere):
        assert not check(store, qr_text(first.proof)).beside
        assert check(store, qr_text(second.proof)).outcome == "revoked"
