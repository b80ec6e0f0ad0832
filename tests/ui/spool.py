# SPDX-License-Identifier: Apache-2.0
"""A print system for tests: programs ``lp`` and ``lpstat`` that keep what they are given."""

from __future__ import annotations

from pathlib import Path

import pypdfium2


class Queue:
    """A print system with one printer, that keeps what it was given."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.jobs = folder / "jobs"
        self.jobs.mkdir(parents=True)
        self.fails_after: Path = folder / "fails_after"
        self._program("lpstat", 'if [ "$1" = -e ]; then echo Canon_G2010; echo Office; '
                                "else echo 'system default destination: Office'; fi")  # fmt: skip
        self._program(
            "lp",
            f'n=$(ls "{self.jobs}" | wc -l)\n'
            f'if [ -f "{self.fails_after}" ] && [ "$n" -ge "$(cat "{self.fails_after}")" ]; then\n'
            "  echo 'lp: The printer or class does not exist.' >&2; exit 1\nfi\n"
            # A job is seen once it is whole: whoever waits for it may look at any moment.
            f'cat > "{folder}/coming.pdf"; echo "$@" >> "{folder}/orders"\n'
            f'mv "{folder}/coming.pdf" "{self.jobs}/$(printf %03d "$n").pdf"',
        )

    def _program(self, name: str, body: str) -> None:
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)

    def breaks_after(self, jobs: int) -> None:
        self.fails_after.write_text(str(jobs))

    def mended(self) -> None:
        self.fails_after.unlink()

    def pages(self) -> list[int]:
        """Pages of each job it took."""
        counted = []
        for file in sorted(self.jobs.iterdir()):
            pdf = pypdfium2.PdfDocument(file)
            counted.append(len(pdf))
            pdf.close()
        return counted

    def orders(self) -> str:
        return (self.folder / "orders").read_text()

    def text(self) -> str:
        """Every word of every job."""
        words = []
        for file in sorted(self.jobs.iterdir()):
            pdf = pypdfium2.PdfDocument(file)
            words += [pdf[n].get_textpage().get_text_bounded() for n in range(len(pdf))]
            pdf.close()
        return "\n".join(words)

    def objects(self, job: int) -> int:
        """How many marks (texts, lines, areas) the first page of a job has."""
        pdf = pypdfium2.PdfDocument(sorted(self.jobs.iterdir())[job])
        count = sum(1 for _each in pdf[0].get_objects(max_depth=4))
        pdf.close()
        return count
