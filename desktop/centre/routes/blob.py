# SPDX-License-Identifier: Apache-2.0
"""``/v1/blob/{sha256}``: photos by what they hold, resumable at the byte.

Anyone who has joined may bring a file: it is judged by its SHA-256 alone, and who may see it is
decided by the records that name it. Who asks for one gets it when a record she may hold names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from desktop.centre import audit
from desktop.centre.attachment import (
    NotAHash,
    TooLarge,
    WrongHash,
    WrongOffset,
    scopes_of,
)
from desktop.centre.door import GRACE, OPEN, Call, Policy, Refusal, Reply, Rule, Who
from desktop.sync.signing import LENGTH, OFFSET

if TYPE_CHECKING:
    from desktop.centre.attachment import Part
    from desktop.centre.centre import Centre

_PATH: Final = "/v1/blob/{sha256}"
_SHA256: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_RANGE: Final = re.compile(r"bytes=([0-9]{1,15})-", re.ASCII)
_MOST: Final = 2**31
"""The configuration's own limit is the attachments' to keep."""


def _named(call: Call) -> str:
    sha256 = call.parts["sha256"]
    if _SHA256.fullmatch(sha256) is None:
        raise Refusal(404, "unknown")
    return sha256


def _offset(centre: Centre, call: Call) -> Reply:
    there = centre.attachments.progress(_named(call), call.device.id)
    headers = {OFFSET: str(there.offset)}
    if there.whole:
        headers[LENGTH] = str(there.offset)
    return Reply(headers=headers, told={"device": call.device.id})


class _Upload:
    """A piece of a file on its way in: kept up to wherever it was cut."""

    def __init__(self, stack: ExitStack, part: Part, device: str) -> None:
        self._stack, self._part, self._device = stack, part, device

    def write(self, part: bytes) -> None:
        try:
            self._part.write(part)
        except TooLarge as wrong:
            self._stack.close()
            raise Refusal(413, "large") from wrong

    def end(self) -> Reply:
        with self._stack:
            try:
                now = self._part.finish()
            except WrongHash as wrong:
                raise Refusal(460, "hash") from wrong
        return Reply(status=204, headers={OFFSET: str(now.offset)}, told={"device": self._device})

    def close(self) -> None:
        self._stack.close()


def _upload(centre: Centre, call: Call) -> _Upload:
    sha256, offset, length = _named(call), call.number(OFFSET), call.number(LENGTH)
    if not 0 <= offset < length:
        raise Refusal(400, "malformed")
    stack = ExitStack()
    try:
        part = stack.enter_context(centre.attachments.part(sha256, call.device.id, offset, length))
    except WrongOffset as wrong:
        raise Refusal(409, "offset", Upload_Offset=str(wrong.offset)) from wrong
    except TooLarge as wrong:
        raise Refusal(413, "large") from wrong
    except NotAHash as wrong:
        raise Refusal(404, "unknown") from wrong
    return _Upload(stack, part, call.device.id)


def _get(centre: Centre, call: Call) -> Reply:
    sha256 = _named(call)
    rights = call.rights
    with centre.database.read() as conn:
        scopes = scopes_of(conn, sha256)
    if rights is None or not any(rights.may_hold(scope) for scope in scopes):
        # As if there were none: who may not see it learns nothing about it either.
        raise Refusal(404, "unknown")
    size = centre.attachments.size(sha256)
    if size is None:
        raise Refusal(404, "unknown")
    start, status = _start(call, size)
    with centre.database.write() as conn:
        note = audit.Note("read", "attachment", sha256, str(size - start))
        audit.note(conn, centre.database, [note], by="", device=call.device.id)
    headers = {"Content-Length": str(size - start)}
    if status == 206:
        headers["Content-Range"] = f"bytes {start}-{size - 1}/{size}"
    chunks: Iterator[bytes] = centre.attachments.open(sha256, start)
    return Reply(status=status, headers=headers, chunks=chunks, told={"device": call.device.id})


def _start(call: Call, size: int) -> tuple[int, int]:
    """Where to begin, and the status for it. Any range but ``bytes=N-`` is not understood, which
    HTTP answers with the whole."""
    asked = _RANGE.fullmatch(call.headers.get("range", ""))
    if asked is None:
        return 0, 200
    start = int(asked[1])
    if start >= size:
        raise Refusal(416, "range", Content_Range=f"bytes */{size}")
    return start, 206


RULES = (
    Rule("HEAD", _PATH, Policy(Who.SIGNED, GRACE), _offset),
    Rule("PATCH", _PATH, Policy(Who.SIGNED, GRACE, most_bytes=_MOST), opening=_upload),
    Rule("GET", _PATH, Policy(Who.SIGNED, OPEN, scope="of a record that names the file"), _get),
)
