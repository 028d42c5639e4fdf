"""What a help page is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from wegweiser.engine.text import Text

__all__ = ["Help"]


class Help(NamedTuple):
    """The texts of one command."""

    purpose: Text
    examples: tuple[tuple[str, Text], ...]
    parameters: Mapping[str, Text] = {}
    status: bool = False
    """Whether its exit status says something about profiles."""
