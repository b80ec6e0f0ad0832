# SPDX-License-Identifier: Apache-2.0
"""What stands before a name: civil titles, ranks, titles of monks, of nobles, of learning.

Data, not rules. The codes of the code list `title` come first, with its bounds of age and sex;
ranks the list lacks follow in the same spelling of codes (`roitho` for ร้อยโท is the list's
`roito`), then every rank with ว่าที่ before it and หญิง after it.

Spacing (Royal Society, rules 1.2.8 and 2.3 of spacing): a space between a police or army rank and
the name; none after any other title in Thai.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Title:
    """A title: its code, how it is written in full and short, whom it suits.

    Ages are in whole years, both ends included; None means no bound. `sex` is "m", "f" or "" for
    either. `spaced` says whether a space parts it from the name. `listed` says whether the code
    list has it, so that a choice offers these and not every rank.
    """

    code: str
    th: str
    en: str
    abbreviations: tuple[str, ...] = ()
    sex: str = ""
    min_age: int | None = None
    max_age: int | None = None
    next_code: str = ""
    kind: str = "civil"
    spaced: bool = False
    listed: bool = False


AGE_OF_CIVIL_TITLE = 15

_LISTED = (
    Title("nai", "นาย", "Mr.", (), "m", 15),
    Title("nang", "นาง", "Mrs.", (), "f", 15),
    Title("nangsao", "นางสาว", "Miss", ("น.ส.",), "f", 15),
    Title("dekchai", "เด็กชาย", "Master", ("ด.ช.",), "m", None, 14, "nai"),
    Title("dekying", "เด็กหญิง", "Girl", ("ด.ญ.",), "f", None, 14, "nangsao"),
    Title("dr", "ดร.", "Dr.", kind="academic"),
    Title("phuchuai", "ผู้ช่วยศาสตราจารย์", "Asst.Prof.", ("ผศ.",), kind="academic"),
    Title("rong", "รองศาสตราจารย์", "Assoc.Prof.", ("รศ.",), kind="academic"),
    Title("mrw", "หม่อมราชวงศ์", "M.R.", ("ม.ร.ว.",), kind="noble"),
    Title("ml", "หม่อมหลวง", "M.L.", ("ม.ล.",), kind="noble"),
    Title("phra", "พระ", "Phra", (), "m", kind="monk"),
    Title("phramaha", "พระมหา", "Phra Maha", (), "m", kind="monk"),
    Title("phrakhru", "พระครู", "Phra Khru", (), "m", kind="monk"),
    Title("samanen", "สามเณร", "Novice", ("ส.ณ.",), "m", kind="monk"),
    Title("maechi", "แม่ชี", "Nun", (), "f", kind="monk"),
)

_UNLISTED = (
    Title("sat", "ศาสตราจารย์", "Prof.", ("ศ.",), kind="academic"),
    Title("satkiat", "ศาสตราจารย์เกียรติคุณ", "Prof. Emeritus", (), kind="academic"),
    Title("achan", "อาจารย์", "Ajarn", ("อ.", "อจ."), kind="academic"),
    Title("naiphaet", "นายแพทย์", "Dr.", ("นพ.",), "m", kind="profession"),
    Title("phaetying", "แพทย์หญิง", "Dr.", ("พญ.",), "f", kind="profession"),
    Title("thantaphaet", "ทันตแพทย์", "Dr.", ("ทพ.",), kind="profession"),
    Title("thantaphaetying", "ทันตแพทย์หญิง", "Dr.", ("ทพญ.",), "f", kind="profession"),
    Title("phesatchakon", "เภสัชกร", "Pharm.", ("ภก.",), kind="profession"),
    Title("phesatchakonying", "เภสัชกรหญิง", "Pharm.", ("ภญ.",), "f", kind="profession"),
    Title("mc", "หม่อมเจ้า", "M.C.", ("ม.จ.",), kind="noble"),
    Title("mom", "หม่อม", "Mom", (), "f", kind="noble"),
    Title("khunying", "คุณหญิง", "Khunying", (), "f", kind="noble"),
    Title("thanphuying", "ท่านผู้หญิง", "Thanphuying", (), "f", kind="noble"),
    Title("phraathikan", "พระอธิการ", "Phra Athikan", (), "m", kind="monk"),
    Title("chaoathikan", "เจ้าอธิการ", "Chao Athikan", (), "m", kind="monk"),
    Title("phraachan", "พระอาจารย์", "Phra Ajarn", (), "m", kind="monk"),
    Title("phrapalat", "พระปลัด", "Phra Palat", (), "m", kind="monk"),
    Title("phrasamu", "พระสมุห์", "Phra Samu", (), "m", kind="monk"),
    Title("phrabaidika", "พระใบฎีกา", "Phra Baidika", (), "m", kind="monk"),
    Title("batluang", "บาทหลวง", "Father", (), "m", kind="monk"),
    Title("satsanachan", "ศาสนาจารย์", "Rev.", ("ศจ.",), kind="monk"),
    Title("mr", "Mr.", "Mr.", (), "m", kind="latin", spaced=True),
    Title("mrs", "Mrs.", "Mrs.", (), "f", kind="latin", spaced=True),
    Title("ms", "Ms.", "Ms.", (), "f", kind="latin", spaced=True),
    Title("miss", "Miss", "Miss", (), "f", kind="latin", spaced=True),
    Title("master", "Master", "Master", (), "m", kind="latin", spaced=True),
    Title("drlatin", "Dr.", "Dr.", (), kind="latin", spaced=True),
    Title("proflatin", "Prof.", "Prof.", (), kind="latin", spaced=True),
)

# code, full, English, abbreviation, in the code list
_RANKS = (
    ("siptri", "สิบตรี", "Cpl.", "ส.ต.", True),
    ("siptho", "สิบโท", "Cpl.", "ส.ท.", False),
    ("sipek", "สิบเอก", "Sgt.", "ส.อ.", True),
    ("jasiptri", "จ่าสิบตรี", "SM3", "จ.ส.ต.", False),
    ("jasiptho", "จ่าสิบโท", "SM2", "จ.ส.ท.", False),
    ("jasipek", "จ่าสิบเอก", "SM1", "จ.ส.อ.", True),
    ("roitri", "ร้อยตรี", "Sub Lt.", "ร.ต.", True),
    ("roito", "ร้อยโท", "Lt.", "ร.ท.", True),
    ("roiek", "ร้อยเอก", "Capt.", "ร.อ.", True),
    ("phantri", "พันตรี", "Maj.", "พ.ต.", True),
    ("phantho", "พันโท", "Lt.Col.", "พ.ท.", True),
    ("phanek", "พันเอก", "Col.", "พ.อ.", True),
    ("phontri", "พลตรี", "Maj.Gen.", "พล.ต.", False),
    ("phontho", "พลโท", "Lt.Gen.", "พล.ท.", False),
    ("phonek", "พลเอก", "Gen.", "พล.อ.", False),
    ("jatri", "จ่าตรี", "PO3", "จ.ต.", False),
    ("jatho", "จ่าโท", "PO2", "จ.ท.", False),
    ("jaek", "จ่าเอก", "PO1", "จ.อ.", False),
    ("phanjatri", "พันจ่าตรี", "CPO3", "พ.จ.ต.", False),
    ("phanjatho", "พันจ่าโท", "CPO2", "พ.จ.ท.", False),
    ("phanjaek", "พันจ่าเอก", "CPO1", "พ.จ.อ.", False),
    ("rueatri", "เรือตรี", "Sub Lt.", "", False),
    ("rueatho", "เรือโท", "Lt.JG", "", False),
    ("rueaek", "เรือเอก", "Lt.", "", False),
    ("nawatri", "นาวาตรี", "Lt.Cdr.", "น.ต.", False),
    ("nawatho", "นาวาโท", "Cdr.", "น.ท.", False),
    ("nawaek", "นาวาเอก", "Capt.", "น.อ.", False),
    ("phonrueatri", "พลเรือตรี", "RAdm.", "พล.ร.ต.", False),
    ("phonrueatho", "พลเรือโท", "VAdm.", "พล.ร.ท.", False),
    ("phonrueaek", "พลเรือเอก", "Adm.", "พล.ร.อ.", False),
    ("jaakattri", "จ่าอากาศตรี", "LAC", "จ.อ.ต.", False),
    ("jaakattho", "จ่าอากาศโท", "Cpl.", "จ.อ.ท.", False),
    ("jaakatek", "จ่าอากาศเอก", "Sgt.", "จ.อ.อ.", False),
    ("phanjaakattri", "พันจ่าอากาศตรี", "FS3", "พ.อ.ต.", False),
    ("phanjaakattho", "พันจ่าอากาศโท", "FS2", "พ.อ.ท.", False),
    ("phanjaakatek", "พันจ่าอากาศเอก", "FS1", "พ.อ.อ.", False),
    ("rueaakattri", "เรืออากาศตรี", "Plt.Off.", "", False),
    ("rueaakattho", "เรืออากาศโท", "Flg.Off.", "", False),
    ("rueaakatek", "เรืออากาศเอก", "Flt.Lt.", "", False),
    ("nawaakattri", "นาวาอากาศตรี", "Sqn.Ldr.", "", False),
    ("nawaakattho", "นาวาอากาศโท", "Wg.Cdr.", "", False),
    ("nawaakatek", "นาวาอากาศเอก", "Gp.Capt.", "", False),
    ("phonakattri", "พลอากาศตรี", "AVM", "พล.อ.ต.", False),
    ("phonakattho", "พลอากาศโท", "AM", "พล.อ.ท.", False),
    ("phonakatek", "พลอากาศเอก", "ACM", "พล.อ.อ.", False),
    ("siptamruattri", "สิบตำรวจตรี", "Pol.L/C", "ส.ต.ต.", False),
    ("siptamruattho", "สิบตำรวจโท", "Pol.Cpl.", "ส.ต.ท.", False),
    ("siptamruatek", "สิบตำรวจเอก", "Pol.Sgt.", "ส.ต.อ.", False),
    ("jasiptamruat", "จ่าสิบตำรวจ", "Pol.Sgt.Maj.", "", False),
    ("daptamruat", "ดาบตำรวจ", "Pol.Sen.Sgt.Maj.", "ด.ต.", True),
    ("roitamruattri", "ร้อยตำรวจตรี", "Pol.Sub Lt.", "ร.ต.ต.", True),
    ("roitamruattho", "ร้อยตำรวจโท", "Pol.Lt.", "ร.ต.ท.", False),
    ("roitamruatek", "ร้อยตำรวจเอก", "Pol.Capt.", "ร.ต.อ.", True),
    ("phantamruattri", "พันตำรวจตรี", "Pol.Maj.", "พ.ต.ต.", True),
    ("phantamruattho", "พันตำรวจโท", "Pol.Lt.Col.", "พ.ต.ท.", False),
    ("phantamruatek", "พันตำรวจเอก", "Pol.Col.", "พ.ต.อ.", True),
    ("phontamruattri", "พลตำรวจตรี", "Pol.Maj.Gen.", "พล.ต.ต.", False),
    ("phontamruattho", "พลตำรวจโท", "Pol.Lt.Gen.", "พล.ต.ท.", False),
    ("phontamruatek", "พลตำรวจเอก", "Pol.Gen.", "พล.ต.อ.", False),
    ("phonthahan", "พลทหาร", "Pvt.", "", False),
    ("phontamruat", "พลตำรวจ", "Pol.Const.", "", False),
    ("asatsamak", "อาสาสมัครทหารพราน", "Ranger Vol.", "อส.ทพ.", False),
)
# The two the code list has; in its words an acting rank without หญิง is a man's.
_LISTED_ACTING = {"watiroitri": "m", "watiroitriying": "f"}


def _ranks() -> tuple[Title, ...]:
    made: list[Title] = []
    for code, th, en, short, listed in _RANKS:
        for acting in (False, True):
            for woman in (False, True):
                full_code = ("wati" if acting else "") + code + ("ying" if woman else "")
                before, after = ("ว่าที่" if acting else ""), ("หญิง" if woman else "")
                gap = " " if acting else ""
                made.append(
                    Title(
                        full_code,
                        before + th + after,
                        ("Acting " if acting else "") + en,
                        (before + gap + short + after,) if short else (),
                        "f" if woman else _LISTED_ACTING.get(full_code, ""),
                        kind="rank",
                        spaced=True,
                        listed=(listed and not acting and not woman)
                        or full_code in _LISTED_ACTING,
                    )
                )
    return tuple(made)


def _all() -> tuple[Title, ...]:
    listed = tuple(
        Title(
            t.code, t.th, t.en, t.abbreviations, t.sex, t.min_age, t.max_age, t.next_code, t.kind,
            t.spaced, listed=True,
        )
        for t in _LISTED
    )  # fmt: skip
    return listed + _ranks() + _UNLISTED


TITLES: tuple[Title, ...] = _all()
TITLE_OF_CODE: dict[str, Title] = {title.code: title for title in TITLES}
