# SPDX-License-Identifier: Apache-2.0
"""What may be attached is known by its first bytes, and its name says nothing."""

from __future__ import annotations

import pytest

from desktop.model.attachment import answer_name, kind_of_bytes


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
        (b"%PDF-1.7", "application/pdf"),
        (b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        (b"\x00\x00\x00\x18ftypheic", None),
        (b"MZ\x90", None),
        (b"<svg onload=alert(1)>", None),
        (b"", None),
    ],
)
def test_the_kind_of_a_file_is_told_by_its_first_bytes(content: bytes, mime: str | None) -> None:
    assert kind_of_bytes(content) == mime


def test_the_answer_names_a_file_by_what_it_holds() -> None:
    assert answer_name("ab" * 32, "image/jpeg") == "ab" * 32 + ".jpg"
