# SPDX-License-Identifier: Apache-2.0
"""Page of a PDF as a picture."""
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page."""

    name: str
    ratio: float


def read_pdf_page(data: bytes) -> PdfPage | None:
    """Page."""
    return None


def place_pdf_page(document, page, box, fit):
    pass
