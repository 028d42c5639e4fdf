"""Opening a rule book: from the cache where it is there and whole, else from its files."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wegweiser.engine.book import FORMAT, Book
from wegweiser.engine.cache import Cache, fingerprint
from wegweiser.engine.compiled import Compiled
from wegweiser.engine.diagram import Flat
from wegweiser.engine.errors import BookError, Fault
from wegweiser.engine.text import Text
from wegweiser.engine.variables import Variables

__all__ = ["open_book", "packaged_rules"]


def packaged_rules() -> Path:
    """The folder of the rules that come with the program."""
    from importlib.resources import files

    return Path(str(files("wegweiser.rules")))


def open_book(folder: Path | None = None, cache: Path | None = None) -> Book:
    """The rule book in `folder` (None: the packaged one), kept compiled in `cache` (None: nowhere).

    Raises BookError where the folder is no valid rule book.
    """
    folder = packaged_rules() if folder is None else folder
    digest = _digest(folder)
    kept = None if cache is None else Cache(cache, digest)
    data, examples = _from_cache(kept, "book", _thaw_book), None
    if data is None:
        from wegweiser.engine.loading import load_data

        data = load_data(folder)
        examples = data.pop("examples")
        if _digest(folder) != digest:  # a file was changed while the files were read
            return open_book(folder, cache)
        if kept is not None:
            kept.write("book", json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())
            kept.write("examples", json.dumps(examples, ensure_ascii=False).encode())
    return Book(data, digest, _Shelf(folder, kept, examples))


def _digest(folder: Path) -> str:
    """The fingerprint of a folder of rules; raises BookError where it cannot be read."""
    try:
        return fingerprint(folder)
    except OSError as problem:
        raise BookError([_unreadable(folder, problem)]) from problem


def _unreadable(folder: Path, problem: OSError) -> Fault:
    """Name the file that cannot be read, or the folder that is none."""
    if not folder.is_dir():
        missing = Text("dieser Ordner mit Regeln fehlt", "this folder of rules does not exist")
        return Fault(str(folder), None, None, None, missing)
    unread = Text(f"nicht lesbar: {problem.strerror}", f"cannot be read: {problem.strerror}")
    path = Path(problem.filename or folder)
    name = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)
    return Fault(str(folder) if name == "." else name, None, None, None, unread)


def _from_cache(kept: Cache | None, piece: str, thaw: Callable[[bytes], Any]) -> Any:
    """A piece from the cache, or None where it is missing or nothing that this program wrote."""
    content = None if kept is None else kept.read(piece)
    try:
        return None if content is None else thaw(content)
    except (ValueError, LookupError, TypeError):
        return None


class _Shelf:
    """What a book needs only now and then: its diagrams and its examples."""

    def __init__(self, folder: Path, kept: Cache | None, examples: list[dict[str, Any]] | None) -> None:
        self.folder = folder
        self.kept = kept
        self._examples = examples

    def examples(self) -> list[dict[str, Any]]:
        """The worked examples of the law files."""
        if self._examples is None:
            self._examples = _from_cache(self.kept, "examples", json.loads)
        if self._examples is None:
            from wegweiser.engine.loading import load_data

            found: list[dict[str, Any]] = load_data(self.folder)["examples"]
            self._examples = found
        return self._examples

    def compiled(self, book: Book, epoch: int) -> Compiled:
        """The diagrams for the wordings from an epoch on."""
        piece = f"diagrams-{epoch}"
        found: Compiled | None = _from_cache(self.kept, piece, _thaw)
        if found is not None:
            return found
        from wegweiser.engine.compile import compile_book

        made = compile_book(book, epoch)
        if self.kept is not None:
            self.kept.write(piece, _freeze(made))
        return made

    def beside(self, digest: str) -> _Shelf:
        """The shelf of a book that is made from this one; it has no examples of its own."""
        kept = None if self.kept is None else Cache(self.kept.folder, digest)
        return _Shelf(self.folder, kept, [])


def _thaw_book(content: bytes) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(content)
    if data["format"] != FORMAT:
        raise ValueError
    return data


def _freeze(compiled: Compiled) -> bytes:
    head = {
        "variables": compiled.variables.entries,
        "first_date": compiled.variables.first_date,
        "epoch": compiled.epoch,
        "outcomes": compiled.outcomes,
        "approvals": compiled.approvals,
        "relations": compiled.relations,
        "orders": compiled.orders,
        "supports": compiled.supports(),
    }
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    return len(text).to_bytes(8, "little") + text + compiled.flat.cells.tobytes()


def _thaw(content: bytes) -> Compiled:
    length = int.from_bytes(content[:8], "little")
    head = json.loads(content[8 : 8 + length])
    cells: array[int] = array("i")
    cells.frombytes(content[8 + length :])
    variables = Variables(head["variables"], head["first_date"])
    return Compiled(
        variables,
        Flat(cells, variables.sizes, dict(head["supports"])),
        head["epoch"],
        head["outcomes"],
        head["approvals"],
        head["relations"],
        [(x, y, condition) for x, y, condition in head["orders"]],
    )
