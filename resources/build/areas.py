# SPDX-License-Identifier: Apache-2.0
"""Builds resources/areas.sqlite: the provinces, amphoe and tambon of Thailand, now and before.

    python resources/build/areas.py            write resources/areas.sqlite
    python resources/build/areas.py --check    exit 1 when the file is not what would be built

Source: the `geothai` package (a development requirement; the program never imports it), whose
data are DOPA's codes and names under CC BY 4.0. resources/NOTICE carries the notice and
resources/README.md the schema. The keys come from `desktop.thai`, so a change of the sorting or
searching rules means building again.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "resources" / "areas.sqlite"

PROVINCE, AMPHOE, TAMBON = 1, 2, 3
_LEVELS = {"province": PROVINCE, "district": AMPHOE, "subdistrict": TAMBON}

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE area (
  code TEXT PRIMARY KEY,          -- 2, 4 or 6 digits (DOPA)
  level INTEGER NOT NULL,         -- 1 province, 2 amphoe or khet, 3 tambon or khwaeng
  parent_code TEXT REFERENCES area (code),
  name_th TEXT NOT NULL,          -- without จังหวัด/อำเภอ/ตำบล; Bangkok's districts keep เขต
  name_en TEXT NOT NULL,
  search_key TEXT NOT NULL,       -- desktop.thai.search_key of name_th
  sort_key TEXT NOT NULL          -- desktop.thai.sort_key of name_th; compare as BINARY
) WITHOUT ROWID;
CREATE INDEX area_by_parent ON area (parent_code, sort_key);
CREATE INDEX area_by_search_key ON area (search_key, level);
CREATE TABLE postcode (
  tambon_code TEXT NOT NULL REFERENCES area (code),
  postcode TEXT NOT NULL,
  place INTEGER NOT NULL,         -- 0 is the one most of the tambon uses
  PRIMARY KEY (tambon_code, place)
) WITHOUT ROWID;
CREATE INDEX postcode_by_postcode ON postcode (postcode, tambon_code);
CREATE TABLE area_abolished (
  code TEXT PRIMARY KEY,
  level INTEGER NOT NULL,
  parent_code TEXT,               -- may itself be abolished
  name_th TEXT NOT NULL,
  name_en TEXT,
  abolished_on TEXT NOT NULL,     -- ISO date
  basis TEXT,                     -- how the successors are known: notice, name, or NULL: unknown
  in_force TEXT,                  -- ISO date the notice took effect
  source TEXT,                    -- the notice in the Royal Gazette
  search_key TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX area_abolished_by_search_key ON area_abolished (search_key, level);
CREATE TABLE area_successor (
  code TEXT NOT NULL REFERENCES area_abolished (code),
  successor_code TEXT NOT NULL,
  PRIMARY KEY (code, successor_code)
) WITHOUT ROWID;
"""

_AreaRow = tuple[str, int, str | None, str, str]


def _current() -> Iterator[_AreaRow]:
    import geothai

    for province in geothai.provinces():
        yield province.code, PROVINCE, None, province.name_th, province.name_en
        for district in geothai.districts(province.code):
            yield district.code, AMPHOE, province.code, district.name_th, district.name_en
            for tambon in geothai.subdistricts(district.code):
                yield tambon.code, TAMBON, district.code, tambon.name_th, tambon.name_en


def _postcodes(areas: list[_AreaRow]) -> Iterator[tuple[str, str, int]]:
    import geothai

    for code, level, *_rest in areas:
        tambon = geothai.subdistrict(code) if level == TAMBON else None
        if tambon is not None:
            for place, postcode in enumerate(tambon.postal_codes):
                yield code, postcode, place


def build(target: Path) -> None:
    """Write the whole file anew; an interrupted build leaves the old one."""
    import geothai
    from geothai.abolished import abolished_areas

    from desktop.thai.search_key import search_key
    from desktop.thai.sort_key import sort_key

    draft = target.with_suffix(".new")
    draft.unlink(missing_ok=True)
    conn = sqlite3.connect(draft)
    conn.executescript(f"PRAGMA page_size=4096;PRAGMA journal_mode=OFF;{_SCHEMA}")
    areas = list(_current())
    with conn:
        conn.executemany(
            "INSERT INTO area VALUES (?,?,?,?,?,?,?)",
            ((*area, search_key(area[3]), sort_key(area[3])) for area in areas),
        )
        conn.executemany("INSERT INTO postcode VALUES (?,?,?)", _postcodes(areas))
        for old in abolished_areas():
            conn.execute(
                "INSERT INTO area_abolished VALUES (?,?,?,?,?,?,?,?,?,?)",
                (
                    old.code,
                    _LEVELS[old.level],
                    old.parent_code,
                    old.name_th,
                    old.name_en,
                    old.abolished_on,
                    old.successors_basis,
                    old.successors_in_force,
                    old.successors_source,
                    search_key(old.name_th),
                ),
            )
            conn.executemany(
                "INSERT INTO area_successor VALUES (?,?)",
                ((old.code, successor) for successor in old.successors),
            )
        conn.executemany(
            "INSERT INTO meta VALUES (?,?)",
            [
                ("data_version", geothai.DATA_VERSION),
                ("licence", "CC BY 4.0"),
                ("source", "GeoThai/data; กรมการปกครอง (DOPA); ไปรษณีย์ไทย"),
            ],
        )
    conn.executescript("ANALYZE; VACUUM")
    conn.close()
    draft.replace(target)


def same_content(one: Path, other: Path) -> bool:
    """Whether two files hold the same schema and rows, whatever SQLite wrote them."""
    dumps = []
    for path in (one, other):
        conn = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        dumps.append(list(conn.iterdump()))
        conn.close()
    return dumps[0] == dumps[1]


def main() -> int:
    """Build, or check with `--check`."""
    parser = argparse.ArgumentParser(description="Build resources/areas.sqlite.")
    parser.add_argument("--check", action="store_true", help="only say whether it is fresh")
    if not parser.parse_args().check:
        build(TARGET)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / TARGET.name
        build(fresh)
        if TARGET.is_file() and same_content(TARGET, fresh):
            return 0
    print("resources/areas.sqlite is stale: python resources/build/areas.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
