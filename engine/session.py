"""The two steps of a check: read what is told of a person, then answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wegweiser.engine.answers import Report
from wegweiser.engine.book import Book
from wegweiser.engine.evaluate import Evaluation
from wegweiser.engine.profile import Profile
from wegweiser.engine.profile import read_profile as _read_profile

__all__ = ["check", "read_profile"]


def read_profile(
    source: bytes | str, name: str, book: Book, *, today: date, day: date | None = None
) -> Profile:
    """The facts of one person from YAML or JSON, for `day`, else the `stichtag` told, else `today`.

    Raises ProfileError with every fault of spelling and value. Contradictions between facts are
    found by `check`.
    """
    return _read_profile(source, name, book.vocabulary, today=today, day=day)


def check(
    book: Book, profile: Profile, targets: Sequence[str] | None = None, *, offers_on: date | None = None
) -> Report:
    """The answers for a profile on its day, for some targets or all.

    `offers_on` is the day for the offers of networks, the profile's day by default. Raises
    ProfileError where facts contradict each other, BookError where the rules do.
    """
    return Evaluation(book, profile, offers_on).report(targets)
