"""`wegweiser regeln pruefe`: faults of a rule book, by looking at its entries and by proof."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wegweiser.cli.access import matching, parse_day
from wegweiser.cli.completions import target_names
from wegweiser.cli.layout import paragraph
from wegweiser.cli.parsing import Command, build
from wegweiser.cli.rules_profile import example_name, profile_text, write_examples
from wegweiser.cli.settings import Settings
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wegweiser.engine.book import Book
    from wegweiser.engine.review.checking import Review, Run
    from wegweiser.engine.review.findings import Finding

__all__ = ["SCHEMA", "command"]

SCHEMA = "wegweiser.regeln_pruefe/1"
_PROCESSES = 2
_SUMMARY = Text(
    "{}: {} Ziele geprüft, davon {} neu bewiesen; Befunde: {}.",
    "{}: {} targets checked, {} of them proved anew; findings: {}.",
)
_EXAMPLE = Text("Beispiel am {}: {}", "example on {}: {}")


def check(
    ctx: typer.Context,
    folder: Annotated[list[str] | None, typer.Argument(metavar="[REGELWERK...]")] = None,
    *,
    target: Annotated[
        list[str] | None, typer.Option("--ziel", "--target", metavar="GLOB", autocompletion=target_names)
    ] = None,
    on: Annotated[str | None, typer.Option("--am", "--date", metavar="JJJJ-MM-TT")] = None,
    examples: Annotated[str | None, typer.Option("--beispiele", "--examples", metavar="ORDNER")] = None,
    json_output: Annotated[bool, typer.Option("--json")] = False,
) -> int:
    """Check one rule book or several."""
    import gc

    from wegweiser import engine
    from wegweiser.engine.cache import Cache
    from wegweiser.engine.review.checking import review

    gc.enable()  # see start
    settings: Settings = ctx.obj
    day = parse_day("--am", on)
    faulty = False
    for one in [Path(name) for name in folder] if folder else [settings.rulebook]:
        book = engine.open_book(one, settings.cache)
        wanted = matching(target, list(book.targets), Text("Ziel", "target")) if target else None
        cache = None if settings.cache is None else Cache(settings.cache, "proofs")
        with _running() as run:
            found = review(book, wanted, day, cache, run)
        faulty = faulty or bool(found.findings)
        if examples is not None:
            people = [(example_name(finding), finding) for finding in found.findings if finding.person]
            write_examples(Path(examples), [(name, _profile(each, settings)) for name, each in people])
        name = book.meta.name if one is None else str(one)
        _show(book, name, found, settings, json_output=json_output)
    return 1 if faulty else 0


@contextmanager
def _running() -> Iterator[Run]:
    """What calls a function for many jobs: some processes, or this one where there is one job or core.

    The processes begin with the first job, so that nothing is started where everything is known.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    processes = min(_PROCESSES, os.cpu_count() or 1)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:

        def run(work: Any, jobs: list[Any]) -> Any:
            return map(work, jobs) if len(jobs) < 2 or processes < 2 else pool.map(work, jobs)  # noqa: PLR2004

        yield run


def _show(book: Book, name: str, found: Review, settings: Settings, *, json_output: bool) -> None:
    if json_output:
        from wegweiser.cli.json_out import json_lines

        documents = (_json(book, name, one, settings) for one in found.findings)
        settings.terminal.write(json_lines(documents, settings.terminal))
        return
    lines: list[str] = []
    for finding in found.findings:
        file, line = _where(book, finding)
        where = file if line is None else f"{file}:{line}"
        about = f"{finding.place.name} ({finding.target})" if finding.target else finding.place.name
        said = f"{finding.code} {where}: {about}: {settings.say(finding.text)}"
        lines += paragraph(said, settings.terminal, "", "     ")
        if finding.person is not None:
            facts = ", ".join(f"{fact}: {_said(value)}" for fact, value in finding.person.facts.items())
            example = settings.say(_EXAMPLE).format(finding.person.day.isoformat(), facts or "–")
            lines += paragraph(example, settings.terminal, "     ", "       ")
    summary = settings.say(_SUMMARY).format(name, found.targets, found.proved, len(found.findings))
    lines += paragraph(summary, settings.terminal)
    settings.terminal.write("".join(line + "\n" for line in lines))


def _said(value: Any) -> str:
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _json(book: Book, name: str, finding: Finding, settings: Settings) -> dict[str, Any]:
    file, line = _where(book, finding)
    return {
        "schema": SCHEMA,
        "regelwerk": name,
        "code": finding.code,
        "art": finding.place.kind,
        "eintrag": finding.place.name,
        "ziel": finding.target,
        "text": settings.say(finding.text),
        "datei": file,
        "zeile": line,
        "beispiel": finding.person
        and {
            "stichtag": finding.person.day.isoformat(),
            "angaben": {fact: _plain(value) for fact, value in finding.person.facts.items()},
        },
    }


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | float | str) else str(value)


def _profile(finding: Finding, settings: Settings) -> str:
    """The person of a finding as a profile."""
    assert finding.person is not None  # noqa: S101 (chosen so)
    about = finding.place.name + (f" ({finding.target})" if finding.target else "")
    said = f"{finding.code} {about}: {settings.say(finding.text)}"
    return profile_text([said], finding.person.day, finding.person.facts)


def _where(book: Book, finding: Finding) -> tuple[str, int | None]:
    """File and line of what a finding is about."""
    kind, name, version = finding.place
    if kind in ("rules", "derived"):
        entry = book.data[kind][name][version]
    elif kind in ("lists", "parameters"):
        entry = book.data[kind][name]
    elif kind == "review":
        return "review.yaml", book.data["review"]["exempt"][version]["line"]
    elif kind == "facts":
        return f"facts/{book.data['vocabulary']['facts'][name]['topic']}.yaml", None
    elif kind == "duties":
        entry = next(one for one in book.data["duties"] if one["id"] == name)
    else:
        return f"{kind}.yaml", None
    return entry["file"], entry["line"]


def command(name: str) -> Command:
    """The command, for the lazy group."""
    return build(check, name)
