# SPDX-License-Identifier: Apache-2.0
"""A call that is no envelope is believed when every part of it is what was signed."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.sync.envelope import Forged
from desktop.sync.keys import Keys
from desktop.sync.signing import CREATED, DEVICE, SIGNATURE, check_call, sign_call

KEYS = Keys(bytes(range(32)), bytes(32))
CALL: dict[str, Any] = {
    "method": "PATCH", "path": "/v1/blob/ab", "created": 5, "offset": 100, "length": 300
}  # fmt: skip


def signed(**other: Any) -> dict[str, str]:
    return sign_call(KEYS.signing, "device-1", **(CALL | other))


def checked(headers: dict[str, str]) -> int:
    return check_call(headers, KEYS.public.signing, "PATCH", "/v1/blob/ab", offset=100, length=300)


def test_a_call_as_it_was_signed_is_believed() -> None:
    assert checked(signed()) == 5


@pytest.mark.parametrize(
    "other",
    [{"method": "GET"}, {"path": "/v1/blob/ac"}, {"created": 6}, {"offset": 0}, {"length": 301}],
)
def test_no_part_of_a_call_can_be_another(other: dict[str, Any]) -> None:
    """Mutant: any of them left out of what is signed."""
    headers = signed(**other) | {CREATED: "5"}
    with pytest.raises(Forged):
        checked(headers)


def test_a_call_in_the_name_of_another_device_is_refused() -> None:
    with pytest.raises(Forged):
        checked(signed() | {DEVICE: "device-2"})
    with pytest.raises(Forged):
        check_call(signed(), Keys.make().public.signing, "PATCH", "/v1/blob/ab", offset=100,
                   length=300)  # fmt: skip


@pytest.mark.parametrize("value", ["", "zz", "00", "00" * 64])
def test_headers_that_say_nothing_are_refused(value: str) -> None:
    for name in (SIGNATURE, CREATED):
        with pytest.raises(Forged):
            checked(signed() | {name: value})
    with pytest.raises(Forged):
        checked({})
