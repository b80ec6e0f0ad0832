# SPDX-License-Identifier: Apache-2.0
"""What was typed into an alert that is not raised yet, kept in the store of this laptop.

It stays the facilitator's who typed it: another one who sits down does not see it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from desktop.store import setting

if TYPE_CHECKING:
    from desktop.store.store import Store

_KEY: Final = "alert_begun:"


def begun(store: Store, by: str) -> Mapping[str, Any]:
    """What ``by`` has typed; empty for nothing."""
    with store.read() as conn:
        held = setting.value(conn, _KEY + by)
    return held if isinstance(held, dict) else {}


def keep(store: Store, by: str, held: Mapping[str, Any]) -> None:
    """Keep what was typed; nothing for what was raised or cleared."""
    with store.write(by) as write:
        setting.keep(write, _KEY + by, dict(held))
