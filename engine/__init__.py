"""The meaning of a rule book: profiles, conditions, rules, evaluation. No input, no output, no law.

The public names are those of `__all__`:

    open_book(folder, cache)            a rule book, from its cache or its files
    read_profile(source, name, book)    the facts of one person, checked against the book
    check(book, profile)                the answers, each with its proof
    change_profile(source, …)           the same person with some facts changed
    schedule(book, profile)             every later day on which an answer changes by mere lapse of time
    find_ways(book, profile, target)    the smallest changes that open a target
    Interview(book, entries, day)       which fact to ask next, until nothing open depends on more
    read_wording(text, book)            what a document prints about work, as facts

Names are imported when they are first asked for, so that a short command stays short.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if __name__ != "wegweiser.engine":
    raise ImportError("import wegweiser.engine, not engine: two copies would have two of each class")

if TYPE_CHECKING:
    from wegweiser.engine.answers import Answer, Report
    from wegweiser.engine.book import Book
    from wegweiser.engine.changes import change_profile
    from wegweiser.engine.errors import (
        BookError,
        EvaluationError,
        Fault,
        InputError,
        ProfileError,
        WegweiserError,
    )
    from wegweiser.engine.interview import Interview
    from wegweiser.engine.library import open_book
    from wegweiser.engine.obstacles import Obstacle
    from wegweiser.engine.profile import Profile
    from wegweiser.engine.schedules import Schedule, schedule
    from wegweiser.engine.session import check, read_profile
    from wegweiser.engine.text import Text
    from wegweiser.engine.whatif import Step, Way, Ways, find_ways
    from wegweiser.engine.wordings import Wording, known_wordings, read_wording

__all__ = [
    "Answer",
    "Book",
    "BookError",
    "EvaluationError",
    "Fault",
    "InputError",
    "Interview",
    "Obstacle",
    "Profile",
    "ProfileError",
    "Report",
    "Schedule",
    "Step",
    "Text",
    "Way",
    "Ways",
    "WegweiserError",
    "Wording",
    "change_profile",
    "check",
    "find_ways",
    "known_wordings",
    "open_book",
    "read_profile",
    "read_wording",
    "schedule",
]

_HOMES = {
    "answers": ("Answer", "Report"),
    "book": ("Book",),
    "changes": ("change_profile",),
    "errors": ("BookError", "EvaluationError", "Fault", "InputError", "ProfileError", "WegweiserError"),
    "interview": ("Interview",),
    "library": ("open_book",),
    "obstacles": ("Obstacle",),
    "profile": ("Profile",),
    "schedules": ("Schedule", "schedule"),
    "session": ("check", "read_profile"),
    "text": ("Text",),
    "whatif": ("Step", "Way", "Ways", "find_ways"),
    "wordings": ("Wording", "known_wordings", "read_wording"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
