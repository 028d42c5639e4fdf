"""The shape of the files of the agenda: what happens next, and at which offices.

Like the other shapes it is a matter of loading alone; what the names mean is checked by `linkagenda`.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from wegweiser.engine.schema import Bilingual, Condition, Name, NonEmpty, TargetName, TargetOrGroup

__all__ = ["MODELS", "AgendaFile", "OfficesFile"]

Atom = Annotated[
    str,
    StringConstraints(pattern=re.compile(r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*:[a-z0-9_]+$"), max_length=80),
]
PeriodText = Annotated[str, StringConstraints(pattern=re.compile(r"^P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?$"))]
Result = Literal["frei", "anspruch", "soll", "ermessen", "noch_nicht", "nein", "unklar"]
AnswerDay = Literal["ab", "bis", "antrag_ab", "antrag_bis"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Near(_Model):
    """A day of an answer that comes soon: today or later, and not after the end of a period from today."""

    day: AnswerDay
    period: PeriodText


class AnswerTest(_Model):
    """What an answer has to be; of several targets one is enough."""

    target: TargetOrGroup | list[TargetOrGroup]
    in_: list[Result] = Field(default=[], alias="in", description="The outcome is certain, and one of these.")
    possible: list[Result] = Field(
        default=[], description="The outcome is one of these, or still open and one of these is possible."
    )
    then: list[Result] = Field(default=[], description="Not yet; later one of these.")
    with_: dict[Name, bool | NonEmpty] = Field(
        default={},
        alias="with",
        description="The answer as it will be once steps have brought this about, where that can be.",
    )
    within: Near | None = None


class AtomEntry(_Model):
    """When an atom holds: for certain, on the facts, on an answer, or on both."""

    when: Condition | None = None
    unless: Condition | None = Field(
        default=None, description="It does not hold where this is certain; what is not known does not hinder."
    )
    answer: AnswerTest | None = None


class Source(_Model):
    """A day: of an answer, or of a fact with a period before or after it."""

    answer: TargetName | None = None
    day: AnswerDay | None = None
    fact: Name | None = None
    before: PeriodText | None = None
    after: PeriodText | None = None


class Term(_Model):
    """When a step is due. The first source that gives a day counts."""

    de: NonEmpty | None = None
    en: NonEmpty | None = None
    from_: list[Source] = Field(default=[], alias="from")
    until: list[Source] = []


class StepEntry(_Model):
    """Something to do: what, who, where, with which paper, by when."""

    was: Bilingual
    wer: Bilingual
    wo: Name | Bilingual = Field(description="The name of an office, or words.")
    papier: Bilingual | None = None
    frist: Term | None = None
    norm: NonEmpty | list[NonEmpty] | None = None
    nach: list[Name] = Field(default=[], description="Rules whose steps come before this one.")
    rank: int = Field(default=50, description="The place among steps of the same day: small numbers first.")


class AlertEntry(_Model):
    """A danger; `{tag}` in the text is the day of the first source that gives one."""

    text: Bilingual
    norm: NonEmpty | list[NonEmpty] | None = None
    day: list[Source] = []
    rank: int = 50


class AgendaRule(_Model):
    """Where all atoms hold: new atoms, a step, a danger."""

    id: Name
    all: list[Atom] = Field(min_length=1)
    adds: list[Atom] = []
    step: StepEntry | None = None
    alert: AlertEntry | None = None


class AgendaFile(_Model):
    """The form of rules/agenda/<topic>.yaml."""

    topic: Name
    atoms: dict[Atom, AtomEntry] = {}
    rules: list[AgendaRule] = []


class OfficeEntry(_Model):
    """A kind of office, and what it is called where the place is known."""

    kind: Bilingual
    places: dict[NonEmpty, Bilingual] = {}
    lands: dict[NonEmpty, Bilingual] = {}


class OfficesFile(_Model):
    """The form of rules/offices.yaml."""

    offices: dict[Name, OfficeEntry]


MODELS: dict[str, type[BaseModel]] = {"agenda": AgendaFile, "offices": OfficesFile}
