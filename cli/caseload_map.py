"""`wegweiser bestand zuordnen`: proposes a mapping file for a table, from its heads and a sample.

The proposal holds no personal data: codes only of columns with few different values, and never of those
whose heads ask for names, addresses or numbers.
"""

from __future__ import annotations

import json
import re
from difflib import SequenceMatcher
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from wegweiser.cli.access import book_of
from wegweiser.cli.caseload_guess import Proposal, proposal
from wegweiser.cli.caseload_source import Table, open_table
from wegweiser.cli.parsing import Command, build
from wegweiser.cli.settings import Settings, UsageError
from wegweiser.cli.terminal import write_error
from wegweiser.engine.names import normal
from wegweiser.engine.profile import DAY, LABEL, looks_personal
from wegweiser.engine.text import Text
from wegweiser.engine.yamlio import plain, read

if TYPE_CHECKING:
    from wegweiser.engine.book import Book

__all__ = ["command"]

_SAMPLE: Final = 500
"""Rows that are looked at."""
_NEAR: Final = 0.8
"""From this likeness on (0 to 1) a head is taken for a fact."""
_OFFICE: Final = 0.99
"""The likeness of a name that offices use: nothing is nearer but the name itself."""
_OFFICE_NAMES: Final = "caseload_heads.yaml"
_SHORTEST: Final = 5
"""Letters of a head that says enough as the end of a longer word."""
_TIMES: Final = frozenset(("seit", "am", "bis", "since", "on", "until", "datum", "date"))
_SWITCHES: Final = frozenset(("y", "n", "yes", "no", "on", "off"))
"""Words that other readers of YAML take for true or false: one of them is Norway."""


def propose(ctx: typer.Context, file: Annotated[str | None, typer.Argument(metavar="DATEI")] = None) -> int:
    """Print a mapping file for a table."""
    settings: Settings = ctx.obj
    if not file:
        text = Text("es fehlt die Datei mit dem Bestand", "the file with the caseload is missing")
        raise UsageError(text, ctx.command_path)
    book = book_of(settings)
    with open_table(file) as table:
        write_error(f"{file}: {settings.say(table.read_as)}")
        proposals = _proposals(table, book)
    settings.terminal.write(_file(proposals, settings))
    return 0


# --- which column is which fact -------------------------------------------------------------


def _proposals(table: Table, book: Book) -> list[Proposal]:
    sample: list[list[object]] = [[] for _ in table.heads]
    for row in islice(table.rows, _SAMPLE):
        if row.fault is None:
            for values, cell in zip(sample, row.cells, strict=True):
                values.append(cell.strip() if isinstance(cell, str) else cell)
    facts = _matched(table.heads, book)
    found = []
    for head, values in zip(table.heads, sample, strict=True):
        told = [value for value in values if value not in (None, "") and not isinstance(value, Text)]
        name, sure = facts.get(head, (None, True))
        found_out = proposal(head, name, told, book.vocabulary)
        found.append(found_out if sure else found_out._replace(remark=_only_alike(found_out.remark)))
    return found


def _only_alike(remark: Text | None) -> Text:
    """The remark on a column that is not called like its fact; what else there is to check comes first."""
    if remark is None:
        return Text("PRÜFEN: heißt nur ähnlich", "CHECK: only called alike")
    return Text(f"{remark.de}; heißt nur ähnlich", f"{remark.en}; only called alike")


def _office_names() -> dict[str, set[str]]:
    """What offices call the columns of facts."""
    content = files("wegweiser.cli").joinpath(_OFFICE_NAMES).read_bytes()
    document, faults = read(content, _OFFICE_NAMES)
    if document is None or faults:
        raise ValueError(_OFFICE_NAMES)
    names: Any = document.value
    return {name: {normal(word) for word in words} for name, words in names.items()}


def _matched(heads: tuple[str, ...], book: Book) -> dict[str, tuple[str, bool]]:
    """The fact that each head is most like, and whether it is called so; the likest pairs first.

    Of facts that are equally like the one that the rules look at first counts.
    """
    words: dict[str, set[str]] = {LABEL: {"fall", "pseudonym", "case"}, DAY: {"stichtag"}}
    for fact in book.vocabulary:
        if fact.typ != "liste":
            words[fact.name] = {normal(word) for word in (fact.name, fact.label.de, fact.label.en)}
    office = _office_names()
    order = {name: place for place, name in enumerate(book.data["meta"]["order"])}
    pairs = []
    for place, head in enumerate(heads):
        for name, spelled in words.items() if not looks_personal(head) else ():
            likeness = max(_likeness(normal(head), word) for word in spelled)
            if normal(head) in office.get(name, ()):
                likeness = max(likeness, _OFFICE)
            if likeness >= _NEAR:
                pairs.append((-likeness, order.get(name, len(order)), place, name))
    found: dict[str, tuple[str, bool]] = {}
    taken: set[str] = set()
    for likeness, _, place, name in sorted(pairs):
        if heads[place] not in found and name not in taken:
            found[heads[place]] = name, likeness == -1
            taken.add(name)
    return found


def _likeness(head: str, word: str) -> float:
    """From 0 to 1; an abbreviation (`geb_dat`) is as good as most of the word.

    A head that speaks of a time (`status_seit`) is no fact that does not, and the other way round.
    """
    if head == word:
        return 1.0
    parts, wholes = head.split("_"), word.split("_")
    if bool(_TIMES.intersection(parts)) != bool(_TIMES.intersection(wholes)):
        return 0.0
    if len(parts) == len(wholes) and all(
        whole.startswith(part) and len(part) > 2  # noqa: PLR2004 (fewer letters say nothing)
        for part, whole in zip(parts, wholes, strict=True)
    ):
        return 0.95
    if len(parts) > 1 and _abbreviates(parts, word):
        return 0.9
    if len(head) >= _SHORTEST and word.endswith(head):
        return 0.8
    return SequenceMatcher(None, head, word, autojunk=False).ratio()


def _abbreviates(parts: list[str], word: str) -> bool:
    """Whether each part begins where the last one left off, the first at the beginning."""
    place = 0
    for number, part in enumerate(parts):
        found = word.find(part, place)
        if found < 0 or (number == 0 and found > 0) or len(part) < 3:  # noqa: PLR2004 (as above)
            return False
        place = found + len(part)
    return True


# --- the file -------------------------------------------------------------------------------

_INTRO = (
    Text(
        "Vorschlag für eine Zuordnung. Bitte jede Zeile prüfen, vor allem „PRÜFEN“ und die Werte.",
        "Proposal for a mapping. Please check every line, above all “CHECK” and the values.",
    ),
    Text(
        "Dann: wegweiser bestand DATEI --zuordnung DIESE_DATEI. Alle Angaben: wegweiser fakten",
        "Then: wegweiser caseload FILE --mapping THIS_FILE. All facts: wegweiser facts",
    ),
)


_NO_LABEL = Text(
    "Keine Spalte „fall“: die Ausgabe nennt Zeilen. Ein Pseudonym: „Spalte: {fakt: fall}“ eintragen.",
    "No column “fall”: the output names rows. For a pseudonym enter “Column: {fakt: fall}”.",
)


def _file(proposals: list[Proposal], settings: Settings) -> str:
    """The mapping file as text."""
    lines = [f"# {settings.say(line)}" for line in _INTRO]
    if not any(one.fact == LABEL for one in proposals):
        lines.append(f"# {settings.say(_NO_LABEL)}")
    mapped = [
        one
        for one in proposals
        if one.fact is not None and (one.head != one.fact or len(one.entry) > 1 or one.remark)
    ]
    lines += ["spalten:" if mapped else "spalten: {}"]
    for one in mapped:
        lines.append(f"  {_yaml(one.head)}:")
        if one.remark is not None:
            lines.append(f"    # {settings.say(one.remark)}")
        for key, value in one.entry.items():
            if isinstance(value, dict):
                lines.append(f"    {key}:")
                lines += [f"      {_yaml(code)}: {_yaml(meant)}" for code, meant in value.items()]
            else:
                lines.append(f"    {key}: {_yaml(value)}")
    ignored = [one for one in proposals if one.fact is None]
    lines += ["ignorieren:" if ignored else "ignorieren: []"]
    for one in ignored:
        remark = f"  # {settings.say(one.remark)}" if one.remark is not None else ""
        lines.append(f"  - {_yaml(one.head)}{remark}")
    return "\n".join(lines) + "\n"


def _yaml(value: object) -> str:
    """A value as YAML: plain where it is a simple word, else in quotes."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    text = str(value)
    word = re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", text) and isinstance(plain(text), str)
    if word and text.lower() not in _SWITCHES:
        return text
    return json.dumps(text, ensure_ascii=False)


def command(name: str) -> Command:
    """The command behind `bestand`."""
    return build(propose, name)
