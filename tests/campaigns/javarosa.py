# SPDX-License-Identifier: Apache-2.0
"""Random answers beside JavaRosa, the engine of ODK Collect: ``./test --campaign javarosa``.

Eleven forms: the seven of the centre and four written for the tests (a large one, a household
with a repeat by hand and one counted by an answer, repeats within repeats). Session number n
takes form n modulo 11 and gives ``--steps`` random answers to both engines; after each, every
relevant value, the shown questions, choices, constraints and required marks must be the same.
What is decided otherwise on purpose (``desktop/xforms/DECISIONS.md``) is levelled out in
``tests/xforms/difference.py``, where it says why. Needs Java; leaves with 1 for a difference.
"""

from __future__ import annotations

import argparse
import json
import sys
import time

from desktop.xforms.form import Form
from tests.campaigns import seeds
from tests.xforms import authored
from tests.xforms.difference import play
from tests.xforms.javarosa import jar


def main() -> int:
    """Play the sessions; 1 if the engines came apart, 2 without Java."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=seeds, default=range(500))
    parser.add_argument("--steps", type=int, default=100)
    arguments = parser.parse_args()
    if jar() is None:
        print("Java, JPype or pyxform is not here.", file=sys.stderr)
        return 2
    sources = authored.all_forms()
    forms = {name: Form.load(xml) for name, xml in sources.items()}
    names = sorted(sources)
    apart = 0
    began = time.monotonic()
    for seed in arguments.seeds:
        name = names[seed % len(names)]
        difference = play(forms[name], sources[name], seed, arguments.steps)
        if difference is not None:
            apart += 1
            print(f"seed {seed}, {name}: {difference}")
    told = {
        "sessions": len(arguments.seeds),
        "steps": arguments.steps,
        "forms": len(names),
        "apart": apart,
        "seconds": round(time.monotonic() - began, 1),
    }
    print(json.dumps(told))
    return 1 if apart else 0


if __name__ == "__main__":
    sys.exit(main())
