"""`wegweiser recht`: the texts of the law that the user imported, beside the rules that cite them."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from wegweiser.cli.parsing import Group, build_group
from wegweiser.cli.settings import Settings, UsageError, data_folder
from wegweiser.engine.names import did_you_mean
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from datetime import date

    from wegweiser.statutes.entries import Entry, Rules
    from wegweiser.statutes.store import Store, Texts

__all__ = ["LawGroup", "chosen", "command", "newest_day", "nothing_there", "rules_of", "store_of"]


class LawGroup(Group):
    """`wegweiser recht`."""

    entries: ClassVar = {
        "import": "law_import",
        "stand": "law_state",
        "pruefe": "law_check",
        "zeige": "law_show",
        "aenderungen": "law_changes",
        "bestaetige": "law_confirm",
    }
    aliases: ClassVar = {
        "state": "stand",
        "check": "pruefe",
        "show": "zeige",
        "changes": "aenderungen",
        "confirm": "bestaetige",
    }


def store_of(folder: str | None) -> Store:
    """The store of this run: the folder that was named, else the user's own."""
    from wegweiser.statutes.store import Store

    if folder:
        return Store(Path(folder))
    home = data_folder()
    if home is None:
        raise UsageError(
            Text(
                "es gibt keinen Ordner für Daten; bitte --ablage ORDNER angeben",
                "there is no folder for data; please give --ablage FOLDER",
            )
        )
    return Store(home / "recht")


def rules_of(settings: Settings) -> Rules:
    """The entries of the rule book of this run, read from its files."""
    from wegweiser.engine.library import packaged_rules
    from wegweiser.statutes.entries import read_rules

    return read_rules(settings.rulebook or packaged_rules())


def newest_day(texts: Texts) -> date | None:
    """The day of the newest state of any act; None where there is none."""
    return max((texts.days(act)[-1] for act in texts.acts()), default=None)


def nothing_there(store: Store) -> UsageError:
    """Say that nothing was imported yet."""
    return UsageError(
        Text(
            f"in {store.path.parent} ist noch nichts; zuerst: wegweiser recht import DATEI",
            f"there is nothing in {store.path.parent} yet; first: wegweiser law import FILE",
        )
    )


def chosen(entries: list[Entry], patterns: list[str] | None) -> list[Entry]:
    """The entries that any pattern picks; one that picks nothing is a fault."""
    for pattern in patterns or ():
        if not any(fnmatchcase(entry.id, pattern) for entry in entries):
            text = Text(f"Regel „{pattern}“ gibt es nicht", f"there is no rule “{pattern}”")
            raise UsageError(did_you_mean(text, pattern, dict.fromkeys(entry.id for entry in entries)))
    if not patterns:
        return entries
    return [entry for entry in entries if any(fnmatchcase(entry.id, pattern) for pattern in patterns)]


def command(name: str) -> Group:
    """The group, for the lazy group above it."""
    return build_group(LawGroup, name)
