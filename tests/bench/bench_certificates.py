# SPDX-License-Identifier: Apache-2.0
"""Certificates against the floor and against other engines, in one run.

    python -m tests.bench.bench_certificates [--rounds 15]

The floor is the same page by ReportLab alone: the same art in a form, the same texts at the same
places with ``drawString``, unshaped, so Thai comes out wrong but nothing is faster. Each measured
run is a process of its own; what is timed is the making of the file, after the imports and one
page to warm up. Typst and WeasyPrint, if they are installed, set the same texts on a plain page
with one border, which is less than this program draws.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.model.certificate import Signer, Wording
from desktop.model.template import Filling
from desktop.model.template_field import certificate_filling
from tests.bench import figures
from tests.bench.figures import Figure, percentile
from tests.printing.names import names

if TYPE_CHECKING:
    from desktop.printing.template_mark import Part

TITLE = "โครงการอบรมเชิงปฏิบัติการเสริมสร้างและพัฒนาเครือข่าย อพม.น้อย"


def _pages(count: int, *, qr: bool = False) -> list[Filling]:
    from desktop.printing.wording import certificate_texts

    texts = certificate_texts(
        event_name="",
        programme=TITLE,
        date_from=date(2019, 2, 28),
        date_to=date(2019, 3, 3),
        venue="โรงแรมทีเค พาเลส กรุงเทพมหานคร",
        kind="completion",
        digits="thai",
        issue_date=date(2019, 3, 3),
        office_name="กรมพัฒนาสังคมและสวัสดิการ",
        parent_office="กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์",
    )
    signers = (Signer("นางนภา เศรษฐกร", "อธิบดีกรมพัฒนาสังคมและสวัสดิการ"),)
    rng = random.Random(2562)
    return [
        certificate_filling(
            Wording(recipient=name, signers=signers, **texts),
            f"{number}/๒๕๖๒",
            str(rng.randrange(10**429, 10**430)) if qr else "",
        )
        for number, name in enumerate(names(count), 1)
    ]


def _own(count: int, *, qr: bool) -> Callable[[], bytes]:
    from desktop.printing.template_page import pages_pdf
    from desktop.printing.template_shipped import shipped_template

    pages, template = _pages(count, qr=qr), shipped_template("completion")
    pages_pdf(template, _pages(1, qr=qr))
    return lambda: pages_pdf(template, pages)


def own(count: int) -> Callable[[], bytes]:
    return _own(count, qr=False)


def coded(count: int) -> Callable[[], bytes]:
    return _own(count, qr=True)


def preview(count: int) -> Callable[[], bytes]:
    """The first page of a batch, nothing warmed up but the imports."""
    from desktop.printing.template_page import pages_pdf
    from desktop.printing.template_shipped import shipped_template

    pages, template = _pages(count, qr=True), shipped_template("completion")
    return lambda: pages_pdf(template, pages[:1])


def _placed(page: Filling) -> list[Part]:
    from desktop.printing.template_page import NONE
    from desktop.printing.template_place import place, read
    from desktop.printing.template_shipped import shipped_template

    template = shipped_template("completion")
    return list(place(template, read(template, page), NONE).parts)


def floor(count: int) -> Callable[[], bytes]:
    from reportlab.lib.colors import HexColor
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    from desktop.paths import shipped
    from desktop.printing.ornament import draw_ornament
    from desktop.printing.template_mark import Decor, Set
    from desktop.printing.template_shipped import shipped_template

    template = shipped_template("completion")
    pages = _pages(count)
    marks = [(part.element.id, mark) for part in _placed(pages[0]) for mark in part.marks]
    pattern = [(name, mark) for name, mark in marks if isinstance(mark, Set)]
    width, height = (side * 72 / 25.4 for side in (template.width, template.height))

    def art(canvas: Canvas) -> None:
        for _name, mark in marks:
            if isinstance(mark, Decor):
                canvas.saveState()
                canvas.translate(mark.x, mark.y)
                size = (mark.width / 72 * 25.4, mark.height / 72 * 25.4)
                draw_ornament(canvas, mark.drawing, size, json.loads(mark.told))
                canvas.restoreState()

    def make(pages: list[Filling]) -> bytes:
        for face in {mark.face.name for _name, mark in pattern}:
            path = shipped("resources", "fonts", f"{face}.ttf")
            pdfmetrics.registerFont(TTFont(face, str(path), shapable=False))
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=(width, height), pageCompression=1, invariant=1)
        canvas.beginForm("art")
        art(canvas)
        canvas.endForm()
        for page in pages:
            canvas.doForm("art")
            changing = {name: page.fields[name] for name in ("recipient", "number")}
            for name, mark in pattern:
                canvas.setFont(mark.face.name, mark.size)
                canvas.setFillColor(HexColor(mark.colour))
                draw = (
                    canvas.drawRightString if mark.align == "right" else canvas.drawCentredString
                )
                draw(mark.x, mark.y, changing.get(name, mark.text))
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()

    make(pages[:1])
    return lambda: make(pages)


def _rows(count: int) -> list[list[str]]:
    from desktop.printing.template_mark import Set

    return [
        [mark.text for part in _placed(page) for mark in part.marks if isinstance(mark, Set)]
        for page in _pages(count)
    ]


def typst(count: int) -> Callable[[], bytes]:
    import typst as engine

    from desktop.paths import shipped

    rows = _rows(count)
    folder = Path(tempfile.mkdtemp())

    def make(rows: list[list[str]]) -> bytes:
        body = "\n#pagebreak()\n".join(
            "#rect(width: 100%, height: 100%, stroke: 2pt)["
            + "\n\n".join(f'#text("{text}")' for text in row)
            + "]"
            for row in rows
        )
        source = folder / "batch.typ"
        source.write_text(
            '#set page(paper: "a4", flipped: true, margin: 11mm)\n'
            '#set text(font: "Sarabun", size: 16pt, lang: "th")\n#set align(center)\n' + body,
            "utf-8",
        )
        fonts = [str(shipped("resources", "fonts"))]
        return engine.compile(str(source), font_paths=fonts, ignore_system_fonts=True)

    make(rows[:1])
    return lambda: make(rows)


def weasyprint(count: int) -> Callable[[], bytes]:
    from weasyprint import HTML

    from desktop.paths import shipped

    rows = _rows(count)
    font = shipped("resources", "fonts", "Sarabun-Regular.ttf").as_uri()

    def make(rows: list[list[str]]) -> bytes:
        body = "".join(
            "<div>" + "".join(f"<p>{text}</p>" for text in row) + "</div>" for row in rows
        )
        return HTML(
            string="<html lang=th><meta charset=utf-8><style>@page{size:A4 landscape;margin:11mm}"
            f"@font-face{{font-family:S;src:url({font})}}"
            "div{break-after:page;text-align:center;border:2pt solid;height:186mm;font:16pt S}"
            f"p{{margin:1mm}}</style>{body}"
        ).write_pdf()

    make(rows[:1])
    return lambda: make(rows)


ENGINES = {
    "own": own,
    "coded": coded,
    "preview": preview,
    "floor": floor,
    "typst": typst,
    "weasyprint": weasyprint,
}


def measure(engine: str, count: int) -> tuple[float, float, float]:
    """Seconds, megabytes of the file, megabytes of memory, of one run in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_certificates", "--one", engine, str(count)],
        env=figures.surroundings(),
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, size, memory = (float(value) for value in done.stdout.split()[-3:])
    return seconds, size, memory


def main() -> int:
    parser = figures.arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--one", nargs=2, metavar=("ENGINE", "COUNT"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        make = ENGINES[chosen.one[0]](int(chosen.one[1]))
        before = time.perf_counter()
        size = len(make())
        seconds = time.perf_counter() - before
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(seconds, size / 1e6, memory)
        return 0
    rivals = [engine for engine in ("typst", "weasyprint") if importlib.util.find_spec(engine)]
    taken: dict[str, list[tuple[float, float, float]]] = {
        engine: [] for engine in ("own", "coded", "floor", *rivals)
    }
    for number in range(chosen.rounds):  # in turns, so that a busy machine is busy for all
        for engine, runs in taken.items():
            if engine not in rivals or number == 0:
                runs.append(measure(engine, 430))
    seconds = {engine: percentile([run[0] for run in runs], 50) for engine, runs in taken.items()}
    pairs = zip(taken["own"], taken["floor"], strict=True)
    ratio = percentile([own[0] / base[0] for own, base in pairs], 50)
    # The least disturbed run of each: the difference is small, and other programs run too.
    least = {engine: min(run[0] for run in taken[engine]) for engine in ("own", "coded")}
    code = (least["coded"] - least["own"]) / 430 * 1000
    first = percentile([measure("preview", 10_000)[0] for _turn in range(5)], 95) * 1000
    many, size, memory = measure("own", 10_000)
    said = f"{seconds['own']:.2f} s against {seconds['floor']:.2f} s unshaped"
    found = [
        Figure("430 certificates", ratio, 1.3, "x", said),
        Figure("their file", taken["own"][0][1], 0.5, "MB"),
        Figure("430 with a signed QR code, against without", least["coded"] / least["own"], 2,
               "x", f"{least['coded']:.2f} s"),
        Figure("a QR code of 430 digits on its page", code, 2, "ms"),
        Figure("the first page of 10,000, p95", first, 300, "ms"),
        Figure("10,000 certificates", many, 10, "s", f"{size:.1f} MB"),
        Figure("their memory", memory, 300, "MB"),
    ]  # fmt: skip
    for engine in rivals:
        said = f"{seconds['own']:.2f} s against {seconds[engine]:.2f} s, once"
        part = seconds["own"] / seconds[engine]
        found.append(Figure(f"430, against {engine}", part, 1, "x", said))
    return figures.conclude(found, chosen)


if __name__ == "__main__":
    sys.exit(main())
