"""A profile in which some facts are told otherwise: the same person, if something were different."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wegweiser.engine import yamlio
from wegweiser.engine.book import Book
from wegweiser.engine.errors import ProfileError
from wegweiser.engine.profile import Profile

__all__ = ["change_profile"]


def change_profile(
    source: bytes | str, profile: Profile, changes: Mapping[str, str], name: str, book: Book
) -> Profile:
    """The profile with other values of some facts, written as in a file; `profile` is what `source` says.

    An empty value makes a fact unknown. Raises ProfileError with every fault; `name` stands for the changes.
    """
    lines = "".join(f"{fact}: {' '.join(value.split())}\n" for fact, value in changes.items())
    changed, faults = yamlio.read(lines, name)
    document, _ = yamlio.read(source, profile.name)
    if faults or changed is None or not isinstance(changed.value, dict):
        raise ProfileError(faults)
    told: Mapping[str, Any] = document.value if document and isinstance(document.value, dict) else {}
    # what is told to be unknown counts as told; a fact that is not to be there is left out
    entries = {**told, **changed.value}
    absent = {fact for fact, value in changes.items() if not value.strip()}
    kept = {fact: value for fact, value in entries.items() if fact not in absent}
    return Profile.from_facts(kept, book.vocabulary, profile.day, name)
