"""Cases that are tests, lessons and exams.

    schema     the shape of a case file
    model      cases as values, read from folders with every fault named
    replay     what a case expects against what the rule book answers
    coverage   which targets and rules no case decides
    sheets     which cases go on a sheet or into an exam, and what is asked

A case is one YAML file. Its expected answers are written from the law, never from the output of the engine.
"""

from __future__ import annotations

if __name__ != "wegweiser.casebook":
    raise ImportError("import wegweiser.casebook, not casebook: two copies would have two of each class")

__all__: list[str] = []
