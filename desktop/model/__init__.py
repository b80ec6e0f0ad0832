# SPDX-License-Identifier: Apache-2.0
"""The nouns of the field and their rules, as frozen dataclasses and pure functions.

No clock, no file, no database, no Qt: a rule here can be read aloud to the people it rules.
One file a noun; the same noun names its file in every other room.
"""
