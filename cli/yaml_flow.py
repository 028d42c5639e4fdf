"""Values in one line of YAML, as the profiles and cases have them that commands write."""

from __future__ import annotations

import json
import re
from typing import Any

__all__ = ["flow"]

_WORD = re.compile(r"[a-z][a-z0-9_]*[a-z]")

_TAKEN = frozenset(("true", "false", "null", "yes", "no", "on", "off", "nan", "inf"))
"""Words that some reader of YAML takes for something else."""


def flow(value: Any) -> str:
    """A value as YAML; texts other than plain words in quotes, so that none is taken for something else."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, str) and (value in _TAKEN or not _WORD.fullmatch(value)):
        return json.dumps(value, ensure_ascii=False)
    return str(value).lower() if isinstance(value, bool) else "null" if value is None else str(value)
