# SPDX-License-Identifier: Apache-2.0
"""The core answers of a frozen record, and how its form calls them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from desktop.model.record import Core, Record
from desktop.store import form as forms
from desktop.store.form_list import StoreLists
from desktop.store.store import Store
from desktop.xforms import place
from desktop.xforms.codec import from_json
from desktop.xforms.finish import core as core_values
from desktop.xforms.form import Form
from desktop.xforms.journal import Clock, begin
from desktop.xforms.node import Node
from desktop.xforms.session import Session


class FormWords:
    """Answers by what the form says they are, as values (``core``) and in the form's words."""

    def __init__(self, session: Session) -> None:
        self._session = session
        values = core_values(session)
        self.core = Core(values)
        self._values: Mapping[str, str | tuple[str, ...]] = values
        self._paths = {key: path for path, key in session.form.core.items()}

    def word(self, key: str, number: int = 0) -> str:
        """An answer in words; in a repeat that of the instance ``number``."""
        return ", ".join(self.words(key, number))

    def words(self, key: str, number: int = 0) -> tuple[str, ...]:
        """What was chosen, each in words; free text as it stands; empty when not answered."""
        node = self._node(key, number)
        if node is None or not node.relevant or not node.value:
            return ()
        control = self._session.form.control(self._paths[key])
        if control is None or control.kind not in ("select", "select1", "rank"):
            return (node.value,)
        known = {one.value: one.label for one in self._session.choices(control, node)}
        chosen = [node.value] if control.kind == "select1" else node.value.split()
        return tuple(known.get(one, one) for one in chosen)

    def rows(self, prefix: str) -> tuple[tuple[int, Core], ...]:
        """The instances of a repeat that say something, each with its number for ``word``."""
        mine = {
            key: value
            for key, value in self._values.items()
            if key.startswith(f"{prefix}.") and not isinstance(value, str)
        }
        count = max((len(value) for value in mine.values()), default=0)
        found = []
        for number in range(count):
            row = {key: value[number] for key, value in mine.items() if number < len(value)}
            if any(row.values()):
                found.append((number, Core(row)))
        return tuple(found)

    def _node(self, key: str, number: int) -> Node | None:
        path = self._paths.get(key)
        if path is None:
            return None
        nodes = place.below(self._session.root, path)
        return nodes[number] if number < len(nodes) else None


def open_words(store: Store, record: Record, language: str = "th") -> FormWords:
    """A record's answers in the words of the version it was filled with. For a thread."""
    with store.read() as conn:
        data = forms.form(conn, record.form_id, record.form_version)
    lists = StoreLists(store, record.form_id, record.by, record.started_at, record.form_version)
    form = Form.load(data, lists)
    session = begin(
        form,
        record=record.id,
        clock=Clock(datetime.fromisoformat(record.finished_at)),
        language=language,
        restore=from_json(form, record.answers),
    )
    return FormWords(session)
