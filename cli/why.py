"""WARUM: the rules behind an answer and each condition with the fact that carries it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wegweiser.cli.conditions_text import MARKS, SPOKEN, ConditionRow, condition_rows, failing, leaves
from wegweiser.cli.layout import heading, leader, paragraph
from wegweiser.cli.words import OUTCOMES, cited, day, numbered
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.cli.settings import Settings
    from wegweiser.cli.target_table import Row
    from wegweiser.engine.answers import Answer, Reason, RuleReason
    from wegweiser.engine.book import Book

__all__ = ["alike", "why"]

_FEW = 3
"""Rules that may decide, and ways to a yes, that the short form shows."""

_ALL = Text("alle: --warum", "all: --why")
_STATES = {
    "wirkt": Text("Gilt auch", "Holds too"),
    "offen": Text("Offen", "Open"),
    "verdraengt": Text("Verdrängt", "Gives way"),
}
_IDLE = Text(
    "Diese Regeln greifen nicht (mehr: wegweiser regel ID):",
    "These rules do not apply (more: wegweiser rule ID):",
)
_NO_PARENT = Text("die Regel, von der sie abweichen", "the rule that they depart from")
_STATUS = "aufenthaltsstatus"
_UNSETTLED = Text(
    "Es fehlen {} Angaben; sie entscheiden zwischen {} Regeln: --warum={}",
    "{} facts are missing; they decide between {} rules: --why={}",
)
_BESIDES = Text("Außerdem: ", "Besides: ")
_OTHERWISE = Text("Sonst {}: {}", "Otherwise {}: {}")
_HARMLESS = Text("Geprüft, kein Hindernis: {}.", "Checked, no obstacle: {}.")
_LACKING = Text("{}, dafür fehlt:", "{}, for which is lacking:")
_OPEN = Text("Offen: ", "Open: ")
_TODAY = Text("Heute: ", "Today: ")
_FROM = Text("Ab {}: ", "From {}: ")
_BY = Text("durch", "by")
_NEEDED = Text("{}; nötig: {}", "{}; needed: {}")
_MORE = Text("Weitere Regeln dazu ({}): --warum={}", "More rules on this ({}): --why={}")


def why(book: Book, groups: list[list[Row]], settings: Settings, *, full: bool) -> list[str]:
    """The reasons of targets; those with the same reasons stand together (see `alike`)."""
    lines: list[str] = []
    for rows in groups:
        lines += [""] if lines else []
        lines += _Explainer(book, settings, rows, full=full).lines()
    return lines


def alike(rows: list[Row]) -> list[list[Row]]:
    """Targets with the same answer from the same rules, in the order of the first of each."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        answer = row.answer
        default = answer.proof.default
        because = default.because if default is not None and default.applies else None
        key = (answer.ergebnis, answer.ab, answer.dann, answer.fehlend, answer.regeln, because)
        groups.setdefault(key, []).append(row)
    return list(groups.values())


class _Explainer:
    """The reasons of one answer."""

    def __init__(self, book: Book, settings: Settings, rows: list[Row], *, full: bool) -> None:
        self.book = book
        self.lang = settings.lang
        self.terminal = settings.terminal
        self.rows = rows
        self.answer: Answer = rows[0].answer
        self.full = full
        self.rules = {rule.id: rule for row in reversed(rows) for rule in row.answer.proof.rules}
        self.result: list[str] = []

    def lines(self) -> list[str]:
        """The whole section."""
        names = ", ".join(row.label for row in self.rows)
        number = numbered([row.number for row in self.rows], self.lang)
        title = f"{Text('WARUM', 'WHY').get(self.lang)} ({number} {names}"
        self.result += heading(
            f"{title})" if self.full else f"{title}; {_ALL.get(self.lang)})", self.terminal
        )
        shown = self.deciding()
        default = self.answer.proof.default
        if default is not None and not shown and default.applies is not False:
            self.say(cited(default.because.get(self.lang), default.norm))
            shown |= self.ways()
        self.rest(shown)
        return self.result

    def deciding(self) -> set[str]:
        """The rules behind the answer; what bars it today comes before what opens it later."""
        answer = self.answer
        by_id = {rule.id: rule for rule in answer.proof.rules}
        shown: set[str] = set()
        later = ""
        if answer.ergebnis == "noch_nicht" and answer.ab is not None:
            later = _FROM.get(self.lang).format(day(answer.ab, self.lang))
            for rule in by_id.values():
                if rule.state == "wirkt" and rule.outcome == "nein":
                    self.rule(rule, _TODAY.get(self.lang))
                    shown.add(rule.id)
        unsettled = answer.ergebnis == "unklar" and answer.voraussichtlich is None
        if unsettled and not self.full and len(answer.regeln) > _FEW:
            text = _UNSETTLED.get(self.lang)
            self.say(text.format(len(answer.fehlend), len(answer.regeln), self.rows[0].number))
            return set(by_id)
        for name in answer.regeln:
            if name in shown:
                continue
            if name in by_id:
                self.rule(by_id[name], later)
            else:
                self.future(name, later)
            shown.add(name)
        if answer.ergebnis == "nein":
            for rule in by_id.values():
                if rule.id not in shown and rule.outcome == "nein" and rule.state == "verdraengt":
                    self.rule(rule, _BESIDES.get(self.lang))
                    shown.add(rule.id)
        return shown | self.otherwise(shown) | self.harmless(shown)

    def otherwise(self, shown: set[str]) -> set[str]:
        """For an answer that is only expected: the rules that would change it."""
        if self.answer.voraussichtlich is None:
            return set()
        found = [
            rule
            for rule in self.answer.proof.rules
            if rule.id not in shown
            and rule.outcome is not None
            and any(
                leaf.truth is None and leaf.name in self.answer.fehlend for leaf in leaves(rule.condition)
            )
        ]
        for rule in found if self.full else found[:_FEW]:
            effect = OUTCOMES[rule.outcome or ""].get(self.lang)
            text = cited(rule.because.get(self.lang), *rule.normen)
            self.say(_OTHERWISE.get(self.lang).format(effect, text))
        return {rule.id for rule in found}

    def harmless(self, shown: set[str]) -> set[str]:
        """For a yes: the prohibitions for a status like this one that do not apply."""
        if self.full or self.answer.ergebnis in ("nein", "unklar"):
            return set()
        found = [
            rule
            for rule in self.answer.proof.rules
            if rule.id not in shown
            and rule.outcome == "nein"
            and rule.state == "greift_nicht"
            and any(leaf.name == _STATUS and leaf.truth for leaf in leaves(rule.condition))
        ]
        norms = dict.fromkeys(norm for rule in found for norm in rule.normen)
        if norms:
            self.say(_HARMLESS.get(self.lang).format(", ".join(norms)))
        return {rule.id for rule in found}

    def future(self, name: str, opening: str) -> None:
        """A rule whose wording begins only on the day of the answer."""
        on = self.answer.ab
        rule = self.book.rules_for(self.answer.ziel, on.toordinal()).get(name) if on is not None else None
        if rule is not None:
            self.say(f"{opening}{cited(rule.because.get(self.lang), *rule.normen)}")

    def rule(self, rule: RuleReason, opening: str) -> None:
        """A rule with its conditions."""
        if rule.state == "offen" and not opening:
            opening = _OPEN.get(self.lang)
        self.say(f"{opening}{cited(rule.because.get(self.lang), *rule.normen)}")
        self.conditions(condition_rows(self.book, rule.condition, self.lang, full=self.full))

    def ways(self) -> set[str]:
        """For a no: each way to a yes with what is lacking for it, the nearest first."""
        ways = []
        for rule in self.answer.proof.rules:
            if rule.state == "greift_nicht" and rule.outcome not in (None, "nein", "offen"):
                lacking = failing(condition_rows(self.book, rule.condition, self.lang, full=self.full))
                ways.append((rule, lacking))
        ways.sort(key=lambda way: (self.fixed(way[0].condition), len(way[1])))
        shown = set()
        for rule, lacking in ways if self.full else ways[:_FEW]:
            effect = OUTCOMES[rule.outcome or ""].get(self.lang)
            text = f"{effect}: {cited(rule.because.get(self.lang), *rule.normen)}"
            self.say(_LACKING.get(self.lang).format(text.rstrip(".")) if lacking else text)
            self.conditions(lacking)
            shown.add(rule.id)
        return shown

    def fixed(self, condition: Reason | None) -> bool:
        """Whether something stands in the way that neither time nor anybody can change."""
        if condition is None:
            return False
        parts = condition.children if condition.kind == "all" else (condition,)
        return any(
            part.truth is False
            and not any(
                leaf.turns is not None or self.book.vocabulary.fact(leaf.name).aenderbar
                for leaf in leaves(part)
            )
            for part in parts
        )

    def rest(self, shown: set[str]) -> None:
        """Rules that do not decide: counted, or named by what keeps them from applying."""
        rules = [rule for rule in self.rules.values() if rule.id not in shown]
        if rules and not self.full:
            self.say(_MORE.get(self.lang).format(len(rules), self.rows[0].number), "dim")
            return
        idle: dict[tuple[str, str], list[str]] = {}
        for rule in rules:
            if rule.state == "greift_nicht":
                idle.setdefault(self.obstacle(rule), []).append(rule.id)
                continue
            state = _STATES[rule.state].get(self.lang)
            if rule.by:
                state += f" ({_BY.get(self.lang)} {', '.join(rule.by)})"
            self.say(f"{state}: {rule.id}: {cited(rule.because.get(self.lang), *rule.normen)}")
        if idle:
            self.say(_IDLE.get(self.lang))
        for (label, value), ids in idle.items():
            self.conditions([ConditionRow(depth=0, truth=False, label=label, value=value)])
            self.result += paragraph(", ".join(ids), self.terminal, " " * 8)

    def obstacle(self, rule: RuleReason) -> tuple[str, str]:
        """The first thing that keeps a rule from applying."""
        for row in condition_rows(self.book, rule.condition, self.lang):
            if row.truth is False and row.value:
                return row.label, row.value
        return _NO_PARENT.get(self.lang), ""

    def conditions(self, rows: list[ConditionRow]) -> None:
        """Marks, labels, dots and values."""
        for row in rows:
            if self.terminal.linear:
                said = f"{SPOKEN[row.truth].get(self.lang)}: {row.label.rstrip(':')}"
                self.result += paragraph(
                    f"{said}: {_value(row, self.lang)}".rstrip(": ") + ".", self.terminal
                )
            else:
                indent = "  " * (row.depth + 2)
                self.result += leader(
                    f"{MARKS[row.truth]} {row.label}", _value(row, self.lang), self.terminal, indent
                )

    def say(self, text: str, style: str = "") -> None:
        """A sentence of the section."""
        self.result += paragraph(text, self.terminal, "  ", "    ", style)


def _value(row: ConditionRow, lang: str) -> str:
    """What is known and, where that is not enough, what is needed."""
    return _NEEDED.get(lang).format(row.value, row.needed) if row.needed else row.value
