# SPDX-License-Identifier: Apache-2.0
"""From whatever file was given to the picture that is kept: small, upright, and saying nothing.

The picture is drawn anew, so that nothing of the file given comes along: no place, no name of a
camera, no comment, no profile. What kind of file it is is read from its first bytes, never from
its name, and only that one decoder sees it. Runs on the slow lane: images may be made on any
thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QColorSpace, QImage, QImageReader, QPainter

from desktop.errors import Problem, Refused
from desktop.i18n import _
from desktop.model.exif import Taken, read_exif
from desktop.ui import theme

MAX_PIXELS: Final = 1600
"""Longest edge of a kept picture where the form says nothing."""
MOST_BYTES: Final = 60_000_000
"""A file larger than this is not read: no camera of an office writes one."""
_WISHED: Final = 300_000
"""Bytes a kept photograph should not pass: thirty of them go over a telephone line in a minute."""
THUMB_PIXELS: Final = 320
"""Longest edge of a thumbnail."""
THUMB_BYTES: Final = 12_000
"""A thumbnail is no larger: ten of them go over a telephone line before one photograph."""
_THUMB_QUALITIES: Final = (72, 60, 48, 36)
_QUALITIES: Final = (86, 80, 74, 68, 60, 52, 44)
_MOST_DOTS: Final = 150_000_000
_MEGABYTES: Final = 384
"""What a decoder may ask for; Qt refuses a picture that needs more."""
_LEAST_EDGE: Final = 8

_MAGIC: Final = (
    (b"\xff\xd8\xff", b"jpeg"),
    (b"\x89PNG\r\n\x1a\n", b"png"),
    (b"BM", b"bmp"),
)
_HEIC: Final = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis", b"avif")


class NotAPhoto(Refused):
    """The file is no picture that can be read; nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture as it is kept: JPEG or PNG bytes, its edges in pixels, and what the file said."""

    data: bytes
    width: int
    height: int
    mime: str
    taken: Taken
    thumb: bytes = b""
    """A JPEG that stands for it until it has come to the centre and to others; empty for a
    picture that is hardly larger itself."""


def make_photo(data: bytes, max_pixels: int = MAX_PIXELS) -> Photo:
    """A picture no longer than ``max_pixels`` on its longest edge, as JPEG, drawn anew.

    ``Photo.taken`` is what the file given says of place and time; it is in no byte of the new
    one. Raises :class:`NotAPhoto` with a sentence for anything that is no picture.
    """
    image = read_image(data, max_pixels)
    jpeg = _small_jpeg(image)
    thumb = _thumb(image, jpeg)
    return Photo(jpeg, image.width(), image.height(), "image/jpeg", read_exif(data), thumb)


def photo_of_image(image: QImage, max_pixels: int = MAX_PIXELS) -> Photo:
    """The same for a picture from the clipboard, which has no file."""
    if image.isNull() or min(image.width(), image.height()) < _LEAST_EDGE:
        raise _no_picture()
    drawn = _drawn_anew(image, _bounded(max_pixels))
    jpeg = _small_jpeg(drawn)
    thumb = _thumb(drawn, jpeg)
    return Photo(jpeg, drawn.width(), drawn.height(), "image/jpeg", Taken(), thumb)


def read_file(path: Path) -> bytes:
    """The bytes of a file that a person chose; a folder or a broken stick is a sentence."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise NotAPhoto(_("This file is too large for a picture. Choose another one."))
        with path.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError:
        raise NotAPhoto(
            _("This file cannot be read. Copy it to this computer first, then choose it again.")
        ) from None


def read_image(data: bytes, max_pixels: int) -> QImage:
    """The picture in a file, upright and no longer than ``max_pixels``, drawn anew."""
    if not data:
        raise NotAPhoto(_("This file is empty. Choose another picture."))
    if len(data) > MOST_BYTES:
        raise NotAPhoto(_("This file is too large for a picture. Choose another one."))
    kind = _kind(data)
    if kind == b"jpeg" and data.rfind(b"\xff\xd9") < data.find(b"\xff\xda"):
        # The dots begin after SOS; a file whose last EOI (of a preview) comes before it was cut.
        raise NotAPhoto(_("This picture is cut off. Copy it from the camera again."))
    longest = _bounded(max_pixels)
    QImageReader.setAllocationLimit(_MEGABYTES)
    held = QBuffer()
    held.setData(QByteArray(data))
    held.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(held, QByteArray(kind))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or min(size.width(), size.height()) < _LEAST_EDGE:
        raise _no_picture()
    if size.width() * size.height() > _MOST_DOTS:
        raise NotAPhoto(_("This picture has too many dots. Take it again with a smaller size."))
    if max(size.width(), size.height()) > longest * 2:
        # The decoder of JPEG makes it smaller as it reads: a quarter of the memory or less.
        reader.setScaledSize(size.scaled(QSize(longest * 2, longest * 2), _KEEP))
    image = reader.read()
    if image.isNull():
        raise _no_picture()
    return _drawn_anew(image, longest)


_KEEP: Final = Qt.AspectRatioMode.KeepAspectRatio


def _bounded(max_pixels: int) -> int:
    return max(64, min(max_pixels or MAX_PIXELS, 4096))


def _no_picture() -> NotAPhoto:
    return NotAPhoto(_("This file is no picture that can be read. Choose a JPEG or PNG picture."))


def _kind(data: bytes) -> bytes:
    """The one decoder for a file, from its first bytes."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return b"webp"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        raise NotAPhoto(
            _(
                "This picture is of a kind only some telephones read (HEIC). "
                "Set the camera to JPEG, or send the picture as JPEG."
            )
        )
    raise _no_picture()


def _drawn_anew(image: QImage, longest: int) -> QImage:
    """The dots alone, on white, in ordinary colours: no text, profile or transparency."""
    if image.colorSpace().isValid() and image.colorSpace() != QColorSpace(
        QColorSpace.NamedColorSpace.SRgb
    ):
        turned = image.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
        image = image if turned.isNull() else turned
    size = image.size()
    if max(size.width(), size.height()) > longest:
        size = size.scaled(QSize(longest, longest), _KEEP)
        image = image.scaled(
            size.expandedTo(QSize(1, 1)),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    drawn = QImage(image.size(), QImage.Format.Format_RGB32)
    if drawn.isNull():
        raise Problem(_("There is not enough memory for this picture. Close other programs."))
    drawn.fill(QColor(theme.PAPER))
    painter = QPainter(drawn)
    painter.drawImage(0, 0, image)
    painter.end()
    return drawn


def _small_jpeg(image: QImage) -> bytes:
    """JPEG at the best quality that is not too large, smaller edges when none is."""
    data = b""
    for quality in _QUALITIES:
        data = _written(image, "JPG", quality)
        if len(data) <= _WISHED:
            break
    return data


def _thumb(image: QImage, jpeg: bytes) -> bytes:
    """A small JPEG of a picture, at the best quality that is small enough."""
    if len(jpeg) <= THUMB_BYTES:
        return b""
    longest = THUMB_PIXELS
    while True:
        small = _drawn_anew(image, longest)
        for quality in _THUMB_QUALITIES:
            data = _written(small, "JPG", quality)
            if len(data) <= THUMB_BYTES:
                return data
        longest = longest * 3 // 4  # noise alone is that large


def png(image: QImage) -> bytes:
    """A picture as PNG: for signatures, whose lines JPEG would smear."""
    return _written(image, "PNG", -1)


def _written(image: QImage, kind: str, quality: int) -> bytes:
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    # PySide's own stub wants bytes where Qt wants a name.
    if not image.save(held, kind, quality):  # type: ignore[call-overload]
        raise Problem(_("The picture could not be written. Try again."))
    return bytes(held.data().data())
