# SPDX-License-Identifier: Apache-2.0
"""A hub and its desks, for the tests of the line between them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.sync.hall_tls import Certificate, make_certificate
from tests.sync.hall_line_ground import Ground


@pytest.fixture(scope="session")
def certificate() -> Certificate:
    """The hub's own; made once."""
    return make_certificate()


@pytest.fixture
def ground(certificate: Certificate) -> Iterator[Ground]:
    """A hub that is open, closed with all its desks."""
    made = Ground(certificate)
    yield made
    made.close()
