"""Reads the official XML of an act (`gii-norm`: <dokumente>, <norm>, <metadaten>, <textdaten>), also zipped.

Files come from anywhere: no entity is expanded, no address opened, and sizes are bounded before anything is
unpacked.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from wegweiser.engine.errors import Fault, InputError
from wegweiser.engine.text import Text
from wegweiser.statutes.acts import Acts
from wegweiser.statutes.texts import Section, Snapshot, section_name

__all__ = ["LARGEST", "read_xml"]

LARGEST: Final = 20_000_000
"""Bytes of one XML file, packed or not; the longest act has about five million."""
_DEEPEST: Final = 100
"""Levels of elements; acts have about twenty."""
_MOST: Final = 500_000
"""Elements of an act; the longest has about a hundred thousand."""
_SILENT: Final = frozenset({"fussnoten", "Footnotes", "FnR", "FnArea", "kommentar", "IMG", "TOC", "FILE"})
"""Elements that are no text of the act."""
_BLOCKS: Final = frozenset({"P", "row", "Ident", "Title", "entry", "Revision", "pre", "BR"})


def read_xml(path: Path, acts: Acts) -> list[Snapshot]:
    """The act of an XML file, or those of a zip; raises InputError where it is none."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as problem:
        text = Text(f"nicht lesbar: {problem.strerror}", f"cannot be read: {problem.strerror}")
        raise _fault(str(path), text) from problem
    if len(content) > LARGEST:
        raise _fault(str(path), _TOO_LARGE)
    if content[:4] != b"PK\x03\x04":
        return [_act(content, str(path), acts)]
    return [_act(inside, name, acts) for name, inside in _unpacked(content, str(path))]


_TOO_LARGE: Final = Text("die Datei ist zu groß für ein Gesetz", "the file is too large for an act")


def _fault(name: str, text: Text, line: int | None = None) -> InputError:
    return InputError([Fault(name, line, None, None, text)])


def _unpacked(content: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """The XML files of a zip, no more of each than is allowed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as pack:
            inside = [one for one in pack.infolist() if one.filename.casefold().endswith(".xml")]
            if not inside:
                raise _fault(name, Text("in diesem Zip ist kein XML", "there is no XML in this zip"))
            left = LARGEST
            for one in inside:
                with pack.open(one) as file:  # what a zip says of sizes need not be true
                    unpacked = file.read(left + 1)
                left -= len(unpacked)
                if left < 0:
                    raise _fault(f"{name}:{one.filename}", _TOO_LARGE)
                yield f"{name}:{one.filename}", unpacked
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as problem:
        text = Text("das Zip ist beschädigt oder verschlüsselt", "the zip is damaged or encrypted")
        raise _fault(name, text) from problem


class _Excess(Exception):  # noqa: N818 (told as a fault of the file)
    """More elements, or more levels of them, than any act has."""


class _Builder(TreeBuilder):
    """Builds the tree of a file, and gives up where it outgrows what an act can be."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.count = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        """Open an element."""
        self.depth += 1
        self.count += 1
        if self.depth > _DEEPEST or self.count > _MOST:
            raise _Excess
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        """Close an element."""
        self.depth -= 1
        return super().end(tag)


def _root(content: bytes, name: str) -> Element:
    try:
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import DefusedXMLParser
    except ImportError as problem:
        text = Text(
            "XML braucht das Zusatzpaket: pip install 'wegweiser[recht]'",
            "XML needs the extra: pip install 'wegweiser[recht]'",
        )
        raise _fault(name, text) from problem
    try:
        parser = DefusedXMLParser(
            target=_Builder(), forbid_dtd=False, forbid_entities=True, forbid_external=True
        )
        parser.feed(content)
        root: Element = parser.close()
    except DefusedXmlException as problem:
        text = Text(
            "die Datei erklärt eigene Zeichenfolgen (Entities) oder verweist nach außen; "
            "so etwas wird nicht gelesen",
            "the file declares entities or refers to the outside; that is not read",
        )
        raise _fault(name, text) from problem
    except _Excess as problem:
        raise _fault(
            name, Text("zu groß oder zu tief verschachtelt", "too large or nested too deeply")
        ) from problem
    except ParseError as problem:
        text = Text(
            "kein vollständiges XML (abgeschnitten, beschädigt oder in falscher Zeichenkodierung)",
            "no whole XML (cut off, damaged or in a wrong encoding)",
        )
        raise _fault(name, text, problem.position[0]) from problem
    except (LookupError, ValueError) as problem:  # an encoding that Python or expat does not know
        raise _fault(name, Text("unbekannte Zeichenkodierung", "unknown character encoding")) from problem
    return root


def _act(content: bytes, name: str, acts: Acts) -> Snapshot:
    root = _root(content, name)
    norms = root.findall("norm")
    if root.tag != "dokumente" or not norms:
        text = Text(
            "nicht der Aufbau der amtlichen Dateien (<dokumente> mit <norm>)",
            "not the layout of the official files (<dokumente> with <norm>)",
        )
        raise _fault(name, text)
    head = norms[0].find("metadaten")
    names = [] if head is None else [head.findtext("amtabk"), *(one.text for one in head.findall("jurabk"))]
    known = [one.strip() for one in names if one and one.strip()]
    if not known:
        raise _fault(name, Text("das Gesetz ist nicht genannt (<jurabk>)", "the act is not named (<jurabk>)"))
    number = (root.get("doknr") or "")[:13]
    act = acts.identified(number) or next(filter(None, map(acts.named, known)), None)
    sections: dict[str, Section] = {}
    for norm in norms:
        section = _section(norm)
        if section is not None:
            sections[section.name] = section
    if not sections:
        raise _fault(name, Text("kein Paragraf darin", "no section in it"))
    return Snapshot(known[0] if act is None else act.name, _day(root, name), sections)


def _day(root: Element, name: str) -> date:
    built = root.get("builddate") or ""
    try:
        return date.fromisoformat(f"{built[:4]}-{built[4:6]}-{built[6:8]}")
    except ValueError as problem:
        text = Text("der Tag der Datei fehlt (builddate)", "the day of the file is missing (builddate)")
        raise _fault(name, text) from problem


def _section(norm: Element) -> Section | None:
    """A section; None for what is none (headings of chapters, the table of contents)."""
    name = section_name(norm.findtext("metadaten/enbez") or "")
    content = norm.find("textdaten/text/Content")
    if name is None:
        return None
    title = norm.find("metadaten/titel")
    heading = "" if title is None else " ".join("".join(_words(title)).split())
    writer = _Writer()
    if content is not None:
        writer.element(content)
    return Section(name, heading, tuple(writer.finished()))


def _words(element: Element) -> Iterator[str]:
    if element.tag in _SILENT:
        return
    yield element.text or ""
    for child in element:
        yield " " if child.tag == "BR" else ""
        yield from _words(child)
        yield child.tail or ""


class _Writer:
    """Turns the elements of a section into lines: one for each paragraph and item."""

    def __init__(self) -> None:
        self.lines: list[str] = [""]

    def finished(self) -> list[str]:
        """The lines that say something."""
        return [line for line in (" ".join(line.split()) for line in self.lines) if line not in ("", "-")]

    def add(self, text: str | None) -> None:
        """Go on in the line."""
        self.lines[-1] += text or ""

    def begin(self) -> None:
        """Begin a line."""
        self.lines.append("")

    def element(self, element: Element) -> None:
        """Write an element; what follows it inside its parent is left to the parent."""
        if element.tag in _SILENT or (
            element.tag == "SUP" and re.fullmatch(r"\s*[0-9*]+\)?\s*", element.text or "")
        ):
            return
        if element.tag == "DT" or element.tag in _BLOCKS:
            self.begin()
        self.add(element.text)
        for child in element:
            self.element(child)
            if child.tag in ("DL", "table") or (child.tag in _BLOCKS and child.tag != "BR"):
                self.begin()
            self.add(child.tail)
        if element.tag == "DT":
            self.add(" ")
