# SPDX-License-Identifier: Apache-2.0
"""The lists a form chooses from, out of the store and the shipped areas.

These names are the program's own; any other is a list that came beside the form and is kept with
its version (``store/form.py``).

    provinces.csv   name, label
    amphoe.csv      name, label, province
    tambon.csv      name, label, amphoe, province, postcode
    households.csv  name, label, house_code, house_no, moo, village, soi_road, area_code,
                    postcode, tenure, landmark
    last-saved      the record of the same form that the same facilitator finished last

Big lists answer a question about one column from an index and are only walked by an expression
that asks for all of them; of the households only those visited last can be walked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final

from desktop.model.area import Area
from desktop.model.household import FoundHousehold
from desktop.store import area, form, household
from desktop.store.store import Store
from desktop.xforms.lists import LAST_SAVED, Files, List, TreeList, XmlList
from desktop.xforms.node import ELEMENT, Node

WALKED: Final = 200
"""Households that an expression can walk; a picker asks the store instead."""

OWN: Final = frozenset({"provinces.csv", "amphoe.csv", "tambon.csv", "households.csv"})
"""File names of lists the program has itself; no form brings its own."""

_CSV: Final = "jr://file-csv/"
_LENGTHS: Final = {"provinces": 2, "amphoe": 4, "tambon": 6}
_ITEMS: Final = ("root", "item")


class StoreLists:
    """The lists for one record: as the store was when the record was begun, for the last one."""

    def __init__(
        self, store: Store, form_id: str, by: str, before: str = "", version: str | None = None
    ) -> None:
        """``version`` says whose lists beside the form are meant; None for none."""
        self._store = store
        self._form = form_id
        self._version = version
        self._by = by
        self._before = before or "9999"
        self._opened: dict[str, List | None] = {}

    def open(self, uri: str) -> List | None:
        """The list at ``uri``; None for one there is not."""
        if uri not in self._opened:
            self._opened[uri] = self._open(uri)
        return self._opened[uri]

    def _open(self, uri: str) -> List | None:
        if uri == LAST_SAVED:
            return self._last_saved()
        if uri.rpartition("/")[2] not in OWN:
            return self._beside(uri)
        name = uri.removeprefix(_CSV).removesuffix(".csv")
        if uri != f"{_CSV}{name}.csv":
            return None
        if name in _LENGTHS:
            return _areas(name)
        return HouseholdList(self._store) if name == "households" else None

    def _beside(self, uri: str) -> List | None:
        if self._version is None:
            return None
        with self._store.read() as conn:
            return Files(form.files(conn, self._form, self._version)).open(uri)

    def _last_saved(self) -> List:
        with self._store.read() as conn:
            found = conn.exec_driver_sql(
                "SELECT xml FROM record WHERE deleted = 0 AND form_id = ? AND finished_by = ? "
                "AND finished_at < ? ORDER BY finished_at DESC, id DESC LIMIT 1",
                (self._form, self._by, self._before),
            ).scalar()
        return TreeList(tuple) if found is None else XmlList(str(found).encode())


def _item(root: Node, row: Mapping[str, str]) -> Node:
    item = Node(ELEMENT, "item", root)
    item.children = [Node(ELEMENT, name, item, text) for name, text in row.items()]
    return item


class AreaList:
    """One level of the areas. Items are made when they are asked for, each once."""

    def __init__(self, level: str) -> None:
        self._length = _LENGTHS[level]
        self._root = Node(ELEMENT, "root")
        self._items: dict[str, Node] = {}
        self._whole = False

    def all(self) -> Sequence[Node]:
        """The root with every area of the level, by province in dictionary order."""
        if not self._whole:
            self._root.children = self._of(_below(area.provinces(), self._length))
            self._whole = True
        return (self._root,)

    def matching(self, path: tuple[str, ...], child: str, value: str) -> Sequence[Node] | None:
        """By code, or those of an amphoe or a province."""
        if path != _ITEMS:
            return None
        if child == "name":
            found = area.area(value) if len(value) == self._length else None
            return () if found is None or found.successor else self._of((found,))
        above = {"province": 2, "amphoe": 4}.get(child)
        if above is None or above >= self._length:
            return None
        if len(value) != above:
            return ()
        return self._of(_below(area.children(value), self._length))

    def _of(self, places: Iterable[Area]) -> list[Node]:
        made = []
        for one in places:
            node = self._items.get(one.code)
            if node is None:
                node = self._items[one.code] = _item(self._root, _columns(one))
            made.append(node)
        return made


def _below(places: Iterable[Area], length: int) -> Iterable[Area]:
    for one in places:
        if len(one.code) == length:
            yield one
        else:
            yield from _below(area.children(one.code), length)


def _columns(one: Area) -> dict[str, str]:
    row = {"name": one.code, "label": one.name}
    if len(one.code) > 2:
        row["province"] = one.code[:2]
    if len(one.code) > 4:
        row["amphoe"] = one.code[:4]
        row["postcode"] = one.postcodes[0] if one.postcodes else ""
    return row


@cache
def _areas(level: str) -> AreaList:
    return AreaList(level)


class HouseholdList:
    """The households of the store, one by its id from the index, the last visited to walk."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._root = Node(ELEMENT, "root")
        self._items: dict[str, Node] = {}

    def all(self) -> Sequence[Node]:
        """The root with the households visited last, and those asked for by id."""
        with self._store.read() as conn:
            found = household.find_households(conn, "", WALKED)
        for one in found:
            if one.household.id not in self._items:
                self._items[one.household.id] = _item(self._root, _household(one))
        self._root.children = list(self._items.values())
        return (self._root,)

    def matching(self, path: tuple[str, ...], child: str, value: str) -> Sequence[Node] | None:
        """By id; anything else is walked."""
        if path != _ITEMS or child != "name":
            return None
        node = self._items.get(value)
        if node is None:
            with self._store.read() as conn:
                found = household.described(conn, [value] if value else [])
            if not found:
                return ()
            node = self._items[value] = _item(self._root, _household(found[0]))
        return (node,)


def _household(found: FoundHousehold) -> dict[str, str]:
    one = found.household
    where = " ".join(part for part in (one.house_no, one.village, found.area_name) if part)
    return {
        "name": one.id,
        "label": " · ".join(part for part in (found.name, where) if part),
        "house_code": one.house_code,
        "house_no": one.house_no,
        "moo": one.moo,
        "village": one.village,
        "soi_road": one.soi_road,
        "area_code": one.area,
        "postcode": one.postcode,
        "tenure": one.tenure,
        "landmark": one.landmark,
    }
