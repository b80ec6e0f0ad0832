# SPDX-License-Identifier: Apache-2.0
"""The QR codes in a picture or a PDF: scans of certificates, straight or not, clean or stained.

What cannot be read at once is tried again larger and sharper: at 100 dots an inch a module of
the code is one and a half dots wide. Files are read by a child of the program (``scan_child``):
a paper that is to be checked may come from whoever forged it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from desktop.imports.refusal import Unfit

if TYPE_CHECKING:
    from PIL.Image import Image
    from zxingcpp import BarcodeFormats

_POINTS: Final = 72
_DPI: Final = (200, 300)
"""Dots per inch a page is drawn with: first quick, then fine."""
MOST_PAGES: Final = 2_000
_MOST_PIXELS: Final = 80_000_000
_WIDEST: Final = 4_000
_LARGE: Final = 1_500
"""Pixels on a side from which enlarging four times costs more than it finds."""
_PAPER: Final = 40 * _POINTS
"""Points; a page that is larger is drawn smaller."""
_ENLARGED: Final = ((1, 0), (3, 2), (3, 3), (2, 1), (4, 4), (4, 3), (6, 6))
"""How many times larger, and the radius of the sharpening in those pixels."""
_FINDS: Final = 3
"""Tries on a whole picture in which nothing was found at all."""

Pages = Iterator[tuple[int, int, tuple[str, ...]]]
"""Number of the page from 1, pages, texts of the codes on it."""


def codes_of(stream: BinaryIO) -> Pages:
    """The codes of every page of a picture or a PDF, in order; frames count as pages.

    Raises ``Unfit``: ``neither`` picture nor PDF, a ``pdf`` that cannot be read, too many
    ``pages``, too many ``pixels``.
    """
    is_pdf = b"%PDF-" in stream.read(1024)
    stream.seek(0)
    return _of_pdf(stream) if is_pdf else _of_picture(stream)


def codes_in_grey(pixels: bytes, width: int, height: int, stride: int) -> tuple[str, ...]:
    """The codes of a picture that is no file, one byte a pixel and ``stride`` bytes a row."""
    from PIL.Image import frombuffer

    return codes_in(_grey(frombuffer("L", (width, height), pixels, "raw", "L", stride, 1)))


def codes_in(picture: Image) -> tuple[str, ...]:
    """The texts of the QR codes in a grey picture, from top to bottom."""
    import zxingcpp

    found: dict[str, tuple[int, int]] = {}
    unread: list[Any] = []
    for turn, (times, radius) in enumerate(_ENLARGED):
        if max(picture.size) * times > _WIDEST and times > 1:
            continue
        tried = _prepared(picture, times, radius)
        for one in zxingcpp.read_barcodes(tried, formats=_only_qr(), return_errors=True):
            at = one.position.top_left
            if one.valid and one.text:
                found.setdefault(one.text, (at.y // times, at.x // times))
            else:
                unread.append(_around(one.position, times, picture.size))
        if found or (not unread and turn + 1 >= _FINDS and max(picture.size) > _LARGE):
            break
    for box in unread:
        if any(_inside(at, box) for at in found.values()):
            continue
        for text in _closely(picture.crop(box)):
            found.setdefault(text, (box[1], box[0]))
    return tuple(sorted(found, key=lambda text: found[text]))


def _closely(part: Image) -> tuple[str, ...]:
    """The code in the cut-out of a picture where something like one was seen."""
    import zxingcpp

    for times, radius in _ENLARGED[1:]:
        if max(part.size) * times > _WIDEST:
            continue
        for binarizer in (zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram):
            read = zxingcpp.read_barcodes(
                _prepared(part, times, radius), formats=_only_qr(),
                binarizer=binarizer,
            )  # fmt: skip
            if read:
                return tuple(one.text for one in read if one.text)
    return ()


def _only_qr() -> BarcodeFormats:
    import zxingcpp

    return zxingcpp.barcode_formats_from_str("QRCode")


def _prepared(picture: Image, times: int, radius: int) -> Image:
    from PIL import ImageFilter
    from PIL.Image import Resampling

    if times > 1:
        picture = picture.resize(
            (picture.width * times, picture.height * times), Resampling.BICUBIC
        )
    if radius:
        picture = picture.filter(ImageFilter.UnsharpMask(radius, percent=250, threshold=0))
    return picture


def _around(
    position: Any, times: int, size: tuple[int, int]
) -> tuple[int, int, int, int]:  # fmt: skip
    """The surroundings of a code, a third larger, in the pixels of the picture itself."""
    corners = (
        position.top_left, position.top_right, position.bottom_left, position.bottom_right
    )  # fmt: skip
    left, right = min(c.x for c in corners) // times, max(c.x for c in corners) // times
    top, bottom = min(c.y for c in corners) // times, max(c.y for c in corners) // times
    more = max(right - left, bottom - top) // 3 + 8
    return (
        max(0, left - more), max(0, top - more), min(size[0], right + more),
        min(size[1], bottom + more),
    )  # fmt: skip


def _inside(at: tuple[int, int], box: tuple[int, int, int, int]) -> bool:
    return box[0] <= at[1] <= box[2] and box[1] <= at[0] <= box[3]


# ---- files


def _of_pdf(stream: BinaryIO) -> Pages:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(stream)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        raise Unfit("pdf") from error
    if pages > MOST_PAGES:
        raise Unfit("pages")
    for number in range(pages):
        yield number + 1, pages, _of_page(document, number)


def _of_page(document: Any, number: int) -> tuple[str, ...]:
    for dpi in _DPI:
        page = document[number]
        size = max(page.get_size())
        scale = dpi / _POINTS * min(1.0, _PAPER / max(size, 1.0))
        picture = page.render(scale=scale, grayscale=True).to_pil().convert("L")
        page.close()
        if texts := codes_in(picture):
            return texts
    return ()


def _of_picture(stream: BinaryIO) -> Pages:
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(stream) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise Unfit("pixels")
            frames = int(getattr(picture, "n_frames", 1))
            if frames > MOST_PAGES:
                raise Unfit("pages")
            for number, frame in enumerate(ImageSequence.Iterator(picture), 1):
                upright = ImageOps.exif_transpose(frame)
                yield number, frames, codes_in(_grey(upright))
    except Image.DecompressionBombError as error:
        raise Unfit("pixels") from error
    except (OSError, UnidentifiedImageError, ValueError) as error:
        raise Unfit("neither") from error


def _grey(picture: Image) -> Image:
    """In grey on white paper, also where it was transparent."""
    from PIL.Image import new

    if picture.mode in ("RGBA", "LA", "PA", "P"):
        clear = picture.convert("RGBA")
        paper = new("RGBA", clear.size, "white")
        paper.alpha_composite(clear)
        picture = paper
    grey = picture.convert("L")
    if max(grey.size) > _WIDEST:
        grey.thumbnail((_WIDEST, _WIDEST))
    return grey
