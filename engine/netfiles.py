"""From the folder of a network to its plain data.

Every file is read as strictly as a rule file. The faults of one network are its own: the others, and the
rule book, do not depend on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from wegweiser.engine import netschema
from wegweiser.engine.conditions import Scope
from wegweiser.engine.errors import Fault
from wegweiser.engine.loading import Source, validate
from wegweiser.engine.netlinks import Linker
from wegweiser.engine.plain import bilingual
from wegweiser.engine.text import Text
from wegweiser.engine.yamlio import read

__all__ = ["load_network", "load_networks"]

_GENERAL = "allgemein.yaml"
_LARGEST = 1_000_000
"""Bytes of a file; a real one has a few thousand."""

_SINGLE = {f"{name}.yaml": name for name in ("netz", "weiterleitung", "quellen", "beispiele")}
_NEEDED = ("netz.yaml", "quellen.yaml")


def load_networks(folder: Path, shown: str, scope: Scope) -> tuple[dict[str, Any], list[Fault]]:
    """The networks of a rule book in their order, who does the job elsewhere, and every fault."""
    found: list[dict[str, Any]] = []
    faults: list[Fault] = []
    general: dict[str, Any] = {}
    for inside in sorted(folder.iterdir()) if folder.is_dir() else ():
        name = f"{shown}/{inside.name}"
        if inside.name == _GENERAL:
            document, wrong = read(inside.read_bytes(), name)
            if document is not None and not wrong:
                source = Source(name, "allgemein", document)
                validate(source, netschema.GeneralFile)
                general, wrong = source.value, source.faults
            faults += wrong
            continue
        data, wrong = load_network(inside, name, scope, [one["id"] for one in found])
        faults += wrong
        if data is not None:
            found.append(data)
    order = {name: place for place, name in enumerate(general.get("reihenfolge", []))}
    found.sort(key=lambda one: (order.get(one["id"], len(order)), one["id"]))
    return {"all": found, "standard": [bilingual(one) for one in general.get("regelstruktur", [])]}, faults


def load_network(
    folder: Path, shown: str, scope: Scope, taken: Iterable[str]
) -> tuple[dict[str, Any] | None, list[Fault]]:
    """The data of one network and its faults; None where there are any.

    `shown` is what faults call the folder, `taken` are the names of networks that are there already.
    """
    sources, faults = _sources(folder, shown)
    if faults:
        return None, faults
    loader = Linker(sources, folder.resolve().name, scope, frozenset(taken))
    data = loader.data()
    faults = [fault for source in sources.values() for fault in source.faults]
    return (None if faults else data), faults


def _sources(folder: Path, shown: str) -> tuple[dict[str, Source], list[Fault]]:
    """The files of a network, each checked against its shape."""
    faults: list[Fault] = []
    found: dict[str, Source] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        kind = _kind(name)
        if kind is None:
            stray = Text(
                "gehört zu keinem Teil eines Netzes (netz.yaml, angebote/<name>.yaml, quellen.yaml, …)",
                "belongs to no part of a network (netz.yaml, angebote/<name>.yaml, quellen.yaml, …)",
            )
            faults.append(Fault(f"{shown}/{name}", None, None, None, stray))
            continue
        try:
            if path.stat().st_size > _LARGEST:
                large = Text("zu groß für eine Datei eines Netzes", "too large for a file of a network")
                faults.append(Fault(f"{shown}/{name}", None, None, None, large))
                continue
            document, problems = read(path.read_bytes(), f"{shown}/{name}")
        except OSError as problem:
            unread = Text(f"nicht lesbar: {problem.strerror}", f"cannot be read: {problem.strerror}")
            faults.append(Fault(f"{shown}/{name}", None, None, None, unread))
            continue
        faults += problems
        if document is not None and not problems:
            source = Source(f"{shown}/{name}", kind, document)
            validate(source, netschema.MODELS[kind])
            faults += source.faults
            source.faults = []
            found[name] = source
    for name in _NEEDED:
        if not (folder / name).is_file():
            missing = Text("diese Datei fehlt", "this file is missing")
            faults.append(Fault(f"{shown}/{name}", None, None, None, missing))
    if not any(name.startswith("angebote/") for name in found) and not faults:
        nothing = Text("das Netz hat kein Angebot", "the network has no offer")
        faults.append(Fault(f"{shown}/angebote", None, None, None, nothing))
    return found, faults


def _kind(name: str) -> str | None:
    if name in _SINGLE:
        return _SINGLE[name]
    parts = name.split("/")
    offer = len(parts) == 2 and parts[0] == "angebote" and parts[1].endswith(".yaml")  # noqa: PLR2004
    return "angebot" if offer else None
