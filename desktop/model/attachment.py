# SPDX-License-Identifier: Apache-2.0
"""Files that belong to a record: photos, signatures, receipts. Known by what they hold.

The name a camera or a person gave a file is never kept: it may be a name or a place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ENDINGS: Final = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
    "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
    "audio/wav": ".wav",
    "video/mp4": ".mp4",
    "video/webm": ".webm",
}
"""What may be kept, and how its name ends in an answer."""

THUMB: Final = "thumb"
"""The kind of a small picture that stands for another until that has come; its ``place`` is the
SHA-256 of the other. It travels first, and no list of files shows it."""

_EVIDENCE: Final = frozenset(
    {"signature", "sign_visitor", "sign_person", "sign_witness", "sign_consent", "receipt"}
)

_MAGIC: Final = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (8, b"WEBP", "image/webp"),
    (0, b"%PDF-", "application/pdf"),
    (8, b"WAVE", "audio/wav"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftypmp4", "video/mp4"),
    (4, b"ftypisom", "video/mp4"),
    (4, b"ftypavc1", "video/mp4"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """One kept file. ``name`` is what stands as the answer: its hash and an ending."""

    sha256: str
    name: str
    mime: str
    size: int
    """Bytes."""
    kind: str = "photo"
    """``photo``, ``signature``, ``receipt``, or a code of the form's list of photo kinds."""
    place: str = ""
    """Where in the form it stands."""
    width: int = 0
    height: int = 0
    taken_at: str = ""
    id: str = ""
    """Empty until the record is finished."""
    record_id: str = ""

    @property
    def needs_photo_consent(self) -> bool:
        """Whether it is a photo; signatures and receipts are evidence and rest on the law."""
        return self.kind not in _EVIDENCE and self.mime.startswith(("image/", "video/"))


def answer_name(sha256: str, mime: str) -> str:
    """What an upload question holds for a kept file; its name says nothing of its subject."""
    return sha256 + ENDINGS[mime]


def kind_of_bytes(content: bytes) -> str | None:
    """The MIME type by the first bytes of a file; None for what may not be kept."""
    for start, magic, mime in _MAGIC:
        if content[start : start + len(magic)] == magic:
            return mime
    return None
