"""How large an agenda may be: well below what durable-rules bears, so that both executors can run it.

Beyond its limits the library does not fail, it hangs, crashes or never fires; so they are enforced when a
rule book is loaded, whichever executor runs later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from wegweiser.engine.text import Text

__all__ = ["ATOMS_A_GROUP", "ATOMS_A_RULE", "GROUPS", "RULES_ON_AN_ATOM", "fnv", "parts", "too_large"]

ATOMS_A_RULE = 12
RULES_ON_AN_ATOM = 200
GROUPS = 400
ATOMS_A_GROUP = 400


def parts(atom: str) -> tuple[str, str]:
    """Group and name of an atom, the two fields that are matched."""
    group, _, name = atom.partition(":")
    return group, name


def fnv(text: str) -> int:
    """The 32-bit hash by which alone the library tells texts apart."""
    found = 2166136261
    for byte in text.encode():
        found = ((found ^ byte) * 16777619) & 0xFFFFFFFF
    return found


def too_large(rules: Sequence[Mapping[str, Any]]) -> list[tuple[int, Text]]:
    """What goes beyond a limit: the place of the rule, and what is wrong with it."""
    found: list[tuple[int, Text]] = []
    uses: dict[str, int] = {}
    groups: dict[str, set[str]] = {}
    hashes: dict[int, str] = {}
    for place, rule in enumerate(rules):
        atoms = rule["all"]
        if len(atoms) > ATOMS_A_RULE:
            found.append((place, _most(ATOMS_A_RULE, "Atome in einer Regel", "atoms in a rule")))
        for atom in dict.fromkeys([*atoms, *rule["adds"]]):
            group, name = parts(atom)
            members = groups.setdefault(group, set())
            if not members and len(groups) == GROUPS + 1:
                found.append((place, _most(GROUPS, "Gruppen von Atomen", "groups of atoms")))
            if name not in members and len(members) == ATOMS_A_GROUP:
                found.append((place, _most(ATOMS_A_GROUP, "Atome in einer Gruppe", "atoms in a group")))
            members.add(name)
            for text in (group, name, atom):
                other = hashes.setdefault(fnv(text), text)
                if other != text:
                    found.append((place, _same_hash(text, other)))
        for atom in dict.fromkeys(atoms):
            uses[atom] = uses.get(atom, 0) + 1
            if uses[atom] == RULES_ON_AN_ATOM + 1:
                found.append((place, _most(RULES_ON_AN_ATOM, f"Regeln zu „{atom}“", f"rules on “{atom}”")))
        found += [(place, _twice(atom)) for atom, times in Counter(atoms).items() if times > 1]
    return found


def _twice(atom: str) -> Text:
    return Text(f"„{atom}“ steht zweimal in der Regel", f"“{atom}” stands twice in the rule")


def _most(most: int, german: str, english: str) -> Text:
    return Text(f"mehr als {most} {german}", f"more than {most} {english}")


def _same_hash(one: str, other: str) -> Text:
    return Text(
        f"„{one}“ und „{other}“ sind für durable-rules dasselbe (gleicher Hash); bitte eins umbenennen",
        f"“{one}” and “{other}” are the same to durable-rules (equal hash); please rename one",
    )
