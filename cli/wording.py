"""`wegweiser nebenbestimmung "…"`: what the words printed on a document say about work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from wegweiser.cli.access import book_of, read_source
from wegweiser.cli.facts_text import value_text
from wegweiser.cli.layout import entry, heading, paragraph
from wegweiser.cli.parsing import Command, build
from wegweiser.cli.settings import Settings, UsageError
from wegweiser.cli.terminal import write_error
from wegweiser.cli.words import NOTE_KINDS, cited, enumerate_words
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wegweiser.engine.book import Book
    from wegweiser.engine.wordings import Known, Part, Wording

__all__ = ["SCHEMA", "command"]

SCHEMA = "wegweiser.nebenbestimmung/1"
_COLUMN = 12
_SHOWN = 100
"""Characters of an unknown text that a message repeats."""

_PERSON = Text("Person", "Person")
_EMPLOYER = Text("Betrieb", "Employer")
_TYPE = Text("Text eingeben, Ende mit Strg+D …", "Type the text, end with Ctrl+D …")
_NONE = Text("Das Regelwerk kennt keine Wortlaute.", "The rule book knows no prints.")
_FACTS = Text("INS PROFIL", "FOR THE PROFILE")
_NO_FACTS = Text(
    "Keine Angabe: Dieser Text sagt nicht, ob jemand die Person beschäftigen darf.",
    "No fact: this text does not tell whether anybody may employ the person.",
)
_UNREAD = Text(
    "Nicht alles ist gelesen; was fehlt, kann alles ändern: {}. Bis das geklärt ist, nicht beschäftigen.",
    "Not everything is read; what is missing can change everything: {}. Do not employ until then.",
)
_CLASH = Text(
    "Der Text widerspricht sich: {}. Die Ausländerbehörde muss den Eintrag klären; bis dahin nicht "
    "beschäftigen.",
    "The text contradicts itself: {}. The immigration authority has to clarify the entry; until then do not "
    "employ.",
)
_GIVES_WAY = Text("Vorrang hat der besondere Eintrag: {}.", "The particular entry goes before it: {}.")
_NOTICE = Text(
    "Es zählt der Text auf dem Papier von heute, mit Zusatzblatt. Hilfsmittel, keine Rechtsberatung.",
    "What counts is the text on today's document, supplementary sheet included. A tool, no legal advice.",
)
_LIST = Text(
    "Bekannte Wortlaute; … steht für Beruf, Betrieb, Ort oder Zahl. Groß und klein, Umlaute, Satzzeichen, "
    "Zeilen und übliche Abkürzungen (ET, Besch., n. gest., ABH) spielen keine Rolle.",
    "Known prints; … stands for occupation, employer, place or number. Capitals, umlauts, punctuation, lines "
    "and usual abbreviations (ET, Besch., n. gest., ABH) do not matter.",
)
_NOTHING_SET = Text("setzt für sich keine Angabe", "sets no fact by itself")
_MORE = Text('Lesen: wegweiser nebenbestimmung "ET gestattet"', 'Read one: wegweiser entry "ET gestattet"')


def wording(
    ctx: typer.Context,
    text: Annotated[list[str] | None, typer.Argument(metavar="TEXT...")] = None,
    *,
    json_output: Annotated[bool, typer.Option("--json")] = False,
) -> int:
    """Read printed texts one after another; list the known ones where there is none."""
    settings: Settings = ctx.obj
    given = text or []
    if given.count("-") > 1:
        raise UsageError(Text("„-“ geht nur einmal", "“-” can be given once only"), ctx.command_path)
    book = book_of(settings)
    if not given:
        settings.terminal.write(_known_json(book, settings) if json_output else _list(book, settings))
        return 0
    from wegweiser import engine

    status = 0
    for number, one in enumerate(given):
        source = read_source("-", settings, _TYPE).decode("utf-8", "replace") if one == "-" else one
        found = engine.read_wording(source, book)
        if json_output:
            from wegweiser.cli.json_out import json_lines

            settings.terminal.write(json_lines([_document(book, found, settings.lang)], settings.terminal))
        elif found.known:
            settings.terminal.write(("\n" if number else "") + _page(book, found, settings))
        complaint = _complaint(found)
        if complaint is not None:
            write_error(f"wegweiser: {settings.say(complaint)}")
        if complaint is not None or found.status == "widerspruch":
            status = 1
    return status


def _complaint(found: Wording) -> Text | None:
    """What is said of a text that cannot be read as a whole, in one line."""
    if found.status == "leer":
        return Text("der Text ist leer", "the text is empty")
    if found.status == "zu_lang":
        return Text(
            "der Text ist zu lang für einen Eintrag (höchstens 2.000 Zeichen, 300 Wörter)",
            "the text is too long for an entry (at most 2,000 characters, 300 words)",
        )
    if not found.unknown:
        return None
    pieces = [piece if len(piece) <= _SHOWN else piece[:_SHOWN] + "…" for piece in found.unknown[:3]]
    german = enumerate_words([f"„{piece}“" for piece in pieces], "de")
    english = enumerate_words([f"“{piece}”" for piece in pieces], "en")
    near = [known.title for known in found.nearest]
    if near:
        last = Text("oder", "or")
        hint = Text(
            "; ähnlich: " + enumerate_words([f"„{one}“" for one in near], "de", last),
            "; similar: " + enumerate_words([f"“{one}”" for one in near], "en", last),
        )
    else:
        hint = Text("; alle bekannten: wegweiser nebenbestimmung", "; all that are known: wegweiser entry")
    return Text(f"nicht bekannt: {german}{hint.de}", f"not known: {english}{hint.en}")


def _page(book: Book, found: Wording, settings: Settings) -> str:
    lang, terminal = settings.lang, settings.terminal
    quoted = Text(f"„{found.text}“", f"“{found.text}”").get(lang)
    lines = paragraph(quoted, terminal, "", "  ")
    if found.status != "gelesen":
        lines += ["", *_warning(found, settings)]
    for part in found.known:
        lines += ["", *_part(part, found, settings)]
    if found.status == "gelesen":
        lines += ["", *heading(_FACTS.get(lang), terminal)]
        for fact, value in found.facts.items():
            lines += entry(f"{fact}: {value}", f"({value_text(book, fact, value, lang)})", terminal, 44)
        if not found.facts:
            lines += paragraph(_NO_FACTS.get(lang), terminal, "  ")
    lines += ["", *paragraph(_NOTICE.get(lang), terminal)]
    return "\n".join(lines) + "\n"


def _warning(found: Wording, settings: Settings) -> list[str]:
    """Why no fact follows from the text."""
    lang, terminal = settings.lang, settings.terminal
    if found.status == "widerspruch":
        ids = {one for clash in found.clashes for one in clash.ids}
        titles = dict.fromkeys(part.known.title for part in found.known if part.known.id in ids)
        text = _CLASH.get(lang).format(_quoted(titles, lang))
    else:
        text = _UNREAD.get(lang).format(_quoted(found.unknown, lang))
    word = NOTE_KINDS["gefahr"].get(lang)
    mark = f"! {word}" if not terminal.linear else word
    first, *rest = entry(mark, text, terminal, len(mark) + 2, 0)
    return [terminal.style(mark, "red") + first[len(mark) :], *rest]


def _quoted(words: Iterable[str], lang: str) -> str:
    return enumerate_words([Text(f"„{one}“", f"“{one}”").get(lang) for one in words], lang)


def _part(part: Part, found: Wording, settings: Settings) -> list[str]:
    lang, terminal = settings.lang, settings.terminal
    known = part.known
    lines = paragraph(known.title, terminal, "", "  ", "head")
    if part.blanks:
        filled = " · ".join(f"{label.get(lang)}: {words}" for label, words in part.blanks)
        lines += paragraph(filled, terminal, "  ", "    ")
    stronger = [other.known for other in found.known if other.known.id in part.by]
    if stronger:
        ahead = _quoted(dict.fromkeys(one.title for one in stronger), lang)
        lines += paragraph(_GIVES_WAY.get(lang).format(ahead), terminal, "  ", "    ")
    if known.sets and set(known.sets) <= {fact for one in stronger for fact in one.sets}:
        return lines
    lines += entry(_PERSON.get(lang), cited(known.person.get(lang), *known.normen), terminal, _COLUMN)
    if found.status == "gelesen":
        lines += entry(_EMPLOYER.get(lang), known.employer.get(lang), terminal, _COLUMN)
    return lines


def _document(book: Book, found: Wording, lang: str) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "text": found.text,
        "ergebnis": found.status,
        "angaben": dict(found.facts),
        "teile": [
            {
                "text": part.text,
                **_known(part.known, lang),
                "luecken": [{"was": label.get(lang), "text": words} for label, words in part.blanks],
                "vorrang": list(part.by),
            }
            for part in found.known
        ],
        "unbekannt": list(found.unknown),
        "widerspruch": [{"angabe": clash.fact, "wortlaute": list(clash.ids)} for clash in found.clashes],
        "aehnlich": [{"wortlaut": known.id, "muster": known.title} for known in found.nearest],
        "regelwerk": book.meta.hash,
    }


def _known(known: Known, lang: str) -> dict[str, Any]:
    return {
        "wortlaut": known.id,
        "muster": known.title,
        "art": known.kind,
        "person": known.person.get(lang),
        "betrieb": known.employer.get(lang),
        "normen": list(known.normen),
        "setzt": dict(known.sets),
    }


def _known_json(book: Book, settings: Settings) -> str:
    from wegweiser.cli.json_out import json_lines
    from wegweiser.engine import known_wordings

    documents = (_known(known, settings.lang) for known in known_wordings(book))
    return json_lines(documents, settings.terminal)


def _list(book: Book, settings: Settings) -> str:
    """The known prints, by the facts that they set."""
    from wegweiser.engine import known_wordings

    lang, terminal = settings.lang, settings.terminal
    groups: dict[str, list[str]] = {}
    for known in known_wordings(book):
        said = [f"{fact}: {value}" for fact, value in known.sets.items()]
        groups.setdefault(", ".join(said) or "", []).append(known.title)
    if not groups:
        return terminal.clean(settings.say(_NONE)) + "\n"
    lines = paragraph(_LIST.get(lang), terminal)
    for facts in sorted(groups, key=lambda one: not one):  # what sets nothing comes last
        titles = groups[facts]
        lines += ["", *heading(facts or _NOTHING_SET.get(lang), terminal)]
        for title in titles:
            lines += paragraph(title, terminal, "  ", "    ")
    return "\n".join([*lines, "", *paragraph(_MORE.get(lang), terminal)]) + "\n"


def command(name: str) -> Command:
    """The command, for the lazy group."""
    return build(wording, name)
