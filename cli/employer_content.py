"""What the page for an employer says, before it is laid out: sentences, sections, items to tick off."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from wegweiser.cli.facts_text import fact_label, silence, value_text
from wegweiser.cli.words import GRUND, LIGHTS, cited, day, enumerate_words, number_of, period
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.cli.settings import Settings
    from wegweiser.engine.book import Book
    from wegweiser.engine.duties import Duty
    from wegweiser.engine.employer import Hiring

__all__ = ["Case", "Content", "Item", "content"]

_REMINDER = timedelta(weeks=6)
"""How long before its end a document is to be looked at again."""
_SENTENCE = re.compile(r"(?<=[a-zäöüß]\.) (?=[A-ZÄÖÜ])")
"""Between two sentences."""


class Case(NamedTuple):
    """What is shown of the case beside the answer."""

    fall: str | None
    paper: Text | None
    ends: object
    start: date | None
    occupation: str
    local: tuple[Text, ...] = ()
    """Offers of networks for employers that run at the place."""


class Item(NamedTuple):
    """One line: something to do (`todo`), a remark (`info`) or plain text (``)."""

    kind: str
    text: str


class Content(NamedTuple):
    """The page in its order."""

    header: list[str]
    light: str
    answer: list[str]
    dangers: list[str]
    sections: list[tuple[str, list[Item]]]
    closing: list[str]


_LIGHT = {"ja": "gruen", "nach_erlaubnis": "gelb", "noch_nicht": "gelb", "nein": "rot", "unklar": "offen"}
_WORD = {
    "ja": Text("JA", "YES"),
    "nach_erlaubnis": Text("ERST NACH ERLAUBNIS", "ONLY AFTER A PERMISSION"),
    "noch_nicht": Text("NOCH NICHT", "NOT YET"),
    "nein": Text("NEIN", "NO"),
    "unklar": Text("OFFEN", "OPEN"),
}
_YES = Text(
    "{}: Mit diesem Papier darf die Person sofort anfangen.",
    "{}: with this document the person may start at once.",
)
_YES_LIMITED = Text(
    "{}: Mit diesem Papier darf die Person anfangen, aber nur in den Grenzen unter „Dabei gilt“.",
    "{}: with this document the person may start, but only within the limits under “To be observed”.",
)
_AFTER = Text(
    "{}: Der Vertrag darf geschlossen werden. Arbeitsbeginn erst, wenn die Ausländerbehörde die Arbeit "
    "erlaubt hat "
    "und das im Papier steht. Den Antrag stellt die Person.",
    "{}: the contract may be made. Work begins only when the immigration authority has permitted it and "
    "the document "
    "says so. The person makes the application.",
)
_EFFECT = {
    "anspruch": Text("Auf die Erlaubnis besteht ein Anspruch.", "The person is entitled to the permission."),
    "soll": Text("Die Erlaubnis ist in der Regel zu erteilen.", "As a rule the permission is to be granted."),
    "ermessen": Text("Die Behörde entscheidet nach Ermessen.", "The authority decides at its discretion."),
    "frei": Text("Dann ist keine Erlaubnis nötig.", "Then no permission is needed."),
}
_LATER = Text(
    "{}: frühestens ab {}, wenn sich sonst nichts ändert.",
    "{}: from {} at the earliest, if nothing else changes.",
)
_LATER_OPEN = Text("{}: später; der Tag steht noch nicht fest.", "{}: later; the day is not settled yet.")
_NO = Text(
    "{}: Die Person darf heute nicht beschäftigt werden.", "{}: the person must not be employed today."
)
_NOT_YOURS = Text(
    "Die Gründe liegen nicht im Betrieb; die Person kann sie mit einer Beratungsstelle klären.",
    "The reasons do not lie with the company; the person can clear them up with an advice centre.",
)
_DEPENDS = Text("{}: Es kommt darauf an: {}.", "{}: it depends on: {}.")
_AUTHORITY = Text(
    "Was nur die Ausländerbehörde prüft, ist hier offen geblieben.",
    "What only the immigration authority examines has been left open here.",
)
_RELY = Text(
    "Die Erlaubnis steht im Papier. Ob sie noch gilt, sagt im Zweifel die Ausländerbehörde.",
    "The permission stands in the document. Whether it still holds the immigration authority says in case "
    "of doubt.",
)
_NOTHING_TODAY = Text(
    "{}: Heute ist keine Erlaubnis möglich; ob es später eine gibt, prüft die Ausländerbehörde.",
    "{}: no permission is possible today; whether there will be one the immigration authority examines.",
)
_APPROVAL = {
    "erforderlich": Text(
        "Zustimmung der Bundesagentur für Arbeit (BA): nötig.",
        "Approval of the Federal Employment Agency (BA): needed.",
    ),
    "nicht_erforderlich": Text(
        "Zustimmung der Bundesagentur für Arbeit (BA): nicht nötig.",
        "Approval of the Federal Employment Agency (BA): not needed.",
    ),
    "unklar": Text(
        "Zustimmung der Bundesagentur für Arbeit (BA): je nach Aufenthaltszeit und Stelle, die "
        "Ausländerbehörde fragt sie.",
        "Approval of the Federal Employment Agency (BA): depends on time of stay and job; the immigration "
        "authority asks it.",
    ),
}
_PHASES = {
    "vor_vertrag": Text("VOR DEM VERTRAG", "BEFORE THE CONTRACT"),
    "vor_beginn": Text("NACH DEM VERTRAG, VOR DEM ERSTEN TAG", "AFTER THE CONTRACT, BEFORE THE FIRST DAY"),
    "waehrend": Text("WÄHREND", "WHILE EMPLOYED"),
    "ende": Text("BEI ABBRUCH ODER VORZEITIGEM ENDE", "WHEN IT IS BROKEN OFF OR ENDS EARLY"),
}
_FOLGEN = Text("FOLGEN", "CONSEQUENCES")
_CONDITIONS = Text("DABEI GILT", "TO BE OBSERVED")
_MISSING = Text("WAS FEHLT", "WHAT IS MISSING")
_ASSUMED = Text("ANGENOMMEN, weil nicht angegeben", "ASSUMED, because it was not told")
_QUESTIONS = Text("FRAGEN", "QUESTIONS")
_WHOM = (
    Text(
        "Erlaubnis und Papier: die Ausländerbehörde am Wohnort der Person",
        "Permission and document: the immigration authority where the person lives",
    ),
    Text(
        "Stelle, Lohn, Zustimmung der BA: Arbeitgeber-Service der Agentur für Arbeit",
        "Job, pay, approval of the BA: employer service of the employment agency",
    ),
    Text(
        "Ausbildung: Ihre Kammer (dort auch die Willkommenslotsen)",
        "Training: your chamber (welcome guides are found there too)",
    ),
)
_IF = Text("Falls {}: {}", "If {}: {}")
_UNTIL = Text("Frist: {}.", "Deadline: {}.")
_FORM = Text("Papier: {}.", "Paper: {}.")
_RETURN = Text(
    "Wiedervorlage am {}: Das Papier endet am {}. Verlängertes Papier ansehen und kopieren; ohne gültiges "
    "Papier nicht weiterarbeiten lassen.",
    "Look again on {}: the document ends on {}. Look at the extended document and copy it; without a valid "
    "document work must not go on.",
)
_NOW = Text(
    "Wiedervorlage sofort: Das Papier endet am {}. Verlängertes Papier ansehen und kopieren; ohne gültiges "
    "Papier nicht weiterarbeiten lassen.",
    "Look again at once: the document ends on {}. Look at the extended document and copy it; without a "
    "valid document work must not go on.",
)
_EXPIRED = Text(
    "Das Papier ist seit dem {} abgelaufen. Die Antwort gilt nur, wenn ein neues Papier, eine "
    "Fiktionsbescheinigung oder eine Verordnung es verlängert: zeigen lassen.",
    "The document expired on {}. The answer holds only if a new document, a provisional certificate or an "
    "ordinance extends it: have it shown.",
)
_ENDS_SOON = Text("Das Papier endet schon am {}.", "The document ends on {} already.")
_ENDS_BEFORE = Text(
    "Das Papier endet am {}, vor dem Beginn am {}. Vor dem ersten Tag das neue Papier prüfen.",
    "The document ends on {}, before the start on {}. Check the new document before the first day.",
)
_EARLY = Text("Der Beginn am {} liegt vor dem {}.", "The start on {} is before {}.")
_DISCLAIMER = Text(
    "HINWEIS  Hilfsmittel, keine Rechtsberatung und keine Entscheidung. Die Behörde entscheidet. Im Zweifel: "
    "Ausländerbehörde, Kammer, Anwältin oder Anwalt.",
    "NOTICE  A tool, neither legal advice nor a decision. The authority decides. In doubt: the immigration "
    "authority, "
    "the chamber, a lawyer.",
)
_RECEIPT = Text(
    "Beleg: Regelwerk {}, Rechtsstand {}, Prüfsumme {}.", "Receipt: rule book {}, law as of {}, checksum {}."
)


def content(book: Book, found: Hiring, case: Case, settings: Settings) -> Content:
    """Everything that is said, in the language of the run."""
    lang = settings.lang
    receipt = found.receipt
    sections: list[tuple[Text, list[Item]]] = [
        (_MISSING, _missing(book, found, lang)),
        (_CONDITIONS, [Item("", cited(one.text.get(lang), one.norm)) for one in found.auflagen]),
    ]
    stays_out = found.verdict == "nein"
    for phase, title in _PHASES.items():
        if stays_out and phase != "vor_vertrag":
            continue
        items = [_item(duty, lang) for duty in found.duties if duty.phase == phase]
        if phase == "waehrend":
            items += _again(found, case, lang)
        sections.append((title, items))
    sections += [
        (_FOLGEN, _consequences(found, lang)),
        (_ASSUMED, [Item("", one) for one in _assumed(book, found, lang)]),
        (_QUESTIONS, [Item("", one.get(lang)) for one in (*_WHOM, *case.local)]),
    ]
    return Content(
        _header(found, case, lang),
        _LIGHT[found.verdict],
        _answer(book, found, lang),
        _dangers(found, case, lang),
        [(title.get(lang), items) for title, items in sections if items],
        [
            _DISCLAIMER.get(lang),
            _RECEIPT.get(lang).format(receipt.regelwerk, day(receipt.rechtsstand, lang), receipt.hash[:12]),
        ],
    )


def _header(found: Hiring, case: Case, lang: str) -> list[str]:
    state = found.receipt.rechtsstand
    age = (found.day - state).days
    law = Text("Rechtsstand {}", "law as of {}").get(lang).format(day(state, lang))
    if age > 0:
        old = number_of(age, Text("Tag", "day"), Text("Tage", "days"), lang)
        law += Text(" ({} alt)", " ({} old)").get(lang).format(old)
    parts = [
        Text("wegweiser für Betriebe", "wegweiser for employers").get(lang),
        f"{Text('Stichtag', 'day of the check').get(lang)} {day(found.day, lang)}",
        law,
        Text("offline, nichts gespeichert", "offline, nothing stored").get(lang),
    ]
    told = (
        (Text("Fall", "case"), case.fall),
        (Text("Papier", "document"), case.paper and case.paper.get(lang)),
        (Text("gültig bis", "valid until"), day(case.ends, lang) if isinstance(case.ends, date) else None),
        (Text("Beruf", "occupation"), case.occupation),
        (Text("Beginn", "start"), day(case.start, lang) if case.start else None),
    )
    return [*parts, *(f"{name.get(lang)}: {value}" for name, value in told if value)]


def _answer(book: Book, found: Hiring, lang: str) -> list[str]:
    """The short answer: word, what it means, how binding, norm, approval."""
    label = book.targets[found.ziel].label.get(lang)
    light, word = LIGHTS[_LIGHT[found.verdict]].get(lang), _WORD[found.verdict].get(lang)
    sentences = [f"{word}." if light == word else f"{light}: {word}."]
    meaning = _meaning(book, found, lang)
    said = meaning.get(lang) if isinstance(meaning, Text) else meaning
    sentences.append(said.format(label) if "{}" in said else said)
    if found.effect is not None:
        sentences.append(_EFFECT[found.effect].get(lang))
    if found.verdict == "nein" and found.because is None and found.grund is None:
        sentences.append(_NOT_YOURS.get(lang))
    elif found.verdict == "nein" and found.because is not None:
        sentences.append(
            _SENTENCE.split(found.because[0].get(lang))[0]
        )  # how to cure it is no business of a company
    if found.by_authority and found.verdict in ("ja", "nach_erlaubnis"):
        sentences.append((_RELY if found.verdict == "ja" else _AUTHORITY).get(lang))
    if found.normen and found.verdict != "unklar":
        sentences[-1] = cited(sentences[-1], *found.normen)
    if found.zustimmung_ba is not None and found.verdict in ("nach_erlaubnis", "noch_nicht"):
        sentences.append(_APPROVAL[found.zustimmung_ba].get(lang))
    return sentences


def _meaning(book: Book, found: Hiring, lang: str) -> Text | str:
    label = book.targets[found.ziel].label.get(lang)
    if found.verdict == "noch_nicht":
        if found.ab is None:
            return _LATER_OPEN
        return _LATER.get(lang).format(label, day(found.ab, lang))
    if found.verdict == "unklar":
        if found.fehlend:
            names = enumerate_words([fact_label(book, name, lang) for name in found.fehlend], lang)
            return _DEPENDS.get(lang).format(label, names)
        if found.grund in GRUND and found.grund != "angabe_fehlt":
            return f"{label}: {GRUND[found.grund or ''].get(lang)}."
        return _NOTHING_TODAY
    return {"ja": _YES_LIMITED if found.auflagen else _YES, "nach_erlaubnis": _AFTER, "nein": _NO}[
        found.verdict
    ]


def _dangers(found: Hiring, case: Case, lang: str) -> list[str]:
    dangers = []
    if isinstance(case.ends, date):
        ends = day(case.ends, lang)
        if case.ends < found.day:
            dangers.append(_EXPIRED.get(lang).format(ends))
        elif case.start is not None and case.ends < case.start:
            dangers.append(_ENDS_BEFORE.get(lang).format(ends, day(case.start, lang)))
        elif case.ends <= found.day + timedelta(days=30):
            dangers.append(_ENDS_SOON.get(lang).format(ends))
    if case.start is not None and found.ab is not None and case.start < found.ab:
        dangers.append(_EARLY.get(lang).format(day(case.start, lang), day(found.ab, lang)))
    return dangers


def _missing(book: Book, found: Hiring, lang: str) -> list[Item]:
    items = []
    for name in found.fehlend:
        fact = book.vocabulary.fact(name)
        paper = f" ({fact.evidence.get(lang)})" if fact.evidence is not None else ""
        items.append(Item("todo", fact.question.get(lang) + paper))
    return items


def _item(duty: Duty, lang: str) -> Item:
    """One duty: condition, what, deadline, form, norms."""
    text = duty.was.get(lang)
    if duty.frist is not None:
        text += " " + _UNTIL.get(lang).format(duty.frist.get(lang))
    if duty.form is not None:
        text += " " + _FORM.get(lang).format(duty.form.get(lang))
    if duty.falls:
        conditions = enumerate_words([one.get(lang) for one in duty.falls], lang)
        text = _IF.get(lang).format(conditions, text)
    return Item("todo" if duty.kind == "duty" else "info", cited(text, *duty.normen))


def _again(found: Hiring, case: Case, lang: str) -> list[Item]:
    """When to look at the document again."""
    if not isinstance(case.ends, date) or case.ends < found.day:
        return []
    again = case.ends - _REMINDER
    ends = day(case.ends, lang)
    text = (
        _NOW.get(lang).format(ends)
        if again <= found.day
        else _RETURN.get(lang).format(day(again, lang), ends)
    )
    return [Item("todo", text)]


def _consequences(found: Hiring, lang: str) -> list[Item]:
    """Each consequence once."""
    order = ("vor_beginn", "ende", "waehrend", "vor_vertrag")
    texts = (
        cited(one.text.get(lang), *one.normen)
        for duty in sorted(found.duties, key=lambda duty: order.index(duty.phase))
        for one in duty.folge
        if found.verdict != "nein" or duty.phase == "vor_beginn"
    )
    return [Item("", text) for text in dict.fromkeys(texts)]


def _assumed(book: Book, found: Hiring, lang: str) -> list[str]:
    """What was taken for granted, in words."""
    shown = []
    for name in found.assumed:
        fact = book.vocabulary.fact(name)
        raw = book.data["vocabulary"]["facts"][name].get("unsaid")
        if raw is not None and fact.typ == "datum":
            meant = Text("mindestens {} her", "at least {} ago")
            shown.append(f"{fact.label.get(lang)}: {meant.get(lang).format(period(str(raw), lang))}")
        elif raw is not None:
            shown.append(f"{fact.label.get(lang)}: {value_text(book, name, raw, lang)}")
        else:
            meant_by_silence = silence(book, fact)
            if meant_by_silence is not None:
                shown.append(f"{fact.label.get(lang)}: {meant_by_silence.get(lang)}")
    return shown
