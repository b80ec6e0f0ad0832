# SPDX-License-Identifier: Apache-2.0
"""The centre as one HTTP application: the routes of laptops, and the pages of the staff.

It keeps nothing between two requests but counters and open connections, so it can run as many
times as there are processors, behind anything that spreads load.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from anyio import CapacityLimiter
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.types import StatelessLifespan

from desktop.centre.door import Rule, route
from desktop.centre.routes import RULES
from desktop.centre.staff import staff, verify

if TYPE_CHECKING:
    from desktop.centre.centre import Centre

_WORDS = {404: "unknown", 405: "method"}


def service(
    centre: Centre,
    rules: Sequence[Rule] = RULES,
    lifespan: StatelessLifespan[Starlette] | None = None,
) -> Starlette:
    """The application over ``centre``. Whoever opened the centre closes it."""
    threads = CapacityLimiter(centre.config.listen.threads)
    routes: list[BaseRoute] = [route(centre, rule, threads) for rule in rules]
    routes += [Mount("/staff", staff(centre)), Mount("/verify", verify(centre))]
    return Starlette(
        routes=routes, lifespan=lifespan, exception_handlers={HTTPException: _not_here}
    )


async def _not_here(_request: Request, wrong: Exception) -> Response:
    status = wrong.status_code if isinstance(wrong, HTTPException) else 404
    headers = wrong.headers if isinstance(wrong, HTTPException) else None
    return JSONResponse({"error": _WORDS.get(status, "malformed")}, status, headers)
