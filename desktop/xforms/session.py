# SPDX-License-Identifier: Apache-2.0
"""One record being filled in: answers in, changes out.

The session has no clock, no ids and no randomness of its own, so the same steps always give the
same bytes (``journal``). Everything a window shows is asked here for a control and the node it
is bound to; ``Changes`` say what to ask again.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, tzinfo

from desktop.errors import Problem
from desktop.i18n import _
from desktop.xforms import action, place, preload, validity
from desktop.xforms.action import Action
from desktop.xforms.change import Changes, Gathering
from desktop.xforms.choice import Choice, Offer
from desktop.xforms.control import Control, in_range
from desktop.xforms.finish import Finished, finished
from desktop.xforms.form import Form
from desktop.xforms.node import ELEMENT, Node
from desktop.xforms.reading import clone
from desktop.xforms.record import Record
from desktop.xforms.restore import Restoring
from desktop.xforms.surroundings import Surroundings
from desktop.xforms.text import Speaker, Text
from desktop.xforms.validity import Fault, Locked, Unfinished
from desktop.xforms.writing import printable
from desktop.xforms.xpath.values import to_boolean, to_string

_CHAIN = 100
"""How many actions may follow from each other's values before a form is taken to be circling."""


class Session(Record):
    """A record of ``form``, new or restored from ``restore`` (``codec.from_json``/``from_xml``).

    ``properties`` are ``deviceid``, ``username``, ``phonenumber``, ``email`` and ``geopoint``
    (the place for ``setgeopoint``); what is missing stays blank. ``zone`` is the time zone of
    dates without one (Asia/Bangkok). ``correcting`` a finished record gives it a new
    ``instanceID`` and keeps the old one as ``deprecatedID`` (OpenRosa). ``missed`` are the places
    of steps a replay found no place for (``journal.replay``): tell the person.

    Raises:
        FormRefused: The form never settles, or ``restore`` is a record of another form.
    """

    def __init__(  # noqa: PLR0913 - all of a record's surroundings are given
        self,
        form: Form,
        *,
        clock: Callable[[], datetime],
        ids: Callable[[], str],
        chance: random.Random | None = None,
        language: str | None = None,
        properties: Mapping[str, str] | None = None,
        restore: Node | None = None,
        correcting: bool = False,
        zone: tzinfo | None = None,
    ) -> None:
        super().__init__(form, ids())
        self.properties = dict(properties or {})
        self.clock = clock
        self.replaying, self.given = False, ""
        self.missed: tuple[str, ...] = ()
        self._aside = random.Random(self.identity)  # noqa: S311 - words on a screen
        self.speaker = Speaker(form.translations, form.known_language(language))
        root = clone(form.primary, self.document)
        self.document.children = [root]
        self.environment = Surroundings(
            self, self.document, clock=clock, chance=chance, ids=ids, zone=zone
        )
        self._offer = Offer(self.environment, self.speaker, self.identity)
        self.restored = restore is not None
        if restore is not None:
            restoring = Restoring(form.binds)
            restoring.merge(root, restore)
            self.keys = restoring.keys
        if correcting:
            preload.deprecate(root)
        self.prepare(root)
        if restore is None:
            preload.preload(form.binds, root, clock=clock, ids=ids, properties=self.properties)
        preload.identify(root, ids)
        self._fit_all(root)
        self.everything_due()
        self.settle()
        self.loading = False
        events = (action.LOAD,) if self.restored else (action.FIRST_LOAD, action.LOAD)
        self._act_on_load(frozenset(events))
        self.changes = Gathering()

    # -- what the record asks

    def fit(self, node: Node, value: str) -> str:
        """``value`` by the type of the answer and, for a fixed list, its choices."""
        value = super().fit(node, value)
        control = node.bind.control
        if control is not None and value:
            if control.choosing and control.itemset is None:
                return self._offer.offered(control, node, value)
            if control.kind == "trigger":
                return "OK" if value.lower() in ("ok", "true") else ""
            if control.kind == "range":
                return in_range(control, value)
        return value

    def still_offered(self, node: Node) -> str:
        """The part of the answer that is among the choices now."""
        control = node.bind.control
        if control is None or not control.choosing:
            return node.value
        return self._offer.offered(control, node, node.value)

    def forget_choices(self, node: Node) -> None:
        """Ask for the choices of ``node`` again when somebody looks."""
        self._offer.forget(node)

    def _fit_all(self, node: Node) -> None:
        for inside in node.children:
            if inside.kind == ELEMENT:
                self._fit_all(inside)
        if node.value and not node.children:
            node.value = self.fit(node, node.value)

    def prepare(self, node: Node) -> None:
        """As the record does; answers a new instance begins with are fitted."""
        super().prepare(node)
        if not self.loading:
            self._fit_all(node)

    # -- steps

    def answer(self, node: Node, value: str) -> Changes:
        """Give an answer; blank takes it away.

        Raises:
            Locked: The question is read-only.
        """
        if node.readonly and not self.replaying:
            raise Locked.answer()
        with self._step():
            self.given = self._give(node, printable(value), trusted=self.replaying)
            self.changes.answered.add(node)
        return self.changes.done()

    def add(
        self, control: Control, within: Node | None = None, at: int | None = None
    ) -> tuple[Node, Changes]:
        """A new instance of a repeat, as the ``at``-th from 0 (None: the last).

        ``within`` is the instance of the repeat around it, or any node there.

        Raises:
            Locked: The form decides how many there are.
        """
        parent = self._parent(control, within)
        marker = place.marker(parent, control.path) if parent is not None else None
        if parent is None or marker is None or control.count or control.fixed:
            raise Locked.entries()
        with self._step():
            node = self.insert(parent, marker, at)
        return node, self.changes.done()

    def remove(self, node: Node) -> Changes:
        """Remove an instance of a repeat.

        Raises:
            Locked: The form decides how many there are.
        """
        if not self.can_remove(node):
            raise Locked.entries()
        with self._step():
            self.take_out(node)
        return self.changes.done()

    @contextmanager
    def _step(self) -> Iterator[None]:
        """All of a step, with what follows from it, or nothing where the form refuses it."""
        self.changes = Gathering()
        self.done.clear()
        self.changed_values.clear()
        self.new_instances.clear()
        self.environment.spent = 0
        try:
            yield
            self.settle()
            self._act()
        except Problem:
            self.environment.spent = 0
            self.take_back()
            raise

    # -- actions

    def _act_on_load(self, events: frozenset[str]) -> None:
        for found in self.form.actions:
            if found.events & events:
                for node in self._targets(found, self.root):
                    if node.relevant:
                        self._perform(found, node)
                self.settle()
        self.new_instances.clear()
        self._act()

    def _act(self) -> None:
        for _round in range(_CHAIN):
            if not self.new_instances and not self.changed_values:
                return
            added, self.new_instances = self.new_instances, []
            changed, self.changed_values = self.changed_values, []
            for instance in added:
                self._greet(instance)
            for node in changed:
                for found in node.bind.actions:
                    for target in self._targets(found, node):
                        self._perform(found, target)
            self.settle()

    def _greet(self, instance: Node) -> None:
        depth = len(instance.path)
        for found in self.form.actions:
            if action.NEW_REPEAT in found.events and found.target[:depth] == instance.path:
                for node in place.below(instance, found.target):
                    self._perform(found, node)

    def _targets(self, found: Action, node: Node) -> list[Node]:
        if found.chosen is None:
            return place.nearest(node, found.target)
        nodes = found.chosen(node, self.environment)
        return nodes if isinstance(nodes, list) else []

    def _perform(self, found: Action, node: Node) -> None:
        if found.kind == "setgeopoint":
            value = self.properties.get("geopoint", "")
        elif found.value is not None:
            value = to_string(found.value(node, self.environment))
        else:
            value = found.words
        self._give(node, value)

    def _give(self, node: Node, value: str, *, trusted: bool = False) -> str:
        """Set an answer while nothing is due: of a list, what the list offers.

        ``trusted`` was offered when it was given: a list beside the form may be another now.
        """
        control = node.bind.control
        itemset = None if control is None else control.itemset
        trusts = (
            itemset is not None and trusted and not itemset.names.isdisjoint(self.form.external)
        )
        if control is not None and itemset is not None and value and not trusts:
            value = self._offer.offered(control, node, super().fit(node, value))
        self.set_value(node, value)
        return value

    # -- where things are

    def node(self, control: Control, within: Node | None = None) -> Node | None:
        """The answer of ``control`` in the instance ``within`` is in; None where there is none."""
        found = place.nearest(within if within is not None else self.root, control.path)
        return found[0] if found and found[0].path else None

    def instances(self, control: Control, within: Node | None = None) -> tuple[Node, ...]:
        """The instances of a repeat in the instance ``within`` is in, in order."""
        parent = self._parent(control, within)
        return () if parent is None else tuple(place.instances(parent, control.path))

    def _parent(self, control: Control, within: Node | None) -> Node | None:
        found = place.nearest(within if within is not None else self.root, control.path[:-1])
        return found[0] if found else None

    def can_add(self, control: Control, within: Node | None = None) -> bool:
        """Whether a person may add an instance here now."""
        if control.count or control.fixed:
            return False
        return self.is_open(control, within)

    def is_open(self, control: Control, within: Node | None = None) -> bool:
        """Whether a repeat is relevant here, even while it has no instance."""
        parent = self._parent(control, within)
        marker = place.marker(parent, control.path) if parent is not None else None
        if parent is None or marker is None or not parent.relevant:
            return False
        relevant = marker.bind.relevant
        if relevant is None:
            return True
        return to_boolean(relevant.formula(marker, self.environment))

    def can_remove(self, node: Node) -> bool:
        """Whether a person may remove this instance."""
        repeat = node.bind.repeat if place.is_instance(node) else None
        return repeat is not None and not repeat.count and not repeat.fixed

    def place(self, node: Node) -> str:
        """The place of ``node`` by keys, for the journal."""
        return place.key_place(node)

    def reference(self, node: Node) -> str:
        """The place of ``node`` by positions, as ODK writes it."""
        return place.reference(node)

    def find(self, where: str) -> Node | None:
        """The node at a place written either way."""
        return place.find(self.root, where)

    # -- words

    @property
    def language(self) -> str:
        """The language of texts; setting it changes texts and nothing else."""
        return self.speaker.language

    @language.setter
    def language(self, language: str | None) -> None:
        self.speaker.language = self.form.known_language(language)
        self._offer.forget()

    def label(self, control: Control, node: Node | None = None) -> str:
        """What ``control`` asks."""
        return self._say(control.label, self._at(control, node))

    def hint(self, control: Control, node: Node | None = None) -> str:
        """The hint under a question."""
        return self._say(control.hint, self._at(control, node))

    def guidance(self, control: Control, node: Node | None = None) -> str:
        """What a helper reads to ask better; shown on demand."""
        return self._say(control.hint, self._at(control, node), "guidance")

    def _say(self, text: Text | None, node: Node, form: str = "") -> str:
        """Words for a person; looking draws nothing from the record's chance."""
        environment = self.environment
        chance, environment.chance = environment.chance, self._aside
        environment.spent = 0
        try:
            return self.speaker.say(text, node, environment, form)
        finally:
            environment.chance = chance

    def media(self, control: Control, node: Node | None, kind: str) -> str:
        """The file name of the ``image``, ``audio``, ``video`` or ``big-image`` of a label."""
        if control.label is None:
            return ""
        at = self._at(control, node)
        return self.speaker.media(control.label, at, self.environment, (kind,)).get(kind, "")

    def _at(self, control: Control, node: Node | None) -> Node:
        if node is not None:
            return node
        return self.node(control) or self.root

    def choices(self, control: Control, node: Node) -> tuple[Choice, ...]:
        """What a question offers now."""
        return self._offer.choices(control, node)

    def message(self, node: Node) -> str:
        """Why the answer cannot stay as it is; empty when it can."""
        return self._message(node, validity.kind_of_fault(node))

    def _message(self, node: Node, kind: str) -> str:
        if kind == validity.REQUIRED:
            said = self._say(node.bind.required_message, node)
            return said or _("This question needs an answer.")
        if kind == validity.CONSTRAINT:
            said = self._say(node.bind.constraint_message, node)
            return said or _("This answer is not allowed here.")
        return ""

    # -- the end

    def faults(self) -> tuple[Fault, ...]:
        """What stops the record from being finished now, in the order of the form."""
        self.environment.spent = 0
        self.all_due(self.form.timely)
        self.settle()
        return tuple(
            Fault(node, kind, self._message(node, kind))
            for node, kind in validity.faulty(self.root)
        )

    def finalise(self) -> Finished:
        """The record for good: end times are set, then it is written once.

        Raises:
            Unfinished: Something is missing or not allowed.
        """
        faults = self.faults()
        if faults:
            raise Unfinished(faults)
        with self._step():
            for bind, value in preload.finish(self.form.binds, self.clock):
                for node in place.below(self.root, bind.path):
                    self.set_value(node, value)
        return finished(self)
