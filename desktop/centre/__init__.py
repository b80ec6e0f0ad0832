# SPDX-License-Identifier: Apache-2.0
"""The service at the other end of sync, over PostgreSQL, or over SQLite to try it out.

It holds no state of its own and can be run several times beside itself. It knows the messages
and the merge (``desktop.sync``), the nouns' names (``desktop.model``) and its own tables; the
laptop's store, its actions and its window are strangers to it. Own extra: ``[centre]``.
"""
