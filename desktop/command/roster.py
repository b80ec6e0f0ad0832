# SPDX-License-Identifier: Apache-2.0
"""``samut roster FILE --json``: what the importer understood of a list, with problems by row.

The JSON is UTF-8 with these keys, which stay:

    kind      "xlsx" or "csv"
    sheets    names of the sheets; sheet: the one that was read
    columns   what each column was taken for
    people    line, name, person {…}, problems [{level, field, sentence …}]
    skipped   lines that were not taken for a person, and why

Without ``--json`` the same is said in a few lines for reading.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from desktop.errors import Problem
from desktop.i18n import _, ngettext


def run(arguments: argparse.Namespace) -> int:
    """Print what was understood; 2 with one sentence for a file that is refused."""
    from desktop.imports.roster import read_roster

    path: Path = arguments.file
    try:
        reading = read_roster(path)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 2
    if not reading.rows:
        print(_("Nobody was found in this file. Check that it is the list."), file=sys.stderr)
        return 2
    told = reading.to_json()
    if arguments.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _speak(told)
    return 0


def _speak(told: dict[str, Any]) -> None:
    people = told["people"]
    print(
        ngettext("{count} person was read.", "{count} people were read.", len(people)).format(
            count=len(people)
        )
    )
    for row in people:
        for problem in row["problems"]:
            words = problem.get("sentence") or problem.get("message") or ""
            print(
                _("Line {number}, {name}: {problem}").format(
                    number=row["line"], name=row["name"], problem=words
                )
            )
    for line in told["skipped"]:
        print(
            _("Line {number} left out: {problem}").format(
                number=line["line_no"], problem=line["why"]
            )
        )
