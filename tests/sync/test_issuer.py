# SPDX-License-Identifier: Apache-2.0
"""Signatures on certificates and on lists: nothing else passes for them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.model.chain import canonical
from desktop.model.proof import paper_digest
from desktop.model.proof_list import KnownKey, Revoked, TrustList
from desktop.sync.issuer import (
    LIST_CONTEXT,
    NoList,
    Signer,
    genuine,
    key_id,
    make_key,
    public_of,
    read_list,
    write_list,
)
from tests.golden.proof.regenerate import lists

KEY = bytes(range(32))
VECTORS: dict[str, Any] = json.loads(
    Path("tests/golden/proof/v1/vectors.json").read_text(encoding="utf-8")
)
LISTS: dict[str, Any] = json.loads(
    Path("tests/golden/proof/lists1/vectors.json").read_text(encoding="utf-8")
)
ORDER = 2**252 + 27742317777372353535851937790883648493
LIST = TrustList(
    "office-1", "ศูนย์พัฒนาสังคม", "2026-11-20T02:00:00.000Z",
    (KnownKey(public_of(KEY), "office-1", "ศูนย์พัฒนาสังคม"),),
    (Revoked(b"12345678", "replaced", "2026-11-19", "12/2569"), Revoked(b"87654321", "void")),
)  # fmt: skip


@pytest.mark.parametrize("vector", VECTORS["vectors"])
def test_what_was_signed_once_is_genuine_for_ever(vector: dict[str, Any]) -> None:
    """The mutant: another context, which would make all paper false."""
    payload, signature = bytes.fromhex(vector["payload"]), bytes.fromhex(vector["signature"])
    assert genuine(bytes.fromhex(VECTORS["public"]), payload, signature)
    assert Signer(KEY).sign(payload) == signature


def test_a_signature_for_something_else_does_not_serve() -> None:
    """The mutant: a context that is left out; then whatever this key signs is a certificate."""
    signer, bare = Signer(KEY), Ed25519PrivateKey.from_private_bytes(KEY)
    assert genuine(signer.public, b"payload", signer.sign(b"payload"))
    assert not genuine(signer.public, b"payload", bare.sign(b"payload"))
    assert not genuine(signer.public, b"payload", bare.sign(b"samut-proof-list-1\0payload"))
    assert not genuine(public_of(make_key()), b"payload", signer.sign(b"payload"))


def test_a_signature_has_no_twin() -> None:
    """The mutant: a library that takes S + L, so that one paper has two codes."""
    signature = Signer(KEY).sign(b"payload")
    s = int.from_bytes(signature[32:], "little")
    twin = signature[:32] + (s + ORDER).to_bytes(32, "little")
    assert not genuine(public_of(KEY), b"payload", twin)
    assert not genuine(public_of(KEY), b"payload", signature + b"\0")
    assert not genuine(public_of(KEY), b"payload", b"")


def test_a_key_of_small_order_signs_nothing() -> None:
    """The mutant: the identity as a key, under which one signature fits every payload."""
    for weak in (b"\1" + bytes(31), bytes(32)):
        assert not genuine(weak, b"payload", b"\1" + bytes(63))
        assert not genuine(weak[:31] + b"\x80", b"payload", b"\1" + bytes(63))


def test_the_key_does_not_show_itself() -> None:
    assert KEY.hex() not in repr(Signer(KEY))
    assert key_id(public_of(KEY)) == Signer(KEY).key_id
    assert len(Signer(KEY).key_id) == 6


def test_a_list_comes_back_with_who_signed_it() -> None:
    told = read_list(write_list(LIST, KEY))
    assert (told.source, told.keys, told.revoked) == (LIST.source, LIST.keys, LIST.revoked)
    assert told.signer == public_of(KEY)
    assert told.names(public_of(KEY))
    assert not told.names(public_of(make_key()))


def _changed(**parts: str) -> bytes:
    return canonical(json.loads(write_list(LIST, KEY)) | parts).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        _changed(body=canonical({"format": "samut-proof-list/1"})),
        _changed(body=json.loads(write_list(LIST, KEY))["body"].replace("void", "voie")),
        _changed(signer=public_of(make_key()).hex()),
        _changed(signature="00" * 64),
    ],
)
def test_a_list_that_was_changed_is_none(data: bytes) -> None:
    """The mutant: a list that is read without its signature."""
    with pytest.raises(NoList):
        read_list(data)


def test_a_certificate_s_signature_does_not_serve_for_a_list() -> None:
    """The mutant: both with one context."""
    body = json.loads(write_list(LIST, KEY))["body"]
    with pytest.raises(NoList):
        read_list(_changed(body=body, signature=Signer(KEY).sign(body.encode()).hex()))


def test_lists_that_lie_in_other_offices_are_read_and_written_as_they_are() -> None:
    """The mutants: another digest of papers; another word for them; anything new in a list that
    has nothing new to say."""
    for payload, digest in LISTS["papers"].items():
        assert paper_digest(bytes.fromhex(payload)).hex() == digest
    for name, told in lists().items():
        file = LISTS["lists"][name].encode()
        assert read_list(file) == replace(told, signer=public_of(KEY))
        assert write_list(told, KEY) == file


def test_a_reader_of_before_finds_all_it_knows_in_a_list_that_says_more() -> None:
    """The mutant: papers in the place of something else, or a format of another name."""
    body = json.loads(json.loads(LISTS["lists"]["whole"])["body"])
    plain = json.loads(json.loads(LISTS["lists"]["plain"])["body"])
    assert body.keys() - plain.keys() == {"beside"}
    assert body["keys"][0].keys() - plain["keys"][0].keys() == {"withdrawn", "papers"}
    assert body["format"] == plain["format"]
    assert body["revoked"] == plain["revoked"]


@pytest.mark.parametrize(
    "wrong", [{"papers": "AAAA"}, {"papers": "!"}, {"papers": 7}, {"beside": ["00"]},
              {"beside": 7}],
    ids=str,
)  # fmt: skip
def test_a_list_with_half_a_paper_is_none(wrong: dict[str, Any]) -> None:
    """The mutants: whatever is there taken as it is; a crash in place of a refusal."""
    body = json.loads(json.loads(LISTS["lists"]["whole"])["body"])
    if "papers" in wrong:
        body["keys"][0] |= wrong
    else:
        body |= wrong
    text = canonical(body)
    signature = Ed25519PrivateKey.from_private_bytes(KEY).sign(LIST_CONTEXT + text.encode())
    file = {"body": text, "signature": signature.hex(), "signer": public_of(KEY).hex()}
    with pytest.raises(NoList):
        read_list(canonical(file).encode())
