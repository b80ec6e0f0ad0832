# SPDX-License-Identifier: Apache-2.0
"""One file a kind of question. Each registers its classes in ``CLASSES`` by what it shows.

``kinds.choose`` asks the names of a control from the most particular to the least:
``note:<name>`` and ``input:note`` for what is only read, ``<kind>:<word>`` for each word of its
appearance, ``<kind>:<data type>``, ``<kind>``.
A name is given as the place of its class, so that a form loads only the kinds it uses.
"""

from __future__ import annotations

from typing import Final

CLASSES: Final[dict[str, str]] = {}
"""``{"select1": "desktop.ui.forms.questions.one:SelectOne", …}``."""

_HERE: Final = __name__
CLASSES.update(
    {
        "input": f"{_HERE}.text:TextQuestion",
        "input:multiline": f"{_HERE}.text:LongTextQuestion",
        "input:textarea": f"{_HERE}.text:LongTextQuestion",
        "input:masked": f"{_HERE}.text:SecretQuestion",
        "input:hidden-answer": f"{_HERE}.text:SecretQuestion",
        "input:int": f"{_HERE}.number:NumberQuestion",
        "input:integer": f"{_HERE}.number:NumberQuestion",
        "input:long": f"{_HERE}.number:NumberQuestion",
        "input:decimal": f"{_HERE}.number:NumberQuestion",
        "input:note": f"{_HERE}.note:NoteQuestion",
        "note:pdpa_note": f"{_HERE}.notice:NoticeQuestion",
        "secret": f"{_HERE}.text:SecretQuestion",
        "trigger": f"{_HERE}.note:Acknowledge",
        "select1": f"{_HERE}.one:SelectOne",
        "select1:likert": f"{_HERE}.one:Likert",
        "select1:horizontal": f"{_HERE}.one:Likert",
        "select1:list": f"{_HERE}.one:Likert",
        "select1:list-nolabel": f"{_HERE}.one:Likert",
        "select1:label": f"{_HERE}.note:NoteQuestion",
        "select:label": f"{_HERE}.note:NoteQuestion",
        "select": f"{_HERE}.several:SelectSeveral",
        "input:date": f"{_HERE}.day:DayQuestion",
        "input:month-year": f"{_HERE}.day:MonthQuestion",
        "input:year": f"{_HERE}.day:YearQuestion",
        "input:th-precision": f"{_HERE}.known_day:KnownDayQuestion",
        "input:time": f"{_HERE}.moment:TimeQuestion",
        "input:dateTime": f"{_HERE}.moment:MomentQuestion",
        "input:geopoint": f"{_HERE}.place:PlaceQuestion",
        "input:barcode": f"{_HERE}.barcode:BarcodeQuestion",
        "input:th-id": f"{_HERE}.identity:IdentityQuestion",
        "input:th-area": f"{_HERE}.known:AreaQuestion",
        "input:th-org": f"{_HERE}.known:OrganisationQuestion",
        "input:th-event": f"{_HERE}.known:EventQuestion",
        "input:th-case": f"{_HERE}.known:CaseQuestion",
        "input:th-enrollee": f"{_HERE}.known:EnrolleeQuestion",
        "input:th-people": f"{_HERE}.people:PeopleQuestion",
        "input:th-household": f"{_HERE}.household:HouseholdQuestion",
        "select1:th-household": f"{_HERE}.household:HouseholdQuestion",
        "range": f"{_HERE}.span:RangeQuestion",
        "range:rating": f"{_HERE}.span:RatingQuestion",
        "range:picker": f"{_HERE}.span:PickerQuestion",
        "rank": f"{_HERE}.rank:RankQuestion",
        "upload": f"{_HERE}.file:FileQuestion",
        "upload:image": f"{_HERE}.photo:PhotoQuestion",
        "upload:signature": f"{_HERE}.signature:SignatureQuestion",
        "upload:draw": f"{_HERE}.signature:SignatureQuestion",
    }
)

AS_TOLD: Final = f"{_HERE}.told:ToldQuestion"
"""How an answer of one of ``TOLD`` is shown once it is filed."""
TOLD: Final = frozenset(
    f"{_HERE}.{name}"
    for name in (
        *("text:TextQuestion", "text:LongTextQuestion", "number:NumberQuestion"),
        *("one:SelectOne", "one:Likert", "several:SelectSeveral"),
        *("day:DayQuestion", "moment:TimeQuestion", "moment:MomentQuestion"),
    )
)
"""The kinds whose answer is words: those of pictures, places and people show it themselves."""
