# SPDX-License-Identifier: Apache-2.0
"""Forms from the centre: asked for once a day, and brought in as if somebody had chosen the file.

A form that cannot be taken is not asked for again; whoever wants to know why brings it in by
hand and reads the sentences.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from typing import Any, Final, Protocol

from desktop.actions.form import put_shipped
from desktop.actions.form_arrival import FormNotTaken, bring_in
from desktop.store import centre
from desktop.store import form as forms
from desktop.store.store import Store
from desktop.sync.envelope import read_json
from desktop.sync.protocol import BadMessage
from desktop.xforms.document import LARGEST
from desktop.xforms.problem import FormRefused

_log = logging.getLogger(__name__)
_ASKED: Final = "forms_asked"
_REFUSED: Final = "forms_refused"
_MOST_LIST: Final = 256 * 1024
_REMEMBERED: Final = 200


class Source(Protocol):
    """Where forms come from."""

    def get(self, path: str, most: int) -> bytes | None:
        """What is kept under a path; None for nothing. Raises ``Unanswered``."""


def fetch_forms(store: Store, source: Source, stop: Callable[[], bool]) -> int:
    """Bring in the forms the centre gives out and this laptop lacks; how many came.

    Asks nobody when it asked today. Raises ``Unanswered``.
    """
    today = store.now().utc[:10]
    with store.read() as conn:
        if centre.value(conn, _ASKED) == today:
            return 0
    count = 0
    for form, version, sha256 in _given_out(source.get("/v1/forms", _MOST_LIST) or b"[]"):
        if stop():
            return count
        if not _lacking(store, form, version, sha256):
            continue
        data = source.get(f"/v1/forms/{sha256}", LARGEST)
        if data is not None and hashlib.sha256(data).hexdigest() == sha256:
            count += _taken(store, data, sha256)
    with store.write("") as write:
        centre.keep(write, _ASKED, today)
    return count


def _given_out(told: bytes) -> list[tuple[str, str, str]]:
    try:
        found = read_json(told)
        return [(str(one["form"]), str(one["version"]), str(one["sha256"])) for one in found]
    except (BadMessage, KeyError, TypeError):
        _log.warning("the centre's list of forms cannot be read")
        return []


def _lacking(store: Store, form: str, version: str, sha256: str) -> bool:
    with store.write("") as write:
        put_shipped(write)
        known = forms.find_version(write.conn, form, version) is not None
        refused: list[Any] = centre.value(write.conn, _REFUSED, [])
    return not known and sha256 not in refused


def _taken(store: Store, data: bytes, sha256: str) -> bool:
    try:
        bring_in(store, "", data)
    except (FormNotTaken, FormRefused):
        with store.write("") as write:
            refused = [*centre.value(write.conn, _REFUSED, []), sha256][-_REMEMBERED:]
            centre.keep(write, _REFUSED, refused)
        return False
    return True
