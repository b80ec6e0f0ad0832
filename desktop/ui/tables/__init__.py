# SPDX-License-Identifier: Apache-2.0
"""The Qt table model of a noun: it holds the rows it was given and never asks for any.

What all of them do stands once in ``rows.py``; a table says its columns, its words and its badges.
A list, a grid that is ticked, a table of sums and one whose columns come from a file stand alone.

No query, no sorting proxy and no rule lives here; pages ask the store and hand over a tuple.
"""
