# SPDX-License-Identifier: Apache-2.0
"""The sub-commands of ``samut`` that need no window, one file each.

    parser.py        what ``samut`` understands, and its help in Thai and English
    certificates.py  the certificates of an event given as a JSON file
    roster.py        what the importer understood of a list
    form.py          forms: check what was written in Excel and write it, replay, xpath, open
    centre.py        the centre: init, serve, enrol, status; centre_backup.py: backup, restore;
                     centre_stick.py: the files a stick brought
    centre_demo.py   a centre and two laptops on this computer
    verify.py        certificates checked by the lists of their offices
    demo.py          a throw-away store with the five events
    doctor.py        what is right and wrong on this computer

A command answers on standard output, says why it will not in one sentence on standard error, and
returns 0, 1 (something is wrong) or 2 (the input was refused). Only here may a module print.

Not here: Qt (``app`` opens windows), rules (``model``), what a facilitator does (``actions``).
"""
