"""Checks the prints of a rule book (wordings.yaml) and makes their plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wegweiser.engine.names import did_you_mean
from wegweiser.engine.norms import SIGN
from wegweiser.engine.plain import bilingual, many
from wegweiser.engine.prints import Blank, Pattern, Words, parse, plain, tokens
from wegweiser.engine.text import Text
from wegweiser.engine.values import is_no_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wegweiser.engine.linking import Linker
    from wegweiser.engine.loading import Source
    from wegweiser.engine.yamlio import Path

__all__ = ["wordings"]


def wordings(linker: Linker) -> dict[str, Any]:
    """The prints as plain data; empty where the book has none."""
    for source in linker.sources:
        if source.kind == "wordings":
            return _Checker(linker, source).data()
    return {}


class _Checker:
    """Checks the one file of prints."""

    def __init__(self, linker: Linker, source: Source) -> None:
        self.vocabulary = linker.vocabulary
        self.source = source
        self.file = source.value
        self.blanks = {
            name: Blank(name, one.get("words", 1), bool(one.get("number")))
            for name, one in self.file.get("blanks", {}).items()
        }
        self.phrases: dict[str, str] = self.file.get("phrases", {})

    def data(self) -> dict[str, Any]:
        """Everything, checked."""
        file = self.file
        for fact, needed in file.get("only_with", {}).items():
            self.fact(fact, ("only_with", fact))
            self.values(needed, ("only_with", fact))
        for name, phrase in self.phrases.items():
            self.pattern(phrase, ("phrases", name), alone=False)
        reserved = [word for entry in file.get("reserved", []) for word in self.word(entry, ("reserved",))]
        words = {
            _plain_word(word): [one for form in forms for one in self.word(form, ("words", word))]
            for word, forms in file.get("words", {}).items()
        }
        # what is read as a reserved word is reserved too
        reserved += sorted({form for word in reserved for form in words.get(word, ())} - {*reserved})
        return {
            "words": words,
            "phrases": self.phrases,
            "blanks": {
                name: {
                    "label": bilingual(one["label"]),
                    "words": one.get("words", 1),
                    "number": bool(one.get("number")),
                }
                for name, one in file.get("blanks", {}).items()
            },
            "reserved": reserved,
            "joints": list(file.get("joints", [])),
            "only_with": file.get("only_with", {}),
            "kinds": {name: self.kind(name, entry) for name, entry in file["kinds"].items()},
            "wordings": self.wordings(
                Words({word: frozenset(forms) for word, forms in words.items()}, frozenset(reserved))
            ),
        }

    def kind(self, name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
        """What prints of one kind mean."""
        path: Path = ("kinds", name)
        self.values(entry.get("sets", {}), (*path, "sets"))
        for place, other in enumerate(entry.get("gives_way_to", [])):
            here: Path = (*path, "gives_way_to", place)
            self.known(Text("die Art", "kind"), other, self.file["kinds"], here)
            back = self.file["kinds"].get(other, {}).get("gives_way_to", [])
            if name in back:
                circle = Text(f"{other} weicht selbst {name}", f"{other} gives way to {name} itself")
                self.source.report(here, circle)
        for place, other in enumerate(entry.get("only_beside", [])):
            self.known(Text("die Art", "kind"), other, self.file["kinds"], (*path, "only_beside", place))
        return {
            "sets": entry.get("sets", {}),
            "gives_way_to": entry.get("gives_way_to", []),
            "only_beside": entry.get("only_beside", []),
            "norm": self.norms(entry["norm"], (*path, "norm")),
            "person": bilingual(entry["person"]),
            "employer": bilingual(entry["employer"]),
        }

    def wordings(self, words: Words) -> dict[str, Any]:
        """The prints; what is shown of one must not be read as another."""
        found: dict[str, Any] = {}
        patterns: list[tuple[str, Pattern]] = []
        for name, entry in self.file["wordings"].items():
            path: Path = ("wordings", name)
            self.known(Text("die Art", "kind"), entry["kind"], self.file["kinds"], (*path, "kind"))
            for place, print_ in enumerate(entry["prints"]):
                here: Path = (*path, "prints", place)
                pattern = self.pattern(print_, here, alone=True)
                if pattern is not None:
                    patterns.append((name, pattern))
                if place == 0 and any(sign in print_ for sign in "[]()<>|"):
                    shown = Text(
                        "der erste Wortlaut wird gezeigt und hat keine Klammern",
                        "the first print is shown and has no brackets",
                    )
                    self.source.report(here, shown)
            found[name] = {
                "kind": entry["kind"],
                "prints": list(entry["prints"]),
                "norm": self.norms(entry.get("norm"), (*path, "norm")),
                "person": bilingual(entry.get("person")),
                "employer": bilingual(entry.get("employer")),
            }
        for name, entry in self.file["wordings"].items():
            self.doubles(name, entry["prints"][0], patterns, words)
        return found

    def doubles(self, name: str, print_: str, patterns: list[tuple[str, Pattern]], words: Words) -> None:
        """Whether what is shown of one print is read as another."""
        for blank in self.blanks.values():
            print_ = print_.replace(f"{{{blank.name}}}", "1" if blank.number else "x")
        text = tokens(plain(print_))
        for other, pattern in patterns:
            if other != name and len(text) in pattern.match(text, 0, words):
                twice = Text(f"steht schon bei {other}", f"stands at {other} already")
                self.source.report(("wordings", name, "prints", 0), twice)
                return

    def pattern(self, print_: str, path: Path, *, alone: bool) -> Pattern | None:
        """A pattern, where nothing is wrong with it; a phrase may be empty and begin with a blank."""
        found = parse(print_ if alone else f"x {print_}", self.phrases, self.blanks)
        if isinstance(found, Text):
            self.source.report(path, found)
            return None
        return found

    def word(self, entry: str, path: Path) -> list[str]:
        """A single word as it is compared."""
        found = [token.word for token in tokens(plain(entry))]
        if len(found) != 1:
            one = Text(f"„{entry}“ ist kein einzelnes Wort", f"“{entry}” is no single word")
            self.source.report(path, one)
        return found

    def fact(self, name: str, path: Path) -> bool:
        """Whether a fact exists."""
        if name in self.vocabulary:
            return True
        self.source.report(path, self.vocabulary.unknown_name(name))
        return False

    def values(self, values: Mapping[str, Any], path: Path) -> None:
        """Whether facts exist and can have these values."""
        for name, raw in values.items():
            here: Path = (*path, name)
            if self.fact(name, here):
                value = self.vocabulary.parse_value(name, raw)
                if isinstance(value, Text):
                    self.source.report(here, value)
                elif value is None or is_no_value(value):
                    known = Text("hier wird ein bekannter Wert erwartet", "a known value is expected here")
                    self.source.report(here, known)

    def known(self, what: Text, name: str, names: Iterable[str], path: Path) -> None:
        """Whether a name of this file exists."""
        if name not in names:
            text = Text(f"{what.de} „{name}“ gibt es nicht", f"there is no {what.en} “{name}”")
            self.source.report(path, did_you_mean(text, name, names))

    def norms(self, norms: Any, path: Path) -> list[str]:
        """Citations, which have to be in full here."""
        found: list[str] = many(norms)
        for norm in found:
            if not norm.startswith((SIGN, "Art.")):
                full = Text(
                    "hier steht die Vorschrift mit ihrem Gesetz", "cite the section with its act here"
                )
                self.source.report(path, full)
        return found


def _plain_word(word: str) -> str:
    return tokens(plain(word))[0].word
