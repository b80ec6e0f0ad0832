# SPDX-License-Identifier: Apache-2.0
"""Certificates as PDF pages, each from the template it was issued with.

Nothing here writes into the register: whoever made paper or a file of it notes that afterwards
(``certificate.record_print``), with the plates told here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias

from desktop.actions.certificate_page import (
    FillingGroup,
    certificate_fillings,
    demand_same_plates,
    plates_of,
)
from desktop.store.store import Store

if TYPE_CHECKING:
    from desktop.model.template import Filling

Progress: TypeAlias = Callable[[int, int], None]
Cancelled: TypeAlias = Callable[[], bool]


class CertificatePages:
    """The pages of certificates that are issued, read from the store once, drawn when asked.

    Each is drawn from the template it was issued with. For threads; everything may be asked
    from several.
    """

    def __init__(self, store: Store, ids: Sequence[str]) -> None:
        self._store, self._ids = store, tuple(dict.fromkeys(ids))
        self._lock = Lock()
        self._held: dict[str, tuple[FillingGroup, Filling]] = {}
        self._plates: dict[str, str] = {}

    def _read(self) -> dict[str, tuple[FillingGroup, Filling]]:
        with self._lock:
            if not self._held:
                for group in certificate_fillings(self._store, self._ids):
                    for one, filling in zip(group.ids, group.fillings, strict=True):
                        self._held[one] = (group, filling)
            return self._held

    def size(self) -> tuple[float, float]:
        """Millimetres of the first page."""
        group, _filling = next(iter(self._read().values()))
        return group.template.width, group.template.height

    def plates(self, ids: Sequence[str]) -> dict[str, str]:
        """What is drawn of these, as digests by id."""
        held = self._read()
        lacking = [one for one in dict.fromkeys(ids) if one not in self._plates]
        for one in lacking:
            group, filling = held[one]
            some = FillingGroup(group.template, (filling,), group.assets, (one,))
            self._plates |= plates_of([some])
        return {one: self._plates[one] for one in ids}

    def pdfs(
        self,
        ids: Sequence[str],
        *,
        text_only: bool = False,
        shift_mm: tuple[float, float] = (0, 0),
        scale: float = 1.0,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> list[bytes]:
        """The pages of these in order: a PDF for each run of pages of one template,
        typefaces and language.

        Raises ``PlateDiffers`` when one would not come out as it did before, ``Stopped`` when
        cancelled, and a Problem for a page that cannot be printed.
        """
        from desktop.printing.template_page import pages_pdf

        held = self._read()
        demand_same_plates(self._store, self.plates(ids))
        runs: list[tuple[FillingGroup, list[Filling]]] = []
        for one in ids:
            group, filling = held[one]
            if not runs or _differ(runs[-1][0], group):
                runs.append((group, []))
            runs[-1][1].append(filling)
        made, done = [], 0
        for group, fillings in runs:
            before = done

            def step(page: int, _pages: int, before: int = before) -> None:
                if progress is not None:
                    progress(before + page, len(ids))

            made.append(
                pages_pdf(
                    group.template, fillings, assets=group.assets, text_only=text_only,
                    shift_mm=shift_mm, scale=scale, language=group.language, progress=step,
                    cancelled=cancelled,
                )
            )  # fmt: skip
            done += len(fillings)
        return made


def _differ(one: FillingGroup, other: FillingGroup) -> bool:
    """Whether their pages cannot be drawn into one PDF."""
    return (
        one.template is not other.template
        or one.assets is not other.assets
        or one.language != other.language
    )
