"""Fingerprints of pieces of text: the same words give the same fingerprint, whatever the layout."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from wegweiser.statutes.pieces import Fragment

__all__ = ["fingerprint", "normal"]

_HYPHENATED: Final = re.compile(
    r"(?<=[a-zäöüß])-\s*\n\s*(?!(?:und|oder|sowie|bzw|bis|als|noch|beziehungsweise)\b)(?=[a-zäöüß])"
)
_FOOTNOTE: Final = re.compile(r"[¹²³⁴-⁹]+\)?|\*+\)?|(?<=[.,;:a-zäöüß])\s?\(?[0-9]{1,2}\)(?=\s*$)")
_QUOTES: Final = str.maketrans(dict.fromkeys("„“”«»‚‘’´`'", '"') | dict.fromkeys("‐‑‒–—―−", "-"))


@lru_cache(maxsize=65536)  # the same sentence is part of many pieces
def normal(text: str) -> str:
    """What counts of a text: its letters, digits and punctuation marks, without blanks and decoration."""
    text = _FOOTNOTE.sub("", _HYPHENATED.sub("", text.replace("\N{SOFT HYPHEN}", "")))
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return re.sub(r"[\s|\u200b-\u200d\ufeff]+", "", text)


def fingerprint(piece: Sequence[Fragment]) -> str:
    """The fingerprint of a piece of a section."""
    words = "".join(normal(one.label) + normal(one.text) for one in piece)
    return "sha256:" + hashlib.sha256(words.encode()).hexdigest()
