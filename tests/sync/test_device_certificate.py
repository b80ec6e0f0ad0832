# SPDX-License-Identifier: Apache-2.0
"""A laptop's certificate: believed as it was issued, and in no other way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.sync.device_certificate import DeviceCertificate, Holder, issue, read_certificate
from desktop.sync.envelope import Forged
from desktop.sync.keys import Keys
from desktop.sync.protocol import BadMessage

CENTRE = Keys.make()
NOW = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
CERTIFICATE = DeviceCertificate(
    "c0000000-0000-4000-8000-000000000001",
    "d0000000-0000-4000-8000-000000000001",
    "เครื่องแม่สอด 1",
    Keys.make().public,
    "office-1",
    (Holder("a-1", "facilitator", ("6306", "63")), Holder("a-2", "supervisor", ("",))),
    3,
    NOW,
    NOW + timedelta(days=365),
)


def test_it_is_read_as_it_was_issued() -> None:
    text = issue(CERTIFICATE, CENTRE.signing)

    assert read_certificate(text, CENTRE.public.signing) == CERTIFICATE


def test_its_year_ends() -> None:
    assert not CERTIFICATE.expired(NOW + timedelta(days=364))
    assert CERTIFICATE.expired(NOW + timedelta(days=366))


def test_another_centre_and_every_changed_character_are_refused() -> None:
    """Fails when any part of the text is not under the signature."""
    text = issue(CERTIFICATE, CENTRE.signing)
    with pytest.raises(Forged):
        read_certificate(text, Keys.make().public.signing)
    for at in range(len(text)):
        other = text[:at] + ("0" if text[at] != "0" else "1") + text[at + 1 :]
        if other.lower() == text.lower():
            continue
        with pytest.raises(BadMessage):
            read_certificate(other, CENTRE.public.signing)
    with pytest.raises(BadMessage):
        read_certificate(text[:-1], CENTRE.public.signing)


def test_something_else_the_centre_signed_is_no_certificate() -> None:
    """Fails when the signature has no context of its own."""
    naive = replace(CERTIFICATE, issued=NOW.replace(tzinfo=None))
    with pytest.raises(BadMessage):
        read_certificate("00" * 64 + ".{}", CENTRE.public.signing)
    with pytest.raises(BadMessage):
        read_certificate("", CENTRE.public.signing)
    assert read_certificate(issue(naive, CENTRE.signing), CENTRE.public.signing).issued.tzinfo
