# SPDX-License-Identifier: Apache-2.0
"""Sealing whole files with age, in one pass and without a plain copy on any disk.

A sealed file can be opened with the recovery key alone, which is kept away from the centre. To
judge a copy without it, each sealing also names a key that lives only until the copy was read.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from desktop.errors import Problem
from desktop.i18n import _


class NotAKey(Problem):
    """A recovery key that cannot be one."""


class Unopened(Problem):
    """A sealed file that was damaged, or sealed to another key."""


class Witness:
    """A key made for one backup: it opens what was sealed for it, and is never written down."""

    def __init__(self) -> None:
        import pyrage

        self.identity = pyrage.x25519.Identity.generate()


def check_recipient(recipient: str) -> str:
    """The public recovery key itself; raises :class:`NotAKey`."""
    import pyrage

    try:
        pyrage.x25519.Recipient.from_str(recipient.strip())
    except pyrage.RecipientError as wrong:
        raise NotAKey(
            _("This is no recovery key. A public one begins with age1 and has no blanks.")
        ) from wrong
    return recipient.strip()


def read_identity(text: str) -> Any:
    """The secret recovery key in ``text``; raises :class:`NotAKey`."""
    import pyrage

    lines = (line.strip() for line in text.splitlines())
    secret = next((line for line in lines if line and not line.startswith("#")), "")
    try:
        return pyrage.x25519.Identity.from_str(secret)
    except pyrage.IdentityError as wrong:
        raise NotAKey(
            _("This is no secret recovery key. It begins with AGE-SECRET-KEY-1.")
        ) from wrong


def seal(plain: Iterable[bytes], target: IO[bytes], recipient: str, witness: Witness) -> None:
    """Write ``plain`` to ``target``, sealed to the recovery key and to the witness."""
    import pyrage

    source = _Source(plain)
    keys = [pyrage.x25519.Recipient.from_str(recipient), witness.identity.to_public()]
    try:
        pyrage.encrypt_io(source, target, keys)
    except (pyrage.EncryptError, OSError) as wrong:
        raise source.fault or wrong from wrong


def unseal(sealed: Iterable[bytes], take: Callable[[bytes], None], identity: Any) -> None:
    """Give what was sealed to ``take``, piece by piece. Raises :class:`Unopened`.

    What was given before that must not be believed.
    """
    import pyrage

    source, sink = _Source(sealed), _Sink(take)
    try:
        pyrage.decrypt_io(source, sink, [identity])
    except (pyrage.DecryptError, OSError) as wrong:
        fault = source.fault or sink.fault
        if fault is not None:
            raise fault from None
        raise unopened() from wrong


def unopened() -> Unopened:
    """The sentence for a file that does not open."""
    return Unopened(_("This backup is damaged or was sealed to another recovery key."))


class _Source(io.RawIOBase):
    """Pieces as a file that is read. What a piece raised is kept, because age swallows it."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces: Iterator[bytes] = iter(pieces)
        self._left = memoryview(b"")
        self.fault: BaseException | None = None

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer`` as far as one piece goes."""
        try:
            while not self._left:
                piece = next(self._pieces, None)
                if piece is None:
                    return 0
                self._left = memoryview(piece)
        except BaseException as wrong:
            self.fault = wrong
            raise
        count = min(len(buffer), len(self._left))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        return count


class _Sink(io.RawIOBase):
    """A file whose writing is a call."""

    def __init__(self, take: Callable[[bytes], None]) -> None:
        self._take = take
        self.fault: BaseException | None = None

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, piece: Any) -> int:
        """Give ``piece`` away."""
        try:
            self._take(bytes(piece))
        except BaseException as wrong:
            self.fault = wrong
            raise
        return len(piece)
