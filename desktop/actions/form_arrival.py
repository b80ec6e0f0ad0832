# SPDX-License-Identifier: Apache-2.0
"""A form the centre wrote, brought onto this laptop without a new release; retired when done.

A form is an XForm (``samut form check --write`` makes it of a workbook) and the lists it chooses
from. It is somebody else's file: all of it is read, judged and begun once on trial before
anything is kept. A version is kept for ever, unless it is taken off before anybody used it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from desktop.actions.done import Done
from desktop.actions.form import shipped_ids
from desktop.errors import Problem
from desktop.i18n import _, ngettext
from desktop.store import form as forms
from desktop.store.form_list import OWN, StoreLists
from desktop.store.ids import new_id
from desktop.store.store import Store
from desktop.xforms import journal, profile
from desktop.xforms.document import LARGEST
from desktop.xforms.form import Form
from desktop.xforms.lists import READERS, Files, List
from desktop.xforms.names import shown
from desktop.xforms.problem import FormRefused
from desktop.xforms.version import newness
from desktop.xforms.xlsform_core import lacks

FORMS: Final = frozenset({"forms"})
MOST_FILES: Final = 50
ALL_FILES: Final = 64 * 1024 * 1024
"""Bytes of all lists beside a form together."""
_LONGEST: Final = 120
"""Characters of a form's id and of its version."""
_TITLE: Final = 160
_SAID: Final = 8
"""Sentences of what is refused; more than these help nobody."""
_BETWEEN: Final = " · "


class FormNotTaken(Problem):
    """The form cannot be brought in; nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A form that was read and judged, and can be brought in."""

    form_id: str
    version: str
    titles: tuple[str, str]
    """In Thai and in English; the second may be empty."""
    languages: tuple[str, ...]
    questions: int
    plainer: tuple[str, ...]
    """What its author meant otherwise than it is here, each a sentence."""
    files: Mapping[str, bytes]
    """The lists it chooses from that came beside it."""
    left_out: tuple[str, ...]
    """Files that came along and are not kept: not asked for, or the program has its own."""
    data: bytes


def look_at(store: Store, by: str, data: bytes, media: Mapping[str, bytes]) -> Arrival:
    """Read and judge a form and the files beside it. For a thread; nothing is written.

    Raises:
        FormRefused: It is no form, or one built to harm.
        FormNotTaken: It asks for what this program does not do, or lacks a list.
    """
    if len(media) > MOST_FILES or sum(map(len, media.values())) > ALL_FILES:
        raise FormNotTaken(
            _("Too many files came along. Bring the form and the lists it chooses from alone.")
        )
    files = {
        name: one for name, one in media.items() if _ending(name) in READERS and name not in OWN
    }
    lists = _Beside(files, StoreLists(store, "", by))
    form = Form.load(data, lists)
    _named(form)
    findings = profile.judge(form)
    refused = [
        *(_said(one) for one in findings if one.severity == profile.REFUSED),
        *lacks(form),
    ]
    if refused:
        raise FormNotTaken("\n".join([_intro(len(refused)), *refused[:_SAID]]))
    for name, opened in lists.used.items():
        _read(name, opened)
    _try(form, store.now().local)
    return Arrival(
        form.id,
        form.version,
        _titles(form),
        form.languages,
        sum(one.kind not in ("group", "repeat") for one in form.controls()),
        tuple(dict.fromkeys(_said(one) for one in findings)),
        {name: files[name] for name in sorted(lists.used)},
        tuple(sorted(media.keys() - lists.used.keys())),
        data,
    )


def wanted_files(data: bytes) -> tuple[str, ...]:
    """The names of the lists to be looked for beside a form. Raises FormRefused."""
    asked = {uri.rpartition("/")[2] for uri in Form.load(data).external.values()}
    return tuple(sorted(name for name in asked - OWN if _ending(name) in READERS))


def read_file(path: Path) -> bytes:
    """A file somebody chose, no further than it is refused for its size. Raises FormNotTaken."""
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as fault:
        raise FormNotTaken(
            _("The file cannot be read. Copy it to this computer and try again.")
        ) from fault


def beside(path: Path, names: Collection[str]) -> dict[str, bytes]:
    """Those of ``names`` in the folder ``<form>-media`` beside the form ``path``, or beside it.

    Raises FormNotTaken when one is there and cannot be read.
    """
    found = {}
    for name in names:
        if name != Path(name).name:
            continue
        for place in (path.with_name(f"{path.stem}-media") / name, path.with_name(name)):
            if place.is_file():
                found[name] = read_file(place)
                break
    return found


def bring_in(store: Store, by: str, data: bytes, media: Mapping[str, bytes] | None = None) -> Done:
    """Keep a form so that it can be filled; the value is its :class:`FormVersion`.

    New drafts are begun with the newest version (``xforms.version``); an older one that is
    brought in later is kept for the records made with it. A retired form is in use again. The
    same files a second time change nothing. Undone, it is taken off unless somebody began it.

    Raises:
        FormRefused: It is no form, or one built to harm.
        FormNotTaken: It asks for what this program does not do, lacks a list, or is another form
            under a version that is kept already.
    """
    one = look_at(store, by, data, media or {})
    with store.write(by) as write:
        held = forms.find_version(write.conn, one.form_id, one.version)
        if held is not None:
            _same(one, held, forms.file_hashes(write.conn, one.form_id, one.version))
        else:
            forms.put_form(write, one.form_id, one.version, one.titles, data)
            forms.put_files(write, one.form_id, one.version, one.files)
            write.audit("create", "form", detail=_audited(one.form_id))
        revived = forms.set_retired(write, one.form_id, "")
        kept = forms.find_version(write.conn, one.form_id, one.version)
    if held is not None and not revived:
        return Done(frozenset(), kept)
    again: Callable[[Store], Done] = lambda there: bring_in(there, by, data, media)  # noqa: E731
    return Done(
        FORMS,
        kept,
        lambda there: _take_off(there, by, one, taken=held is None, retire=revived, again=again),
    )


def is_newest(store: Store, version: forms.FormVersion) -> bool:
    """Whether new drafts are begun with this version."""
    with store.read() as conn:
        newest = forms.latest(conn, version.form_id)
    return newness(newest.version) <= newness(version.version)


def retire(store: Store, by: str, form_id: str) -> Done:
    """Begin the form no more. Its drafts and records open as before.

    Raises :class:`FormNotTaken` for one of the program's own, which it needs.
    """
    if form_id in shipped_ids():
        raise FormNotTaken(_("The program needs this form. It cannot be retired."))
    return _set_retired(store, by, form_id, away=True)


def use_again(store: Store, by: str, form_id: str) -> Done:
    """Take a retired form into use again."""
    return _set_retired(store, by, form_id, away=False)


def _set_retired(store: Store, by: str, form_id: str, *, away: bool) -> Done:
    with store.write(by) as write:
        forms.latest(write.conn, form_id)
        changed = forms.set_retired(write, form_id, write.now().utc if away else "")
        if changed:
            write.audit("retire" if away else "restore", "form", detail=_audited(form_id))
    if not changed:
        return Done(frozenset())
    return Done(FORMS, None, lambda there: _set_retired(there, by, form_id, away=not away))


def _take_off(
    store: Store,
    by: str,
    one: Arrival,
    *,
    taken: bool,
    retire: bool,
    again: Callable[[Store], Done],
) -> Done:
    with store.write(by) as write:
        if taken:
            if forms.is_used(write.conn, one.form_id, one.version):
                raise FormNotTaken(
                    _("The form was begun already and stays. It can be retired instead.")
                )
            forms.drop_version(write, one.form_id, one.version)
            write.audit("delete", "form", detail=_audited(one.form_id))
        if retire:
            forms.set_retired(write, one.form_id, write.now().utc)
    return Done(FORMS, None, again)


def _audited(form_id: str) -> str:
    """What the audit log says of which form it was: its id comes out of a stranger's file."""
    return form_id[:64]


# ---- judging


class _Beside:
    """The files that came along before the lists of the store, and which were asked for."""

    def __init__(self, files: Mapping[str, bytes], known: StoreLists) -> None:
        self._files = Files(files)
        self._known = known
        self.used: dict[str, List] = {}

    def open(self, uri: str) -> List | None:
        """The list at ``uri``; None for one there is not."""
        found = self._files.open(uri)
        if found is None:
            return self._known.open(uri)
        self.used[uri.rpartition("/")[2]] = found
        return found


def _ending(name: str) -> str:
    return name[name.rfind(".") :].lower() if "." in name else ""


def _named(form: Form) -> None:
    for text in (form.id, form.version):
        if len(text) > _LONGEST or not text.isprintable():
            raise FormNotTaken(
                _(
                    "The form_id and the version of a form have at most {most} characters, in "
                    "one line. Correct them in the sheet settings."
                ).format(most=_LONGEST)
            )


def _same(one: Arrival, held: forms.FormVersion, files: Mapping[str, str]) -> None:
    """Refuse other bytes under a version that is kept."""
    came = {name: hashlib.sha256(data).hexdigest() for name, data in one.files.items()}
    if held.sha256 != hashlib.sha256(one.data).hexdigest() or files != came:
        raise FormNotTaken(
            _(
                "Version {version} of this form is on this laptop already and is another one. "
                "Raise the version in the sheet settings and build the form again."
            ).format(version=one.version or "–")
        )


def _read(name: str, opened: List) -> None:
    """Read a list whole, which a form otherwise does when somebody is asked from it."""
    try:
        opened.all()
    except FormRefused as refused:
        raise FormNotTaken(
            _("The list “{name}”: {reason}").format(name=name, reason=str(refused))
        ) from None


def _try(form: Form, now: datetime) -> None:
    """Begin a record that is thrown away. Raises FormRefused when its expressions cannot run."""
    journal.begin(form, record=new_id(), clock=journal.Clock(now)).faults()


def _intro(count: int) -> str:
    return ngettext(
        "This form cannot be used here. {count} thing stands in the way:",
        "This form cannot be used here. {count} things stand in the way:",
        count,
    ).format(count=count)


def _said(one: profile.Finding) -> str:
    where = shown(one.path[1:]).lstrip("/") if len(one.path) > 1 else ""
    return f"{where}: {one.message}" if where else one.message


def _titles(form: Form) -> tuple[str, str]:
    """Title in Thai and in English, out of ``ไทย · English`` or one for both."""
    whole = " ".join(form.title.split()) or form.id
    thai, _between, english = whole.partition(_BETWEEN)
    return thai[:_TITLE], english[:_TITLE]
