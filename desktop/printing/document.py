# SPDX-License-Identifier: Apache-2.0
"""A PDF document: pages in millimetres, archival (PDF/A-2u), and the same bytes every time.

``Document`` wraps a ReportLab canvas and puts right what keeps its output from being PDF/A: no
unembedded Helvetica in each page's preamble, an end of line before ``endstream``, XMP that
repeats the document information, an sRGB output intent. Nothing random and no time of day goes
in, so a certificate printed again is the certificate, byte for byte.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import Any, ClassVar, Final
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from desktop.printing.colour import srgb_profile

MM: Final = 72 / 25.4
"""Points in a millimetre."""

A4: Final = (210.0, 297.0)
A4_LANDSCAPE: Final = (297.0, 210.0)

PRODUCER: Final = "Samut Sanam"

# ASCII85 makes files 14 % larger and the writing 26 % slower. A setting of the whole library, and
# this room is the only one that uses it.
rl_config.useA85 = 0


def numbers(*values: float) -> str:
    """Numbers as a page has them: at most six places, never with an exponent, which PDF lacks."""
    said = []
    for value in values:
        text = f"{value:.6f}".rstrip("0").rstrip(".")
        said.append("0" if text == "-0" else text)
    return " ".join(said)


class Document:
    """A document under way. Draw on ``canvas``, ``page()`` after each page, ``save()`` once.

    ``canvas`` is a ReportLab canvas (origin at the lower left, points): its lines, paths and
    colours are for use, its text is not (see the card of the room). ``MM`` converts.
    """

    def __init__(
        self,
        size: tuple[float, float] = A4,
        *,
        title: str,
        author: str = "",
        subject: str = "",
        language: str = "th-TH",
    ) -> None:
        """``size`` is width and height in millimetres; the texts go into the file's properties."""
        self.size = size
        self.pages = 0
        self.archival = True
        """Whether the file says that it is PDF/A. A page of somebody else's may be anything."""
        self._buffer = io.BytesIO()
        self._texts = (title, author, subject)
        canvas: Any = _Canvas(
            self._buffer,
            pagesize=(size[0] * MM, size[1] * MM),
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            lang=language,
        )
        canvas._doc.encrypt = _LineEnds()
        self.canvas = canvas
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.canvas.setSubject(subject)
        self.canvas.setCreator(PRODUCER)
        self.canvas.setProducer(PRODUCER)
        # Printed at its own size: "fit to page" would move the text off pre-printed stock.
        self.canvas.setViewerPreference("PrintScaling", "None")

    @property
    def width(self) -> float:
        """Width of a page in points."""
        return self.size[0] * MM

    @property
    def height(self) -> float:
        """Height of a page in points."""
        return self.size[1] * MM

    def page(self) -> None:
        """Close the page that is being drawn; what is drawn next is on a new one."""
        self.canvas.showPage()
        self.pages += 1

    def form(self, name: str, draw: Callable[[Any], None]) -> None:
        """Draw once what many pages share; ``stamp(name)`` puts it on a page."""
        self.canvas.beginForm(name, 0, 0, self.width, self.height)
        draw(self.canvas)
        self.canvas.endForm()

    def ready_form(self, name: str, packed: bytes) -> None:
        """Like :meth:`form`, with what is drawn given as deflated bytes that need no resources."""
        form = pdfdoc.PDFStream(content=packed)
        entries = {
            "Type": "/XObject",
            "Subtype": "/Form",
            "Filter": "/FlateDecode",
            "BBox": pdfdoc.PDFArray([0, 0, self.width, self.height]),
            "Resources": pdfdoc.PDFDictionary(),
        }
        for key, value in entries.items():
            form.dictionary[key] = value
        self.canvas._doc.Reference(form, pdfdoc.xObjectName(name))

    def stamp(self, name: str) -> None:
        """Put a form on the page, under what is drawn after."""
        self.canvas.doForm(name)

    def save(self) -> bytes:
        """The finished file. Anything drawn since the last ``page()`` becomes a last page."""
        document = self.canvas._doc
        if self.canvas._code:
            self.page()
        catalogue = document.Catalog
        catalogue.__class__ = _Catalogue
        catalogue.Metadata = self._metadata()
        profile = pdfdoc.PDFStream(content=srgb_profile(), filters=[pdfdoc.PDFZCompress])
        profile.dictionary["N"] = 3
        catalogue.OutputIntents = pdfdoc.PDFArray(
            [
                pdfdoc.PDFDictionary(
                    {
                        "Type": "/OutputIntent",
                        "S": "/GTS_PDFA1",
                        "OutputConditionIdentifier": pdfdoc.PDFString("sRGB"),
                        "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"),
                        "RegistryName": pdfdoc.PDFString("http://www.color.org"),
                        "DestOutputProfile": document.Reference(profile),
                    }
                )
            ]
        )
        self.canvas.save()
        return self._buffer.getvalue()

    def _metadata(self) -> Any:
        title, author, subject = (escape(text) for text in self._texts)
        moment = "2000-01-01T00:00:00Z"  # ReportLab's invariant time; the two must agree
        level = (
            '<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">'
            "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>"
            "</rdf:Description>"
        )
        packet = (
            '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
            '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            f"{level if self.archival else ''}"
            '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            "<dc:format>application/pdf</dc:format>"
            '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">'
            f"{title}</rdf:li></rdf:Alt></dc:title>"
            f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"
            '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">'
            f"{subject}</rdf:li></rdf:Alt></dc:description>"
            "</rdf:Description>"
            '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">'
            f"<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>"
            f"<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>"
            "</rdf:Description>"
            '<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">'
            f"<pdf:Keywords></pdf:Keywords><pdf:Producer>{PRODUCER}</pdf:Producer>"
            "</rdf:Description>"
            '</rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
        )
        stream = pdfdoc.PDFStream(content=packet.encode())
        stream.dictionary["Type"] = pdfdoc.PDFName("Metadata")
        stream.dictionary["Subtype"] = pdfdoc.PDFName("XML")
        return stream


class _Catalogue(pdfdoc.PDFCatalog):
    """The document catalogue with the one entry that ReportLab does not know."""

    __NoDefault__: ClassVar[list[str]] = [  # type: ignore[misc]  # the stub says instance
        *pdfdoc.PDFCatalog.__NoDefault__,
        "OutputIntents",
    ]
    __Refs__ = pdfdoc.PDFCatalog.__Refs__


class _Body(pdfdoc.PDFObject):
    """The bytes of a stream, counted without the end of line that follows them."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def __len__(self) -> int:
        return len(self._content)

    def format(self, document: Any) -> bytes:  # noqa: ARG002 - ReportLab passes it
        return self._content + b"\n"


class _LineEnds(pdfdoc.NoEncryption):
    """Ends a stream's bytes with a line, as ISO 19005-2 (6.1.7.1) wants.

    ReportLab writes ``endstream`` straight after the bytes; encryption is its last hook on them.
    """

    def encode(self, content: bytes | str) -> _Body:
        return _Body(pdfdoc.pdfdocEnc(content))


_LIGHTLY: Final = 2


class _Canvas(Canvas):
    """A canvas without a first font, whose pages are packed as they are closed."""

    def _make_preamble(self) -> None:
        # ReportLab's own preamble names Helvetica, which is not embedded. The matrix it starts
        # with is the identity, so an empty one is the same.
        self._preamble = ""

    def beginText(self, *_place: Any, **_options: Any) -> Any:  # noqa: N802 - ReportLab's name
        """Text past the typefaces of this room is a bug: unshaped, and in a font not embedded."""
        raise RuntimeError("text on a document is drawn by Typeface.draw alone")

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        super().showPage()
        document: Any = vars(self)["_doc"]
        page = document.idToObject[f"Page{document.pageCounter - 1}"]
        # A QR code is nine kilobytes of numbers; packing them tightly takes as long as the rest.
        level = _LIGHTLY if vars(self).pop("packed_lightly", False) else -1
        packed = pdfdoc.PDFStream(content=zlib.compress(page.stream.encode("ascii"), level))
        packed.dictionary["Filter"] = pdfdoc.PDFName("FlateDecode")
        page.Contents = packed
        page.stream = None
        page.Resources = self._shared_resources(document, page)

    def _shared_resources(self, document: Any, page: Any) -> Any:
        """One resource dictionary for all pages that use the same forms; None for a page apart.

        ReportLab writes one into every page: a third of the time and the size of a long batch.
        """
        if page.ExtGState or page._colorsUsed or page._shadingUsed:
            return None
        forms = tuple(sorted(page.XObjects.dict)) if page.XObjects else ()
        shared = vars(self).setdefault("_resources", {})
        if forms not in shared:
            resources = pdfdoc.PDFResourceDictionary()
            resources.basicFonts()
            resources.allProcs()
            if page.XObjects:
                vars(resources)["XObject"] = page.XObjects
            shared[forms] = document.Reference(resources, f"resources:{len(shared)}")
        return shared[forms]


__all__ = ["A4", "A4_LANDSCAPE", "MM", "Document", "numbers"]
