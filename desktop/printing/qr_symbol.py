# SPDX-License-Identifier: Apache-2.0
"""QR symbols of digits, fast enough to be on every page of a batch (ISO/IEC 18004).

A symbol of 430 digits takes segno 1.6 ms, which is more than the rest of a certificate takes.
All symbols of one version have their modules in the same places, so here the places are worked
out once and a symbol is three steps over whole runs of bits: the digits packed, the check words,
slices put in order and one exclusive or. What comes out is what segno makes, module by module;
texts of other kinds are left to segno.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, product
from operator import itemgetter
from typing import Any, Final

import segno
from segno import consts

from desktop.model.proof import qr_parts

_MASK: Final = 3
"""One mask for all: choosing the best of eight costs 5 to 8 ms a code and scanners do not mind."""
_DIGITS: Final = re.compile(r"[0-9]+")
_GROUP: Final = re.compile(r"[0-9]{1,3}")
_PLAIN: Final = re.compile(r"[\x20-\x7e]+")
_FORMAT: Final = consts.FORMAT_INFO[_MASK]
"""The fifteen bits that say error correction M and mask 3."""
_NUMERIC: Final = 0b0001
_BYTES: Final = 0b0100
_PAD: Final = bytes((0xEC, 0x11))
_FIELD: Final = 0x11D
_FUNCTION_LAST: Final = 6
"""Row and column of the timing pattern, which the zigzag of codewords steps over."""


@lru_cache(maxsize=64)
def modules(text: str) -> tuple[int, bytes]:
    """Modules on a side, and the modules column by column from the left: 1 dark, 0 light.

    A column goes from the top down and ends with one light module more. Error correction M, the
    smallest version that holds the text, mask 3. Raises ValueError when none does.
    """
    parts = qr_parts(text)
    if not (_DIGITS.fullmatch(parts[-1]) and all(_PLAIN.fullmatch(part) for part in parts)):
        symbol = segno.make(text, error="m", micro=False, mask=_MASK, boost_error=False)
        columns = [bytes((*column, 0)) for column in zip(*symbol.matrix, strict=True)]
        return len(columns), b"".join(columns)
    for version in range(1, 41):
        if version in (1, 10, 27):  # the lengths are told in more bits from there on
            bits = _packed(parts, version)
        if len(bits) <= 8 * _room(version):
            frame = _frame(version)
            return frame.side, _symbol(frame, bits)
    raise ValueError("too much for a QR code")


def _packed(parts: Sequence[str], version: int) -> str:
    """The segments as binary digits."""
    said: list[str] = []
    for part in parts:
        if _DIGITS.fullmatch(part):
            head = 10 if version < 10 else 12 if version < 27 else 14
            said.append(f"{_NUMERIC:04b}{len(part):0{head}b}")
            said += map(_groups().__getitem__, _GROUP.findall(part))
        else:
            head = 8 if version < 10 else 16
            said.append(f"{_BYTES:04b}{len(part):0{head}b}")
            said += [f"{byte:08b}" for byte in part.encode("ascii")]
    return "".join(said)


@cache
def _groups() -> dict[str, str]:
    """One, two and three digits as four, seven and ten binary ones."""
    return {
        f"{number:0{length}}": f"{number:0{3 * length + 1}b}"
        for length in (1, 2, 3)
        for number in range(10**length)
    }


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all symbols of one version share."""

    side: int
    room: int
    """Data words."""
    blocks: tuple[tuple[int, int], ...]
    """Data words and check words of each block."""
    arrange: Callable[[bytes], tuple[bytes, ...]]
    """Takes the bits of the words, with a column of 0 after them, to the modules in pieces."""
    mask: int
    """The mask, and the dark modules that are not data, as one number of a byte a module."""


def _symbol(frame: _Frame, bits: str) -> bytes:
    bits += "0" * min(4, 8 * frame.room - len(bits))
    bits += "0" * (-len(bits) % 8)
    data = int(bits, 2).to_bytes(len(bits) // 8, "big")
    data += (_PAD * frame.room)[: frame.room - len(data)]
    blocks: list[bytes] = []
    checks: list[bytes] = []
    at = 0
    for words, more in frame.blocks:
        blocks.append(data[at : at + words])
        checks.append(_check(blocks[-1], more))
        at += words
    mixed = [block[at] for at in range(len(blocks[-1])) for block in blocks if at < len(block)]
    mixed += chain.from_iterable(zip(*checks, strict=True))
    placed = b"".join(map(_SPREAD.__getitem__, mixed)) + bytes(frame.side + 1)
    laid = b"".join(frame.arrange(placed))
    masked = int.from_bytes(laid, "big") ^ frame.mask
    return masked.to_bytes(len(laid), "big")


_SPREAD: Final = tuple(bytes((word >> bit) & 1 for bit in range(7, -1, -1)) for word in range(256))
"""The eight bits of each word, a byte each."""


def _check(data: bytes, count: int) -> bytes:
    """The check words of a block (Reed and Solomon, field of 256)."""
    table, keep, top = _generator(count)
    rest = 0
    for word in data:
        rest = (rest << 8 & keep) ^ table[word ^ rest >> top]
    return rest.to_bytes(count, "big")


@cache
def _generator(count: int) -> tuple[tuple[int, ...], int, int]:
    """The generator polynomial times each word, a mask of ``count`` bytes, the top one's place."""
    exponents = [1]
    for _step in range(254):
        last = exponents[-1] << 1
        exponents.append(last ^ _FIELD if last > 255 else last)
    logs = {value: power for power, value in enumerate(exponents)}

    def times(one: int, other: int) -> int:
        return exponents[(logs[one] + logs[other]) % 255] if one and other else 0

    polynomial = [1]
    for power in range(count):
        longer = [*polynomial, 0]
        for place, value in enumerate(polynomial):
            longer[place + 1] ^= times(value, exponents[power])
        polynomial = longer
    table = tuple(
        int.from_bytes(bytes(times(word, value) for value in polynomial[1:]), "big")
        for word in range(256)
    )
    return table, (1 << 8 * count) - 1, 8 * (count - 1)


@cache
def _blocks(version: int) -> tuple[tuple[int, int], ...]:
    blocks: Any = consts.ECC
    return tuple(
        (block.num_data, block.num_total - block.num_data)
        for block in blocks[version][consts.ERROR_LEVEL_M]
        for _one in range(block.num_blocks)
    )


@cache
def _room(version: int) -> int:
    return sum(data for data, _check in _blocks(version))


@cache
def _frame(version: int) -> _Frame:
    side = 17 + 4 * version
    fixed = _fixed(version, side)
    blocks = _blocks(version)
    words = sum(data + check for data, check in blocks)
    line = side + 1
    source = [-1] * (side * line)
    shade = bytearray(side * line)
    for (row, column), dark in fixed.items():
        shade[column * line + row] = dark
    for bit, (row, column) in enumerate(_zigzag(side, fixed)):
        if bit < 8 * words:
            source[column * line + row] = bit
        shade[column * line + row] = (row + column) % 3 == 0
    return _Frame(
        side,
        _room(version),
        blocks,
        itemgetter(*_pieces(source, line, 8 * words)),
        int.from_bytes(shade, "big"),
    )


def _pieces(source: Sequence[int], line: int, light: int) -> list[slice]:
    """Slices that together give the bits of ``source`` in order; -1 is a light one.

    Down a column the bits of the words stand every second one, or one after the other, so two
    hundred slices do for a symbol of three thousand modules. ``light`` is where there are
    ``line`` light ones.
    """
    found: list[slice] = []
    at = 0
    while at < len(source):
        end = at + 1
        if source[at] < 0:
            while end < len(source) and source[end] < 0 and end - at < line:
                end += 1
            found.append(slice(light, light + end - at))
        else:
            step = source[end] - source[at] if end < len(source) and source[end] >= 0 else 1
            while end < len(source) and source[end] >= 0 and source[end] - source[end - 1] == step:
                end += 1
            last = source[end - 1] + (1 if step > 0 else -1)
            found.append(slice(source[at], last if last >= 0 else None, step))
        at = end
    return found


def _zigzag(side: int, fixed: dict[tuple[int, int], int]) -> list[tuple[int, int]]:
    """The places of the bits of the words, in order: up and down in pairs of columns."""
    found: list[tuple[int, int]] = []
    upward = True
    right = side - 1
    while right > 0:
        if right == _FUNCTION_LAST:
            right -= 1
        for row in range(side - 1, -1, -1) if upward else range(side):
            found += [(row, column) for column in (right, right - 1) if (row, column) not in fixed]
        upward = not upward
        right -= 2
    return found


def _fixed(version: int, side: int) -> dict[tuple[int, int], int]:
    """The modules that hold no data, and whether they are dark."""
    found: dict[tuple[int, int], int] = {}
    for at in range(side):
        found[_FUNCTION_LAST, at] = found[at, _FUNCTION_LAST] = int(at % 2 == 0)
    for top, left in ((0, 0), (0, side - 7), (side - 7, 0)):
        _rings(found, side, (top + 3, left + 3), 4, (2, 4))
    middles = consts.ALIGNMENT_POS[version - 2] if version > 1 else ()
    corners = {(6, side - 7), (side - 7, 6), (6, 6)}
    for middle in product(middles, middles):
        if middle not in corners:
            _rings(found, side, middle, 2, (1,))
    _say_format(found, side)
    if version >= 7:
        info = consts.VERSION_INFO[version - 7]
        for bit in range(18):
            dark, (far, near) = info >> bit & 1, (side - 11 + bit % 3, bit // 3)
            found[far, near] = found[near, far] = dark
    return found


def _rings(
    found: dict[tuple[int, int], int],
    side: int,
    middle: tuple[int, int],
    outermost: int,
    light: tuple[int, ...],
) -> None:
    """Square rings around ``middle`` out to ``outermost``, dark but for those in ``light``."""
    for row in range(-outermost, outermost + 1):
        for column in range(-outermost, outermost + 1):
            place = middle[0] + row, middle[1] + column
            if min(place) >= 0 and max(place) < side:
                found[place] = int(max(abs(row), abs(column)) not in light)


def _say_format(found: dict[tuple[int, int], int], side: int) -> None:
    """Error correction and mask, told twice, and the module that is always dark."""
    for bit in range(15):
        dark = _FORMAT >> bit & 1
        if bit < 8:
            found[8, side - 1 - bit] = dark
            found[bit + (bit > 5), 8] = dark
        else:
            found[side - 15 + bit, 8] = dark
            found[8, 15 - bit - (bit > 8)] = dark
    found[side - 8, 8] = 1
