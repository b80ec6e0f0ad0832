# SPDX-License-Identifier: Apache-2.0
"""What a facilitator does, one function for each thing, one transaction each.

Every function takes the open store and who acts (``store, by, …``), checks what she asked for,
writes all of it or nothing, and returns a ``Done``: which nouns changed, what came of it, and how
to take it back. What cannot be done ends in a ``Problem`` whose sentence says what to do.

    done.py             Done, and how an action is taken back
    event.py            programmes, events, days, sessions, ceremony
    organisation.py     the award list
    entry.py            what is understood of one person; arrivals.py writes many at once
    roster.py           people onto a roster and off it, seats; door.py: walk-ins, substitutes
    person.py           the spelling of names
    attendance.py       marks; eligibility.py: who has passed and why
    certificate.py      issuing, printing, handing over, taking back, voiding, replacing;
                        certificate_page.py: their pages as issued; numbering.py: which number
                        is whose; certificate_list.py: who is to get one;
                        certificate_history.py: what became of a number
    plan.py             what an event's certificates say; wording.py puts the words together
    register.py         every number accounted for; register_rule.py: how they are written;
                        register_paper.py: the book, the logs; stage.py: who comes when
    template.py         the office's templates; template_choice.py: which is printed with;
                        template_file.py: passing one on; asset.py: the office's own pictures;
                        hall_paper.py: what of them goes along with an event in a hall
    sheet.py            sign-in sheets; paper.py: sheets, badges, tents, envelopes;
                        paper_filling.py: what they say; paper_template.py: what draws them
    claim.py            what participants are paid; receipt.py: what they sign for it
    draft.py            forms being filled, every answer kept; form.py: which forms there are;
                        form_arrival.py: one that the centre wrote later, brought in, retired
    record.py           finishing a form and correcting a finished one; finish.py: what it hands
                        to the nouns; difference.py: what a correction changed;
                        record_paper.py: any record on paper
    visit.py            what a home visit writes; told_person.py: whom a form speaks of;
                        registration.py; household.py: houses and members by hand
    consent.py          given and taken back, and what stops then; attachment.py: kept files
    case_file.py        cases; casework.py: what visits and alerts do to them;
                        case_story.py: reading one; case_words.py: how its steps are called;
                        case_paper.py: letters, lists and reports
    assistance.py       wanted, promised, given; referral.py: the letter of nine items
    follow_up.py        when a case is looked at again; alert.py: raised, handled, closed
    activity.py         what volunteers did; mentorship.py: mentors and their juniors
    office.py           founding a store, unlocking it, who may
    joining.py          joining the office's centre; conflict.py: two texts, one chosen;
                        quarantine.py: what the centre put aside
    demo.py             the five events of ``resources/demo``; demo_field.py: home visits and
                        what comes of them, told in demo_story.py

Not here: SQL (``store``), rules that need no store (``model``), reading files (``imports``),
making PDFs (``printing``), windows (``ui``).
"""
