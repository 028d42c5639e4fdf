"""The shape of the files of a casebook, as pydantic models and as JSON Schema for editors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from wegweiser.engine.book import Book
from wegweiser.engine.schema import Bilingual, Name, NonEmpty, TargetName

__all__ = ["CaseFile", "case_schema"]

Result = Literal["frei", "anspruch", "soll", "ermessen", "noch_nicht", "nein", "unklar"]
Ask = Literal["light", "norm", "missing", "day", "first_step"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Prospective(_Model):
    """What is expected of an open answer where everything usual holds."""

    ergebnis: Result | None = None
    ab: date | None = None
    dann: Result | None = None
    bis: date | None = None


class Expectation(_Model):
    """The answer on one target, as the law gives it; only what is told is compared."""

    target: TargetName
    ergebnis: Result
    grund: NonEmpty | None = None
    ab: date | None = None
    dann: Result | None = None
    bis: date | None = None
    antrag_ab: date | None = None
    antrag_bis: date | None = None
    zustimmung_ba: Literal["erforderlich", "nicht_erforderlich", "unklar"] | None = None
    fehlend: list[Name] | None = Field(default=None, description="Exactly the facts that decide.")
    moeglich: list[Result] | None = None
    voraussichtlich: Prospective | None = None
    norms: list[NonEmpty] = Field(default=[], description="Citations that the answer has to name.")


class FirstStep(_Model):
    """The step that comes first, by the rule of the agenda that gives it."""

    rule: Name
    office: Name | None = None


class Question(_Model):
    """One question of the exercise."""

    ask: Ask
    target: TargetName | None = None


class Mistake(_Model):
    """What people get wrong here, and why it is wrong."""

    what: Bilingual
    why: Bilingual


class CaseFile(_Model):
    """One case."""

    id: Name
    title: Bilingual
    level: Annotated[int, Field(ge=1, le=3)]
    themes: list[Name] = Field(min_length=1)
    goal: Bilingual
    source: Bilingual | None = None
    day: date
    offers_day: date | None = Field(default=None, description="The day for the offers of networks alone.")
    story: Bilingual
    profile: dict[Name, Any]
    expected: list[Expectation] = Field(min_length=1)
    first_step: FirstStep | None = None
    questions: list[Question] = Field(min_length=1)
    hints: list[Bilingual] = []
    mistake: Mistake
    variants_off: bool = Field(default=False, description="No variants are offered.")


def case_schema(book: Book, offers: Iterable[str], themes: Iterable[str]) -> Mapping[str, Any]:
    """The JSON Schema of cases for editors, with the names of a rule book, its offers and the themes."""
    schema = CaseFile.model_json_schema()
    facts, agenda = list(book.vocabulary.names), book.data["agenda"]
    targets = {"enum": [*book.targets, *offers]}
    for part in ("Expectation", "Question"):
        _limit(schema["$defs"][part]["properties"]["target"], targets)
    _limit(schema["$defs"]["Expectation"]["properties"]["fehlend"], {"enum": facts})
    first = schema["$defs"]["FirstStep"]["properties"]
    first["rule"]["enum"] = [rule["id"] for rule in agenda["rules"] if rule["step"] is not None]
    _limit(first["office"], {"enum": list(agenda["offices"])})
    schema["properties"]["themes"]["items"] = {"enum": list(themes)}
    schema["properties"]["profile"]["propertyNames"] = {"enum": facts}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _limit(entry: dict[str, Any], names: dict[str, Any]) -> None:
    """Allow only some names where an entry, one of its kinds or its items is a name."""
    if entry.get("type") == "array":
        entry["items"] = names
    elif "anyOf" in entry:
        for kind in entry["anyOf"]:
            if kind.get("type") != "null":
                _limit(kind, names)
    else:
        entry.update(names)
