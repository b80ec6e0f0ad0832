# SPDX-License-Identifier: Apache-2.0
"""The window in which a form is filled: one session of the engine on the screen.

    opening.py     a draft or a finished record read from the store and made into a session
    view.py        FormView: the sections of one session, and the way between them
    sections.py    which parts of a form are its sections; pane.py, one of them as a page
    column.py      questions and groups one under the other, made when they are first needed
    repeat.py      the instances of a repeat as rows, one open at a time
    shown.py       what is on the screen by node, and how it is told what an answer changed
    question.py    what every question is: label, hint, guidance, answer, message
    kinds.py       which class shows a control; questions/, one file a kind of question
    answering.py   an answer into the session and the journal; taking_back.py, and back again
    journal.py     each answer to the disk at once, in order; what could not be written is kept
    judging.py     what is wrong, and when it is said; summary.py, all of it, a line a way there
    walking.py     the way of the focus, in the order of the form
    counting.py    what is answered and what is left; progress.py and head.py show it
    answer_words.py  an answer in one short line
    pad, strokes, mark, photo_making, picture_frame, camera, keeping: signatures and pictures
    receiver, open_line, serial_line, windows_line: where a satellite receiver says one is
    slider, rank_list, elsewhere: parts of single kinds of questions

A question knows its node and shows it; it never computes. What an answer brings about is said by
the engine (``Changes``), and only what it names is shown anew. Not here: rules of forms
(``xforms``), drafts and records (``actions``), and the page around it (``pages/record.py``).
"""
