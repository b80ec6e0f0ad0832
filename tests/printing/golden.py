# SPDX-License-Identifier: Apache-2.0
"""What the shipped templates come to, as digests; ``python -m tests.printing.golden`` renews them.

A digest is of everything in the file as it is read: pages, forms, fonts, before packing, because
zlib packs otherwise on other computers.
"""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import pikepdf

from desktop.model.template_field import SAMPLES, sample_filling
from desktop.model.template_form import template_digest
from desktop.printing.template_page import pages_pdf
from desktop.printing.template_shipped import shipped_templates

_PACKING = ("/Length", "/Filter")
GOLDEN = Path(__file__).parent.parent / "golden" / "certificates" / "shipped.json"


def content_digest(data: bytes) -> str:
    """SHA-256 of the objects of a PDF, each as it is read, in the order of their numbers."""
    found = hashlib.sha256()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Stream):
                found.update(one.read_bytes())
                told = {key: value for key, value in dict(one).items() if key not in _PACKING}
                found.update(repr(sorted(told.items(), key=str)).encode())
            else:
                found.update(repr(one).encode())
    return found.hexdigest()


def digests() -> dict[str, dict[str, str]]:
    """Of each shipped template its digest, and that of a page of each sample."""
    return {
        name: {
            "template": template_digest(template),
            **{
                sample: content_digest(
                    pages_pdf(template, [sample_filling(template.purpose, sample)], lenient=True)
                )
                for sample in SAMPLES
            },
        }
        for name, template in shipped_templates().items()
    }


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps(digests(), indent=1, sort_keys=True) + "\n", "utf-8")
