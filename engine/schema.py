"""The shape of the files of a rule book, as pydantic models and as JSON Schema for editors.

Only loading imports this module; a book that comes from the cache has passed it before. Conditions are
plain mappings here; `conditions` reads them, since what they may say depends on the names of the book.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

__all__ = [
    "MODELS",
    "ActsFile",
    "Bilingual",
    "BookFile",
    "Condition",
    "FactsFile",
    "LawFile",
    "Name",
    "NonEmpty",
    "PapersFile",
    "ParametersFile",
    "PlacesFile",
    "RelationsFile",
    "ResidenceFile",
    "ReviewFile",
    "TargetName",
    "TargetOrGroup",
    "TargetsFile",
    "WordingsFile",
]

Name = Annotated[str, StringConstraints(pattern=re.compile(r"^[a-z][a-z0-9_]*$"))]
TargetName = Annotated[str, StringConstraints(pattern=re.compile(r"^[a-z][a-z0-9_]*\.[a-z0-9_.]+$"))]
TargetOrGroup = Annotated[
    str, StringConstraints(pattern=re.compile(r"^([A-Z][A-Z0-9_]*|[a-z][a-z0-9_]*\.[a-z0-9_.]+)$"))
]
GroupName = Annotated[str, StringConstraints(pattern=re.compile(r"^[A-Z][A-Z0-9_]*$"))]
NonEmpty = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Condition = dict[str, Any]
Outcome = Literal["frei", "anspruch", "soll", "ermessen", "nein", "offen"]
Permission = Literal["frei", "anspruch", "soll", "ermessen", "nein"]
Grund = Literal["verbot", "voraussetzung_fehlt", "nicht_noetig", "beendet", "adressat", "ort", "alter"]
Phase = Literal["vor_vertrag", "vor_beginn", "waehrend", "ende"]
Scalar = str | bool | int | Decimal | date


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Bilingual(_Model):
    """Text in German and English."""

    de: NonEmpty
    en: NonEmpty


class Dated(_Model):
    """The days on which something holds; both ends belong to it, an absent end is open."""

    from_: date | None = Field(default=None, alias="from")
    to: date | None = None
    seen: bool = Field(default=False, description="The first day is known only as the day of a crawl.")


class FactEntry(_Model):
    """One fact of the vocabulary."""

    typ: Literal["datum", "bool", "zahl", "geld", "wahl", "land", "ort", "norm", "liste"]
    label: Bilingual
    question: Bilingual
    evidence: Bilingual | None = None
    hint: Bilingual | None = None
    werte: dict[str, Bilingual] | None = None
    geordnet: bool = False
    aenderbar: bool = False
    ueblich: Scalar | None = None
    ohne_angabe: Scalar | dict[Literal["wie"], Name] | None = None
    only_if: Condition | None = None
    judged_by: Literal["authority"] | None = None
    always: bool = False
    future: bool = False
    expires: bool = Field(default=False, description="A date: the last day of a document or of a deadline.")
    parts: dict[str, list[str]] | None = Field(
        default=None, description="Norms that consist of nothing but the parts listed."
    )
    employer: Literal["paper", "job"] | None = Field(
        default=None, description="An employer sees it: on the paper, or because it belongs to the job."
    )
    unsaid: Scalar | None = Field(
        default=None,
        description="What holds where an employer reads nothing else on the paper; for a date how long ago.",
    )


class FactsFile(_Model):
    """The form of rules/facts/<topic>.yaml."""

    topic: Name
    label: Bilingual
    facts: dict[Name, FactEntry]


class Default(_Model):
    """What holds where no rule of a target takes effect."""

    outcome: Permission
    grund: Grund | None = None
    norm: NonEmpty
    because: Bilingual


class Coverage(_Model):
    """The first day for which the book answers."""

    from_: date = Field(alias="from")


class TargetEntry(_Model):
    """One target."""

    label: Bilingual
    hint: Bilingual | None = None
    zustimmung_ba: bool = False
    coverage: Coverage | None = Field(
        default=None,
        description="The first day for which this target is answered, where later than the book's.",
    )
    treated: Condition | None = None
    held: dict[Name, bool | NonEmpty] | None = Field(
        default=None,
        min_length=1,
        description="What is so of whoever holds the target already, and is no step towards it.",
    )
    default: Default | None = None


class TargetsFile(_Model):
    """The form of rules/targets.yaml."""

    sections: dict[Name, Bilingual]
    groups: dict[GroupName, list[TargetName]]
    targets: dict[TargetName, TargetEntry]


class BookFile(_Model):
    """The form of rules/book.yaml."""

    name: Name
    title: Bilingual
    coverage: Coverage
    checked_until: date
    order: list[Name] = Field(
        default=[], description="The order in which facts are looked at; it costs or saves time only."
    )
    topics: list[Name] = Field(default=[], description="The order of the topics of facts.")
    caseload: list[Name] = Field(
        default=[], description="Sections of targets that a caseload is screened for unless told otherwise."
    )


class Relation(_Model):
    """How facts hang together: an order of dates, or one fact following from another."""

    name: Name
    norm: NonEmpty | list[NonEmpty] | None = None
    because: Bilingual | None = None
    in_order: list[Name] | None = Field(default=None, min_length=2)
    implies: _Implies | None = None
    when: Condition | None = None


class _Implies(_Model):
    if_: Condition = Field(alias="if")
    then: Condition


class RelationsFile(_Model):
    """The form of rules/relations.yaml."""

    relations: list[Relation]


_Fingerprint = Annotated[str, StringConstraints(pattern=re.compile(r"^sha256:[0-9a-f]{64}$"))]


class Checked(_Model):
    """The text that an entry was checked against: a fingerprint for each of its norms, in their order."""

    against: _Fingerprint | list[_Fingerprint]
    on: date


class ListVersion(Dated):
    """A list in one period."""

    values: list[str]
    source: str | None = None
    checked: Checked | None = None


class ListEntry(_Model):
    """A named list of values of one type."""

    typ: Name
    norm: NonEmpty
    label: Bilingual
    source: str | None = None
    versions: list[ListVersion] = Field(min_length=1)


class ParameterVersion(Dated):
    """A number, day or period in one period of time."""

    value: Scalar
    source: str | None = None
    checked: Checked | None = None


class ParameterEntry(_Model):
    """A named number, day or period."""

    typ: Literal["geld", "zahl", "datum", "period"]
    norm: NonEmpty
    label: Bilingual
    source: str | None = None
    versions: list[ParameterVersion] = Field(min_length=1)


class ParametersFile(_Model):
    """The form of rules/parameters/<topic>.yaml."""

    lists: dict[Name, ListEntry] = {}
    parameters: dict[Name, ParameterEntry] = {}


class AuflageEntry(Bilingual):
    """A condition that the law attaches to a permission."""

    norm: NonEmpty | None = None
    when: Condition | None = None


class OpenTerm(_Model):
    """A legal term that nothing decides here."""

    term: NonEmpty
    note: Bilingual


class Note(_Model):
    """A remark shown with an answer."""

    art: Literal["rechtsfrage", "gefahr", "hinweis"]
    text: Bilingual
    norm: NonEmpty | None = None
    andere_lesart: Permission | None = None
    when: Condition | None = None


class RuleEntry(_Model):
    """One rule in one wording."""

    id: Name
    norm: NonEmpty | list[NonEmpty]
    in_force: Dated | None = None
    targets: list[TargetOrGroup] = Field(min_length=1)
    exception_to: list[Name] = []
    lifts: list[Name] = []
    prevails_over: list[Name] = []
    when: Condition | None = None
    unless: Condition | None = None
    outcome: Outcome | None = None
    grund: Grund | None = None
    zustimmung_ba: Literal["erforderlich", "nicht_erforderlich"] | None = None
    auflagen: list[AuflageEntry] = []
    schritte: list[Name] = []
    bis: Name | None = None
    antrag: Condition | None = Field(default=None, description="While it holds the application can be made.")
    because: Bilingual
    open_terms: list[OpenTerm] = []
    atypical: bool = False
    notes: list[Note] = []
    checked: Checked | None = None


class Case(_Model):
    """One case of a derived period or enumeration."""

    when: Condition | None = None
    value: str | None = None
    otherwise: str | None = None


class DerivedEntry(_Model):
    """A legal definition, used by name."""

    name: Name
    norm: NonEmpty | list[NonEmpty]
    in_force: Dated | None = None
    label: Bilingual | None = None
    when: Condition | None = None
    cases: list[Case] | None = Field(default=None, min_length=1)
    earliest: list[Name] | None = Field(default=None, min_length=1)
    age_of: Name | None = None
    checked: Checked | None = None


class ExampleEntry(_Model):
    """A worked example: facts, and what is expected on which day."""

    name: NonEmpty
    profile: Name | None = None
    given: dict[str, Any] = {}
    expect: dict[str, dict[TargetName, Any]]


class Consequence(Bilingual):
    """What follows where a duty is not met."""

    norm: NonEmpty | list[NonEmpty]


class DutyEntry(_Model):
    """What the law asks of whoever employs the person, in one wording."""

    id: Name
    norm: NonEmpty | list[NonEmpty]
    in_force: Dated | None = None
    kind: Literal["duty", "advice"] = Field(
        default="duty", description="`advice`: no duty of the employer, but worth knowing."
    )
    targets: list[TargetOrGroup] = Field(min_length=1)
    phase: Phase
    rank: int = Field(default=50, description="The place within its phase: small numbers come first.")
    when: Condition | None = None
    falls: Bilingual | None = Field(
        default=None, description="The condition in words, after “if”; shown as long as `when` is open."
    )
    case: Bilingual | None = Field(
        default=None, description="A condition that no fact tells, after “if”; always shown."
    )
    was: Bilingual
    frist: Bilingual | None = None
    form: Bilingual | None = Field(default=None, description="The form or paper by its name.")
    folge: list[Consequence] = []
    checked: Checked | None = None


class LawFile(_Model):
    """The form of rules/laws/<act>/p<section>.yaml."""

    act: NonEmpty
    section: NonEmpty
    profiles: dict[Name, dict[str, Any]] = {}
    rules: list[RuleEntry] = []
    derived: list[DerivedEntry] = []
    examples: list[ExampleEntry] = []
    duties: list[DutyEntry] = []


class ActEntry(_Model):
    """An act by the name that citations use."""

    title: NonEmpty = Field(description="The full name.")
    called: NonEmpty | None = Field(default=None, description="The official short name.")
    names: list[NonEmpty] = Field(default=[], description="Other spellings, among them the publisher's.")
    id: Annotated[str, StringConstraints(pattern=re.compile(r"^BJNR[0-9A-Z]{9}$"))] | None = Field(
        default=None, description="The publisher's number of the act."
    )
    xml: Annotated[str, StringConstraints(pattern=re.compile(r"^https://\S+$"))] = Field(
        description="Where the official text is offered."
    )


class ActsFile(_Model):
    """The form of rules/acts.yaml."""

    acts: dict[NonEmpty, ActEntry]


class PlacesFile(_Model):
    """The form of rules/places.yaml."""

    fact: Name
    land: Name
    district: Name | None = None
    places: dict[str, str | list[str]]
    spellings: dict[str, str] = {}


class PaperEntry(_Model):
    """A kind of document, as an employer names it."""

    label: Bilingual
    names: list[NonEmpty] = []
    facts: dict[Name, Scalar] = Field(min_length=1)


class PapersFile(_Model):
    """The form of rules/papers.yaml."""

    papers: dict[Name, PaperEntry]


class Titles(_Model):
    """How residence titles are cited."""

    act: list[NonEmpty] = Field(min_length=1)
    sections: list[NonEmpty]
    spellings: dict[str, str] = {}


class Chain(_Model):
    """A fact that tells since when something lasts without a gap."""

    statuses: list[Name]
    continued_by: list[Name] = []
    held: list[Name] | None = None
    norm: NonEmpty | list[NonEmpty]
    because: Bilingual


class Count(_Model):
    """A fact that counts the days of some periods."""

    where: dict[Name, str | bool | int]
    norm: NonEmpty | list[NonEmpty]
    because: Bilingual


class ResidenceFile(_Model):
    """The form of rules/residence.yaml."""

    titles: Titles | None = None
    entry: dict[Name, Name] = {}
    chains: dict[Name, Chain] = {}
    days: dict[Name, Count] = {}


class BlankEntry(_Model):
    """What differs from print to print: some words, or a number."""

    label: Bilingual
    words: Annotated[int, Field(ge=1, le=20)] = 1
    number: bool = False


class KindEntry(_Model):
    """What prints of one kind mean."""

    sets: dict[Name, str | bool | int] = {}
    gives_way_to: list[Name] = Field(default=[], description="Kinds that go before it where both stand.")
    only_beside: list[Name] = Field(default=[], description="It sets facts beside one of these kinds only.")
    norm: NonEmpty | list[NonEmpty]
    person: Bilingual
    employer: Bilingual


class WordingEntry(_Model):
    """One thing that documents print, in all its forms; the first is the usual one."""

    kind: Name
    prints: list[NonEmpty] = Field(min_length=1)
    norm: NonEmpty | list[NonEmpty] | None = None
    person: Bilingual | None = None
    employer: Bilingual | None = None


class WordingsFile(_Model):
    """The form of rules/wordings.yaml."""

    words: dict[Name, list[NonEmpty]] = {}
    phrases: dict[Name, NonEmpty] = {}
    blanks: dict[Name, BlankEntry] = {}
    reserved: list[NonEmpty] = []
    joints: list[NonEmpty] = []
    only_with: dict[Name, dict[Name, str | bool | int]] = {}
    kinds: dict[Name, KindEntry]
    wordings: dict[Name, WordingEntry]


class ExemptEntry(_Model):
    """Findings of a review that are right as they are, with the reason."""

    code: Annotated[str, StringConstraints(pattern=re.compile(r"^[WP][0-9]{3}$"))]
    entries: list[NonEmpty] = Field(
        min_length=1, description="Names of rules, targets, facts …; `*` allowed."
    )
    key: NonEmpty | None = Field(default=None, description="Which of several findings on an entry.")
    because: Bilingual


class ReviewFile(_Model):
    """The form of rules/review.yaml."""

    status: Name | None = Field(default=None, description="The fact whose every value needs an answer.")
    answered_from: date | None = Field(default=None, description="The first day on which it needs one.")
    exempt: list[ExemptEntry] = []


MODELS: dict[str, type[BaseModel]] = {
    "acts": ActsFile,
    "book": BookFile,
    "facts": FactsFile,
    "targets": TargetsFile,
    "relations": RelationsFile,
    "parameters": ParametersFile,
    "law": LawFile,
    "places": PlacesFile,
    "papers": PapersFile,
    "residence": ResidenceFile,
    "review": ReviewFile,
    "wordings": WordingsFile,
}
"""The kinds of file that have a schema of their own."""
