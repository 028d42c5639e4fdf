"""Facts, their values and what rules ask of them, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from wegweiser.cli.words import OUTCOMES, day, enumerate_words, period
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.engine.answers import Reason
    from wegweiser.engine.book import Book
    from wegweiser.engine.vocabulary import Fact
    from wegweiser.engine.whatif import Step

__all__ = ["UNKNOWN", "choice_text", "demand", "fact_label", "known", "silence", "value_text"]

UNKNOWN = Text("unbekannt", "unknown")
_NOT = Text("nicht {}", "not {}")
_OR = Text("oder", "or")
_LONG_LIST = 4
"""From so many values on a named list is shown by its label."""
_MANY = 5
"""More values than these are shown by those that are left out."""

_REMARKS = {
    "annahme": Text("{} (angenommen)", "{} (assumed)"),
    "abgeleitet": Text("{} (abgeleitet)", "{} (derived)"),
}
_AS_TOLD = Text("{} (laut Angabe)", "{} (as told)")

_COMPARE = {
    "at_least": Text("mindestens {}", "at least {}"),
    "at_most": Text("höchstens {}", "at most {}"),
    "above": Text("mehr als {}", "more than {}"),
    "below": Text("weniger als {}", "less than {}"),
}
_COMPARE_DAYS = {
    "is": Text("am {}", "on {}"),
    "at_least": Text("am {} oder später", "on {} or later"),
    "at_most": Text("am {} oder früher", "on {} or earlier"),
    "above": Text("nach dem {}", "after {}"),
    "below": Text("vor dem {}", "before {}"),
}
_OPPOSITE = {"at_least": "below", "below": "at_least", "at_most": "above", "above": "at_most"}
_SPANS = {
    ("since", False): Text("mindestens {}", "at least {}"),
    ("since", True): Text("weniger als {}", "less than {}"),
    ("month_since", False): Text(
        "Monat vorbei, in dem {} voll waren", "month over in which {} were complete"
    ),
    ("month_since", True): Text(
        "Monat noch nicht vorbei, in dem {} voll sind", "month not over in which {} are complete"
    ),
    ("after", False): Text("mehr als {} her", "more than {} ago"),
    ("after", True): Text("höchstens {} her", "at most {} ago"),
    ("month_after", False): Text("Monat vorbei, in dem {} um waren", "month over in which {} ended"),
    ("month_after", True): Text(
        "Monat noch nicht vorbei, in dem {} um sind", "month not over in which {} end"
    ),
    ("before", False): Text("höchstens {} vorher", "at most {} before"),
    ("before", True): Text("mehr als {} vorher", "more than {} before"),
}
_AS_LONG_AS = Text("so lange wie „{}“", "as long as “{}”")
_BESIDE = {
    "at_least": Text("frühestens {} nach „{}“", "at the earliest {} after “{}”"),
    "above": Text("mehr als {} nach „{}“", "more than {} after “{}”"),
    "at_most": Text("spätestens {} nach „{}“", "at the latest {} after “{}”"),
    "below": Text("weniger als {} nach „{}“", "less than {} after “{}”"),
}
_BOUNDS = (
    Text("zwischen {} und {}", "between {} and {}"),
    Text("{} oder früher", "{} or earlier"),
    Text("{} oder später", "{} or later"),
)


def fact_label(book: Book, name: str, lang: str) -> str:
    """The label of a fact or a target; the name itself where there is none."""
    if name in book.vocabulary:
        return book.vocabulary.fact(name).label.get(lang)
    target = book.targets.get(name)
    return target.label.get(lang) if target is not None else name.replace("_", " ")


def value_text(book: Book, name: str, value: object, lang: str) -> str:
    """One value of a fact in words."""
    if value is None:
        return UNKNOWN.get(lang)
    if isinstance(value, bool):
        return (Text("ja", "yes") if value else Text("nein", "no")).get(lang)
    if isinstance(value, date):
        return day(value, lang)
    if name in book.vocabulary and isinstance(value, int | str):
        return book.vocabulary.show_value(name, value).get(lang)
    return str(value)


def _one_of(book: Book, name: str, values: Sequence[object], lang: str) -> str:
    return enumerate_words([value_text(book, name, value, lang) for value in values], lang, _OR)


def _is_date(book: Book, name: str) -> bool:
    return name in book.vocabulary and book.vocabulary.fact(name).typ == "datum"


def demand(book: Book, reason: Reason, lang: str, *, negated: bool = False) -> str:
    """What a condition on one fact asks for, without the label of the fact."""
    arg, operator = reason.arg, reason.op
    if isinstance(arg, bool):
        return value_text(book, reason.name, arg is not negated, lang)
    if (operator, negated) in _SPANS:
        if arg is None:  # the definition of the period has several cases, and which one holds is open
            return _AS_LONG_AS.get(lang).format(_source_label(book, reason.source, lang))
        return _SPANS[operator, negated].get(lang).format(period(str(arg), lang))
    if negated and operator in _OPPOSITE:
        return demand(book, reason._replace(op=_OPPOSITE[operator]), lang)
    text = _demand(book, reason, lang)
    return _NOT.get(lang).format(text) if negated else text


def _source_label(book: Book, source: str, lang: str) -> str:
    """The label of a list, parameter or definition that a condition takes its value from."""
    for kind in ("lists", "parameters"):
        if source in book.data[kind]:
            return Text(*book.data[kind][source]["label"]).get(lang)
    for version in book.data["derived"].get(source, ()):
        if version["label"]:
            return Text(*version["label"]).get(lang)
    return Text("die Frist {}", "the period {}").get(lang).format(source)


def _demand(book: Book, reason: Reason, lang: str) -> str:
    arg = reason.arg
    if reason.kind == "conclusion":
        outcomes = [str(one) for one in (arg if isinstance(arg, tuple) else (arg,))]
        words = [OUTCOMES[one].get(lang) if one in OUTCOMES else one.replace("_", " ") for one in outcomes]
        return enumerate_words(words, lang, _OR)
    if isinstance(arg, tuple) and _is_date(book, reason.name):
        other, span = (str(part) for part in arg)
        pattern = _BESIDE.get(reason.op, _BESIDE["at_most"])
        return pattern.get(lang).format(period(span, lang), fact_label(book, other, lang))
    if isinstance(arg, tuple):
        if reason.source and not 0 < len(arg) < _LONG_LIST:
            return _source_label(book, reason.source, lang)
        return _one_of(book, reason.name, arg, lang)
    shown = value_text(book, reason.name, arg, lang)
    compared = (_COMPARE_DAYS if isinstance(arg, date) else _COMPARE).get(reason.op)
    return compared.get(lang).format(shown) if compared is not None else shown


def known(book: Book, reason: Reason, lang: str) -> str:
    """What is known of the fact of a condition, and how far that can be relied on."""
    value = reason.value
    if value is None or reason.origin is None:
        return UNKNOWN.get(lang)
    if reason.origin == "grenze" and isinstance(value, tuple):
        return _bounds(book, reason.name, value, lang)
    if isinstance(value, tuple):
        shown = _one_of(book, reason.name, value, lang)
    else:
        shown = value_text(book, reason.name, value, lang)
    if reason.origin in _REMARKS:
        return _REMARKS[reason.origin].get(lang).format(shown)
    judged = reason.name in book.vocabulary and book.vocabulary.fact(reason.name).judged_by is not None
    return _AS_TOLD.get(lang).format(shown) if judged else shown


def _bounds(book: Book, name: str, value: tuple[object, ...], lang: str) -> str:
    """Known by bounds only: a pair of days, or the values that are left."""
    if not _is_date(book, name):
        return _one_of(book, name, value, lang)
    earliest, latest = value
    both, until, since = _BOUNDS
    if isinstance(earliest, date) and isinstance(latest, date):
        return both.get(lang).format(day(earliest, lang), day(latest, lang))
    if isinstance(latest, date):
        return until.get(lang).format(day(latest, lang))
    if isinstance(earliest, date):
        return since.get(lang).format(day(earliest, lang))
    return UNKNOWN.get(lang)


def choice_text(book: Book, step: Step, lang: str) -> str:
    """What a fact may be, in the fewest words."""
    fact = book.vocabulary.fact(step.fact)
    parts = [_span(book, step.fact, low, high, lang) for low, high in step.spans]
    if fact.geordnet and step.values == fact.werte[-len(step.values) :]:
        parts.append(_COMPARE["at_least"].get(lang).format(value_text(book, fact.name, step.values[0], lang)))
    else:
        others = [value for value in fact.werte if value not in step.values]
        if len(step.values) > _MANY and 0 < len(others) < _LONG_LIST:
            parts.append(_NOT.get(lang).format(_one_of(book, fact.name, others, lang)))
        else:
            parts += [value_text(book, fact.name, value, lang) for value in step.values]
    return enumerate_words(parts, lang, _OR)


def _span(book: Book, name: str, low: int | date, high: int | date | None, lang: str) -> str:
    """`zwischen … und …`, or what is left of it."""
    first = value_text(book, name, low, lang)
    dated = isinstance(low, date)
    if high is None:
        return (_BOUNDS[2] if dated else _COMPARE["at_least"]).get(lang).format(first)
    last = value_text(book, name, high, lang)
    if low == high:
        return first
    return (
        _COMPARE["at_most"].get(lang).format(last) if low == 0 else _BOUNDS[0].get(lang).format(first, last)
    )


def silence(book: Book, fact: Fact) -> Text | None:
    """What it means when nothing is told, where it means anything."""
    meant = fact.ohne_angabe
    if meant is None:
        return None
    from wegweiser.engine.vocabulary import Same

    if isinstance(meant, Same):
        other = book.vocabulary.fact(meant.fact).label
        return Text(f"dasselbe wie „{other.de}“", f"the same as “{other.en}”")
    return book.vocabulary.show_value(fact, meant)
