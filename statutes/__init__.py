"""The law as text: acts, citations, pieces of sections, their fingerprints, and a store of imported texts.

    acts          the acts that citations name, from `acts.yaml` of a rule book
    citations     citations in all spellings: parse, format, compare
    pieces        the piece of a section that a citation names
    fingerprints  the same piece, the same fingerprint, whatever the layout
    xmlfiles, folders, store    reading official texts and keeping them outside the project
    entries, checks, changes, confirm    what a rule book was checked against, and what has changed since

Nothing here holds a word of the law: texts come from whoever uses the program.
"""

from __future__ import annotations

if __name__ != "wegweiser.statutes":
    raise ImportError("import wegweiser.statutes, not statutes: two copies would have two of each class")

__all__: list[str] = []
