# SPDX-License-Identifier: Apache-2.0
"""Keeps the Thai catalogue: every sentence of the program that stands in `_()`, `ngettext()` or
`N_()`, in English in the code and in Thai in resources/locale.

    catalogue.py                       extract, update, compile
    catalogue.py --merge FILE.json …   the same, taking translations from files
    catalogue.py --check               change nothing; exit 1, with a list, unless all is well

A file for `--merge` is `{"English msgid": "ไทย"}`; of a plural the msgid is its singular. A
translation that is merged replaces the one that stood there. The outputs hold no date, no line
number and no name of a machine, so that the same sources give the same bytes.
"""

from __future__ import annotations

import argparse
import io
import json
import string
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "resources" / "locale"
POT = LOCALE / "samut.pot"
PO = LOCALE / "th" / "LC_MESSAGES" / "samut.po"
MO = PO.with_suffix(".mo")

_KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}


class _Plain(Catalog):
    """A catalogue whose header says only what every reader needs."""

    @property
    def _headers(self) -> list[tuple[str, str]]:
        headers = [
            ("Project-Id-Version", "samut-sanam"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]
        if self.locale is not None:
            headers += [("Language", "th"), ("Plural-Forms", "nplurals=1; plural=0;")]
        return headers

    mime_headers = _headers


def _singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _thai(message: Message) -> str:
    """The one Thai form there is, or an empty string."""
    text = message.string
    return text if isinstance(text, str) else text[0] if text else ""


def extract() -> Catalog:
    """Every msgid of desktop/, its pages' templates too, with the files it stands in."""
    template = _Plain(
        charset="utf-8", fuzzy=False, header_comment="# The sentences of Samut Sanam."
    )
    found = extract_from_dir(
        ROOT / "desktop",
        method_map=[("**.py", "python"), ("centre/staff/templates/**.html", "jinja2")],
        keywords=_KEYWORDS,
        comment_tags=("i18n:",),
    )
    for name, line, msgid, comments, context in found:
        place = (f"desktop/{Path(name).as_posix()}", line)
        template.add(msgid, None, [place], auto_comments=comments, context=context)
    return template


def translations(merged: Mapping[str, str]) -> dict[str, str]:
    """What is translated so far: the catalogue on disk, then what is merged over it."""
    known: dict[str, str] = {}
    if PO.is_file():
        with PO.open("rb") as file:
            for message in read_po(file, locale="th"):
                if message.id and _thai(message):
                    known[_singular(message)] = _thai(message)
    return {**known, **{english: thai for english, thai in merged.items() if thai}}


def translate(template: Catalog, thai: Mapping[str, str]) -> Catalog:
    """The Thai catalogue of `template`; what nobody uses any more is left out."""
    catalogue = _Plain(
        locale="th",
        charset="utf-8",
        fuzzy=False,
        header_comment="# Samut Sanam in Thai (สมุดสนาม).",
    )
    for message in template:
        if message.id:
            text = thai.get(_singular(message), "")
            catalogue.add(
                message.id,
                text if isinstance(message.id, str) else (text,),
                message.locations,
                auto_comments=message.auto_comments,
                context=message.context,
            )
    return catalogue


def outputs(template: Catalog, catalogue: Catalog) -> dict[Path, bytes]:
    """The three files as they should be."""
    pot, po, mo = io.BytesIO(), io.BytesIO(), io.BytesIO()
    write_po(pot, template, width=98, sort_output=True, include_lineno=False)
    write_po(po, catalogue, width=98, sort_output=True, include_lineno=False)
    write_mo(mo, catalogue)
    return {POT: pot.getvalue(), PO: po.getvalue(), MO: mo.getvalue()}


def _placeholders(text: str) -> set[str]:
    return {
        name for _text, name, _spec, _turn in string.Formatter().parse(text) if name is not None
    }


def faults(catalogue: Catalog) -> Iterator[str]:
    """What keeps a sentence from being shown right in Thai, one line each."""
    for message in catalogue:
        if not message.id:
            continue
        english = message.id if isinstance(message.id, str) else message.id[-1]
        thai = _thai(message)
        try:
            asked = _placeholders(english)
        except ValueError as broken:
            yield f"msgid is no format text ({broken}): {english!r}"
            continue
        if not thai:
            yield f"no Thai: {_singular(message)!r}"
            continue
        try:
            given = _placeholders(thai)
        except ValueError as broken:
            yield f"Thai is no format text ({broken}): {thai!r}"
            continue
        if asked != given:
            differing = ", ".join(sorted(asked ^ given))
            yield f"placeholders differ ({differing}): {_singular(message)!r}"


def _read_merges(paths: list[Path]) -> dict[str, str]:
    merged: dict[str, str] = {}
    for path in paths:
        for english, thai in json.loads(path.read_text(encoding="utf-8")).items():
            if merged.get(english, thai) != thai:
                print(f"{path.name}: another Thai for {english!r}: {thai!r}", file=sys.stderr)
            merged[english] = thai
    return merged


def main() -> int:
    """Update the catalogue, or only check it."""
    parser = argparse.ArgumentParser(description="Keep the Thai catalogue of the program.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when stale")
    parser.add_argument("--merge", nargs="+", type=Path, default=[], metavar="FILE.json")
    wanted = parser.parse_args()
    template = extract()
    catalogue = translate(template, translations(_read_merges(wanted.merge)))
    complaints = list(faults(catalogue))
    for path, text in outputs(template, catalogue).items():
        if not wanted.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
        elif not path.is_file() or path.read_bytes() != text:
            complaints.append(f"stale: {path.relative_to(ROOT)}")
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    print(f"{len(catalogue)} sentences, {len(complaints)} to mend", file=sys.stderr)
    return 1 if wanted.check and complaints else 0


if __name__ == "__main__":
    sys.exit(main())
