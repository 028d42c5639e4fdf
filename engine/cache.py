"""A folder of compiled rule books that cannot hurt: what is damaged or missing is made anew.

A file is a mark, the SHA-256 of what follows, and what follows: JSON, or JSON and numbers. Nothing in
it can run. Files are written beside their place and then moved there, so that two programs at once and
a killed one leave whole files only. A disk that cannot be written is no reason to fail.
"""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from pathlib import Path

__all__ = ["Cache", "fingerprint"]

_MARK = b"wegweiser cache 1\n"
_KEPT = 32
"""So many pieces stay; older ones are cleared."""
_OURS = re.compile(r"[0-9a-f]{24}-[a-z]+(-[0-9]+)?|\.neu-.*")
"""Names of pieces, and of those that are being written."""


def fingerprint(folder: Path) -> str:
    """The hash of every YAML file below a folder: names and contents, nothing else."""
    digest = hashlib.sha256()
    for name, path in sorted(_files(os.fspath(folder), "")):
        content = Path(path).read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _files(folder: str, prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((".yaml", ".yml")):
                found.append((prefix + entry.name, entry.path))
            elif entry.is_dir():
                found += _files(entry.path, f"{prefix}{entry.name}/")
    return found


class Cache:
    """Named pieces of bytes for one rule book and one state of the program."""

    def __init__(self, folder: Path, digest: str) -> None:
        self.folder = folder
        self._name = hashlib.sha256(f"{digest} {_program()}".encode()).hexdigest()[:24]

    def read(self, piece: str) -> bytes | None:
        """A piece as it was written, or None where it is missing or damaged."""
        try:
            content = self._path(piece).read_bytes()
        except OSError:
            return None
        start = len(_MARK) + 32
        if (
            not content.startswith(_MARK)
            or hashlib.sha256(content[start:]).digest() != content[len(_MARK) : start]
        ):
            return None
        return content[start:]

    def write(self, piece: str, content: bytes) -> None:
        """Keep a piece, where the disk allows it."""
        import tempfile  # only where something is written

        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, prefix=".neu-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_MARK + hashlib.sha256(content).digest() + content)
                Path(name).replace(self._path(piece))
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
            self._clear()

    def _path(self, piece: str) -> Path:
        return self.folder / f"{self._name}-{piece}"

    def _clear(self) -> None:
        """Keep the newest pieces only; what is not ours is left alone."""
        with os.scandir(self.folder) as entries:
            ours = [(entry.stat().st_mtime, entry.path) for entry in entries if _OURS.fullmatch(entry.name)]
        for _, path in sorted(ours, reverse=True)[_KEPT:]:
            Path(path).unlink(missing_ok=True)


def _program() -> str:
    """What the compiled form depends on beside the rules: the files of the engine as they stand."""
    parts = []
    folder = Path(__file__).parent
    for place in (folder, folder / "review"):
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    status = entry.stat()
                    parts.append(f"{place.name}/{entry.name} {status.st_size} {status.st_mtime_ns}")
    return "\n".join(sorted(parts))
