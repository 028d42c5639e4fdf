"""How a light is shown. It is a word; a colour may only underline it."""

from __future__ import annotations

__all__ = ["COLOURS"]

COLOURS = {"gruen": "green", "gelb": "yellow", "rot": "red", "offen": "head", "nichts": "dim"}
