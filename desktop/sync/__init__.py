# SPDX-License-Identifier: Apache-2.0
"""Sync: what was saved on a laptop reaches the centre exactly once, and everybody's words stay.

Two cores without I/O, ``laptop`` and ``ledger``, over the ports in ``ports``; one message
(``protocol``) in one envelope, whatever carries it: HTTPS, a hall's LAN, a file on a USB stick.
``merge`` is pure and the same at both ends. Network libraries are imported where they are used.

What does not live here: tables (``store``, ``centre``), when a person presses what (``actions``),
the service at the other end (``centre``).
"""
