# SPDX-License-Identifier: Apache-2.0
"""The form engine: a questionnaire as the centre wrote it, and one record being filled in.

An XLSForm (``xlsform``) becomes an XForm when it is published; the field laptop opens the XForm
(``form``), whose expressions (``xpath/``) are compiled once into closures and ordered by what
they depend on (``dependency``); a ``session`` holds one record, answers in, changes out.

Not here: Qt, SQL, files and clocks. A session is given its clock, its ids and its lists, so the
same answers always give the same bytes. What ODK's engines disagree about is decided in
DECISIONS.md beside this card.
"""
