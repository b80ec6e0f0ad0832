# SPDX-License-Identifier: Apache-2.0
"""Files that come from outside, read by a child of the program: lists of names, and scans of
certificates that somebody wants checked.

Lists: .xlsx, text files and pasted rows become people, with problems beside the row.

Lives here, from the file upwards: what kind of file it is and whether it is safe to unpack
(``guard``), its XML (``parts``), what the workbook says of itself (``workbook``), the cells of a
sheet (``cells``), text files (``delimited``); all of these run in a child process
(``reading_child``) that ``child`` starts, watches and ends, and that first gives up its rights
(``rights``; ``windows_job`` caps it on Windows). ``grid`` hears what it says. Then, in the
program: the clipboard (``pasted``), which line is a person (``lines``), which column is what
(``columns``, ``content``), one row as a person (``row``, ``name``, ``person``), the whole list
(``roster``, what other rooms call), the reasons a file is refused (``refusal``), and the empty
lists sent to agencies (``template``).

Scans: ``scan`` asks a child (``scan_child``) for the codes on the pages of a picture or a PDF
(``scan_code``). What a code says, and whether it is true, is not for this room.

Does not live here: the store and the actions (area codes and code lists are asked of the caller,
through ``Lookups``; people already known are recognised there), Qt, and any judgement on who may
attend.

Why a child: a list comes from outside by LINE or on a stick. A workbook of 2 kB can make a parser
ask for 512 GB and abort the process it runs in; one of 1.5 MB can hold a parser for a minute. A
child that dies is one sentence. The child gets the file as its standard input, holds 512 MB and
15 s of processor at most, opens no file for writing, no socket, no program, and loads nothing but
the standard library and this room, so it starts in a few hundredths of a second.

Why a reader of our own: 10,000 rows of 12 columns take 0.4 s with the start of the child; the
same with openpyxl's read-only mode takes 0.5 s without the child and without importing openpyxl
(another 0.2 s). python-calamine takes 0.07 s, and aborts the process on a lying dimension, which
cannot be caught, and turns identity numbers into floats. Ours keeps the digits as the file has
them, refuses a document type before any entity is read, and is three short files.

A picture may come from whoever forged the paper. Its child loads Pillow, PDFium and zxing, starts
in a third of a second, holds 2 GB, and has a minute for each page.

Caps of a list: 20 MB a file, 20,000 rows, 200 columns, 2,000 characters a cell, 12,000,000
characters a sheet, 120 times its size for a part, 25 s by the clock. Formulas are never worked
out; a cell that begins with ``=`` stays the text it is, and whoever writes it out again escapes
it.
"""
