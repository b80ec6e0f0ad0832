# SPDX-License-Identifier: Apache-2.0
"""The page on which anybody checks a certificate: one HTML file that needs no network.

It is put together from ``resources/verify`` and the lists of issuers' keys and revoked
certificates. The lists are believed because the page is: whoever hands it on says whose it is.
"""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Sequence
from functools import cache
from typing import Final

from desktop.model.proof_list import KnownKey, TrustList, write_papers
from desktop.paths import shipped

_MARK: Final = b"<!--BESIDE-->"
_BESIDE: Final = (
    '<p><a href="{address}">ใบประกาศไม่มี QR ค้นด้วยเลขที่</a> · '
    '<a href="{address}?lang=en" lang="en">No QR code? Look it up by its number</a></p>'
)


def verify_page(lists: Sequence[TrustList], beside: str = "") -> bytes:
    """The page with these lists in it, about 1.6 MB. It names no person.

    ``beside`` is the address of the page on which a certificate is looked up by its number,
    where there is one: a file that is handed on has none.
    """
    told = [
        {
            "name": one.name,
            "as_of": one.as_of,
            "keys": [_key(key) for key in one.keys],
            "revoked": [[gone.part.hex(), gone.why, gone.on, gone.by] for gone in one.revoked],
            "beside": sorted(part.hex() for part in one.beside),
        }
        for one in lists
    ]
    # Nothing in it can close the element it stands in.
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    head, tail = _frame()
    link = _BESIDE.format(address=html.escape(beside)) if beside else ""
    return b"".join((head.replace(_MARK, link.encode()), text.encode(), tail))


def _key(key: KnownKey) -> dict[str, str]:
    said = {"public": key.public.hex(), "office": key.office_id, "issuer": key.issuer}
    if key.withdrawn:
        said["withdrawn"] = key.withdrawn
        if key.papers:
            said["papers"] = write_papers(key.papers)
    return said


@cache
def _frame() -> tuple[bytes, bytes]:
    """The page before and after its lists."""
    folder = shipped("resources", "verify")
    page = (folder / "page.html").read_text("utf-8")
    reader = base64.b64encode((folder / "reader.wasm").read_bytes()).decode()
    style = (folder / "page.css").read_text("utf-8")
    for mark, weight in (("/*REGULAR*/", "Regular"), ("/*SEMIBOLD*/", "SemiBold")):
        style = style.replace(mark, _font(weight))
    for mark, part in (
        ("/*STYLE*/", style),
        ("/*READER*/", reader),
        ("/*PROGRAM*/", (folder / "bundle.js").read_text("utf-8")),
    ):
        page = page.replace(mark, part)
    head, _mark, tail = page.partition("/*LIST*/")
    return head.encode(), tail.encode()


def _font(weight: str) -> str:
    """A typeface as an address: not every computer has Thai letters."""
    data = shipped("resources", "fonts", f"Sarabun-{weight}.ttf").read_bytes()
    return f"data:font/ttf;base64,{base64.b64encode(data).decode()}"
