"""The shape of the files of a network, as pydantic models and as JSON Schema for editors.

A network is a folder: `netz.yaml`, `quellen.yaml`, one file for each offer in `angebote/`, and, where needed,
`weiterleitung.yaml` and `beispiele.yaml`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from wegweiser.engine.schema import Bilingual, Condition, Name, NonEmpty, TargetName

__all__ = ["MODELS", "ExamplesFile", "GeneralFile", "NetworkFile", "OfferFile", "RoutingFile", "SourcesFile"]

Addressee = Literal["ratsuchend", "arbeitgeber", "akteur"]
Age = Annotated[int, Field(ge=0, le=120)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Span(_Model):
    """A time in which an offer runs; both days belong to it."""

    von: date | None = None
    bis: date | None = None
    spaetestens_bis: date | None = Field(
        default=None, description="Where the last day is not known: the day on which it surely was over."
    )
    laufend: bool = Field(default=False, description="Without `bis`: it still runs.")
    phase: Literal["planung", "laeuft"] = "laeuft"
    quelle: Name
    sicherheit: Literal["belegt", "sekundaer", "abgeleitet", "annahme"]
    hinweis: Bilingual | None = None


class Region(_Model):
    """Places of a network with contacts of their own."""

    id: Name
    name: Bilingual
    orte: list[NonEmpty] = []
    landkreise: list[NonEmpty] = []
    stellen: list[Bilingual] = Field(
        min_length=1, description="Who does the work there: organisations and roles, the first one first."
    )
    partner: list[Bilingual] = []


class Area(_Model):
    """A Land, and the municipalities or districts in it where the network works (none: all of it)."""

    bundesland: NonEmpty
    orte: list[NonEmpty] = []
    landkreise: list[NonEmpty] = []
    regionen: list[Region] = []


class NetworkFile(_Model):
    """The form of netz.yaml."""

    netz: Name
    name: Bilingual
    ort: Area
    traeger: Bilingual
    rolle: Bilingual
    foerderung: Bilingual | None = None
    zeitraeume: list[Span]
    zielgruppe: Condition | None = Field(
        default=None, description="Whom the offers with `zielgruppe: netz` are for."
    )
    eingang: Name | None = Field(default=None, description="The offer where everybody begins.")
    nachfolge: list[Bilingual] = []
    regelstruktur: list[Bilingual] = Field(min_length=1, description="Who does the job where no offer runs.")
    geprueft_am: date


class Ages(_Model):
    """From one birthday on, and below another."""

    ab: Age | None = None
    unter: Age | None = None
    offen_unter: Age | None = Field(
        default=None, description="Below this age the source says nothing: the answer is open."
    )


class OfferFile(_Model):
    """The form of angebote/<offer>.yaml."""

    name: Bilingual
    traeger: Bilingual | None = None
    kategorie: Literal[
        "beratung",
        "coaching",
        "vermittlung",
        "qualifizierung",
        "sprache",
        "arbeitgeber",
        "veranstaltung",
        "struktur",
        "wettbewerb",
    ]
    adressat: list[Addressee] = Field(min_length=1)
    zugang: Literal["offen", "platz", "einladung"]
    orte: list[NonEmpty] | None = Field(
        default=None, description="Of the network's places; without it all of them."
    )
    landkreise: list[NonEmpty] = []
    landesweit: bool = False
    alter: Ages | None = None
    zielgruppe: Literal["netz"] | Condition | None = None
    bedingung: Condition | None = None
    leistung: Bilingual
    partner: list[Bilingual] = []
    rolle: Bilingual
    bezug: list[TargetName] = Field(
        default=[], description="What the law says on these belongs beside the offer."
    )
    zeitraeume: list[Span] | None = Field(default=None, description="Where they differ from the network's.")
    rang: int = Field(default=50, description="The place in the route: small numbers come first.")
    quelle: Name


class RoutingNote(_Model):
    """A remark on the route."""

    id: Name
    when: Condition | None = None
    angebote: list[Name] = Field(
        default=[], description="The offers that it is shown with; without any, all."
    )
    text: Bilingual


class RoutingFile(_Model):
    """The form of weiterleitung.yaml."""

    hinweise: list[RoutingNote]


class SourceEntry(_Model):
    """Where statements on a network come from."""

    titel: Bilingual
    gelesen_am: date
    adresse: str | None = None


class SourcesFile(_Model):
    """The form of quellen.yaml."""

    quellen: dict[Name, SourceEntry] = Field(min_length=1)


class NetworkExample(_Model):
    """A person, and what is expected of the offers on a day of theirs."""

    name: NonEmpty
    profile: Name | None = None
    given: dict[str, Any] = {}
    fragt: Addressee = "ratsuchend"
    expect: dict[str, dict[Name, Any]]


class ExamplesFile(_Model):
    """The form of beispiele.yaml."""

    profiles: dict[Name, dict[str, Any]] = {}
    examples: list[NetworkExample]


class GeneralFile(_Model):
    """The form of allgemein.yaml, which stands beside the networks of a rule book."""

    reihenfolge: list[Name] = Field(default=[], description="Networks in the order in which they are shown.")
    regelstruktur: list[Bilingual] = Field(
        default=[], description="Who does the job in places that no network works in."
    )


MODELS: dict[str, type[BaseModel]] = {
    "netz": NetworkFile,
    "angebot": OfferFile,
    "weiterleitung": RoutingFile,
    "quellen": SourcesFile,
    "beispiele": ExamplesFile,
    "allgemein": GeneralFile,
}
