"""The nearest known name, for messages: "did you mean …?"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from wegweiser.engine.text import Text

__all__ = ["did_you_mean", "nearest", "normal"]

_LONGEST: Final = 80
"""No name is longer; what is longer is compared with none."""
_LETTERS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "é": "e", "è": "e"})


def normal(name: str) -> str:
    """Give the spelling that is compared: no capitals, umlauts, hyphens, blanks or punctuation."""
    return re.sub(r"[\W_]+", "_", name.casefold().translate(_LETTERS)).strip("_")


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Give the known name that `name` may be meant for, if any is near enough."""
    if len(name) > _LONGEST:
        return None
    by_spelling = {normal(one): one for one in known}
    wanted = normal(name)
    if wanted in by_spelling:
        return by_spelling[wanted]
    from difflib import get_close_matches  # only where something is wrong

    close = get_close_matches(wanted, by_spelling, n=1, cutoff=0.7)
    return by_spelling[close[0]] if close else None


def did_you_mean(text: Text, name: str, known: Iterable[str]) -> Text:
    """Add the nearest known name to a message, where there is one."""
    near = nearest(name, known)
    if near is None:
        return text
    return Text(f"{text.de}; gemeint „{near}“?", f"{text.en}; did you mean “{near}”?")
