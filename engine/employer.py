"""An answer for an employer: what follows for hiring from what stands on the paper and belongs to the job.

The exact answers are those of `evaluate`. What an employer neither sees nor may ask stays with the
authority: as long as only that is open, the person has to apply for a permission. Which facts an
employer sees is data of the vocabulary (`employer`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import product
from typing import Any, Literal, NamedTuple

from wegweiser.engine.answers import Answer, Auflage, Reason, Receipt, RuleReason
from wegweiser.engine.book import PERMISSIONS, Book
from wegweiser.engine.duties import Duty, duties_for
from wegweiser.engine.evaluate import Evaluation
from wegweiser.engine.facts import Facts
from wegweiser.engine.gaps import Label
from wegweiser.engine.periods import Period, reach
from wegweiser.engine.profile import Profile
from wegweiser.engine.proof import Prover
from wegweiser.engine.relations import apply_relations
from wegweiser.engine.solve import Query
from wegweiser.engine.text import Text

__all__ = ["Hiring", "Verdict", "hiring", "read_paper"]

Verdict = Literal["ja", "nach_erlaubnis", "noch_nicht", "nein", "unklar"]

_LIMIT = 5000
"""Combinations of facts on the paper that are tried one by one."""


class Hiring(NamedTuple):
    """What an employer is told. The names of the contract; nothing here rests on what is hidden."""

    ziel: str
    day: date
    receipt: Receipt
    verdict: Verdict
    ab: date | None
    bis: date | None
    effect: str | None
    """How binding the permission is (`anspruch`, `soll`, `ermessen`), where that is settled."""
    grund: str | None
    zustimmung_ba: str | None
    normen: tuple[str, ...]
    because: tuple[Text, tuple[str, ...]] | None
    """Why, as far as an employer may know it."""
    fehlend: tuple[str, ...]
    """Facts on the paper or of the job that decide."""
    moeglich: tuple[Verdict, ...]
    by_authority: bool
    """Something that only the authority examines is open, or stands behind the answer."""
    auflagen: tuple[Auflage, ...]
    duties: tuple[Duty, ...]
    assumed: tuple[str, ...]
    """Facts on the paper that were taken to be as they are where nothing special is printed."""


def read_paper(book: Book, told: Mapping[str, Any], day: date) -> tuple[Profile, Profile, tuple[str, ...]]:
    """A profile from what stands on a paper: as told, with what silence means, and what that is."""
    profile = Profile.from_facts(told, book.vocabulary, day, "")
    assumed = {}
    status = {**told}
    for fact in book.vocabulary:
        raw = book.data["vocabulary"]["facts"][fact.name].get("unsaid")
        if raw is None or fact.name in profile.stated or not _exists(book, fact.name, profile, day):
            continue
        if fact.typ == "datum":
            period = Period.parse(raw)
            assert period is not None  # noqa: S101 (checked when the book was loaded)
            raw = date.fromordinal(reach("since", period, day.toordinal()))
        assumed[fact.name] = raw
    with_silence = Profile.from_facts({**status, **assumed}, book.vocabulary, day, "")
    return profile, with_silence, tuple(assumed)


def _exists(book: Book, name: str, profile: Profile, day: date) -> bool:
    """Whether there is such a fact for the person for certain."""
    only_if = book.data["vocabulary"]["facts"][name].get("only_if")
    if only_if is None:
        return True
    truth = Prover(book, Facts(book, profile, day.toordinal()), day.toordinal()).truth(day.toordinal(), {})
    return truth.reason(only_if).truth is True


def hiring(
    book: Book, profile: Profile, target: str, *, told: Profile | None = None, assumed: tuple[str, ...] = ()
) -> Hiring:
    """The answer for an employer; `told` is the profile without what silence was taken for."""
    return _Hiring(book, profile, target, told or profile, assumed).answer()


def _verdict(label: Label) -> Verdict:
    if label.ergebnis == "frei":
        return "ja"
    if label.ergebnis in PERMISSIONS:
        return "nach_erlaubnis"
    return label.ergebnis if label.ergebnis in ("noch_nicht", "nein") else "unklar"  # type: ignore[return-value]


def _effect(label: Label) -> str | None:
    return label.ergebnis if label.ergebnis in PERMISSIONS and label.ergebnis != "frei" else None


class _Hiring:
    """One question of an employer."""

    def __init__(
        self, book: Book, profile: Profile, target: str, told: Profile, assumed: tuple[str, ...]
    ) -> None:
        self.book = book
        self.profile = profile
        self.target = target
        self.told = told
        self.assumed = assumed
        self.evaluation = Evaluation(book, profile)
        self.exact: Answer = self.evaluation.answer(target)
        self.entries: Mapping[str, Any] = book.data["vocabulary"]["facts"]

    def visible(self, fact: str) -> bool:
        """Whether an employer sees the fact."""
        return self.entries[fact].get("employer") is not None

    def answer(self) -> Hiring:
        """The whole answer."""
        exact = self.exact
        verdict, fehlend, moeglich, hidden = self._decide()
        approval = self._approval(verdict)
        known = exact.ergebnis != "unklar"
        rules = [] if verdict == "unklar" else list(self._shown_rules(verdict))
        report = self.evaluation.report([])
        return Hiring(
            ziel=self.target,
            day=self.profile.day,
            receipt=report.receipt,
            verdict=verdict,
            ab=exact.ab if verdict == "noch_nicht" else None,
            bis=exact.bis if known else None,
            effect=self._effect(verdict),
            grund=self._grund(verdict, rules),
            zustimmung_ba=approval,
            normen=self._norms(rules, verdict),
            because=next(((rule.because, rule.normen) for rule in rules if rule.outcome is not None), None),
            fehlend=fehlend,
            moeglich=moeglich,
            by_authority=hidden,
            auflagen=exact.auflagen if verdict in ("ja", "nach_erlaubnis", "noch_nicht") and known else (),
            duties=duties_for(self.book, self._truth(), self.target, approval),
            assumed=(*self.assumed, *(name for name in exact.annahmen if self._silent(name))),
        )

    def _silent(self, name: str) -> bool:
        return self.entries[name].get("employer") == "paper" and "ohne_angabe" in self.entries[name]

    def _truth(self) -> Any:
        """Truth of conditions on what was told, without what the paper's silence was taken for."""
        day = self.profile.day.toordinal()
        facts = Facts(self.book, self.told, day)
        apply_relations(self.book, self.told, facts)
        return Prover(self.book, facts, day).truth(day, {})

    # --- the verdict ---

    def _decide(self) -> tuple[Verdict, tuple[str, ...], tuple[Verdict, ...], bool]:
        """The verdict, the facts on paper or of the job that decide, what is possible, what is hidden."""
        exact = self.exact
        if exact.grund in ("nicht_behandelt", "vor_rechtsstand"):
            return "unklar", (), (), False
        query = self.evaluation.query(self.target, {})
        kinds, deciding = query.told(_verdict)
        if len(kinds) == 1:
            return kinds[0], (), (), False
        seen = [name for name in deciding if self.visible(name)]
        paper = _Paper(query, kinds, self._usual(query))
        if not seen:
            return paper.settled({}) or "unklar", (), _ordered(kinds), True
        found = paper.ways(seen)
        if found is None:
            return "unklar", tuple(seen), _ordered(kinds), len(seen) < len(deciding)
        verdicts = set(found.values())
        if len(verdicts) == 1:
            return verdicts.pop(), (), _ordered(kinds), True
        missing = tuple(name for name in seen if _decides(found, name))
        return "unklar", missing or tuple(seen), _ordered(verdicts), len(seen) < len(deciding)

    def _usual(self, query: Query) -> dict[int, int]:
        """The branches on which everything hidden is as usual."""
        hidden = (
            name
            for name, entry in self.entries.items()
            if entry.get("ueblich") is not None and not self.visible(name)
        )
        known = self.evaluation.facts.values
        return query.branches({name: self.book.usual(name) for name in hidden if name not in known})

    # --- what goes with it ---

    def _effect(self, verdict: Verdict) -> str | None:
        """How binding a permission is, where every permission that is possible is equally so."""
        if verdict == "noch_nicht":
            return self.exact.dann
        if verdict != "nach_erlaubnis":
            return None
        kinds = {kind for kind in self.evaluation.query(self.target, {}).told(_effect)[0] if kind}
        return kinds.pop() if len(kinds) == 1 else None

    def _approval(self, verdict: Verdict) -> str | None:
        """Whether the BA has to approve."""
        if not self.book.targets[self.target].zustimmung_ba or verdict == "nein":
            return None
        if verdict == "ja":
            return "nicht_erforderlich"
        if self.exact.ergebnis != "unklar":
            return self.exact.zustimmung_ba
        if self.exact.grund in ("nicht_behandelt", "vor_rechtsstand"):
            return None
        values = self.evaluation.query(self.target, {}).approvals(later="noch_nicht" in self.exact.moeglich)
        return values.pop() if len(values) == 1 else "unklar" if values else None

    def _shown_rules(self, verdict: Verdict) -> Iterable[RuleReason]:
        """The rules behind the answer that an employer may know of.

        A permission that is certain may be named; everything else only where its conditions read
        nothing but what an employer sees.
        """
        certain = self.exact.ergebnis != "unklar"
        for rule in self.exact.proof.rules:
            if rule.id not in self.exact.regeln:
                continue
            granting = rule.outcome in PERMISSIONS or (
                rule.outcome is None and rule.zustimmung_ba is not None
            )
            if (certain and granting and verdict != "nein") or self._discreet(rule.condition):
                yield rule

    def _discreet(self, reason: Reason | None) -> bool:
        if reason is None:
            return True
        if reason.kind == "fact":
            return self.visible(reason.name)
        if reason.kind == "conclusion":
            return reason.name == "zustimmung_ba"
        if reason.kind == "derived" and not reason.children:
            definition = self.book.derived(reason.name, self.profile.day.toordinal())
            age = None if definition is None else definition["age"]
            return age is not None and self.visible(age)
        return all(self._discreet(child) for child in reason.children)

    def _grund(self, verdict: Verdict, rules: list[RuleReason]) -> str | None:
        if verdict == "unklar":
            return self.exact.grund
        shown = any(rule.outcome == "nein" for rule in rules) or not self.exact.regeln
        return self.exact.grund if verdict == "nein" and shown else None

    def _norms(self, rules: list[RuleReason], verdict: Verdict) -> tuple[str, ...]:
        """The citations that may be shown; what is asked in general where that is none."""
        found = [norm for rule in rules for norm in rule.normen]
        default = self.book.targets[self.target].data["default"]
        if default is not None and (not found or verdict == "nein") and verdict != "ja":
            found.append(default["norm"])
        if default is not None and not found and default["outcome"] == "frei":
            found.append(default["norm"])
        return tuple(dict.fromkeys(found))


Way = tuple[tuple[str, int, int], ...]
"""Facts, each with a rank and a branch."""


class _Paper:
    """The verdicts for every way in which the open facts on the paper can be."""

    def __init__(self, query: Query, kinds: list[Verdict], usual: Mapping[int, int]) -> None:
        self.sets, self.root, self.facts = query.projected(_verdict)
        self.kinds = set(kinds)
        self.usual = usual

    def settled(self, fixed: Mapping[int, int]) -> Verdict | None:
        """The verdict where the paper is read and only what the authority examines is open."""
        kinds = self._under(fixed)
        if len(kinds) <= 1:
            return kinds.pop() if kinds else None
        if "ja" in kinds and self._under({**self.usual, **fixed}) == {"ja"}:
            return "ja"
        return "nach_erlaubnis" if {"ja", "nach_erlaubnis"} & kinds else "unklar"

    def _under(self, fixed: Mapping[int, int]) -> set[Verdict]:
        return self.kinds & set(self.sets.possible(self.root, fixed))

    def ways(self, names: list[str]) -> dict[Way, Verdict] | None:
        """The verdict for every combination of the facts; None where there are too many."""
        branches = [
            [(str(self.facts[rank]), rank, place) for place in places]
            for rank, places in sorted(self.sets.alike(self.root).items())
            if self.facts[rank] in names
        ]
        size = 1
        for places in branches:
            size *= len(places)
        if size > _LIMIT:
            return None
        found: dict[Way, Verdict] = {}
        for way in product(*branches):
            verdict = self.settled({rank: place for _, rank, place in way})
            if verdict is not None:
                found[way] = verdict
        return found


def _ordered(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    order: tuple[Verdict, ...] = ("ja", "nach_erlaubnis", "noch_nicht", "nein", "unklar")
    found = set(verdicts)
    return tuple(verdict for verdict in order if verdict in found)


def _decides(found: Mapping[Way, Verdict], name: str) -> bool:
    """Whether two ways that differ in one fact alone have different verdicts."""
    groups: dict[Way, set[Verdict]] = {}
    for way, verdict in found.items():
        groups.setdefault(tuple(step for step in way if step[0] != name), set()).add(verdict)
    return any(len(verdicts) > 1 for verdicts in groups.values())
