# SPDX-License-Identifier: Apache-2.0
"""Makes the dictionary that both ends of sync pack their messages with: resources/sync/d1.dict.

    sync_dictionary.py OUT.dict     make one
    sync_dictionary.py --try FILE   say how small it makes the same ops

It is made from the store that ``samut demo`` builds, from visits that tests type, and from the
forms that are shipped: names of nouns and fields, codes of lists, whole blank answers. Everybody
in it is made up. Ids and hashes are taken out, so that none of them takes room.

Zstandard's own training finds the short pieces that many samples share; a finished form is
eleven kilobytes that only forms share. So the training is asked for the statistics of letters
alone, and the content is laid out by hand: what is rare first, what every message holds last.

A dictionary that was shipped never changes: what was packed with it must be opened with the very
same bytes. Another one gets another name, another number here and another coding in
``desktop/sync/compression.py``.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import zstandard

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

SIZE: Final = 64_000
NUMBER: Final = 50_001
"""Stands in every frame; one for each dictionary."""
_SEED: Final = 2569
_PIECE: Final = 12
_RANDOM: Final = re.compile(
    r"[0-9a-f]{64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{12}-[0-9a-f]{4}-[0-9a-f]{8}"
)
_FIRST_OFFSETS: Final = bytes.fromhex("010000000400000008000000")
"""What ends the head of a trained dictionary; the content follows."""
_ORDER: Final = (
    "office", "facilitator", "programme", "event", "day", "session", "ceremony_role",
    "roster_lock", "organisation", "award", "mentorship", "activity", "attachment", "referral",
    "alert", "alert_step", "record:activity", "person_identifier", "person", "enrolment", "mark",
    "household", "consent", "case_file", "case_step", "follow_up", "assistance",
    "assistance_step", "member", "visit_person", "visit", "record:home_visit",
)  # fmt: skip
"""Nouns, the dearest last: what is near the end costs least to point at."""
_MANY: Final = {"person": 3, "record:activity": 1}


def ops() -> list[list[str]]:
    """``[by, at, body]`` of every op of stores in which a lot was done."""
    from desktop.actions.demo import PASSPHRASE, build_demo
    from desktop.actions.office import unlock
    from tests.village import Village, a_year_later

    found: list[list[str]] = []
    with tempfile.TemporaryDirectory() as folder:
        keys = build_demo(Path(folder) / "demo")
        store = unlock(keys.folder, keys.facilitator_id, PASSPHRASE)
        village = Village.open(Path(folder) / "village")
        village.five_visits()
        for number in range(5):
            a_year_later(village, number)
        for one in (store, village.field.store):
            with one.read() as conn:
                rows = conn.exec_driver_sql('SELECT "by", at, body FROM op ORDER BY rowid')
                found += [list(row) for row in rows]
            one.close()
    return found


def text_of(value: object) -> str:
    """``value`` as it stands in a message, without what is random in it."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _RANDOM.sub("", text)


def by_noun(said: Iterable[list[str]]) -> dict[str, list[str]]:
    """The ops as they travel, by noun; records by their form as well."""
    found: dict[str, list[str]] = defaultdict(list)
    for by, at, body in said:
        op: dict[str, Any] = json.loads(body)
        form = op.get("set", {}).get("form_id", "")
        found[f"record:{form}" if op["kind"] == "record" else op["kind"]].append(
            text_of([by, at, op])
        )
    return found


def _pieces(text: str) -> set[str]:
    return {text[at : at + _PIECE] for at in range(len(text) - _PIECE)}


def the_telling(samples: list[str], count: int, chance: random.Random) -> list[str]:
    """``count`` samples that share most with the others and least with each other."""
    samples = sorted(set(samples))
    samples = samples if len(samples) <= 200 else chance.sample(samples, 200)
    shared = Counter(piece for one in samples for piece in _pieces(one))
    chosen: list[str] = []
    seen: set[str] = set()
    for _ in range(min(count, len(samples))):
        best = max(
            samples,
            key=lambda one: (
                sum(shared[p] for p in _pieces(one) - seen if shared[p] > 1) / len(one) ** 0.3
            ),
        )
        chosen.append(best)
        seen |= _pieces(best)
    return chosen[::-1]


def blank_forms() -> str:
    """The answers that each shipped form begins with, as a record holds them."""
    found = []
    for path in sorted((ROOT / "forms" / "built").glob("*.xml")):
        body = re.search(r"<instance>\s*(<data.*?</data>)", path.read_text("utf-8"), re.DOTALL)
        if body and not path.name.startswith(("home_visit", "activity")):
            found.append(json.dumps(re.sub(r">\s+<", "><", body.group(1)), ensure_ascii=False))
    return ",".join(found)


def frame() -> str:
    """What stands around the ops of a request."""
    at = "2026-11-20T02:40:00.000Z[+07:00]"
    op = ["", at, {"base": 0, "ep": 1, "hlc": "", "id": "", "kind": ""}]
    return text_of({
        "app": "1.0.0", "budget": 262144, "device": "", "epoch": 1, "now": at, "sv": 3, "v": 1,
        "pull": {"forms": 1, "o:": 1, "t:": 1, "w:": 1}, "waiting": 1,
        "push": [{"before": "", "first": 1, "ops": [op], "scope": "t:"}],
    })  # fmt: skip


def make(said: list[list[str]]) -> bytes:
    """The dictionary, as it is shipped."""
    chance = random.Random(_SEED)  # noqa: S311 - a choice of samples
    nouns = by_noun(said)
    laid = [blank_forms()]
    for noun in _ORDER:
        laid += the_telling(nouns[noun], _MANY.get(noun, 2), chance)
    content = ",".join([*laid, frame()]).encode()
    samples: list[bytes | bytearray | memoryview[int]] = [
        one.encode() for texts in nouns.values() for one in texts
    ]
    trained = zstandard.train_dictionary(SIZE, samples, dict_id=NUMBER, level=19).as_bytes()
    head = trained[: trained.index(_FIRST_OFFSETS) + len(_FIRST_OFFSETS)]
    return head + content[-(SIZE - len(head)) :]


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("file", type=Path)
    asked.add_argument("--try", action="store_true", dest="tried")
    given = asked.parse_args()
    said = ops()
    if not given.tried:
        given.file.parent.mkdir(parents=True, exist_ok=True)
        given.file.write_bytes(make(said))
    known = zstandard.ZstdCompressionDict(given.file.read_bytes())
    samples = [json.dumps(one, ensure_ascii=False).encode() for one in said]
    for name, dictionary in (("without", None), ("with", known)):
        packer = zstandard.ZstdCompressor(level=19, dict_data=dictionary)
        print(name, sum(len(packer.compress(one)) for one in samples))
    return 0


if __name__ == "__main__":
    sys.exit(main())
