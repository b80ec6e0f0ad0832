# SPDX-License-Identifier: Apache-2.0
"""All tables as lines of JSON, the same from PostgreSQL and from SQLite, and back.

The first line says what follows, then ``["table", [column…]]`` begins a table and each list
after it is a row; the last line counts the rows and holds the SHA-256 of all lines before it.
Bytes are base64, JSON columns are their exact text. Whoever signs in or out of the pages, and
who failed to, is left out.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import zstandard
from sqlalchemy import JSON, Boolean, Connection, LargeBinary, Table, Text, cast, select

from desktop.centre.database import declared
from desktop.centre.sealing import unopened

FORMAT: Final = 1
LEFT_OUT: Final = frozenset({"staff_session", "staff_try"})
_LEVEL: Final = 9
_BATCH: Final = 1000
_LINE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def dumped_tables() -> tuple[Table, ...]:
    """The tables a dump holds, in order."""
    return tuple(t for t in declared().sorted_tables if t.name not in LEFT_OUT)


class Count:
    """What went by: rows by table, and the SHA-256 of the lines."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self.sha256 = hashlib.sha256()

    def last_line(self) -> list[Any]:
        """The line that ends a dump."""
        return ["end", self.rows, self.sha256.hexdigest()]


def write_dump(conn: Connection, head: dict[str, Any], count: Count) -> Iterator[bytes]:
    """The lines of all tables as ``conn`` sees them, packed by zstd. ``count`` is filled."""
    packer = zstandard.ZstdCompressor(level=_LEVEL).compressobj()
    for line in _lines(conn, head, count):
        yield packer.compress(line)
    yield packer.flush()


def _lines(conn: Connection, head: dict[str, Any], count: Count) -> Iterator[bytes]:
    def said(value: Any) -> bytes:
        line = (_LINE.encode(value) + "\n").encode()
        count.sha256.update(line)
        return line

    yield said(["samut", FORMAT, head])
    for table in dumped_tables():
        names = [column.name for column in table.columns]
        yield said(["table", table.name, names])
        columns = [
            cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column
            for column in table.columns
        ]
        packed = [n for n, c in enumerate(table.columns) if isinstance(c.type, LargeBinary)]
        told = 0
        query = select(*columns).execution_options(yield_per=_BATCH)
        with conn.execute(query) as rows:
            for part in rows.partitions():
                lines = []
                for row in part:
                    values = list(row)
                    for place in packed:
                        values[place] = base64.b64encode(values[place]).decode()
                    lines.append(_LINE.encode(values))
                told += len(lines)
                text = ("\n".join(lines) + "\n").encode()
                count.sha256.update(text)
                yield text
        count.rows[table.name] = told
    yield (_LINE.encode(count.last_line()) + "\n").encode()


class Reading:
    """Takes a dump in pieces of packed bytes; gives its rows away in batches.

    ``begin`` hears the head, ``rows`` a table's name, its columns and some of its rows. Nothing
    may be believed before :meth:`end`.
    """

    def __init__(
        self,
        begin: Callable[[dict[str, Any]], None],
        rows: Callable[[str, list[str], Sequence[list[Any]]], None],
    ) -> None:
        self._unpacker = zstandard.ZstdDecompressor().decompressobj()
        self._begin, self._rows = begin, rows
        self._left = b""
        self._table = ""
        self._names: list[str] = []
        self._batch: list[list[Any]] = []
        self._begun = self._ended = False
        self.count = Count()

    def take(self, piece: bytes) -> None:
        """The next bytes. Raises ``Unopened`` for what cannot be a dump."""
        try:
            plain = self._left + self._unpacker.decompress(piece)
            *lines, self._left = plain.split(b"\n")
            for line in lines:
                self._line(line + b"\n", json.loads(line))
        except (zstandard.ZstdError, ValueError) as wrong:
            raise unopened() from wrong

    def end(self) -> None:
        """Everything came. Raises ``Unopened`` if it is not what was written."""
        if not self._ended or self._left:
            raise unopened()

    def _line(self, line: bytes, told: Any) -> None:
        if self._ended or not isinstance(told, list) or not told:
            raise ValueError("not a line of a dump")
        if not self._begun:
            if told[0] != "samut" or told[1] != FORMAT:
                raise ValueError("another format")
            self._begun = True
            self._begin(told[2])
        elif told[0] == "table" and len(told) == 3 and isinstance(told[2], list):
            self._give()
            self._table, self._names = told[1], told[2]
            self.count.rows[self._table] = 0
        elif told[0] == "end" and len(told) == 3 and isinstance(told[1], dict):
            self._give()
            if told != self.count.last_line():
                raise ValueError("something is missing")
            self._ended = True
            return
        else:
            if len(told) != len(self._names):
                raise ValueError("not a row")
            self._batch.append(told)
            if len(self._batch) == _BATCH:
                self._give()
        self.count.sha256.update(line)

    def _give(self) -> None:
        if self._batch:
            self.count.rows[self._table] += len(self._batch)
            self._rows(self._table, self._names, self._batch)
            self._batch = []


def load(conn: Connection, name: str, names: list[str], rows: Sequence[list[Any]]) -> None:
    """Put rows of a dump into their table."""
    table = declared().tables[name]
    for place, column in enumerate(names):
        kind = table.c[column].type
        if isinstance(kind, LargeBinary):
            for row in rows:
                row[place] = base64.b64decode(row[place])
        elif isinstance(kind, Boolean):
            for row in rows:
                row[place] = bool(row[place])
    mark = "%s" if conn.dialect.name == "postgresql" else "?"
    columns = ", ".join(f'"{one}"' for one in names)
    # Names come from the declared tables, values are bound; text is read as json where it is.
    conn.exec_driver_sql(
        f'INSERT INTO "{name}" ({columns}) VALUES ({", ".join([mark] * len(names))})',  # noqa: S608
        [tuple(row) for row in rows],
    )
