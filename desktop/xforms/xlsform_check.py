# SPDX-License-Identifier: Apache-2.0
"""Everything the centre wants to know of a form before it is published, said with its rows.

The sheets are looked at first, because pyxform stops at its first complaint; then the form is
converted, opened by the engine as a field laptop would, and its core values are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from desktop.i18n import _
from desktop.xforms.document import read
from desktop.xforms.names import OURS, WELL_KNOWN, shown
from desktop.xforms.problem import ExpressionRefused, FormRefused
from desktop.xforms.sheet_row import (
    CHOICES,
    SETTINGS,
    SURVEY,
    SheetFinding,
    SheetRow,
    Sheets,
    code_of,
    read_sheets,
)
from desktop.xforms.xlsform import Converted, XlsFormRefused, convert_book, read_book
from desktop.xforms.xlsform_core import REQUIRED
from desktop.xforms.xpath.compiler import Compiler
from desktop.xforms.xpath.parser import parse
from desktop.xforms.xpath.pattern import matcher
from desktop.xforms.xpath.syntax import Call, Expression, Literal, walk

LANGUAGES: Final = ("th", "en")
"""What a form of the centre speaks; a form that names no language is left as it is."""
_REFERENCE: Final = re.compile(r"\$\{\s*(?:(last-saved)#)?([^}]*?)\s*\}")
_NAME: Final = re.compile(r"[^\W\d][\w.\-]*")
_EXPRESSIONS: Final = (
    "relevant", "constraint", "calculation", "required", "read_only", "choice_filter",
    "repeat_count",
)  # fmt: skip
_STRAIGHT: Final = str.maketrans("‘’“”", "''\"\"")
"""Excel curls quotation marks; pyxform straightens them."""
_ONE: Final = ("select_one", "select one", "select1")
_PREFIX: Final = re.compile(r"(?:bind|instance|control|body)::([^\W\d][\w.\-]*):", re.IGNORECASE)
_DECLARED: Final = re.compile(r"([^\W\d][\w.\-]*)\s*=\s*[\"'“”]")
_YES_NO: Final = re.compile(r"(?:yes|no|true|false)(?:\(\))?", re.IGNORECASE)
_CODE: Final = re.compile(r"\(|\$\{|^\s*\.{1,2}/|[=<>*]")


@dataclass(frozen=True, slots=True)
class Report:
    """What was found. ``passed`` rows and checks are clean; every refusing finding is a failure.

    ``converted`` is None where the form could not be converted.
    """

    findings: tuple[SheetFinding, ...]
    passed: int
    converted: Converted | None

    @property
    def failed(self) -> int:
        """How many findings refuse the form."""
        return sum(one.refuses for one in self.findings)


def check(data: bytes, name: str) -> Report:
    """Look at the workbook in ``data``, whose file is called ``name``.

    Raises:
        ToolMissing: pyxform is not installed.
    """
    try:
        book = read_book(data)
    except XlsFormRefused as refused:
        return Report(refused.findings, 0, None)
    sheets = read_sheets(book)
    found = [*_rows(sheets), *_lists(sheets), *_settings(sheets), *_prefixes(sheets)]
    found += _texts(sheets)
    found += _expressions(sheets)
    converted = None
    try:
        converted = convert_book(book, sheets, name)
    except XlsFormRefused as refused:
        found += _news(refused.findings, found)
    else:
        # pyxform also counts languages, without rows; that was done above.
        found += [one for one in converted.warnings if "is missing the" not in one.sentence]
        opened = _opened(converted)
        found += _news(opened, found)
        if not any(one.refuses for one in opened):
            found += _core(converted)
    return _report(sheets, found, converted)


def _report(sheets: Sheets, found: list[SheetFinding], converted: Converted | None) -> Report:
    looked = {(SURVEY, one.row) for one in sheets.survey}
    looked |= {(CHOICES, one.row) for one in sheets.choices}
    looked |= {(SETTINGS, 2), ("", 0)}
    looked -= {(one.sheet, one.row) if one.row else ("", 0) for one in found if one.refuses}
    order = {SURVEY: 0, CHOICES: 1, SETTINGS: 2}
    found = sorted(dict.fromkeys(found), key=lambda one: (order.get(one.sheet, 3), one.row))
    return Report(tuple(found), len(looked), converted)


def _news(more: tuple[SheetFinding, ...], found: list[SheetFinding]) -> list[SheetFinding]:
    """Those of ``more`` on rows of which nothing worse was said: one cause, one sentence."""
    said = {(one.sheet, one.row) for one in found if one.refuses}
    whole = any(one.refuses for one in found)
    return [
        one
        for one in more
        if not one.refuses or ((one.sheet, one.row) not in said if one.row else not whole)
    ]


# ── rows ─────────────────────────────────────────────────────────────────────────────────────
def _rows(sheets: Sheets) -> Iterator[SheetFinding]:
    opened: list[tuple[str, SheetRow]] = []
    seen: dict[str, int] = {}
    for one in sheets.survey:
        edge, kind = one.edge
        if edge == "end":
            if opened and opened[-1][0] == kind:
                opened.pop()
            else:
                words = _("“{type}” closes nothing here. Delete it or move it.")
                yield _finding(one, words.format(type=one.type))
            continue
        if edge == "begin":
            opened.append((kind, one))
        if one.type:
            yield from _named(one, seen)
        elif one.name or one.texts:
            yield _finding(one, _("The column type is empty. Say what kind of question it is."))
    for _kind, one in opened:
        words = _("“{type}” is never closed. Add its end below.")
        yield _finding(one, words.format(type=one.type))


def _named(one: SheetRow, seen: dict[str, int]) -> Iterator[SheetFinding]:
    if not one.name:
        words = _("The column name is empty. Give the question a name of its own.")
        # pyxform makes up a name for what holds no answer.
        yield _finding(one, words, refuses=not (one.edge[0] or one.type.lower() == "note"))
    elif not _NAME.fullmatch(one.name):
        words = _("“{name}” cannot be a name. Use letters, digits, - and _, a letter first.")
        yield _finding(one, words.format(name=one.name))
    elif before := seen.get(one.path):
        words = _("The name “{name}” is that of row {row} too. Change one of them.")
        yield _finding(one, words.format(name=one.name, row=before))
    seen.setdefault(one.path, one.row)


def _lists(sheets: Sheets) -> Iterator[SheetFinding]:
    lists = {one.cells.get("list_name", "") for one in sheets.choices}
    for one in sheets.survey:
        if one.choices and one.choices not in lists:
            yield _finding(
                one,
                _(
                    "The list “{list}” is not on the sheet choices. Add it or correct the name."
                ).format(list=one.choices),
            )
    seen: dict[tuple[str, str], int] = {}
    several = {one.choices for one in sheets.survey if not one.type.lower().startswith(_ONE)}
    twice = sheets.setting("allow_choice_duplicates").strip().lower() in {"yes", "true"}
    for one in sheets.choices:
        key = (one.cells.get("list_name", ""), one.name)
        if not key[0]:
            words = _("The column list_name is empty, so this choice is left out.")
            yield SheetFinding(CHOICES, one.row, words, refuses=False)
        elif not key[1]:
            words = _("A choice needs its list_name and its name.")
            yield SheetFinding(CHOICES, one.row, words)
        elif key[0] in several and " " in key[1]:
            words = _("The choice “{name}” has a space, and several can be chosen. Use _ instead.")
            yield SheetFinding(CHOICES, one.row, words.format(name=one.name))
        elif key in seen and not twice:
            words = _("The choice “{name}” is in row {row} already. Delete one of them.")
            words = words.format(name=one.name, row=seen[key])
            yield SheetFinding(CHOICES, one.row, words)
        seen.setdefault(key, one.row)


def _settings(sheets: Sheets) -> Iterator[SheetFinding]:
    row = sheets.settings
    if row is None or not row.cells.get("form_id"):
        words = _("form_id is missing in the settings. Records are filed by it: add one.")
        yield SheetFinding(SETTINGS, 2 if row else 0, words, refuses=bool(_ours(sheets)))
    if row is not None and not row.cells.get("version"):
        words = _("version is missing in the settings. Give one, and a higher one at each change.")
        yield SheetFinding(SETTINGS, 2, words, refuses=_ours(sheets))


def _prefixes(sheets: Sheets) -> Iterator[SheetFinding]:
    """Columns such as ``bind::dsdw:core`` whose prefix the settings do not declare."""
    columns = {column for one in sheets.survey for column in one.cells}
    used = {found[1] for column in columns if (found := _PREFIX.match(column))}
    known = {*WELL_KNOWN, "xsd"} - {"dsdw"} | {*_DECLARED.findall(sheets.setting("namespaces"))}
    for prefix in sorted(used - known):
        words = _("The column “{prefix}:…” needs its namespace in the settings: namespaces.")
        yield SheetFinding(SURVEY, 1, words.format(prefix=prefix))


def _ours(sheets: Sheets) -> bool:
    """Whether the form is written for the centre: it declares its namespace, or is one of its."""
    return OURS in sheets.setting("namespaces") or sheets.setting("form_id") in REQUIRED


# ── languages ────────────────────────────────────────────────────────────────────────────────
def _texts(sheets: Sheets) -> Iterator[SheetFinding]:
    columns = {
        "label": _("label"),
        "hint": _("hint"),
        "guidance_hint": _("guidance"),
        "constraint_message": _("constraint message"),
        "required_message": _("required message"),
    }
    codes = {code_of(one) for one in sheets.languages}
    if codes:
        codes |= {*LANGUAGES} if codes & {*LANGUAGES} or _ours(sheets) else set()
    elif _ours(sheets):
        codes = {*LANGUAGES}
    for sheet, rows in ((SURVEY, sheets.survey), (CHOICES, sheets.choices)):
        for one in rows:
            for column, words in columns.items():
                spoken = {code_of(key) for key, text in one.texts.get(column, {}).items() if text}
                if not spoken:
                    continue
                if missing := sorted(codes - spoken, key=_first_ours):
                    yield SheetFinding(
                        sheet,
                        one.row,
                        _("The {text} has no {languages}. Add the translation.").format(
                            text=words, languages=", ".join(_language(code) for code in missing)
                        ),
                    )
    for one in sheets.survey:
        if one.cells.get("constraint") and not one.texts.get("constraint_message"):
            words = _(
                "There is a constraint without a message. Say what a right answer looks like."
            )
            yield _finding(one, words, refuses=_ours(sheets))


def _first_ours(code: str) -> tuple[int, str]:
    return (LANGUAGES.index(code) if code in LANGUAGES else len(LANGUAGES), code)


def _language(code: str) -> str:
    return {"th": _("Thai"), "en": _("English")}.get(code, code)


# ── expressions ──────────────────────────────────────────────────────────────────────────────
def _expressions(sheets: Sheets) -> Iterator[SheetFinding]:
    names = {one.name for one in sheets.survey if one.name and one.edge[0] != "end"}
    compiler = Compiler({"jr": "", "odk": "", "orx": "", "dsdw": OURS}, relevant_only=True)
    for one in sheets.survey:
        for column, text in one.cells.items():
            if column in {"type", "name"} and "${" not in text:
                continue
            yield from _unknown(SURVEY, one, column, text, names)
        for column, texts in one.texts.items():
            for text in texts.values():
                yield from _unknown(SURVEY, one, column, text, names)
        for column in _EXPRESSIONS:
            text = one.cells.get(column, "")
            if text and not _YES_NO.fullmatch(text.strip()):
                yield from _unread(SURVEY, one, column, text, compiler)
        default = one.cells.get("default", "")
        if _CODE.search(default) and one.type.lower() in {"calculate", "hidden", "text", "date"}:
            yield from _unread(SURVEY, one, "default", default, compiler, refuses=False)
    if sheets.settings and (text := sheets.setting("instance_name")):
        yield from _unknown(SETTINGS, sheets.settings, "instance_name", text, names)
        yield from _unread(SETTINGS, sheets.settings, "instance_name", text, compiler)


def _unknown(
    sheet: str, row: SheetRow, column: str, text: str, names: set[str]
) -> Iterator[SheetFinding]:
    for found in _REFERENCE.finditer(text):
        if found[2] not in names:
            yield SheetFinding(
                sheet,
                row.row,
                _("{column}: no question is called “{name}”. Correct the name.").format(
                    column=column, name=found[2]
                ),
            )


def _unread(
    sheet: str,
    row: SheetRow,
    column: str,
    text: str,
    compiler: Compiler,
    *,
    refuses: bool = True,
) -> Iterator[SheetFinding]:
    try:
        expression = parse(_REFERENCE.sub(_stand_in, text.translate(_STRAIGHT)))
        compiler.compile(expression)
        _patterns(expression)
    except ExpressionRefused as refused:
        yield SheetFinding(sheet, row.row, f"{column}: {refused}", refuses)


def _stand_in(found: re.Match[str]) -> str:
    """A path as long as the reference, so that positions stay what the author counts."""
    name = re.sub(r"[^\w.\-]", "_", found[2]) or "_"
    return f" {name}".ljust(len(found[0]))


def _patterns(expression: Expression) -> None:
    """Refuse a regular expression that the engine would refuse in the field."""
    for part in walk(expression):
        if isinstance(part, Call) and part.name == "regex" and len(part.arguments) == 2:
            pattern = part.arguments[1]
            if isinstance(pattern, Literal):
                matcher(pattern.value)


# ── the converted form ───────────────────────────────────────────────────────────────────────
def _opened(converted: Converted) -> tuple[SheetFinding, ...]:
    """What the engine refuses when the form is opened as on a field laptop."""
    from desktop.xforms.form import Form
    from desktop.xforms.profile import REFUSED, judge

    sheets = converted.sheets
    try:
        form = Form.load(converted.xml)
    except FormRefused as refused:
        return (_at(sheets, str(refused), str(refused)),)
    return tuple(
        _at(sheets, shown(one.path), one.message, refuses=one.severity == REFUSED)
        if one.path
        # What has no question is said in the settings: encryption, submission by SMS.
        else SheetFinding(SETTINGS, 2, one.message, one.severity == REFUSED)
        for one in judge(form)
    )


def _at(sheets: Sheets, where: str, words: str, *, refuses: bool = True) -> SheetFinding:
    """A finding at the first path of the form that ``where`` names."""
    paths = re.findall(r"/[\w.\-]+(?:/[\w.\-]+)+", where)
    row = next((found for found in map(sheets.row_of, paths) if found), 0)
    return SheetFinding(SURVEY, row, words, refuses)


def _core(converted: Converted) -> Iterator[SheetFinding]:
    """Core values that a form of the centre lacks, or fills with the wrong type, or twice."""
    sheets = converted.sheets
    wanted = REQUIRED.get(sheets.setting("form_id"))
    if wanted is None:
        return
    given: dict[str, tuple[str, str]] = {}
    for key, path, kind in _filled(converted.xml):
        if key in given:
            words = _("The core value {key} is filled by row {row} already.")
            first = sheets.row_of(given[key][0])
            yield SheetFinding(SURVEY, sheets.row_of(path), words.format(key=key, row=first))
        given.setdefault(key, (path, kind))
    for key, types in wanted.items():
        if key not in given:
            words = _("No question fills the core value {key}. Name it in bind::dsdw:core.")
            yield SheetFinding(SURVEY, 1, words.format(key=key))
            continue
        path, kind = given[key]
        if (kind or "string") not in types:
            words = _("{key} needs the type {types}, and this is {type}.").format(
                key=key, types=" / ".join(sorted(types)), type=kind or "string"
            )
            yield SheetFinding(SURVEY, sheets.row_of(path), words)


def _filled(xml: bytes) -> Iterator[tuple[str, str, str]]:
    """The core values of the form with the path and the type of what fills them."""
    html = read(xml).children[0]
    models = (node for part in html.children for node in part.children if node.name == "model")
    for bind in (one for model in models for one in model.children if one.name == "bind"):
        plain = {one.name: one.value for one in bind.attributes if not one.namespace}
        for one in bind.attributes:
            if one.namespace == OURS and one.name == "core":
                yield one.value, plain.get("nodeset", ""), plain.get("type", "")


def _finding(row: SheetRow, words: str, *, refuses: bool = True) -> SheetFinding:
    return SheetFinding(SURVEY, row.row, words, refuses)
