"""Options that every command knows and that may stand anywhere on the command line.

They are taken out before the command is parsed: the language has to be known before parsing can
fail, and no command repeats them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from wegweiser.cli.terminal import Terminal, current
from wegweiser.engine.text import LANGUAGES, Text

__all__ = ["FLAGS", "VALUES", "Settings", "UsageError", "cache_folder", "data_folder", "read_settings"]

FLAGS = {"--linear": "linear", "--no-cache": "no_cache"}
VALUES = {
    "--lang": "lang",
    "--regelwerk": "regelwerk",
    "--rulebook": "regelwerk",
    "--netze": "netze",
    "--networks": "netze",
}
"""Common options without and with a value, and what they set."""
_REPEATED = ("netze",)
"""Those that may be given several times."""


class UsageError(Exception):
    """The command line cannot be understood: exit status 2."""

    def __init__(self, text: Text, command: str = "") -> None:
        self.text = text
        self.command = command
        super().__init__(text.en)


class Settings(NamedTuple):
    """What holds for the whole run."""

    lang: str
    terminal: Terminal
    rulebook: Path | None = None
    cache: Path | None = None
    networks: tuple[Path, ...] = ()
    """Further folders of networks."""

    def say(self, text: Text) -> str:
        """`text` in the language of the run."""
        return text.get(self.lang)


def read_settings(args: Sequence[str]) -> tuple[Settings, list[str], UsageError | None]:
    """Settings, the arguments that remain, and a fault to report in the language found."""
    rest: list[str] = []
    found: dict[str, str] = {}
    several: list[Path] = []
    fault: UsageError | None = None
    queue = list(args)
    while queue:
        arg = queue.pop(0)
        name, equals, value = arg.partition("=")
        if arg == "--":
            rest += [arg, *queue]
            break
        if arg in FLAGS:
            found[FLAGS[arg]] = arg
        elif name in VALUES and (equals or queue):
            told = value if equals else queue.pop(0)
            if VALUES[name] in _REPEATED:
                several.append(Path(told))
            else:
                found[VALUES[name]] = told
        elif name in VALUES:
            fault = UsageError(Text(f"{name} braucht einen Wert", f"{name} needs a value"))
        else:
            rest.append(arg)
    lang = found.get("lang") or os.environ.get("WEGWEISER_LANG") or LANGUAGES[0]
    if lang not in LANGUAGES:
        if "lang" in found:
            choice = " / ".join(LANGUAGES)
            fault = UsageError(
                Text(f"--lang {lang}: möglich sind {choice}", f"--lang {lang}: choose from {choice}")
            )
        lang = LANGUAGES[0]
    rulebook = found.get("regelwerk")
    settings = Settings(
        lang=lang,
        terminal=current(linear="linear" in found),
        rulebook=Path(rulebook) if rulebook else None,
        cache=None if "no_cache" in found else cache_folder(),
        networks=tuple(several),
    )
    return settings, rest, fault


def cache_folder() -> Path | None:
    """The user's folder for what can be computed again, or None where there is none."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = os.environ.get("XDG_CACHE_HOME") or _home("Library", "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or _home(".cache")
    return Path(base, "wegweiser") if base and Path(base).is_absolute() else None


def data_folder() -> Path | None:
    """The user's folder for what they have put in and want to keep, or None where there is none."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = os.environ.get("XDG_DATA_HOME") or _home("Library", "Application Support")
    else:
        base = os.environ.get("XDG_DATA_HOME") or _home(".local", "share")
    return Path(base, "wegweiser") if base and Path(base).is_absolute() else None


def _home(*parts: str) -> str | None:
    try:
        return str(Path.home().joinpath(*parts))
    except RuntimeError:
        return None
