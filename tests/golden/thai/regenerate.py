# SPDX-License-Identifier: Apache-2.0
"""Write the golden tables of the Thai room anew, from ICU.

Not part of the suite: it needs PyICU, which is built from source (`apt-get install pkg-config
libicu-dev`, then `pip install PyICU`). Run it from the top of the checkout. It sorts the words
already in sorted_words.txt, writes sampled dates by the Buddhist calendar, and the raw line breaks
of the titles. titles.txt itself is marked by hand: `|` stands where a line may begin.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import icu  # type: ignore[import-not-found]

HERE = Path(__file__).parent
FIRST_DAY = dt.date(1941, 1, 1)
LAST_DAY = dt.date(2099, 12, 31)
# Coprime to 7, 30, 31 and 365: every day, month and weekday comes up.
STEP = 97


def sorted_words() -> None:
    path = HERE / "sorted_words.txt"
    words = set(path.read_text(encoding="utf-8").split("\n")) - {""}
    collator = icu.Collator.createInstance(icu.Locale("th_TH"))
    ordered = sorted(words, key=lambda word: (collator.getSortKey(word), word))
    path.write_text("\n".join(ordered) + "\n", encoding="utf-8")


def buddhist_dates() -> None:
    def formatter(pattern: str, locale: str) -> icu.SimpleDateFormat:
        made = icu.SimpleDateFormat(pattern, icu.Locale(locale))
        made.setTimeZone(icu.TimeZone.getGMT())
        return made

    thai = formatter("d MMMM y", "th_TH@calendar=buddhist;numbers=thai")
    short = formatter("d MMM y", "th_TH@calendar=buddhist")
    weekday = formatter("EEEE", "th_TH")
    rows: list[str] = []
    day = FIRST_DAY
    while day <= LAST_DAY:
        at = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).timestamp()
        rows.append(
            "\t".join((day.isoformat(), thai.format(at), short.format(at), weekday.format(at)))
        )
        day += dt.timedelta(days=STEP)
    (HERE / "buddhist_dates.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def line_breaks() -> None:
    breaker = icu.BreakIterator.createLineInstance(icu.Locale("th"))
    rows: list[str] = []
    for marked in (HERE / "titles.txt").read_text(encoding="utf-8").splitlines():
        title = marked.replace("|", "")
        breaker.setText(title)
        start, pieces = 0, []
        for end in breaker:
            pieces.append(title[start:end])
            start = end
        rows.append("|".join(pieces))
    (HERE / "icu_breaks.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sorted_words()
    buddhist_dates()
    line_breaks()
