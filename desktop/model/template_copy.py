# SPDX-License-Identifier: Apache-2.0
"""Elements copied, pasted and doubled, within a template and from one into another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from desktop.model.template import AnyElement, Column, Template, Text
from desktop.model.template_edit import fresh_id, has, rounded, text_height
from desktop.model.template_form import BadTemplate, read_template, write_template

_STEP: Final = 3.0
"""A copy lies so far to the right of and below what it was made from."""
MOST: Final = 400
"""Elements of a template that can be read again."""


def duplicated(template: Template, ids: Collection[str]) -> tuple[Template, tuple[str, ...]]:
    """Copies of elements, a little aside and on top; and their ids."""
    return pasted(template, copied(template, ids))


def copied(template: Template, ids: Collection[str]) -> bytes:
    """Elements as a clipboard holds them; :func:`pasted` puts them into any template."""
    chosen = tuple(one for one in template.elements if one.id in ids)
    columns = {one.id for one in chosen if isinstance(one, Column)}
    own = tuple(
        one
        for one in template.elements
        if one in chosen or (isinstance(one, Text) and one.column in columns)
    )
    alone = tuple(_alone(template, one, columns) for one in own)
    return write_template(replace(template, titles={}, paper=None, elements=alone))


def _alone(template: Template, element: AnyElement, columns: Collection[str]) -> AnyElement:
    """A text whose column is not copied with it takes the top of the column's place."""
    if not isinstance(element, Text) or not element.column or element.column in columns:
        return element
    top = template.element(element.column).y
    return replace(element, column="", y=top, height=text_height(element))


def pasted(template: Template, data: bytes | str) -> tuple[Template, tuple[str, ...]]:
    """Put copied elements into a template, a little aside; and their ids.

    Raises :class:`BadTemplate` when what is on the clipboard is something else.
    """
    held = read_template(data)
    names: dict[str, str] = {}
    for one in held.elements:
        names[one.id] = fresh_id(template, one.id, names.values())
    if len(template.elements) + len(names) > MOST:
        raise BadTemplate("elements", "too many")
    here = any(has(template, one.id) for one in held.elements)
    step = _STEP if here else 0.0
    fresh: list[AnyElement] = []
    for one in held.elements:
        made = replace(
            one, id=names[one.id], x=rounded(one.x + step), y=rounded(one.y + step), locked=False
        )
        if isinstance(made, Text) and made.column:
            made = replace(made, column=names[made.column])
        fresh.append(made)
    return (
        replace(template, elements=(*template.elements, *fresh)),
        tuple(one.id for one in fresh),
    )
