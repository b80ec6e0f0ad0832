# SPDX-License-Identifier: Apache-2.0
"""Finding the rows in which a laptop and the centre differ, without sending them all.

When a laptop's rows do not come to the centre's digest of a scope, it says the sums of its row
hashes in 256 buckets; the centre answers with all rows of the buckets that differ. Both sums are
over what is really there. Should that not help, the laptop forgets what it received and fetches
the whole scope; what it made itself is in its op log and stays.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

from desktop.sync.protocol import BUCKETS
from desktop.sync.row import DIGEST_MODULUS, Row, row_hash


def bucket(record_id: str) -> int:
    """The bucket of a record: 0 to 255."""
    return zlib.crc32(record_id.encode()) % BUCKETS


def sums(rows: Iterable[Row]) -> tuple[int, ...]:
    """The digest of each bucket."""
    totals = [0] * BUCKETS
    for row in rows:
        at = bucket(row.id)
        totals[at] = (totals[at] + row_hash(row)) % DIGEST_MODULUS
    return tuple(totals)


def differing(ours: Sequence[int], theirs: Sequence[int]) -> list[int]:
    """The buckets whose sums differ."""
    return [at for at, (a, b) in enumerate(zip(ours, theirs, strict=True)) if a != b]
