# SPDX-License-Identifier: Apache-2.0
"""Converts forms/*.xlsx into forms/built/<form_id>@<version>.xml, which the program ships.

    forms.py            check every form and write what it becomes
    forms.py --check    change nothing; exit 1 unless forms/built is what the workbooks become

A form that ``samut form check`` would refuse is not written. The same workbooks give the same
bytes on every computer: pyxform is pinned, and nothing of the time or the machine gets in.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from desktop.xforms.xlsform_check import check  # noqa: E402 - the checkout itself

FORMS = ROOT / "forms"
BUILT = FORMS / "built"


def built() -> dict[str, bytes]:
    """What the workbooks become: file name → XForm. Raises SystemExit over a refused form."""
    made: dict[str, bytes] = {}
    for workbook in sorted(FORMS.glob("*.xlsx")):
        report = check(workbook.read_bytes(), workbook.name)
        if report.failed or report.converted is None:
            told = "\n".join(str(one) for one in report.findings if one.refuses)
            raise SystemExit(f"{workbook.name}\n{told}")
        sheets = report.converted.sheets
        name = f"{sheets.setting('form_id')}@{sheets.setting('version')}.xml"
        if name in made:
            raise SystemExit(f"{workbook.name}: {name} is made twice")
        made[name] = report.converted.xml
    return made


def main() -> int:
    """Write the forms, or with ``--check`` compare them."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--check", action="store_true")
    made = built()
    there = {path.name: path.read_bytes() for path in BUILT.glob("*.xml")}
    if asked.parse_args().check:
        changed = sorted(name for name, xml in made.items() if there.get(name) != xml)
        for name in changed:
            print(
                f"forms/built/{name} is not what its workbook becomes: run {Path(__file__).name}"
            )
        return int(bool(changed))
    BUILT.mkdir(exist_ok=True)
    for name, xml in made.items():
        (BUILT / name).write_bytes(xml)
    # An older version stays: drafts begun with it are opened with it.
    print("\n".join(f"{name}: {len(xml):,}" for name, xml in made.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
