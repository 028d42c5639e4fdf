"""Getting at the rule book and at profiles, with one line for whatever can go wrong there."""

from __future__ import annotations

import errno
import os
import sys
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from wegweiser.cli.settings import Settings, UsageError
from wegweiser.cli.terminal import write_error
from wegweiser.engine.errors import EvaluationError, Fault, ProfileError
from wegweiser.engine.names import did_you_mean
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from wegweiser.engine.book import Book
    from wegweiser.engine.networks import Networks

__all__ = [
    "LARGEST",
    "attempt",
    "book_of",
    "check_new",
    "matching",
    "networks_of",
    "parse_day",
    "read_source",
    "unreadable",
    "write_new",
]

LARGEST = 1_000_000
"""Bytes of a profile; a real one has a few thousand."""

_Found = TypeVar("_Found")

_WRONG = {
    errno.ENOENT: Text("Datei nicht gefunden", "file not found"),
    errno.EISDIR: Text("das ist ein Ordner; bitte eine Datei nennen", "this is a folder; please name a file"),
    errno.EACCES: Text("keine Leseerlaubnis für diese Datei", "no permission to read this file"),
}


def book_of(settings: Settings) -> Book:
    """The rule book of this run."""
    from wegweiser import engine

    return engine.open_book(settings.rulebook, settings.cache)


def networks_of(settings: Settings, book: Book) -> Networks:
    """The networks of this run. What is wrong with a further one goes to standard error; it is left out."""
    from wegweiser.engine.networks import Networks

    if not settings.networks:
        return Networks(book)
    networks, faults = Networks.with_folders(book, settings.networks)
    for fault in faults:
        write_error(fault.message(settings.lang))
    return networks


def attempt(name: str, settings: Settings, work: Callable[[], _Found]) -> _Found | None:
    """What comes of one profile; None where it has faults, which go to standard error."""
    try:
        return work()
    except ProfileError as error:
        for fault in error.faults:
            write_error(fault.message(settings.lang))
    except EvaluationError as error:
        write_error(f"{name}: {settings.say(error.text)}")
    return None


def parse_day(option: str, raw: str | None) -> date | None:
    """The day that an option names."""
    if raw is None:
        return None
    from wegweiser.engine.values import iso_day

    found = iso_day(raw)
    if isinstance(found, Text):
        raise UsageError(Text(f"{option}: {found.de}", f"{option}: {found.en}"))
    return found


def matching(patterns: Iterable[str], names: Sequence[str], what: Text) -> list[str]:
    """The names that any pattern picks, in their order; `*` and `?` stand for letters.

    A pattern without a dot may be what stands before the dot (the area) or after it. One that
    picks nothing is a fault.
    """
    wanted: set[str] = set()
    for pattern in patterns:
        found = {
            name
            for name in names
            if fnmatchcase(name, pattern) or any(fnmatchcase(part, pattern) for part in name.split(".", 1))
        }
        if not found:
            raise UsageError(_no_such(pattern, names, what))
        wanted |= found
    return [name for name in names if name in wanted]


def _no_such(pattern: str, names: Sequence[str], what: Text) -> Text:
    """Say that there is no such name, with the nearest or one that holds the letters."""
    from wegweiser.engine.netbook import AREA

    if pattern.partition(".")[0] == AREA and not any(name.startswith(f"{AREA}.") for name in names):
        return Text(
            f"„{pattern}“: Angebote der Netzwerke gehören hier nicht dazu; siehe wegweiser check",
            f"“{pattern}”: offers of networks are not part of this; see wegweiser check",
        )
    known = names if "." in pattern else [name.partition(".")[2] or name for name in names]
    text = Text(f"{what.de} „{pattern}“ gibt es nicht", f"there is no {what.en} “{pattern}”")
    offered = did_you_mean(text, pattern, known)
    holding = [name for name in known if pattern in name]
    return did_you_mean(text, holding[0], known) if offered == text and pattern and holding else offered


_TYPE = Text("Profil eingeben, Ende mit Strg+D …", "Type the profile, end with Ctrl+D …")


def read_source(name: str, settings: Settings, hint: Text = _TYPE) -> bytes:
    """The bytes of a file or, for `-`, of standard input; `hint` is for whoever sits at the keyboard."""
    if name == "-":
        return _limited(name, _standard_input(settings, hint))
    try:
        with Path(name).open("rb") as file:
            return _limited(name, file.read(LARGEST + 1))
    except (OSError, ValueError) as error:
        raise unreadable(name, error) from error


def _standard_input(settings: Settings, hint: Text) -> bytes:
    try:
        if sys.stdin.isatty():
            write_error(settings.say(hint))
        return sys.stdin.buffer.read(LARGEST + 1)
    except (AttributeError, ValueError, OSError) as error:  # closed before the program started
        raise unreadable("-", error) from error


def _limited(name: str, source: bytes) -> bytes:
    if len(source) > LARGEST:
        text = Text(
            f"zu groß für ein Profil (mehr als {LARGEST:,} Bytes)".replace(",", "."),
            f"too large for a profile (more than {LARGEST:,} bytes)",
        )
        raise ProfileError([Fault(name, None, None, None, text)])
    return source


def unreadable(
    name: str, error: Exception, endings: tuple[str, ...] = (".yaml", ".yml", ".json")
) -> ProfileError:
    """Say why a file cannot be read; of one that is missing the nearest with one of the endings."""
    number = error.errno if isinstance(error, OSError) else None
    text = _WRONG.get(number or 0, Text("nicht lesbar", "cannot be read"))
    if number == errno.ENOENT:
        text = did_you_mean(text, Path(name).name, _neighbours(name, endings))
    return ProfileError([Fault(name, None, None, None, text)])


def _neighbours(name: str, endings: tuple[str, ...]) -> list[str]:
    """Names of files that lie where a missing one was looked for."""
    try:
        found = sorted(path.name for path in Path(name).parent.iterdir())
    except OSError:
        return []
    return [one for one in found if one.endswith(endings)]


def check_new(name: str, command: str) -> None:
    """Refuse, before the work is done, the name of a file that `write_new` could not make."""
    path = Path(name)
    try:
        if path.exists():
            said = Text(
                f"{name} gibt es schon; bitte einen anderen Namen",
                f"{name} exists; please take another name",
            )
        elif not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
            said = Text(
                f"{name} kann dort nicht angelegt werden; bitte einen anderen Ordner",
                f"{name} cannot be made there; please take another folder",
            )
        else:
            return
    except (OSError, ValueError):
        said = Text(f"{name!r} ist kein Name einer Datei", f"{name!r} is no name of a file")
    raise UsageError(said, command)


def write_new(name: str, content: str) -> None:
    """Write a file that is not there yet, line ends as they are; an existing one is never overwritten."""
    try:
        with Path(name).open("x", encoding="utf-8", newline="") as file:
            file.write(content)
    except FileExistsError as error:
        said = Text("gibt es schon; nichts wurde überschrieben", "exists already; nothing was overwritten")
        raise ProfileError([Fault(name, None, None, None, said)]) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        said = Text(f"kann nicht angelegt werden ({reason})", f"cannot be made ({reason})")
        raise ProfileError([Fault(name, None, None, None, said)]) from error
