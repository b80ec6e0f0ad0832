# SPDX-License-Identifier: Apache-2.0
"""Lists of keys and revoked certificates: who is believed, and of what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.actions.proof import check, qr_text
from desktop.actions.proof_list import (
    UnknownSigner,
    export_list,
    fingerprint,
    import_list,
    lists,
    read_file,
)
from desktop.errors import Refused
from desktop.model.proof_list import KnownKey, Revoked, TrustList
from desktop.store.ids import new_id
from desktop.store.store import Store
from desktop.sync.issuer import Signer, make_key, public_of, read_list, write_list
from tests.actions.proof_ground import THERE, issue, join_a_centre, key_of, matched, step
from tests.hall import BY, Hall

LATER = "2019-03-01T01:30:00.000Z"


pytestmark = pytest.mark.usefixtures("english")


def told(key: bytes, as_of: str = THERE, *revoked: Revoked, source: str = "office-7") -> bytes:
    """A list of a third office, signed by ``key``."""
    known = KnownKey(public_of(key), source, "สำนักงานสาม")
    return write_list(TrustList(source, "สำนักงานสาม", as_of, (known,), revoked), key)


def test_another_office_s_paper_is_genuine_once_its_list_is_here(
    hall: Hall, elsewhere: Store
) -> None:
    """The mutants: the first list of a stranger taken unasked; a list that is not used."""
    one, void = issue(hall, 1), issue(hall, 2)
    step(hall, void, "void", "2019-03-02")
    assert check(elsewhere, qr_text(one.proof)).outcome == "unknown"

    data = export_list(hall.store, BY)
    with pytest.raises(UnknownSigner, match="กองทดสอบ") as asked:
        import_list(elsewhere, BY, data)
    assert lists(elsewhere) == ()
    assert asked.value.fingerprint == fingerprint(public_of(key_of(hall)))
    import_list(elsewhere, BY, data, accept=True)

    verdict = check(elsewhere, qr_text(one.proof))
    assert (verdict.outcome, verdict.issuer, verdict.own) == ("genuine", "กองทดสอบ", False)
    assert verdict.as_of == hall.store.now().utc
    verdict = check(elsewhere, qr_text(void.proof))
    assert verdict.outcome == "revoked"
    assert verdict.revoked is not None
    assert (verdict.revoked.why, verdict.revoked.on) == ("void", "2019-03-02")


def test_a_list_names_no_person(hall: Hall) -> None:
    """The mutant: names beside what is revoked."""
    one = issue(hall)
    step(hall, one, "void", "2019-03-02")
    text = export_list(hall.store, BY).decode()
    assert one.wording is not None
    assert one.wording.recipient not in text
    assert one.id not in text


def test_a_list_of_this_office_can_come_from_its_own_computers_alone(hall: Hall) -> None:
    """The mutant: own lists taken as any other's; a stranger would void our paper, or add his
    key to ours."""
    digits, forger = qr_text(issue(hall).proof), make_key()
    with pytest.raises(Refused, match="own office"):
        import_list(hall.store, BY, told(forger, source="office-1"), accept=True)
    own = export_list(hall.store, BY)
    import_list(hall.store, BY, own)
    assert check(hall.store, digits).outcome == "genuine"


def test_an_office_speaks_for_itself_alone(hall: Hall) -> None:
    """The mutant: whatever keys a list has are believed; it would name its own key ours."""
    forger = make_key()
    ours = KnownKey(public_of(forger), "office-1", "กองทดสอบ")
    data = write_list(TrustList("office-7", "สำนักงานสาม", THERE, (ours,), ()), forger)
    with pytest.raises(Refused, match="other offices"):
        import_list(hall.store, BY, data, accept=True)


def test_a_list_voids_nothing_of_another_office(hall: Hall) -> None:
    """The mutant: every list asked about every certificate."""
    one = issue(hall)
    verdict = check(hall.store, qr_text(one.proof))
    assert verdict.claim is not None
    gone = Revoked(verdict.claim.part, "void")
    import_list(hall.store, BY, told(make_key(), THERE, gone), accept=True)
    assert check(hall.store, qr_text(one.proof)).outcome == "genuine"


def test_the_next_list_is_signed_by_whom_the_last_one_knew(hall: Hall) -> None:
    """The mutant: any signature under a known name."""
    key, second = make_key(), make_key()
    both = TrustList(
        "office-7", "สำนักงานสาม", THERE,
        tuple(KnownKey(public_of(one), "office-7", "สำนักงานสาม") for one in (key, second)), (),
    )  # fmt: skip
    import_list(hall.store, BY, write_list(both, key), accept=True)
    with pytest.raises(Refused, match="another computer"):
        import_list(hall.store, BY, told(make_key(), LATER), accept=True)
    import_list(hall.store, BY, told(second, LATER))
    assert [one.as_of for one in lists(hall.store)] == [LATER]


def test_an_older_list_does_not_bring_back_what_was_voided(hall: Hall) -> None:
    """The mutant: the list that was read last stands."""
    key = make_key()
    import_list(hall.store, BY, told(key, LATER), accept=True)
    with pytest.raises(Refused, match="newer"):
        import_list(hall.store, BY, told(key, THERE))


@pytest.mark.parametrize("as_of", ["2019-03-09T01:00:00.000Z"])
def test_a_list_of_the_future_does_not_shut_out_those_of_today(hall: Hall, as_of: str) -> None:
    """The mutant: any date; a list of the year 2600 could never be followed by another."""
    with pytest.raises(Refused, match="future"):
        import_list(hall.store, BY, told(make_key(), as_of), accept=True)


@pytest.mark.parametrize(
    "as_of", ["", "yesterday", "2019-03-01T01:00:00", "2019-03-01T08:00+07:00"]
)
def test_a_list_without_a_moment_is_none(as_of: str) -> None:
    with pytest.raises(Refused, match="no list"):
        read_file(told(make_key(), as_of))


def test_the_centre_speaks_for_all_and_only_with_its_key(hall: Hall) -> None:
    """The mutant: the centre's name is enough."""
    keys, key = join_a_centre(hall), make_key()
    strange = KnownKey(public_of(key), "office-7", "สำนักงานสาม")
    said = TrustList("centre-1", "ศูนย์", THERE, (strange,), ())
    with pytest.raises(Refused, match="centre did not sign"):
        import_list(hall.store, BY, write_list(said, key), accept=True)
    import_list(hall.store, BY, write_list(said, keys.signing))
    assert [one.signer for one in lists(hall.store)] == [keys.public.signing]


def test_what_is_told_is_as_old_as_the_oldest_register(hall: Hall) -> None:
    """The mutant: today's date on a list that does not know what others voided."""
    issue(hall)
    join_a_centre(hall)
    matched(hall, "w:event-1", "2019-02-27T03:00:00.000Z")
    assert read_list(export_list(hall.store, BY)).as_of == "2019-02-27T03:00:00.000Z"


def test_what_is_told_is_as_old_as_what_is_known_of_keys(hall: Hall) -> None:
    """The mutant: the registers alone; a list that does not know of a withdrawn key would take
    the place of one that does."""
    issue(hall)
    join_a_centre(hall)
    matched(hall, "w:event-1", THERE)
    matched(hall, "o:office-1", "2019-02-27T03:00:00.000Z")
    assert read_list(export_list(hall.store, BY)).as_of == "2019-02-27T03:00:00.000Z"


def test_a_register_that_was_never_confirmed_is_no_base_for_a_list(hall: Hall) -> None:
    issue(hall)
    join_a_centre(hall)
    with pytest.raises(Refused, match="centre"):
        export_list(hall.store, BY)


def test_a_list_that_was_changed_in_the_store_says_nothing(hall: Hall, elsewhere: Store) -> None:
    """The mutant: the signature looked at when the list comes, and never again."""
    one = issue(hall)
    import_list(elsewhere, BY, export_list(hall.store, BY), accept=True)
    with elsewhere.write(BY) as write:
        write.conn.exec_driver_sql("UPDATE proof_list SET body = replace(body, 'กอง', 'กรม')")
    assert check(elsewhere, qr_text(one.proof)).outcome == "unknown"


def test_two_keys_with_one_id_are_both_tried(hall: Hall) -> None:
    """The mutant: the first key with the id decides; whoever finds one with ours would make
    all our paper false."""
    one = issue(hall)
    verdict = check(hall.store, qr_text(one.proof))
    assert verdict.claim is not None
    with hall.store.write(BY) as write:
        other = Signer(make_key())
        write.put(
            "issuer_key", new_id(), "o:office-1", key_id=verdict.claim.key.hex(),
            public=other.public.hex(), office_id="office-1", issuer="ก", made_at="2000",
        )  # fmt: skip
    assert check(hall.store, qr_text(replace(one).proof)).outcome == "genuine"
