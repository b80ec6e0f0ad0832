# SPDX-License-Identifier: Apache-2.0
"""Messages made small for a 2G line, and opened without trusting what they say of their size.

Zstandard, with a dictionary both ends ship: half of what a short message says is names of fields
and codes of lists that every laptop knows already. How a payload is packed is told by one byte,
:class:`Coding`, so that a dictionary can be replaced and a message of the old kind still be read.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from desktop.paths import shipped
from desktop.sync.protocol import MOST_BYTES, BadMessage

if TYPE_CHECKING:
    from zstandard import ZstdCompressionDict

_CAREFUL: Final = ((16 * 1024, 19), (2**62, 15))
"""Levels by the largest size they are for: minutes of radio are dearer than a blink …"""
_QUICK: Final = ((2**62, 3),)
"""… and on a fast line time is: 200,000 visits a second instead of 36,000 or 4,000, for a fifth
or a quarter more bytes."""


class Coding(IntEnum):
    """How a payload is packed."""

    PLAIN = 0
    ZSTD = 1
    DICTIONARY_1 = 2
    """Zstandard with ``resources/sync/d1.dict``, which never changes: another one is another
    coding."""
    FOLDED_1 = 3
    """The same, of a request whose ops stand in columns (``folding.py``). Bytes are packed and
    unpacked as with the dictionary alone."""


KNOWN: Final = frozenset(Coding)
"""What this program can read."""


class UnknownCoding(BadMessage):
    """Packed in a way this program does not know: it is older than the other end, or its
    dictionary is missing."""


def pack(
    plain: bytes, known: frozenset[Coding] = KNOWN, *, quick: bool = False
) -> tuple[Coding, bytes]:
    """``plain`` in the shortest of the codings that the other end knows; ``quick`` at the
    centre."""
    level = next(how for most, how in (_QUICK if quick else _CAREFUL) if len(plain) <= most)
    if Coding.DICTIONARY_1 in known and _dictionary() is not None:
        coding, packed = Coding.DICTIONARY_1, _compress(plain, level, _dictionary_at(level))
    elif Coding.ZSTD in known:
        coding, packed = Coding.ZSTD, _compress(plain, level, None)
    else:
        return Coding.PLAIN, plain
    return (coding, packed) if len(packed) < len(plain) else (Coding.PLAIN, plain)


def unpack(coding: int, packed: bytes, most: int = MOST_BYTES) -> bytes:
    """What :func:`pack` packed.

    Nothing is unpacked that says it is larger than ``most`` bytes, says no size, or is followed
    by anything. Raises :class:`UnknownCoding`, or :class:`BadMessage` for anything else that is
    not a whole payload.
    """
    if coding == Coding.PLAIN:
        if len(packed) > most:
            raise BadMessage("size")
        return packed
    if coding == Coding.ZSTD:
        return _decompress(packed, None, most)
    if coding in (Coding.DICTIONARY_1, Coding.FOLDED_1):
        if _dictionary() is None:
            raise UnknownCoding("dictionary")
        return _decompress(packed, _dictionary(), most)
    raise UnknownCoding("coding")


def _compress(plain: bytes, level: int, dictionary: ZstdCompressionDict | None) -> bytes:
    import zstandard

    return zstandard.ZstdCompressor(level=level, dict_data=dictionary).compress(plain)


@cache
def _dictionary_at(level: int) -> ZstdCompressionDict | None:
    """The dictionary made ready for one level, which takes longer than a short message does."""
    made = _read()
    if made is not None:
        made.precompute_compress(level=level)
    return made


def _decompress(packed: bytes, dictionary: ZstdCompressionDict | None, most: int) -> bytes:
    import zstandard

    try:
        told = zstandard.get_frame_parameters(packed)
    except zstandard.ZstdError as wrong:
        raise BadMessage("frame") from wrong
    if told.content_size > most:  # also when no size is told, which is the largest number
        raise BadMessage("size")
    if told.dict_id != (dictionary.dict_id() if dictionary is not None else 0):
        raise UnknownCoding("dictionary")
    try:
        opener = zstandard.ZstdDecompressor(dict_data=dictionary)
        plain = opener.decompress(packed, allow_extra_data=False)
    except zstandard.ZstdError as wrong:
        raise BadMessage("frame") from wrong
    if len(plain) != told.content_size:
        raise BadMessage("frame")
    return plain


@cache
def _dictionary() -> ZstdCompressionDict | None:
    """The dictionary that is shipped; None in an installation that lacks it."""
    return _read()


def _read() -> ZstdCompressionDict | None:
    import zstandard

    try:
        content = shipped("resources", "sync", "d1.dict").read_bytes()
    except OSError:
        return None
    return zstandard.ZstdCompressionDict(content, dict_type=zstandard.DICT_TYPE_FULLDICT)
