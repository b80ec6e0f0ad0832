# SPDX-License-Identifier: Apache-2.0
"""JavaRosa, the engine of ODK Collect, as somebody to ask what it would have done.

It lies in pyxform's wheel (ODK_Validate.jar) and runs in this process through JPype. One JVM a
process, started at the first question; its time zone is Asia/Bangkok as ours.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest


@cache
def jar() -> Path | None:
    """Where ODK_Validate.jar is, or None where Java, JPype or pyxform is missing."""
    if shutil.which("java") is None:
        return None
    try:
        import jpype  # noqa: F401
        import pyxform
    except ImportError:
        return None
    found = Path(pyxform.__file__).parent / "validators/odk_validate/bin/ODK_Validate.jar"
    return found if found.is_file() else None


needs_java = pytest.mark.skipif(jar() is None, reason="Java, JPype or pyxform is not here")


@cache
def machine() -> Any:
    """The running JVM with JavaRosa's parts registered; a function class name → Java class."""
    import jpype

    if not jpype.isJVMStarted():
        jpype.startJVM(
            "-Djava.awt.headless=true",
            "-Duser.timezone=Asia/Bangkok",
            "-Duser.language=en",
            "-Xss16m",
            "-Xmx512m",
            classpath=[str(jar())],
            convertStrings=False,
        )
    named = jpype.JClass
    # JavaRosa prints each parser warning; they are not what is asked here.
    silent = named("java.io.PrintStream")(named("java.io.FileOutputStream")(os.devnull))
    named("java.lang.System").setOut(silent)
    named("java.lang.System").setErr(silent)
    prototypes = named("org.javarosa.core.services.PrototypeManager")
    for module in (
        "org.javarosa.core.util.JavaRosaCoreModule",
        "org.javarosa.core.model.CoreModelModule",
    ):
        prototypes.registerPrototypes(named(module).classNames)
    named("org.javarosa.model.xform.XFormsModule")().registerModule()
    named("org.javarosa.core.services.PropertyManager").setPropertyManager(
        named("org.opendatakit.validate.StubPropertyManager")()
    )
    return named


@dataclass(frozen=True, slots=True)
class Question:
    """A question JavaRosa shows now."""

    reference: str
    """``/data/hh[1]/person[2]/age[1]`` as JavaRosa writes it."""
    index: Any
    kind: str
    """``one``, ``many`` or ``other``."""
    data_type: str
    readonly: bool
    choices: tuple[str, ...]


class Oracle:
    """One record of one form in JavaRosa."""

    def __init__(self, xml: bytes) -> None:
        named = machine()
        stream = named("java.io.ByteArrayInputStream")(xml)
        self.form = named("org.javarosa.xform.util.XFormUtils").getFormFromInputStream(stream)
        factory = named("org.javarosa.core.model.instance.InstanceInitializationFactory")
        self.form.initialize(True, factory())
        self.model = named("org.javarosa.form.api.FormEntryModel")(self.form)
        self._entry = named("org.javarosa.form.api.FormEntryController")
        self.controller = self._entry(self.model)
        self._index = named("org.javarosa.core.model.FormIndex")
        constants = named("org.javarosa.core.model.Constants")
        self._one = int(constants.CONTROL_SELECT_ONE)
        self._many = int(constants.CONTROL_SELECT_MULTI)
        answers = "org.javarosa.core.model.data."
        self._casts = {
            int(getattr(constants, f"DATATYPE_{word}")): (kind, named(answers + name))
            for word, kind, name in (
                ("INTEGER", "int", "IntegerData"),
                ("DECIMAL", "decimal", "DecimalData"),
                ("DATE", "date", "DateData"),
                ("TIME", "time", "TimeData"),
                ("DATE_TIME", "dateTime", "DateTimeData"),
                ("GEOPOINT", "geopoint", "GeoPointData"),
                ("BINARY", "binary", "StringData"),
            )
        }
        self._text = named(answers + "StringData")
        self._select_one = named(answers + "SelectOneData")
        self._select_many = named(answers + "MultipleItemsData")
        self._select_multi = named(answers + "SelectMultiData")
        self._uncast = named(answers + "UncastData")

    def _walk(self) -> Any:
        self.controller.jumpToIndex(self._index.createBeginningOfFormIndex())
        while True:
            event = self.controller.stepToNextEvent()
            if event == self._entry.EVENT_END_OF_FORM:
                return
            yield event

    def questions(self) -> list[Question]:
        """What is shown now, in order; asking also lets JavaRosa clear what is gone from lists."""
        found = []
        for event in self._walk():
            if event != self._entry.EVENT_QUESTION:
                continue
            index = self.model.getFormIndex()
            prompt = self.model.getQuestionPrompt(index)
            control, data = int(prompt.getControlType()), int(prompt.getDataType())
            kind = {self._one: "one", self._many: "many"}.get(control, "other")
            choices: tuple[str, ...] = ()
            if kind != "other":
                choices = tuple(str(each.getValue()) for each in prompt.getSelectChoices())
            found.append(
                Question(
                    reference=str(index.getReference().toString(True)),
                    index=index,
                    kind=kind,
                    data_type=self._casts.get(data, ("string", None))[0],
                    readonly=bool(prompt.isReadOnly()),
                    choices=choices,
                )
            )
        return found

    def answer(self, question: Question, value: str) -> str:
        """Answer; ``ok``, ``constraint``, ``required``, or ``uncast`` for what it cannot read.

        What a constraint refuses is kept nevertheless, as our window does: marked, not lost.
        """
        self.controller.jumpToIndex(question.index)
        data = None
        if value:
            template = {"one": self._select_one, "many": self._select_multi}.get(question.kind)
            if template is None:
                prompt = self.model.getQuestionPrompt(question.index)
                cast = self._casts.get(int(prompt.getDataType()))
                template = cast[1] if cast else self._text
            import jpype

            try:
                data = template().cast(self._uncast(value))
            except jpype.JException:
                return "uncast"
        outcome = self.controller.answerQuestion(question.index, data, True)
        if outcome == self._entry.ANSWER_OK:
            return "ok"
        self.controller.saveAnswer(question.index, data, True)
        refused = outcome == self._entry.ANSWER_CONSTRAINT_VIOLATED
        return "constraint" if refused else "required"

    def addable(self) -> list[str]:
        """References of the repeats that could have one more now."""
        return [
            str(self.model.getFormIndex().getReference().toString(True))
            for event in self._walk()
            if event == self._entry.EVENT_PROMPT_NEW_REPEAT
        ]

    def add(self, reference: str) -> bool:
        """Add one to the repeat that ``addable`` named."""
        for event in self._walk():
            if event == self._entry.EVENT_PROMPT_NEW_REPEAT:
                here = str(self.model.getFormIndex().getReference().toString(True))
                if here == reference:
                    self.controller.newRepeat()
                    return True
        return False

    def repeats(self) -> list[str]:
        """References of the instances of repeats that are there."""
        return [
            str(self.model.getFormIndex().getReference().toString(True))
            for event in self._walk()
            if event == self._entry.EVENT_REPEAT
        ]

    def remove(self, reference: str) -> None:
        """Take the instance of a repeat away."""
        for event in self._walk():
            index = self.model.getFormIndex()
            if (
                event == self._entry.EVENT_REPEAT
                and str(index.getReference().toString(True)) == reference
            ):
                self.controller.deleteRepeat(index)
                return

    def xml(self) -> str:
        """The record as it would be sent now."""
        serializer = machine()("org.javarosa.model.xform.XFormSerializingVisitor")()
        return bytes(serializer.serializeInstance(self.form.getInstance())).decode()
