"""Official XML, folders of sections and the store: what is read, and what hostile files do (nothing)."""

import io
import os
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.statutes.conftest import snapshot
from wegweiser.engine.errors import EvaluationError, InputError
from wegweiser.statutes.acts import Acts
from wegweiser.statutes.fingerprints import fingerprint
from wegweiser.statutes.folders import read_folder
from wegweiser.statutes.pieces import fragments
from wegweiser.statutes.store import Store, Texts
from wegweiser.statutes.xmlfiles import LARGEST, read_xml

NOW = datetime(2026, 11, 23, tzinfo=UTC)
BODY = (
    "<norm><metadaten><jurabk>AsylVfG 1992</jurabk><amtabk>AsylG</amtabk></metadaten></norm>"
    "<norm><metadaten><enbez>Inhaltsübersicht</enbez></metadaten></norm>"
    "<norm><metadaten><enbez>§ 7</enbez><titel>Boote</titel></metadaten><textdaten><text><Content>"
    "<P>(1) Wer rudert, muss <DL><DT>1.</DT><DD><LA>wachen oder</LA></DD><DT>2.</DT><DD><LA>schlafen<DL>"
    "<DT>a)</DT><DD><LA>kurz,</LA></DD></DL>nie länger.</LA></DD></DL>Das gilt<SUP>1</SUP> immer.</P>"
    "<P>(2)<BR/>Ende.</P></Content></text><fussnoten><Content><P>Fußnote.</P></Content></fussnoten>"
    "</textdaten></norm>"
)
GOOD = f'<dokumente builddate="20260428215524" doknr="BJNR111260992">{BODY}</dokumente>'.encode()
LINES = (
    "(1) Wer rudert, muss",
    "1. wachen oder",
    "2. schlafen",
    "a) kurz,",
    "nie länger.",
    "Das gilt immer.",
    "(2)",
    "Ende.",
)


def packed(**files: bytes) -> bytes:
    """A zip."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, inside in files.items():
            pack.writestr(name.replace("_", "."), inside)
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        b'<!DOCTYPE dokumente SYSTEM "http://www.gesetze-im-internet.de/dtd/1.01/gii-norm.dtd">' + GOOD,
        b"\xef\xbb\xbf" + GOOD,
        b'<?xml version="1.0" encoding="iso-8859-1"?>' + GOOD.decode().encode("latin-1"),
        GOOD.decode().encode("utf-16"),
        packed(BJNR_xml=GOOD, bild_jpg=b"x"),
    ],
    ids=["plain", "doctype", "mark", "latin", "utf16", "zip"],
)
def test_official_files(tmp_path: Path, acts: Acts, content: bytes) -> None:
    path = tmp_path / "x.xml"
    path.write_bytes(content)
    (act,) = read_xml(path, acts)
    assert (act.act, act.day, list(act.sections)) == ("AsylG", date(2026, 4, 28), ["§ 7"])
    assert act.sections["§ 7"].heading == "Boote"
    assert act.sections["§ 7"].lines == LINES


HOSTILE = {
    "entities": (
        b'<!DOCTYPE d [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>' + GOOD.replace(b"(1)", b"&b;"),
        "entities",
    ),
    "outside": (
        b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + GOOD.replace(b"(1)", b"&a;"),
        "refers to the outside",
    ),
    "unknown entity": (GOOD.replace(b"(1)", b"&nix;"), "no whole XML"),
    "wrong encoding": (GOOD.decode().encode("latin-1"), "wrong encoding"),
    "unknown encoding": (b'<?xml version="1.0" encoding="nix"?>' + GOOD, "unknown character encoding"),
    "cut off": (GOOD[:-40], "no whole XML"),
    "empty": (b"", "no whole XML"),
    "binary": (bytes(range(256)), "no whole XML"),
    "another layout": (b"<html><body/></html>", "not the layout"),
    "deep": (b"<a>" * 100_000, "nested too deeply"),
    "many": (b"<dokumente>" + b"<a/>" * 500_001, "too large"),
    "no day": (GOOD.replace(b"20260428", b"2026xx28"), "builddate"),
    "no name": (GOOD.replace(b"AsylVfG 1992", b"").replace(b"AsylG", b""), "not named"),
    "no section": (GOOD.replace("§ 7".encode(), b"Kapitel"), "no section"),
    "large": (b" " * (LARGEST + 1), "too large"),
    "zip bomb": (packed(a_xml=b" " * (LARGEST + 1)), "too large"),
    "several bombs": (packed(**{f"a{n}_xml": GOOD + b" " * (LARGEST // 2) for n in range(3)}), "too large"),
    "zip without xml": (packed(a_txt=GOOD), "no XML in this zip"),
    "zip cut off": (packed(a_xml=GOOD)[:90], "damaged"),
    "zip damaged": (packed(a_xml=GOOD).replace(b"a.xml", b"b.xml", 1), "damaged"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_told_and_do_nothing(tmp_path: Path, acts: Acts, name: str) -> None:
    content, says = HOSTILE[name]
    path = tmp_path / "x.xml"
    path.write_bytes(content)
    with pytest.raises(InputError) as raised:
        read_xml(path, acts)
    (fault,) = raised.value.faults
    assert says in fault.text.en
    assert fault.file.startswith(str(path))
    assert fault.text.de != fault.text.en


def write(folder: Path, name: str, text: str) -> None:
    """A section of a folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_folders(tmp_path: Path, acts: Acts) -> None:
    text = (
        "# AsylG § 7 – Boote\n\n(1) Wer rudert, muss\n\n1\\. wachen oder\n\n2. schlafen\n\na)\n\nkurz,\n\n"
        "<!-- -->\n\nnie länger.\n\nDas gilt<sup>1</sup> immer.\n\n(2)\n\nEnde.\n\n"
        "![Bild](https://x.example/a.jpg)\n\n§ 7 Abs. 1 idF d. G v. 1.2.2003: gilt fort\n"
    )
    write(tmp_path, "AsylG/§7/2026-01-31.md", text)
    write(tmp_path, "AsylG/§7/2026-03-01.md", "# AsylG § 7 – Boote\n\n(weggefallen)\n")
    write(tmp_path, "FreizügG-EU/Anlage/2026-02-01.md", "# x – (zu § 2)\n\n| a | b |\n|:--|:--|\n| c | d |\n")
    found = read_folder(tmp_path, acts)
    assert [(one.act, one.day.isoformat()) for one in found] == [
        ("AsylG", "2026-01-31"),
        ("AsylG", "2026-03-01"),
        ("FreizügG/EU", "2026-02-01"),
        ("FreizügG/EU", "2026-03-01"),  # as it still read on the newest day of the folder
    ]
    (boats,) = found[0].sections.values()
    assert fingerprint(fragments(boats.lines)) == fingerprint(fragments(LINES))
    assert read_folder(tmp_path / "AsylG", acts)[0].sections["§ 7"] == boats


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("AsylG/§7/2026-01-31.md", "no heading\n", "first line"),
        ("AsylG/§7/2026-02-31.md", "# x\n", "no day"),
        ("AsylG/§7/gestern.md", "# x\n", "no day"),
        ("AsylG/Kapitel/2026-01-31.md", "# x\n", "not named like a section"),
        ("README/x.txt", "", "no sections found"),
    ],
)
def test_faults_of_folders(tmp_path: Path, acts: Acts, name: str, text: str, says: str) -> None:
    write(tmp_path, name, text)
    with pytest.raises(InputError, match=says):
        read_folder(tmp_path, acts)


def test_the_store_keeps_states_apart(tmp_path: Path) -> None:
    store = Store(tmp_path / "new" / "folder")
    assert store.states() == []
    assert store.acts() == []
    assert not store.path.exists(), "looking makes no file"
    one = snapshot("2026-01-01", ["Alt."])
    two = snapshot("2026-02-01", ["Neu."])
    store.add([(one, "a"), (two, "b")], NOW)
    again = Store(store.path.parent)
    assert [(s.act, s.day, s.sections, s.source, s.imported) for s in again.states()] == [
        ("AsylG", one.day, 1, "a", NOW),
        ("AsylG", two.day, 1, "b", NOW),
    ]
    assert again.at("AsylG", date(2026, 1, 31)) == one.sections
    assert again.at("AsylG", date(2026, 2, 1)) == two.sections
    assert again.at("AsylG", date(2025, 12, 31)) is None
    assert again.at("BGB", date(2026, 2, 1)) is None
    again.add([(snapshot("2026-01-01", ["Anders."]), "c")], NOW)
    assert again.at("AsylG", date(2026, 1, 31)) == snapshot("2026-01-01", ["Anders."]).sections


def test_an_import_that_fails_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.add([(snapshot("2026-01-01", ["Alt."]), "a")], NOW)

    def failing() -> object:
        yield snapshot("2026-02-01", ["Neu."]), "b"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.add(failing(), NOW)  # type: ignore[arg-type]
    assert [state.day for state in Store(tmp_path).states()] == [date(2026, 1, 1)]


def test_a_damaged_store_is_told(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.path.write_bytes(b"no database" * 200)
    with pytest.raises(EvaluationError, match="cannot be used"):
        store.states()
    store.path.unlink()
    store.add([(snapshot("2026-01-01", ["Alt."]), "a")], NOW)
    content = bytearray(store.path.read_bytes())
    content[60:64] = (9).to_bytes(4, "big")  # the version of its tables
    store.path.write_bytes(content)
    with pytest.raises(EvaluationError, match="another version"):
        Store(tmp_path).states()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder that cannot be written")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(EvaluationError, match="cannot be used"):
        Store(tmp_path / "x").add([(snapshot("2026-01-01", ["Alt."]), "a")], NOW)


def test_both_layouts_of_the_same_state_agree(official: Path, history: Texts, acts: Acts) -> None:
    """The official files and the archive were made by different programs from the same text."""
    same = different = 0
    for name in ("asylbl", "asylvfg_1992", "aufenthg_2004", "beschv_2013", "milog"):
        path = next(official.glob(f"{name}*.xml"))
        (act,) = read_xml(path, acts)
        before = history.at(act.act, act.day)
        assert before is not None
        for section in act.sections.values():
            other = before.get(section.name)
            agree = other is not None and fingerprint(fragments(section.lines)) == fingerprint(
                fragments(other.lines)
            )
            same, different = same + agree, different + (not agree)
    assert same > 400
    assert different <= 8, "sections whose text the publisher changed in the week between the two"
