# SPDX-License-Identifier: Apache-2.0
"""Builds resources/holidays.json: the holidays of Thailand, 2018 to 2035, from PyPI `holidays`.

    python resources/build/thai_holidays.py            write resources/holidays.json
    python resources/build/thai_holidays.py --check    exit 1 when it differs

A holiday warns and never forbids: trainings do close on Sundays. Special days that the cabinet
has not declared yet are missing by nature; the centre sends them later.
"""

from __future__ import annotations

import argparse
import json
import sys
from importlib.metadata import version
from pathlib import Path

YEARS = range(2018, 2036)
TARGET = Path(__file__).resolve().parents[1] / "holidays.json"


def build() -> str:
    """The text of the file: dates in order, each with its Thai and English name and its kind.

    `public` is a day off for everyone; `government` a day off for government offices only.
    """
    import holidays

    rows: dict[str, dict[str, str]] = {}
    for kind in ("government", "public"):  # public last: it wins where a day is both
        thai, english = (
            holidays.country_holidays("TH", years=YEARS, language=name, categories=(kind,))
            for name in ("th", "en_US")
        )
        for day, name in thai.items():
            rows[day.isoformat()] = {"th": name, "en": english[day], "kind": kind}
    days = [{"date": day, **rows[day]} for day in sorted(rows)]
    lines = ",\n  ".join(json.dumps(day, ensure_ascii=False) for day in days)
    return (
        f'{{\n "source": "holidays {version("holidays")} (MIT)",\n'
        f' "years": [{YEARS[0]}, {YEARS[-1]}],\n "days": [\n  {lines}\n ]\n}}\n'
    )


def main() -> int:
    """Build, or check with `--check`."""
    parser = argparse.ArgumentParser(description="Build resources/holidays.json.")
    parser.add_argument("--check", action="store_true", help="only say whether it is fresh")
    text = build() if not parser.parse_args().check else ""
    if text:
        TARGET.write_text(text, encoding="utf-8")
        return 0
    if TARGET.read_text(encoding="utf-8") == build():
        return 0
    print(
        "resources/holidays.json is stale: python resources/build/thai_holidays.py",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
