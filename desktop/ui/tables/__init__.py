# SPDX-License-Identifier: Apache-2.0
"""The Qt table model of a noun: it holds the rows it was given and never asks for any.

No query, no sorting proxy and no rule lives here; pages ask the store and hand over a tuple.
"""
