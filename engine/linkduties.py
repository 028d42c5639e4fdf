"""Checks what employers have to do, and the papers that they are shown, and makes plain data of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wegweiser.engine.linkrules import expand
from wegweiser.engine.linkvalues import check_version
from wegweiser.engine.names import normal
from wegweiser.engine.plain import bilingual, dated, jsonable
from wegweiser.engine.text import Text
from wegweiser.engine.values import is_no_value

if TYPE_CHECKING:
    from wegweiser.engine.linking import Linker
    from wegweiser.engine.loading import Source
    from wegweiser.engine.yamlio import Path

__all__ = ["duties", "papers"]


def duties(linker: Linker) -> list[dict[str, Any]]:
    """Every duty of the law files in each wording, as plain data."""
    found: list[dict[str, Any]] = []
    versions: dict[str, list[dict[str, Any]]] = {}
    rules = {entry["id"]: source for source in linker.laws for entry in source.value.get("rules", [])}
    for source in linker.laws:
        for place, entry in enumerate(source.value.get("duties", [])):
            path: Path = ("duties", place)
            duty = _duty(linker, source, entry, path)
            mine = versions.setdefault(entry["id"], [])
            mine.append(duty)
            elsewhere = rules[entry["id"]].name if entry["id"] in rules else mine[0]["file"]
            if entry["id"] in rules or elsewhere != source.name:
                twice = Text(f"diese id steht schon in {elsewhere}", f"this id stands in {elsewhere} already")
                source.report((*path, "id"), twice)
            else:
                check_version(source, mine, path)
            found.append(duty)
    return found


def _duty(linker: Linker, source: Source, entry: dict[str, Any], path: Path) -> dict[str, Any]:
    """One duty; `when` and the words for it stand or fall together."""
    if (entry.get("when") is None) != (entry.get("falls") is None):
        together = Text(
            "„when“ und „falls“ gehören zusammen: „falls“ sagt die Bedingung, solange sie offen ist",
            "“when” and “falls” belong together: “falls” says the condition as long as it is open",
        )
        source.report(path, together)
    return {
        "id": entry["id"],
        "normen": source.citations(entry["norm"]),
        **dated(entry.get("in_force")),
        "kind": entry.get("kind", "duty"),
        "targets": expand(linker, source, entry["targets"], path),
        "phase": entry["phase"],
        "rank": entry.get("rank", 50),
        "when": linker.condition(source, entry.get("when"), (*path, "when")),
        "falls": bilingual(entry.get("falls")),
        "case": bilingual(entry.get("case")),
        "was": bilingual(entry["was"]),
        "frist": bilingual(entry.get("frist")),
        "form": bilingual(entry.get("form")),
        "folge": [
            {"text": bilingual(one), "normen": source.citations(one["norm"])}
            for one in entry.get("folge", [])
        ],
        "file": source.name,
        "line": source.line(path),
    }


def papers(linker: Linker) -> dict[str, Any]:
    """The kinds of documents by name: what each tells, and under which other names it is known."""
    found: dict[str, Any] = {}
    names: dict[str, str] = {}
    for source in linker.sources:
        if source.kind != "papers":
            continue
        for name, entry in source.value["papers"].items():
            path: Path = ("papers", name)
            for other in (name, *entry.get("names", [])):
                taken = names.setdefault(normal(other), name)
                if taken != name:
                    twice = Text(f"„{other}“ heißt schon {taken}", f"“{other}” is {taken} already")
                    source.report((*path, "names"), twice)
            for fact, raw in entry["facts"].items():
                text = _no_fact(linker, fact, raw)
                if text is not None:
                    source.report((*path, "facts", fact), text)
            found[name] = {
                "label": bilingual(entry["label"]),
                "names": entry.get("names", []),
                "facts": jsonable(entry["facts"]),
            }
    return found


def _no_fact(linker: Linker, name: str, raw: Any) -> Text | None:
    """What is wrong with a fact that a paper tells."""
    vocabulary = linker.vocabulary
    if name not in vocabulary:
        return vocabulary.unknown_name(name)
    if vocabulary.fact(name).employer != "paper":
        return Text("steht nach dem Vokabular auf keinem Papier", "is on no paper by the vocabulary")
    value = vocabulary.parse_value(name, raw)
    if isinstance(value, Text):
        return value
    expected = Text("hier wird ein bekannter Wert erwartet", "a known value is expected here")
    return expected if is_no_value(value) else None
