"""The proof of an answer: the rules behind it, what became of the others, and what goes with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any, Literal

from wegweiser.engine.answers import (
    Answer,
    Auflage,
    Default,
    Drawn,
    Expected,
    Hinweis,
    Proof,
    Reason,
    RuleReason,
    State,
)
from wegweiser.engine.applying import days_to_apply
from wegweiser.engine.book import PERMISSIONS, Book, Rule, in_force
from wegweiser.engine.facts import Facts
from wegweiser.engine.text import Text
from wegweiser.engine.truth import Truth

__all__ = ["Prover"]

_ATYPICAL = Text(
    "Das gilt im Regelfall; in einem atypischen Fall kann anders entschieden werden.",
    "This holds as a rule; in an atypical case the decision can differ.",
)


class Prover:
    """Adds to the bare answer what the rules say of it."""

    def __init__(self, book: Book, facts: Facts, day: int) -> None:
        self.book = book
        self.facts = facts
        self.day = day
        self._truths: dict[tuple[int, tuple[tuple[str, Any], ...]], Truth] = {}
        self._conditions: dict[tuple[int, str | None], Reason | None] = {}

    def truth(self, day: int, more: dict[str, Any]) -> Truth:
        """Three-valued truth on a day, with further facts taken as known."""
        key = (day, tuple(sorted(more.items())))
        found = self._truths.get(key)
        if found is None:
            facts = self.facts.with_values(more) if more else self.facts
            found = self._truths[key] = Truth(self.book, facts, day)
        return found

    def answer(  # noqa: PLR0913 (the fields of an answer)
        self,
        target: str,
        *,
        ergebnis: str,
        grund: str | None = None,
        dann: str | None = None,
        ab: int | None = None,
        bis: int | None = None,
        ab_fehlend: tuple[str, ...] = (),
        zustimmung_ba: str | None = None,
        zustimmung_fehlend: tuple[str, ...] = (),
        fehlend: tuple[str, ...] = (),
        moeglich: tuple[str, ...] = (),
        voraussichtlich: Expected | None = None,
        annahmen: tuple[str, ...] = (),
        usual: dict[str, Any] | None = None,
    ) -> Answer:
        """The full answer: `ab` and `bis` are ordinals, everything else is as the contract names it."""
        covered = grund != "vor_rechtsstand" and self.book.targets[target].treated_at_all
        rules: list[Rule] = []
        approvals: list[Rule] = []
        truth = self.truth(ab if ab is not None else self.day, usual or {})
        wanted, approval = dann or ergebnis, zustimmung_ba
        if voraussichtlich is not None:
            wanted, approval = voraussichtlich.dann or voraussichtlich.ergebnis, voraussichtlich.zustimmung_ba
            if voraussichtlich.ab is not None:
                truth = self.truth(voraussichtlich.ab.toordinal(), usual or {})
        if covered:
            rules = self._carrying(truth, target, None if wanted == "unklar" else wanted)
            if approval in ("erforderlich", "nicht_erforderlich") and wanted != "frei":
                approvals = self._approving(truth, target, approval)
        default = self.book.targets[target].data["default"]
        if wanted == "nein" and grund is None:
            grund_of_rule = next((rule.data["grund"] for rule in rules), None)
            grund = grund_of_rule if rules or not default else default["grund"]
            grund = grund if ergebnis == "nein" else None
        refusing = self._carrying(self.truth(self.day, usual or {}), target, "nein") if dann else []
        every = list({rule.id: rule for rule in (*refusing, *rules, *approvals)}.values())
        applying = (
            days_to_apply(rules, lambda day: self.truth(day, usual or {}), target, self.day)
            if wanted in PERMISSIONS and ergebnis != "unklar"
            else None
        )
        normen = [norm for rule in every for norm in rule.normen]
        if covered and not rules and default and wanted == default["outcome"]:
            normen.insert(0, default["norm"])
        return Answer(
            ziel=target,
            ergebnis=ergebnis,
            grund=grund,
            ab=_date(ab),
            dann=dann,
            bis=_date(bis),
            ab_fehlend=ab_fehlend,
            antrag_ab=None if applying is None else _date(applying.first),
            antrag_bis=None if applying is None else _date(applying.last),
            zustimmung_ba=zustimmung_ba,
            zustimmung_fehlend=zustimmung_fehlend,
            normen=tuple(dict.fromkeys(normen)),
            regeln=tuple(rule.id for rule in every),
            durch=(),
            fehlend=fehlend,
            moeglich=moeglich,
            voraussichtlich=voraussichtlich,
            annahmen=annahmen,
            auflagen=self._auflagen(truth, target, every),
            hinweise=tuple(self._hinweise(truth, target, every)),
            beginn_gesichert=not any(self._seen(truth, rule) for rule in every),
            proof=Proof(date.fromordinal(self.day), partial(self._draw, target) if covered else Drawn),
        )

    # --- which rules carry an answer ---

    def _carrying(self, truth: Truth, target: str, outcome: str | None) -> list[Rule]:
        """The rules behind an outcome: those that certainly take effect, else those that may."""
        sure, maybe = [], []
        for rule in self.book.rules_for(target, truth.day).values():
            if rule.outcome is None or (outcome is not None and rule.outcome != outcome):
                continue
            effective = truth.effective(rule, target, "outcome")
            if effective:
                sure.append(rule)
            elif effective is None:
                maybe.append(rule)
        if outcome is None:
            return [*sure, *maybe]
        default = self.book.targets[target].data["default"]
        if not sure and default and default["outcome"] == outcome == "nein":
            return []  # no rule refuses for certain: that none permits is the reason that holds anyway
        return sure or maybe

    def _approving(self, truth: Truth, target: str, value: str) -> list[Rule]:
        rules = [rule for rule in self.book.rules_for(target, truth.day).values() if rule.ba == value]
        tell = {rule.id: truth.effective(rule, target, "zustimmung_ba") for rule in rules}
        sure = [rule for rule in rules if tell[rule.id]]
        return sure or [rule for rule in rules if tell[rule.id] is None]

    # --- what goes with an answer ---

    def _auflagen(self, truth: Truth, target: str, rules: Iterable[Rule]) -> tuple[Auflage, ...]:
        found = [
            Auflage(Text(*entry["text"]), entry["norm"])
            for rule in rules
            for entry in rule.data["auflagen"]
            if entry["when"] is None or truth.reason(entry["when"], target).truth is not False
        ]
        return tuple(dict.fromkeys(found))

    def _hinweise(self, truth: Truth, target: str, rules: Iterable[Rule]) -> Iterable[Hinweis]:
        found: dict[Hinweis, None] = {}
        for rule in rules:
            if rule.data["atypical"]:
                found.setdefault(Hinweis("hinweis", _ATYPICAL, rule.normen[0], None))
            for term in rule.data["open_terms"]:
                note = Text(*term["note"])
                text = Text(f"„{term['term']}“: {note.de}", f"“{term['term']}”: {note.en}")
                found.setdefault(Hinweis("hinweis", text, rule.normen[0], None))
            for note in rule.data["notes"]:
                if note["when"] is None or truth.reason(note["when"], target).truth is not False:
                    art: Literal["rechtsfrage", "gefahr", "hinweis"] = note["art"]
                    found.setdefault(Hinweis(art, Text(*note["text"]), note["norm"], note["andere_lesart"]))
        return found

    def _seen(self, truth: Truth, rule: Rule) -> bool:
        """Whether the rule, or a list that it relies on, begins on a day known only from a crawl."""
        if rule.data["seen"]:
            return True
        condition = rule.data["when"]
        return condition is not None and self._relies_on_seen(
            truth.reason(condition, rule.targets[0]), truth.day
        )

    def _relies_on_seen(self, reason: Reason, day: int) -> bool:
        if reason.truth is False:
            return False
        data = self.book.data
        for kind in ("lists", "parameters"):
            entry = data[kind].get(reason.source)
            if entry is not None and any(v["seen"] for v in entry["versions"] if in_force(v, day)):
                return True
        if reason.kind == "derived":
            definition = self.book.derived(reason.name, day)
            if definition is not None and definition["seen"]:
                return True
        return any(self._relies_on_seen(child, day) for child in reason.children)

    # --- the tree of reasons ---

    def _draw(self, target: str) -> Drawn:
        truth = self.truth(self.day, {})
        entry = self.book.targets[target].data
        rules = self.book.rules_for(target, self.day)
        reasons = tuple(self._rule_reason(truth, rule, target, rules) for rule in rules.values())
        default = entry["default"]
        treated = None if entry["treated"] is None else truth.reason(entry["treated"])
        applies: bool | None = not any(r.state == "wirkt" and r.outcome for r in reasons)
        if applies and any(r.state == "offen" and r.outcome for r in reasons):
            applies = None
        shown = Default(
            default["outcome"], default["norm"], Text(default["because"][0], default["because"][1]), applies
        )
        return Drawn(reasons, shown, treated)

    def _rule_reason(self, truth: Truth, rule: Rule, target: str, rules: dict[str, Rule]) -> RuleReason:
        fires = truth.fires(rule, target)
        state: State = "greift_nicht"
        if fires is not False:
            tells = [
                truth.effective(rule, target, conclusion)
                for conclusion in ("outcome", "zustimmung_ba")
                if rule.concludes(conclusion)
            ]
            if not tells:
                state = "wirkt" if fires else "offen"
            elif True in tells:
                state = "wirkt"
            else:
                state = "offen" if None in tells else "verdraengt"
        replacing = {
            other.id: other
            for conclusion in ("outcome", "zustimmung_ba")
            for other in self.book.stronger(target, truth.day, conclusion).get(rule.id, ())
        }
        replacing |= {other.id: other for other in rules.values() if rule.id in other.lifts}
        by = [name for name, other in replacing.items() if truth.fires(other, target)]
        return RuleReason(
            rule.id,
            tuple(rule.normen),
            rule.because,
            rule.outcome,
            rule.ba,
            state,
            tuple(by),
            tuple(rule.parents),
            self._condition(truth, rule, target),
        )

    def _condition(self, truth: Truth, rule: Rule, target: str) -> Reason | None:
        reader = target if rule.reads_approval else None
        key = (id(rule), reader)
        if key not in self._conditions:
            when, unless = rule.data["when"], rule.data["unless"]
            parts = [] if when is None else [truth.reason(when, reader)]
            if unless is not None:
                inner = truth.reason(unless, reader)
                parts.append(Reason("unless", None if inner.truth is None else not inner.truth, (inner,)))
            if len(parts) > 1:
                truths = [part.truth for part in parts]
                both = False if False in truths else None if None in truths else True
                parts = [Reason("all", both, tuple(parts))]
            self._conditions[key] = parts[0] if parts else None
        return self._conditions[key]


def _date(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)
