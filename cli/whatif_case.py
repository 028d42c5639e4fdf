"""What `wegweiser was-waere-wenn` has found out, before it is a page or a document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from wegweiser.engine.answers import Answer

if TYPE_CHECKING:
    from wegweiser.engine.answers import Report
    from wegweiser.engine.profile import Profile
    from wegweiser.engine.whatif import Ways

__all__ = ["Case", "changed_answers"]

_SAYS = (
    "ergebnis", "grund", "ab", "dann", "bis", "ab_fehlend", "antrag_ab", "antrag_bis", "zustimmung_ba",
    "zustimmung_fehlend", "fehlend", "moeglich", "voraussichtlich", "auflagen", "hinweise",
)  # fmt: skip
"""What an answer says; the rest tells how it was reached."""


class Case(NamedTuple):
    """One person as told and with changes, and the ways from there to some targets."""

    told: Profile
    changed: Profile
    before: Report
    after: Report
    changes: Mapping[str, str]
    ways: tuple[Ways, ...]
    most: int
    more: int
    """How many steps a further search could allow."""


def changed_answers(case: Case) -> list[tuple[Answer, Answer, list[str]]]:
    """The answers that say something else after the changes, and the names of what is different."""
    found = []
    for before, after in zip(case.before.answers, case.after.answers, strict=True):
        names = [name for name in _SAYS if getattr(before, name) != getattr(after, name)]
        if names:
            found.append((before, after, names))
    return found
