# SPDX-License-Identifier: Apache-2.0
"""``samut form check FORM.xlsx``: what is wrong with a form, by sheet and row.

Every finding is a line such as ``แผ่น survey แถว 12: …``; the last line is always
``N passed, M failed``: N rows and checks without a fault, M findings that refuse the form.
With ``--write FOLDER`` each form without one is written there as it goes onto the laptops.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from desktop.command.parser import both
from desktop.errors import Problem
from desktop.i18n import _
from desktop.xforms.sheet_row import SheetFinding
from desktop.xforms.xlsform import LARGEST, MISSING, ToolMissing, XlsFormRefused, look_at
from desktop.xforms.xlsform_check import Report, check

_PATIENCE: Final = 120.0


def run(files: Sequence[Path], *, odk_validate: bool = False, into: Path | None = None) -> int:
    """Check the forms, and write the clean ones ``into`` a folder.

    0 when nothing refuses, 1 when something does, 2 for no workbook.
    """
    passed = failed = 0
    code = 0
    for path in files:
        if len(files) > 1:
            print(f"── {path.name}")
        try:
            data = _read(path)
            look_at(data)
            report = check(data, path.name)
        except XlsFormRefused as refused:
            print(refused, file=sys.stderr)
            failed += len(refused.findings)
            code = 2
            continue
        except ToolMissing:
            print(both(MISSING), file=sys.stderr)
            print(f"{passed} passed, {failed + 1} failed")
            return 2
        passed += report.passed
        wrong = report.failed
        for finding in report.findings:
            print(finding)
        if odk_validate and report.converted is not None:
            refusals = _validated(report)
            wrong += len(refusals)
            passed += not refusals
            for finding in refusals:
                print(finding)
        if into is not None:
            wrong += not _written(path, report, into, clean=not wrong)
        failed += wrong
    print(f"{passed} passed, {failed} failed")
    return code or int(failed > 0)


def _written(path: Path, report: Report, into: Path, *, clean: bool) -> bool:
    """Whether there is nothing to write, or it was written; both are said."""
    from desktop.command.form_write import write

    if report.converted is None or not clean:
        print(_("{file} was not written. Correct what stands above.").format(file=path.name))
        return True
    try:
        for line in write(path, report.converted, into):
            print(line)
    except Problem as problem:
        print(problem)
        return False
    return True


def _read(path: Path) -> bytes:
    """The bytes of the file, one more than a form may have at most; XlsFormRefused."""
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as fault:
        words = _("The file {file} cannot be opened. Check its name.").format(file=path)
        raise XlsFormRefused.whole(words) from fault
    return data


def _validated(report: Report) -> tuple[SheetFinding, ...]:
    """What ODK Validate, which comes with pyxform, refuses about the converted form."""
    java = shutil.which("java")
    spec = find_spec("pyxform")
    if java is None or spec is None or spec.origin is None or report.converted is None:
        words = _("ODK Validate needs Java, which is not installed. It was left out.")
        return (SheetFinding("", 0, words, refuses=True),)
    jar = Path(spec.origin).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
    with tempfile.TemporaryDirectory() as folder:
        form = Path(folder) / "form.xml"
        form.write_bytes(report.converted.xml)
        try:
            told = subprocess.run(  # noqa: S603 - the jar of the pinned wheel, a file of ours
                [java, "-Djava.awt.headless=true", "-jar", str(jar), str(form)],
                capture_output=True,
                text=True,
                timeout=_PATIENCE,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            words = _("ODK Validate does not answer.")
            return (SheetFinding("", 0, words),)
    if told.returncode == 0:
        return ()
    lines = [line.strip() for line in told.stderr.splitlines() if line.strip()]
    words = " ".join(line for line in lines if not line.startswith(("at ", "org.")))[:500]
    row = next(
        (found for path in words.split() if (found := report.converted.sheets.row_of(path))), 0
    )
    return (SheetFinding("survey", row, f"ODK Validate: {words}"),)
