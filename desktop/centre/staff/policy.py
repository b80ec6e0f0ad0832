# SPDX-License-Identifier: Apache-2.0
"""Who may open which page. A route that is not in the table cannot be built.

A role may do all that the roles before it may. ``PUBLIC`` is everybody, signed in or not;
``SELF`` is whoever is signed in, about herself, and the only thing open to somebody who must
change the password first.
"""

from __future__ import annotations

from typing import Final, Literal

Role = Literal["viewer", "staff", "admin"]
Right = Literal["public", "self", "viewer", "staff", "admin"]

ROLES: Final[tuple[Role, ...]] = ("viewer", "staff", "admin")

POLICY: Final[dict[tuple[str, str], Right]] = {
    ("GET", "/static/{name}"): "public",
    ("GET", "/login"): "public",
    ("POST", "/login"): "public",
    ("GET", "/verify"): "public",
    ("POST", "/logout"): "self",
    ("POST", "/logout-everywhere"): "self",
    ("GET", "/me"): "self",
    ("POST", "/me/password"): "self",
    ("POST", "/me/language"): "self",
    ("GET", "/"): "viewer",
    ("GET", "/laptops/{device}"): "viewer",
    ("GET", "/laptops/{device}/held"): "staff",
    ("GET", "/laptops/{device}/held.csv"): "staff",
    ("POST", "/laptops/{device}/revoke"): "admin",
    ("GET", "/conflicts"): "viewer",
    ("GET", "/conflicts/{kind}/{record}"): "staff",
    ("GET", "/quarantine"): "viewer",
    ("GET", "/quarantine/{scope}/{seq:int}"): "staff",
    ("GET", "/quarantine/{scope}/{seq:int}.json"): "staff",
    ("POST", "/quarantine/{scope}/{seq:int}/release"): "staff",
    ("GET", "/people"): "staff",
    ("GET", "/people/new"): "staff",
    ("POST", "/people/new"): "staff",
    ("GET", "/people/{account}"): "staff",
    ("POST", "/people/{account}"): "staff",
    ("GET", "/joining"): "staff",
    ("POST", "/joining"): "staff",
    ("GET", "/counts"): "viewer",
    ("GET", "/counts/events"): "viewer",
    ("GET", "/counts/visits"): "viewer",
    ("GET", "/staff"): "admin",
    ("POST", "/staff"): "admin",
    ("POST", "/staff/{account}"): "admin",
    ("GET", "/audit"): "admin",
    ("POST", "/audit/check"): "admin",
    ("GET", "/backup"): "viewer",
}
"""By method and path as the route is written."""

ALONE: Final = frozenset({
    ("POST", "/login"), ("POST", "/quarantine/{scope}/{seq:int}/release"),
})  # fmt: skip
"""Pages that make transactions of their own, and are given none."""


def may(role: str, right: Right) -> bool:
    """Whether somebody signed in with ``role`` has ``right``; an unknown role has none."""
    if right in ("public", "self"):
        return True
    return role in ROLES and ROLES.index(right) <= ROLES.index(role)
