# SPDX-License-Identifier: Apache-2.0
"""The window in which a form is filled: one session of the engine on the screen.

    view.py        FormView: the sections of one session, and what an answer changes in them
    sections.py    which parts of a form are its sections
    column.py      questions and groups one under the other, made when they are first needed
    repeat.py      the instances of a repeat as rows, one open at a time
    question.py    what every question is: label, hint, guidance, answer, message
    kinds.py       which class shows a control
    questions/     one file a kind of question
    journal.py     each answer to the disk at once, in order; what could not be written is kept
    taking_back.py the answers of this sitting, to be undone and done again
    progress.py    the section list with ticks, and what is left to answer
    summary.py     what is missing at the end, each line a way to its question

A question knows its node and shows it; it never computes. What an answer brings about is said by
the engine (``Changes``), and only what it names is shown anew. Not here: rules of forms
(``xforms``), drafts and records (``actions``), and the page around it (``pages/record.py``).
"""
