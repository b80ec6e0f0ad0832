# SPDX-License-Identifier: Apache-2.0
"""Thai text: everything the program knows about writing Thai, and nothing else.

What lives here: cleaning typed text (`normalise`), digits (`digits`), people's names and titles
(`names`, `titles`), the order of a Thai dictionary (`sort_key`), the loose key for searching
(`search_key`), Buddhist-era dates and times of day (`dates`), identity numbers and telephone
numbers (`identifiers`), text typed under the wrong keyboard layout (`keyboard`), amounts of
money in words (`baht`), names as they are read out (`spoken`), where a line may end (`breaking`,
`glue`), and what two texts do not share (`text_difference`).

What does not: fonts and shaping (`printing`), storing keys (`store`), widgets (`ui`).

Why it is a room of its own: the common libraries get these things wrong without saying so (no
Buddhist calendar, a wrong collation, breaks inside words), and the same answer is needed by
imports, store, print and screen. Every function is pure; nothing is read from disk. Nothing here
logs or quotes the text it is given, since it is mostly names and numbers of people.
"""
