"""The facts that are told of one person, read and checked.

A profile says only what it says: unknown facts stay unknown. Some facts follow from others by data
of the rule book alone (`-seit` facts from periods of stay, the Land from the municipality); what
conditions and relations say of a profile is checked by those who know the rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from wegweiser.engine import yamlio
from wegweiser.engine.errors import Fault, ProfileError
from wegweiser.engine.faultlist import FaultList
from wegweiser.engine.names import did_you_mean, normal
from wegweiser.engine.text import Text
from wegweiser.engine.values import Value, after_day, is_unknown, iso_day
from wegweiser.engine.vocabulary import Fact, Vocabulary
from wegweiser.engine.yamlio import BROKEN, Place

if TYPE_CHECKING:
    from wegweiser.engine.residence import Derived, Stay

__all__ = ["DAY", "LABEL", "NOTE", "PRIVATE", "Profile", "looks_personal", "read_profile"]

LABEL, NOTE, DAY = "fall", "notiz", "stichtag"
"""What a profile may hold beside facts: a label, a note that is never printed, the day of the check."""
_LONGEST_LABEL: Final = 80


class Profile(NamedTuple):
    """The facts of one person on the day of the check."""

    name: str
    """The file as the user named it."""
    fall: str | None
    """The adviser's label."""
    day: date
    """The day for which the profile is checked."""
    stated: Mapping[str, Value]
    """Every fact with a known value: told, or (see `derived`) following from what is told."""
    unknown: frozenset[str]
    """Facts that are told to be unknown."""
    derived: Mapping[str, Text]
    """Facts of `stated` that are not told themselves, and what they follow from."""
    stays: tuple[Stay, ...]
    """The periods of stay, in order of time."""
    places: Mapping[str, Place]
    """Line and column of each fact (of what it follows from, where it is derived)."""

    @classmethod
    def from_facts(
        cls, facts: Mapping[str, Any], vocabulary: Vocabulary, day: date, name: str = "profile"
    ) -> Profile:
        """Make a profile from the entries of a file that is no file, with the same checks."""
        return _Reader(vocabulary, day, FaultList(name, None, [])).profile(facts)

    def on(self, day: date, vocabulary: Vocabulary) -> Profile:
        """The same person on a later day: what follows from the periods of stay is drawn anew.

        Raises ProfileError where what is told no longer fits what follows.
        """
        if not self.stays or day == self.day:
            return self._replace(day=day)
        reader = _Reader(vocabulary, day, FaultList(self.name, None, []))
        reader.stated = {name: value for name, value in self.stated.items() if name not in self.derived}
        reader.unknown, reader.stays, reader.places = set(self.unknown), self.stays, dict(self.places)
        reader.follow(next(name for name in vocabulary.names if reader.is_list(name)))
        if reader.faults.faults:
            raise ProfileError(reader.faults.faults)
        return reader.result(self.fall)

    def fault(self, facts: Sequence[str], text: Text) -> Fault:
        """Say that facts contradict each other: the fault stands at the first, and names them all."""
        line, column = self.places.get(facts[0], (None, None))
        if line is not None:
            text = Text(
                f"{text.de} ({', '.join(self._where(fact, 'Zeile') for fact in facts)})",
                f"{text.en} ({', '.join(self._where(fact, 'line') for fact in facts)})",
            )
        return Fault(self.name, line, column, facts[0], text)

    def _where(self, fact: str, word: str) -> str:
        place = self.places.get(fact)
        return f"{fact}: {word} {place[0]}" if place else fact


def read_profile(
    source: bytes | str,
    name: str,
    vocabulary: Vocabulary,
    *,
    today: date,
    day: date | None = None,
) -> Profile:
    """Read a profile from YAML or JSON; a ProfileError lists every fault.

    It is checked for `day`, else for its `stichtag`, else for `today`.
    """
    document, found = yamlio.read(source, name)
    if document is None:
        raise ProfileError(found)
    faults = FaultList(name, document, found)
    if not isinstance(document.value, dict):
        faults.add((), _NOT_A_PROFILE if document.value is not None else _EMPTY)
        raise ProfileError(found)
    told = document.value.get(DAY)
    if told is not None and told is not BROKEN:
        stichtag = iso_day(told)
        if isinstance(stichtag, Text):
            faults.add((DAY,), stichtag)
        else:
            day = day or stichtag
    return _Reader(vocabulary, day or today, faults).profile(document.value)


class _Reader:
    """Reads the entries of one profile."""

    def __init__(self, vocabulary: Vocabulary, day: date, faults: FaultList) -> None:
        self.vocabulary = vocabulary
        self.day = day
        self.faults = faults
        self.stated: dict[str, Value] = {}
        self.unknown: set[str] = set()
        self.derived: dict[str, Text] = {}
        self.places: dict[str, Place] = {}
        self.stays: tuple[Stay, ...] = ()

    def profile(self, entries: Mapping[str, Any]) -> Profile:
        """Read all entries."""
        for key, raw in entries.items():
            if self.faults.full:
                self.faults.cut(key)
                break
            if key in self.vocabulary:
                self.fact(self.vocabulary.fact(key), raw)
            elif key not in (LABEL, NOTE, DAY):
                self.faults.add((key,), self.unknown_key(key))
        fall = self.label(entries.get(LABEL))
        self.follow(next((name for name in entries if self.is_list(name)), ""))
        if self.faults.faults:
            raise ProfileError(self.faults.faults)
        return self.result(fall)

    def follow(self, periods: str) -> None:
        """Take what follows from the periods of stay (the entry of that name) and from the place."""
        if self.stays:
            from wegweiser.engine.residence import derive

            for one in derive(self.stays, periods, self.vocabulary, self.day):
                self.take(one)
        self.land()

    def result(self, fall: str | None) -> Profile:
        """What was read."""
        return Profile(
            name=self.faults.name,
            fall=fall,
            day=self.day,
            stated=self.stated,
            unknown=frozenset(self.unknown),
            derived=self.derived,
            stays=self.stays,
            places=self.places,
        )

    def is_list(self, name: str) -> bool:
        """Whether an entry is the list of periods."""
        return name in self.vocabulary and self.vocabulary.fact(name).typ == "liste"

    def fact(self, fact: Fact, raw: object) -> None:
        """Read what is told of a fact."""
        name = fact.name
        if self.faults.document is not None:
            self.places[name] = self.faults.document.place((name,))
        if raw is BROKEN:
            return
        if fact.typ == "liste" and not is_unknown(raw):
            from wegweiser.engine.residence import read_stays  # most profiles have no list

            self.stays = read_stays(raw, name, self.vocabulary, self.day, self.faults)
            return
        value = self.vocabulary.parse_value(fact, raw)
        if value is None:
            self.unknown.add(name)
        elif isinstance(value, Text):
            self.faults.add((name,), value)
        elif isinstance(value, date) and value > self.day and not fact.future:
            self.faults.add((name,), after_day(value, self.day))
        else:
            self.stated[name] = value

    def take(self, one: Derived) -> None:
        """Take a fact that follows from another entry; it may be told as well, but not differently."""
        name, value, source, reason = one
        if name not in self.vocabulary:
            return
        told = self.stated.get(name)
        if told is None:
            self.stated[name] = value
            self.derived[name] = reason
            self.unknown.discard(name)
            if self.faults.document is not None:
                self.places[name] = self.faults.document.place(source)
        elif told != value:
            shown = self.vocabulary.show_value(name, value)
            other = self.faults.mention(source)
            self.faults.add(
                (name,),
                Text(
                    f"widerspricht {other.de}: daraus folgt {shown.de}",
                    f"contradicts {other.en}, from which follows {shown.en}",
                ),
            )

    def land(self) -> None:
        """Take the Land of the municipality, where the rule book knows it and it is the only one."""
        places: Mapping[str, Any] = self.vocabulary.data.get("places") or {}
        municipality, land = places.get("fact", ""), places.get("land", "")
        lands = places.get("places", {}).get(self.stated.get(municipality))
        if lands is None or land not in self.vocabulary:
            return
        lands = [lands] if isinstance(lands, str) else lands
        name = self.stated[municipality]
        if len(lands) == 1:
            reason = Text(f"folgt aus {municipality}: {name}", f"follows from {municipality}: {name}")
            self.take((land, lands[0], (municipality,), reason))
        elif land in self.stated and self.stated[land] not in lands:
            other = self.faults.mention((municipality,))
            listed = ", ".join(lands)
            self.faults.add(
                (land,),
                Text(
                    f"widerspricht {other.de}: {name} gibt es nur in {listed}",
                    f"contradicts {other.en}: there is {name} only in {listed}",
                ),
            )

    def label(self, raw: object) -> str | None:
        """Read the adviser's label."""
        if raw is None or raw is BROKEN:
            return None
        if isinstance(raw, str) or (type(raw) is int and abs(raw) < 10**_LONGEST_LABEL):
            label = " ".join(str(raw).split())
            if label and len(label) <= _LONGEST_LABEL and label.isprintable():
                return label
        self.faults.add((LABEL,), _NO_LABEL)
        return None

    def unknown_key(self, key: str) -> Text:
        """Say that there is no such fact: with a hint on privacy, or with the nearest that there is."""
        if looks_personal(key):
            return PRIVATE
        text = Text("diese Angabe gibt es nicht", "there is no such fact")
        return did_you_mean(text, key, (*self.vocabulary.names, LABEL, NOTE, DAY))


def looks_personal(key: str) -> bool:
    """Whether a key asks for personal data that no rule needs."""
    words = normal(key[:_LONGEST_LABEL]).split("_")
    return any(word in _PERSONAL or word.endswith(_PERSONAL_ENDINGS) for word in words)


# --- what is said ---------------------------------------------------------------------------

_EMPTY: Final = Text("die Datei enthält keine Angaben", "the file contains no facts")
_NOT_A_PROFILE: Final = Text(
    "ein Profil besteht aus Zeilen „angabe: wert“; für jede Person eine eigene Datei",
    "a profile consists of lines “fact: value”; one file for each person",
)
_NO_LABEL: Final = Text(
    f"erwartet wird ein kurzes Kennzeichen (höchstens {_LONGEST_LABEL} Zeichen)",
    f"expected is a short label (at most {_LONGEST_LABEL} characters)",
)
PRIVATE: Final = Text(
    "Namen, Anschriften, Nummern und Aktenzeichen gehören in kein Profil, die Prüfung braucht sie nicht; "
    "zum Wiederfinden dient „fall:“ mit einem frei gewählten Kennzeichen",
    "names, addresses, numbers and file references belong in no profile, the check does not need them; "
    "“fall:” with a label of your choice serves to find it again",
)
_PERSONAL: Final = frozenset(
    """
    name names namen vornamen nachnamen surname adresse adressen address anschrift wohnanschrift strasse
    street plz zip postleitzahl telefon tel phone handy mobil mobile fax email mail whatsapp
    aktenzeichen az azr reference iban konto passport foto photo bild geburtsort birthplace
    nummer number nr id unterschrift signature
    """.split()  # noqa: SIM905 (words are read best as a block)
)
"""Words of keys that ask for personal data that no rule needs."""
_PERSONAL_ENDINGS: Final = (
    "name",
    "nummer",
    "nr",
    "adresse",
    "anschrift",
    "strasse",
    "telefon",
    "mail",
    "zeichen",
)
