"""Text in the languages of the project: German, the language of the field, and English."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["LANGUAGES", "Text"]

LANGUAGES = ("de", "en")


class Text(NamedTuple):
    """One piece of text in German and in English; both are always there."""

    de: str
    en: str

    def get(self, language: str) -> str:
        """The text in `language` (`de` or `en`)."""
        return self.en if language == "en" else self.de
