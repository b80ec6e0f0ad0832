# SPDX-License-Identifier: Apache-2.0
"""The service at the other end of sync, over PostgreSQL, or over SQLite to try it out.

It holds no state of its own and can be run several times beside itself. It knows the messages
and the merge (``desktop.sync``), the nouns' names (``desktop.model``) and its own tables; the
laptop's store, its actions and its window are strangers to it. Own extra: ``[centre]``.

    config, identity, tls, founding     what is decided about a centre, who it is, how it is made
    centre                              all of it, open
    door, routes/, service, serving     who may ask what; the application; the process
    limits, metrics, log                how often, how many, what happened, and never to whom
    staff/                              the pages of the centre's own people
    backup, restore, own_files          copies away from here, and the way back
    database, schema, ledger, …         the tables and what is asked of them
"""
