# SPDX-License-Identifier: Apache-2.0
"""Samut Sanam (สมุดสนาม): the field notebook of Thailand's social-development facilitators.

Rooms, from the roof down; imports only look down (ARCHITECTURE.md has the map):

    app  __main__       wiring: the one place that knows every room
    ui                  Qt, and nothing but Qt
    command             the sub-commands of ``samut`` that need no window
    actions             one function for each thing a facilitator does
    sync                the protocol with the centre (next release)
    printing  imports   PDF bytes out; rosters in
    store               the encrypted file
    xforms              the form engine (next release)
    thai                text, names, dates, keyboards
    model               the nouns and their rules, pure
    i18n settings paths log errors
"""

__version__ = "0.1.0"
