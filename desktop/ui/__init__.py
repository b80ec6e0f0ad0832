# SPDX-License-Identifier: Apache-2.0
"""Everything on the screen: Qt, and nothing but Qt.

    desk.py       what every page is handed: look, act, undo, word of what changed
    tasks.py      work off the GUI thread, in lanes, and the answer brought back
    page.py       what a page is; frame.py, the window that shows one at a time
    theme.py      every colour, size and space; icons.py; words.py, Qt's own texts in Thai
    start.py      from nothing to a window: first start, unlock, lock, what goes wrong
    pages/        one page a noun; pages do not know each other
    tables/       the Qt table model of a noun: holds rows it was given, never asks
    widgets/      the parts pages are made of

Pages ask the store through ``Desk.look`` with the functions of ``store`` and change it through
``Desk.act`` with those of ``actions``; no query, no transaction and no rule is written here.
Before the unlock window only Qt is imported, because it must stand on the screen at once;
``store``, ``actions`` and what they need come in a thread while the passphrase is typed.
"""
