"""The short answer: what the profile plans, in at most four lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wegweiser.cli.facts_text import fact_label
from wegweiser.cli.words import GRUND, LIGHTS, OUTCOMES, cited, day, enumerate_words
from wegweiser.engine.lights import expected_light, is_treated, light
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from datetime import date

    from wegweiser.engine.answers import Answer, Report
    from wegweiser.engine.book import Book
    from wegweiser.engine.profile import Profile

__all__ = ["because_of", "conditional", "main_answer", "short_answer"]

_SHOWN = 3
"""Missing facts that the short answer names; the rest is counted."""

_NOW = {
    "frei": Text("Ja. {}: ohne Erlaubnis möglich.", "Yes. {}: possible without a permission."),
    "anspruch": Text(
        "Ja, mit Erlaubnis. {}: Auf Antrag besteht ein Anspruch auf die Erlaubnis.",
        "Yes, with a permission. {}: on application the person is entitled to the permission.",
    ),
    "soll": Text(
        "Ja, mit Erlaubnis. {}: Auf Antrag soll die Erlaubnis erteilt werden; "
        "ablehnen darf die Behörde nur in einem untypischen Fall.",
        "Yes, with a permission. {}: on application the permission is to be granted as a rule; "
        "the authority may refuse in an atypical case only.",
    ),
    "ermessen": Text(
        "Möglich, aber nicht sicher. {}: Die Behörde entscheidet nach Ermessen.",
        "Possible, but not certain. {}: the authority decides at its discretion.",
    ),
}
_OTHERWISE = Text("Anders mit „{}“: {}.", "Otherwise with “{}”: {}.")
_THEN = {
    "frei": Text("dann ohne Erlaubnis", "then without a permission"),
    "anspruch": Text(
        "dann besteht auf Antrag ein Anspruch auf die Erlaubnis",
        "then the person is entitled to the permission on application",
    ),
    "soll": Text(
        "dann soll die Erlaubnis auf Antrag erteilt werden",
        "then the permission is to be granted as a rule on application",
    ),
    "ermessen": Text(
        "dann entscheidet die Behörde nach Ermessen", "then the authority decides at its discretion"
    ),
}
_WAITING = (
    Text(
        "Noch nicht. {}: ab {}, wenn sich sonst nichts ändert; {}.",
        "Not yet. {}: from {}, if nothing else changes; {}.",
    ),
    Text(
        "Noch nicht. {}: spätestens ab {}, wenn sich sonst nichts ändert; {}.",
        "Not yet. {}: from {} at the latest, if nothing else changes; {}.",
    ),
    Text(
        "Noch nicht. {}: Der Tag steht noch nicht fest; {}.", "Not yet. {}: the day is not certain yet; {}."
    ),
)
_EARLIER = Text("Vielleicht früher, je nach: {}.", "Perhaps earlier, depending on: {}.")
_DEPENDS = Text("Offen. {}: Es kommt darauf an: {}.", "Open. {}: it depends on: {}.")
_POSSIBLE = Text("Möglich ist: {}.", "Possible is: {}.")
_UNTIL = Text("Gilt bis {}.", "Holds until {}.")
_APPLY_FROM = Text("Der Antrag ist ab {} möglich.", "The application can be made from {}.")
_APPLY_UNTIL = Text("Letzter Tag für den Antrag: {}.", "Last day to apply: {}.")
_APPROVAL = {
    "erforderlich": Text(
        "Die Bundesagentur für Arbeit (BA) muss zustimmen.",
        "The Federal Employment Agency (BA) has to approve.",
    ),
    "nicht_erforderlich": Text(
        "Die Bundesagentur für Arbeit (BA) muss nicht zustimmen.",
        "The Federal Employment Agency (BA) need not approve.",
    ),
    "unklar": Text(
        "Ob die Bundesagentur für Arbeit (BA) zustimmen muss, ist offen.",
        "Whether the Federal Employment Agency (BA) has to approve is open.",
    ),
}
_SUMMARY = Text("Von {} Zielen: {}.", "Of {} targets: {}.")


def main_answer(report: Report, profile: Profile) -> Answer:
    """The answer that the page begins with: what is planned, otherwise employment."""
    facts = profile.stated
    offer = str(facts.get("ausbildung_angebot") or "")
    wanted = "taetigkeit.beschaeftigung"
    if offer.startswith("betrieblich"):
        wanted = "taetigkeit.ausbildung_betrieblich"
    elif offer.startswith("schulisch"):
        wanted = "taetigkeit.ausbildung_schulisch"
    elif facts.get("stelle_vorhanden") is True and facts.get("stelle_leiharbeit") is True:
        wanted = "taetigkeit.leiharbeit"
    by_name = {answer.ziel: answer for answer in report.answers}
    treated = [answer for answer in report.answers if is_treated(answer)]
    return by_name.get(wanted) or (treated or report.answers)[0]


def because_of(answer: Answer) -> tuple[Text, tuple[str, ...]] | None:
    """Why it is so, in the words of the rule book, with its norms: the rule that decides or the default."""
    for rule in answer.proof.rules:
        if rule.id in answer.regeln and rule.outcome is not None:
            return rule.because, rule.normen
    default = answer.proof.default
    return (default.because, (default.norm,)) if default is not None else None


def conditional(book: Book, answer: Answer, today: date, lang: str) -> str:
    """`OFFEN (voraussichtlich GELB), wenn keines davon zutrifft: …` where that can be said."""
    expected = answer.voraussichtlich
    if expected is None:
        return ""
    usual = {name: book.vocabulary.fact(name).ueblich for name in answer.annahmen}
    usually_no = [fact_label(book, name, lang) for name, value in usual.items() if value is False]
    others = [fact_label(book, name, lang) for name, value in usual.items() if value not in (None, False)]
    light_word = LIGHTS[expected_light(expected, today)].get(lang)
    text = f"{LIGHTS['offen'].get(lang)} ({Text('voraussichtlich', 'expected').get(lang)} {light_word})"
    if usually_no:
        text += Text(", wenn keines davon zutrifft: ", ", if none of this applies: ").get(lang)
        text += enumerate_words(usually_no, lang)
    if others:
        text += Text("; wenn zutrifft: ", "; if this applies: ").get(lang) + enumerate_words(others, lang)
    then = OUTCOMES.get(expected.dann or expected.ergebnis)
    if then is None or expected.ergebnis == "nein":
        return f"{text}."
    promise = Text("Dann: {}", "Then: {}").get(lang).format(then.get(lang))
    if expected.ab is not None:
        promise += Text(" ab {}", " from {}").get(lang).format(day(expected.ab, lang))
    return f"{text}. {promise}."


def short_answer(
    book: Book, report: Report, main: Answer, lang: str, prospect: tuple[str, str] | None = None
) -> list[str]:
    """Sentences in the order of their worth; the page takes as many as fit.

    `prospect`: what would open the main target, and what its answer would be, in words.
    """
    label = fact_label(book, main.ziel, lang)
    if main.ergebnis in _NOW:
        sentences = [_NOW[main.ergebnis].get(lang).format(label)]
        if main.bis is not None:
            sentences.append(_UNTIL.get(lang).format(day(main.bis, lang)))
    elif main.ergebnis == "noch_nicht":
        sentences = _waiting(book, main, label, lang)
    elif main.ergebnis == "nein":
        sentences = _refusal(main, label, lang)
        if prospect is not None:
            sentences.insert(1, _OTHERWISE.get(lang).format(*prospect))
    else:
        sentences = _open(book, main, label, report.day, lang)
    sentences += _applying(main, report.day, lang)
    if main.zustimmung_ba in _APPROVAL and main.ergebnis not in ("frei", "unklar"):
        sentences.append(_APPROVAL[main.zustimmung_ba].get(lang))
    others = [answer for answer in report.answers if is_treated(answer)]
    if len(others) > 1:
        sentences.append(_summary(report, others, lang))
    return sentences


def _applying(answer: Answer, today: date, lang: str) -> list[str]:
    """The first day to apply where it is still to come, and the last one."""
    sentences = []
    if answer.antrag_ab is not None and answer.antrag_ab > today:
        sentences.append(_APPLY_FROM.get(lang).format(day(answer.antrag_ab, lang)))
    if answer.antrag_bis is not None:
        sentences.append(_APPLY_UNTIL.get(lang).format(day(answer.antrag_bis, lang)))
    return sentences


def _refusal(answer: Answer, label: str, lang: str) -> list[str]:
    word = GRUND[answer.grund or "verbot"].get(lang)
    nothing = answer.grund == "nicht_noetig"
    opening = Text("Nichts zu entscheiden.", "Nothing to decide.") if nothing else Text("Nein.", "No.")
    sentences = [f"{opening.get(lang)} {label}: {word}."]
    found = because_of(answer)
    if found is not None:
        because, norms = found
        sentences.append(cited(because.get(lang), *norms))
    return sentences


def _waiting(book: Book, answer: Answer, label: str, lang: str) -> list[str]:
    then = _THEN.get(answer.dann or "")
    promise = then.get(lang) if then is not None else ""
    certain, latest, unknown = _WAITING
    if answer.ab is None:
        return [unknown.get(lang).format(label, promise)]
    when = day(answer.ab, lang)
    if not answer.ab_fehlend:
        return [certain.get(lang).format(label, when, promise)]
    names = enumerate_words([fact_label(book, name, lang) for name in answer.ab_fehlend], lang)
    return [latest.get(lang).format(label, when, promise), _EARLIER.get(lang).format(names)]


def _open(book: Book, answer: Answer, label: str, today: date, lang: str) -> list[str]:
    if not is_treated(answer):
        return [f"{Text('Offen.', 'Open.').get(lang)} {label}: {GRUND[answer.grund or ''].get(lang)}."]
    expected = conditional(book, answer, today, lang)
    if expected:
        return [f"{label}: {expected}"]
    names = [fact_label(book, name, lang) for name in answer.fehlend]
    more = len(names) - _SHOWN
    if more > 1:
        names = [*names[:_SHOWN], Text(f"{more} weitere Angaben", f"{more} more facts").get(lang)]
    sentences = [_DEPENDS.get(lang).format(label, enumerate_words(names, lang))]
    if answer.moeglich:
        words = [OUTCOMES[name].get(lang) for name in answer.moeglich]
        sentences.append(_POSSIBLE.get(lang).format(enumerate_words(words, lang, Text("oder", "or"))))
    return sentences


def _summary(report: Report, answers: list[Answer], lang: str) -> str:
    """How many targets have which light."""
    counts = dict.fromkeys(LIGHTS, 0)
    for answer in answers:
        counts[light(answer, report.day)] += 1
    parts = [
        f"{count} {LIGHTS[name].get(lang)}" for name, count in counts.items() if count and name != "nichts"
    ]
    return _SUMMARY.get(lang).format(len(answers), ", ".join(parts))
