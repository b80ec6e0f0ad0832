# SPDX-License-Identifier: Apache-2.0
"""The pages as one Starlette application, to be mounted at ``/staff`` of the centre."""

from __future__ import annotations

from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from desktop.centre.staff.asked import Ask, Centre
from desktop.centre.staff.door import HEADERS, Door
from desktop.centre.staff.pages import PAGES, certificate
from desktop.centre.staff.policy import POLICY
from desktop.paths import shipped

_HERE: Final = __file__.rpartition("app.py")[0]
_FONTS: Final = tuple(f"Sarabun-{weight}.ttf" for weight in ("Regular", "Medium", "SemiBold"))


def staff(centre: Centre) -> Starlette:
    """All pages of the staff; the certificate page at ``/verify`` is open to everybody."""
    door = Door(centre)
    return Starlette(routes=[_static(), *(_route(door, *entry) for entry in PAGES)])


def verify(centre: Centre) -> Starlette:
    """The public certificate page alone, to be mounted at ``/verify`` of the centre."""
    door = Door(centre, outside=True)
    page = Route("/", door.opens("GET", "/verify", certificate.public), methods=["GET"])
    return Starlette(routes=[_static(), page])


def _route(door: Door, method: str, path: str, ask: Ask) -> Route:
    return Route(path, door.opens(method, path, ask), methods=[method])


def _static() -> Route:
    if POLICY["GET", "/static/{name}"] != "public":
        raise AssertionError("what a page is made of is public")
    return Route("/static/{name}", _send, methods=["GET"])


async def _send(request: Request) -> Response:
    """The style sheet and the typeface: what the program ships with, and nothing else."""
    name = request.path_params["name"]
    headers = {**HEADERS, "Cache-Control": "public, max-age=86400"}
    if name == "staff.css":
        return FileResponse(f"{_HERE}static/staff.css", media_type="text/css", headers=headers)
    if name in _FONTS:
        return FileResponse(
            shipped("resources", "fonts", name), media_type="font/ttf", headers=headers
        )
    return PlainTextResponse("", 404, headers=headers)
