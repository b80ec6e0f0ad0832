# SPDX-License-Identifier: Apache-2.0
"""The lists a form chooses from: written inside it, or beside it as CSV, XML or GeoJSON.

An expression sees a list as ``instance('id')/root/item/column``. Whoever keeps big lists (the
store, in SQL) implements ``Lists`` and answers ``matching`` from an index; ``all`` is then asked
only by an expression that walks the whole list.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, Protocol

from desktop.i18n import _
from desktop.xforms import document
from desktop.xforms.node import ELEMENT, Node
from desktop.xforms.problem import FormRefused

LONGEST_CELL: Final = 131_072
"""Signs. Python's own limit is one for the whole process, which others may have moved."""

LAST_SAVED: Final = "jr://instance/last-saved"


class List(Protocol):
    """One list, under the ``instance`` element an expression starts from."""

    def all(self) -> Sequence[Node]:
        """The top elements: for a table, one ``root`` whose children are ``item`` elements."""
        ...

    def matching(self, path: tuple[str, ...], child: str, value: str) -> Sequence[Node] | None:
        """Elements at ``path`` (``("root", "item")``) whose ``child`` is ``value``.

        ``child`` is a name, or ``@name`` for an attribute. None: this list has no index for it,
        and ``all`` is walked instead.
        """
        ...


class Lists(Protocol):
    """Where a form's external lists are."""

    def open(self, uri: str) -> List | None:
        """The list at ``uri`` (``jr://file-csv/tambon.csv``); None if there is none."""
        ...


class TreeList:
    """A list held as nodes, read when first asked for, with an index for each column asked for."""

    def __init__(self, source: Callable[[], Sequence[Node]]) -> None:
        self._source: Callable[[], Sequence[Node]] | None = source
        self._top: Sequence[Node] = ()
        self._indexes: dict[tuple[tuple[str, ...], str], dict[str, list[Node]]] = {}

    def all(self) -> Sequence[Node]:
        """The top elements."""
        if self._source is not None:
            self._top = self._source()
            self._source = None
        return self._top

    def matching(self, path: tuple[str, ...], child: str, value: str) -> Sequence[Node] | None:
        """From an index made at the first question about ``child``."""
        index = self._indexes.get((path, child))
        if index is None:
            index = self._indexes[path, child] = {}
            for node in self._at(path):
                for held in _values(node, child):
                    index.setdefault(held, []).append(node)
        return index.get(value, ())

    def _at(self, path: tuple[str, ...]) -> Iterable[Node]:
        nodes: Sequence[Node] = self.all()
        for depth, name in enumerate(path):
            if depth:
                nodes = [inside for node in nodes for inside in node.children]
            nodes = [node for node in nodes if node.name == name and node.kind == ELEMENT]
        return nodes


def _values(node: Node, name: str) -> list[str]:
    found: list[str] = []
    if name.startswith("@"):
        return [held.value for held in node.attributes if held.name == name[1:]]
    for inside in node.children:
        if inside.name == name and inside.kind == ELEMENT:
            text = document.words(inside)
            if text not in found:
                found.append(text)
    return found


def table(rows: Iterable[Mapping[str, str]]) -> Node:
    """``root`` over one ``item`` a row, one element a column."""
    root = Node(ELEMENT, "root")
    root.children = [_item(root, row) for row in rows]
    return root


def _item(root: Node, row: Mapping[str, str]) -> Node:
    item = Node(ELEMENT, "item", root)
    item.children = [Node(ELEMENT, name, item, text) for name, text in row.items()]
    return item


class RowList:
    """A table that becomes nodes row by row, as rows are asked for."""

    def __init__(self, source: Callable[[], Sequence[Mapping[str, str]]]) -> None:
        self._source: Callable[[], Sequence[Mapping[str, str]]] | None = source
        self._rows: Sequence[Mapping[str, str]] = ()
        self._root = Node(ELEMENT, "root")
        self._items: dict[int, Node] = {}
        self._indexes: dict[str, dict[str, list[int]]] = {}

    def _read(self) -> Sequence[Mapping[str, str]]:
        if self._source is not None:
            self._rows = self._source()
            self._source = None
        return self._rows

    def _node(self, number: int) -> Node:
        node = self._items.get(number)
        if node is None:
            node = self._items[number] = _item(self._root, self._rows[number])
        return node

    def all(self) -> Sequence[Node]:
        """The ``root`` with every row."""
        rows = self._read()
        if len(self._root.children) != len(rows):
            self._root.children = [self._node(number) for number in range(len(rows))]
        return (self._root,)

    def matching(self, path: tuple[str, ...], child: str, value: str) -> Sequence[Node] | None:
        """From an index of the column made at the first question about it."""
        if path != ("root", "item"):
            return None
        index = self._indexes.get(child)
        if index is None:
            index = self._indexes[child] = {}
            for number, row in enumerate(self._read()):
                held = row.get(child)
                if held is not None:
                    index.setdefault(held, []).append(number)
        return [self._node(number) for number in index.get(value, ())]


class XmlList(TreeList):
    """An XML file: its root element is the list's ``root``."""

    def __init__(self, data: bytes) -> None:
        super().__init__(lambda: document.elements(document.read(data)))


class CsvList(RowList):
    """A CSV file in UTF-8, separated by comma, semicolon, tab or bar, names in its first line."""

    def __init__(self, data: bytes) -> None:
        super().__init__(lambda: csv_rows(data))


def csv_rows(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file by column name; a short row is blank where it ends.

    Raises:
        FormRefused: It is not UTF-8, has no first line, more than 500,000 cells, or a row
            longer than the first.
    """
    if len(data) > document.LARGEST:
        raise FormRefused(_("The list is larger than 16 MB."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FormRefused(_("The list is not in UTF-8. Save it again as CSV UTF-8.")) from None
    first = text.partition("\n")[0]
    separator = max(",;\t|", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return _rows(reader)
    except csv.Error:
        # A cell that is too long, as a quotation mark that is never closed makes it.
        raise FormRefused(
            _("Row {row} of the list cannot be read. Look for a quotation mark too many.").format(
                row=reader.line_num
            )
        ) from None


def _rows(reader: Any) -> list[dict[str, str]]:
    names = [name.strip() for name in next(reader, [])]
    if not names:
        raise FormRefused(_("The list is empty; its first line must name the columns."))
    rows: list[dict[str, str]] = []
    for cells in reader:
        if not cells or cells == [""]:
            continue
        if max(map(len, cells)) > LONGEST_CELL:
            raise csv.Error
        if (len(rows) + 1) * len(names) > document.MOST:
            raise FormRefused(
                _("The list has more than {count} cells. Keep what the form needs of it.").format(
                    count=document.MOST
                )
            )
        if len(cells) > len(names) and any(cells[len(names) :]):
            raise FormRefused(
                _("Row {row} of the list has more columns than its first line.").format(
                    row=reader.line_num
                )
            )
        rows.append(dict(zip(names, cells + [""] * (len(names) - len(cells)), strict=False)))
    return rows


class GeoJsonList(RowList):
    """A GeoJSON FeatureCollection: one item a feature, ``geometry`` as ODK writes places."""

    def __init__(self, data: bytes) -> None:
        super().__init__(lambda: geojson_rows(data))


def geojson_rows(data: bytes) -> list[dict[str, str]]:
    """``geometry``, ``id`` and the properties of each feature as text.

    Raises:
        FormRefused: It is not a FeatureCollection of points, lines and polygons.
    """
    refused = FormRefused(_("The list is not GeoJSON with points, lines or polygons."))
    if len(data) > document.LARGEST:
        raise FormRefused(_("The list is larger than 16 MB."))
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        raise refused from None
    if not isinstance(whole, dict) or whole.get("type") != "FeatureCollection":
        raise refused
    rows: list[dict[str, str]] = []
    features = whole.get("features")
    if not isinstance(features, list):
        raise refused
    for feature in features:
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        if not isinstance(geometry, dict):
            raise refused
        row = {"geometry": _places(geometry, refused)}
        properties = feature.get("properties") or {}
        if not isinstance(properties, dict):
            raise refused
        for name in ("id",):
            if feature.get(name) is not None:
                row[name] = _text(feature[name])
        row.update({str(name): _text(held) for name, held in properties.items()})
        rows.append(row)
    return rows


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _places(geometry: Mapping[str, Any], refused: FormRefused) -> str:
    points = geometry.get("coordinates")
    try:
        if geometry.get("type") == "Point":
            return _place(points)
        if geometry.get("type") == "LineString":
            return "; ".join(_place(point) for point in points or ())
        if geometry.get("type") == "Polygon":
            return "; ".join(_place(point) for point in (points or [[]])[0])
    except (TypeError, ValueError, IndexError, KeyError):
        raise refused from None
    raise refused


def _place(point: Any) -> str:
    longitude, latitude = float(point[0]), float(point[1])
    if not (math.isfinite(longitude) and math.isfinite(latitude)):
        raise ValueError("no place")
    return f"{latitude!r} {longitude!r} 0 0".replace(".0 ", " ")


READERS: Final[Mapping[str, Callable[[bytes], List]]] = {
    ".csv": CsvList,
    ".xml": XmlList,
    ".geojson": GeoJsonList,
}
"""What reads a list file, by the ending of its name."""


class Files:
    """Lists given as bytes by file name (``{"tambon.csv": b"…"}``)."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files

    def open(self, uri: str) -> List | None:
        """The file with the last part of ``uri`` as its name."""
        name = uri.rpartition("/")[2]
        data = self._files.get(name)
        if data is None:
            return None
        ending = name[name.rfind(".") :].lower() if "." in name else ""
        reader = READERS.get(ending)
        if reader is None:
            raise FormRefused(
                _("The list “{name}” is neither CSV, XML nor GeoJSON.").format(name=name)
            )
        return reader(data)
