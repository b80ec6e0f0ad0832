# SPDX-License-Identifier: Apache-2.0
"""Everything on the screen: Qt, and nothing but Qt.

    start.py      one window's life: opening, frame, soft lock, the end, and faults
    opening.py    before the store is open: first_start, signin, recovery; trouble.py
    window.py     what the window shows, and what covers it; idle.py, when nobody is there
    desk.py       what every page is handed: look, act, undo, word of what changed
    tasks.py      work off the GUI thread, in lanes, and the answer brought back
    sync_lane.py  the thread that talks with the centre, and what it tells; joining.py
    frame.py      rail, top bar, one page, its buttons, the quiet bar; hand.py, what is in hand
    page.py       what a page is; places.py, which pages there are
    theme.py      every colour, size and space; icons.py; words.py, Qt's own texts in Thai
    pages/        one page a noun; pages do not know each other
    parts/        large parts of one page
    forms/        a form being filled: its view, its questions, its journal
    tables/       the Qt table model of a noun: holds rows it was given, never asks
    widgets/      the parts pages are made of

Pages ask the store through ``Desk.look`` with the functions of ``store`` and change it through
``Desk.act`` with those of ``actions``; no query, no transaction and no rule is written here.
Before the unlock window only Qt is imported, because it must stand on the screen at once;
``store``, ``actions`` and what they need come in a thread while the passphrase is typed.
"""
