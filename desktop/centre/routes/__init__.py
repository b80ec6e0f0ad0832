# SPDX-License-Identifier: Apache-2.0
"""What laptops may ask of the centre, one file for each noun.

A file's ``RULES`` name its routes with their policies; here they stand together. The work of a
route is a plain function of what came in already believed (``centre.door``).
"""

from __future__ import annotations

from typing import Final

from desktop.centre.door import Rule
from desktop.centre.routes import blob, enrol, forms, health, proof, sync, time

RULES: Final[tuple[Rule, ...]] = (
    *sync.RULES,
    *enrol.RULES,
    *blob.RULES,
    *forms.RULES,
    *proof.RULES,
    *time.RULES,
    *health.RULES,
)
