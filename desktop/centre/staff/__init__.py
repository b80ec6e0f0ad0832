# SPDX-License-Identifier: Apache-2.0
"""The web pages of the centre's staff: who synced, what waits, what was counted, and who may.

What lives here: signing in (``login``, ``session``, ``password``), the table of who may open
what (``policy``), the one door every request passes (``door``), how a page is written (``page``,
``templates/``, ``static/``) and the pages themselves (``pages/``, one file for each noun).
Pages are made on the server, speak Thai first and hold no script at all.

What does not live here: the questions the pages ask of the database (``centre.reports`` and the
nouns of ``centre``), and anything laptops say (``centre`` itself).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from desktop.centre.staff.asked import Centre


def staff(centre: Centre) -> Starlette:
    """All pages of the staff, to be mounted at ``/staff``."""
    from desktop.centre.staff import app

    return app.staff(centre)


def verify(centre: Centre) -> Starlette:
    """The certificate page that is open to everybody, to be mounted at ``/verify``."""
    from desktop.centre.staff import app

    return app.verify(centre)
