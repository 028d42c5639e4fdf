"""A rule book out of a git revision, unpacked into a folder that goes away afterwards."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from wegweiser.engine.errors import Fault, ProfileError
from wegweiser.engine.text import Text

__all__ = ["rules_at"]

_RULES = "rules"
_LARGEST = 64_000_000
"""Bytes of all files of a rule book."""


@contextmanager
def rules_at(name: str) -> Iterator[Path]:
    """The folder of rules that a name means: a folder, or a git revision of the checkout around here.

    Raises ProfileError where it is neither.
    """
    folder = Path(name)
    if folder.is_dir():
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="wegweiser-") as place:
        _unpack(name, _archive(name), Path(place))
        yield Path(place)


def _archive(name: str) -> bytes:
    """The folder of rules at a revision, as a tar archive."""
    if name.startswith("-"):  # git would take it for an option
        raise _neither(name, "")
    try:
        top = _git("rev-parse", "--show-toplevel").decode().strip()
        commit = _git("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").decode().strip()
        return _git("-C", top, "archive", "--format=tar", f"{commit}:{_RULES}")
    except FileNotFoundError as error:
        raise _neither(name, "git") from error
    except subprocess.CalledProcessError as error:
        raise _neither(name, error.stderr.decode(errors="replace").strip().splitlines()[-1:]) from error


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], check=True, capture_output=True).stdout  # noqa: S603, S607


def _neither(name: str, reason: str | list[str]) -> ProfileError:
    why = f" ({''.join(reason)})" if reason else ""
    said = Text(
        f"ist weder ein Ordner mit Regeln noch ein Stand in git{why}",
        f"is neither a folder of rules nor a git revision{why}",
    )
    return ProfileError([Fault(name, None, None, None, said)])


def _unpack(name: str, archive: bytes, folder: Path) -> None:
    """Write the YAML files of an archive below a folder; nothing else is taken out of it."""
    left = _LARGEST
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        for member in files:
            path = PurePosixPath(member.name)
            if (
                not member.isfile()
                or path.suffix not in (".yaml", ".yml")
                or ".." in path.parts
                or path.is_absolute()
            ):
                continue
            left -= member.size
            content = files.extractfile(member)
            if content is None or left < 0:
                raise _neither(name, "")
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.read())
