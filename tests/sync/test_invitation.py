# SPDX-License-Identifier: Apache-2.0
"""The link in a joining QR."""

from __future__ import annotations

import pytest

from desktop.sync.invitation import Invitation, read_invitation

PIN = "0f" * 32


@pytest.mark.parametrize(
    "invitation",
    [
        Invitation("https://centre.example:8443", "ABCDE-FGHJK", PIN),
        Invitation("https://[::1]:8443", "ABCDE", ""),
    ],
)
def test_the_link_is_read_as_it_was_made(invitation: Invitation) -> None:
    assert read_invitation(f" {invitation.link}\n") == invitation


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://centre.example",
        "samut://leave?a=https%3A%2F%2Fa&c=A",
        "samut://join?c=A",
        "samut://join?a=http%3A%2F%2Fa&c=A",
        "samut://join?a=https%3A%2F%2Fbad%40a&c=A",
        "samut://join?a=https%3A%2F%2Fa%2Fpath&c=A",
        "samut://join?a=https%3A%2F%2Fa%3Fq&c=A",
        f"samut://join?a=https%3A%2F%2Fa&c=A&p={PIN[1:]}",
        f"samut://join?a=https%3A%2F%2Fa&c=A&p={'g' * 64}",
        "samut://join?a=https%3A%2F%2Fa&c=" + "A" * 500,
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    """Fails when plain http is taken: a QR would then lead a laptop to speak in the open."""
    with pytest.raises(ValueError, match="invitation"):
        read_invitation(text)
