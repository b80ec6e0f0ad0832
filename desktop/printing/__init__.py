# SPDX-License-Identifier: Apache-2.0
"""Paper: plain values in, the bytes of a PDF out.

Lives here: the text engine (``typeface``, ``embedding``, ``lines``), the document (``document``,
``colour``), templates filled and made into paper (``template_page`` is their door;
``template_place`` works a page out, ``template_draw`` draws it, ``template_trouble`` finds what
is wrong with it, ``ornament`` draws borders and emblems, ``office_face`` knows typefaces that do
not ship), papers that are read and fill their pages by themselves (``flow`` and its strips:
``prose``, ``picture``, ``photo``, ``signature``, ``chart``, ``table``; ``listing`` for lists,
``watermark`` over all of them), and one module for each thing that is printed (``visit``,
``referral`` and the others, under the noun they have in every room; certificates, badges and
their like are templates).

Does not live here: the store (callers pass plain values, already frozen and already in the digit
style of the event), Qt (preview and the printer are in ``ui``), and rules (who gets a certificate
is ``model``'s business).

Why an engine of our own over ReportLab's canvas: its own text loses Thai. Unshaped it puts tone
marks over each other; shaped it cannot be copied out again (SARA AM falls apart, private codes
appear) and lines break inside words. Here HarfBuzz shapes, each cluster becomes one glyph of the
embedded font, and what a reader copies is what was put in. Nothing in this room calls
``canvas.drawString``; the canvas of a ``Document`` refuses it.

ReportLab costs 100 ms to import, so callers import this room inside the function that prints.
"""
