"""The cache: quicker answers, never other ones, whatever happens to its files."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wegweiser.engine import Book, Profile, check, loading, open_book
from wegweiser.engine import compile as compiling
from wegweiser.engine.cache import Cache, fingerprint

if TYPE_CHECKING:
    from tests.engine.conftest import Books

DAY = date(2026, 11, 22)
PIECES = ["book", "diagrams-0", "examples"]
LAW = "laws/xg/p1.yaml"
MARK = b"wegweiser cache 1\n"
EXAMPLE = """\
examples:
  - name: Gast
    given: {status: gast, angekommen: 2026-01-01}
    expect: {2026-11-22: {arbeit.stelle: {ergebnis: ermessen, regeln: [xg_1_1]}}}
"""
PERSON = {"status": "gast", "gesperrt": False, "fall": "geheimnis", "land": "GH"}


def answers(book: Book) -> str:
    """Everything that a book says of one person, and its examples."""
    profile = Profile.from_facts(PERSON, book.vocabulary, DAY)
    report = check(book, profile)
    told = [str(answer._replace(proof=None)) + str(answer.proof.drawn) for answer in report.answers]  # type: ignore[arg-type]
    return "\n".join([str(report.receipt), *told, str(book.examples), str(list(book.rule_lines()))])


@pytest.fixture
def folder(books: Books) -> Path:
    return books.folder({LAW: books.base[LAW] + EXAMPLE})


@pytest.fixture
def cold(folder: Path) -> str:
    """The answers without any cache."""
    return answers(open_book(folder))


@contextmanager
def nothing_is_read_from_rule_files() -> Iterator[None]:
    """Fails where a rule file is read or compiled."""

    def fail(*_: object) -> None:
        raise AssertionError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "load_data", fail)
        patch.setattr(compiling, "compile_book", fail)
        yield


def fill(folder: Path, cache: Path) -> dict[str, Path]:
    """Fill the cache; its pieces by name."""
    answers(open_book(folder, cache))
    return {path.name.split("-", 1)[1]: path for path in cache.iterdir()}


def test_warm_and_cold_say_the_same(folder: Path, cold: str, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert answers(open_book(folder, cache)) == cold
    assert sorted(fill(folder, cache)) == PIECES
    with nothing_is_read_from_rule_files():
        assert answers(open_book(folder, cache)) == cold


def test_data_of_the_real_book_are_json(real_book: Book) -> None:
    data = real_book.data
    again = json.loads(json.dumps(data))
    assert again == data
    assert repr(again) == repr(data)  # equal numbers of another type would differ


def test_warm_and_cold_say_the_same_with_the_real_book(tmp_path: Path, real_book: Book) -> None:
    given = {"aufenthaltsstatus": "duldung", "duldung_seit": "2026-10-01", "staatsangehoerigkeit": "GN"}
    profile = Profile.from_facts(given, real_book.vocabulary, DAY)
    target = ["taetigkeit.beschaeftigung"]
    open_book(None, tmp_path).compiled(real_book.epoch(DAY.toordinal()))
    with nothing_is_read_from_rule_files():
        warm = open_book(None, tmp_path)
        (one,) = check(warm, profile, target).answers
    (two,) = check(real_book, profile, target).answers
    assert one._replace(proof=two.proof) == two
    assert one.proof.drawn == two.proof.drawn
    assert list(warm.rule_lines()) == list(real_book.rule_lines())
    assert warm.examples == real_book.examples


def flipped(content: bytes) -> bytes:
    place = len(content) * 2 // 3
    return content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :]


def sealed(content: bytes) -> bytes:
    """A file as the cache would write it."""
    return MARK + hashlib.sha256(content).digest() + content


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "flipped": flipped,
    "cut": lambda content: content[: len(content) // 2],
    "cut in the mark": lambda content: content[:5],
    "cut in the hash": lambda content: content[:30],
    "longer": lambda content: content + b" ",
    "empty": lambda _: b"",
    "garbage": lambda _: bytes(range(256)) * 9,
    "zeros": lambda content: bytes(len(content)),
    "garbage with mark": lambda _: MARK + b"x" * 900,
    "garbage with mark and hash": lambda _: sealed(b"\x80\x04garbage"),
    "nothing with mark and hash": lambda _: sealed(b""),
    "head without numbers": lambda _: sealed((9).to_bytes(8, "little") + b'{"a": []}'),
    "head longer than all": lambda _: sealed((1 << 40).to_bytes(8, "little") + b"{}"),
    "old mark": lambda content: content.replace(b"cache 1", b"cache 0"),
}


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_changes_no_answer(folder: Path, cold: str, tmp_path: Path, piece: str, damage: str) -> None:
    cache = tmp_path / "cache"
    path = fill(folder, cache)[piece]
    whole = path.read_bytes()
    path.write_bytes(DAMAGE[damage](whole))
    assert answers(open_book(folder, cache)) == cold
    if piece != "examples":  # examples are asked for rarely and written with the book only
        assert path.read_bytes() == whole


@pytest.mark.parametrize("content", [b"[]", b'{"format": 0}', b"{}", b"7"])
def test_a_sealed_piece_of_another_form(folder: Path, cold: str, tmp_path: Path, content: bytes) -> None:
    pieces = fill(folder, tmp_path / "cache")
    for piece in ("book", "diagrams-0"):
        pieces[piece].write_bytes(sealed(content))
    assert answers(open_book(folder, tmp_path / "cache")) == cold


def test_every_byte_is_held_by_the_hash(folder: Path, tmp_path: Path) -> None:
    path = fill(folder, tmp_path / "cache")["diagrams-0"]
    whole = path.read_bytes()
    cache = Cache(tmp_path / "cache", fingerprint(folder))
    assert cache.read("diagrams-0") == whole[len(MARK) + 32 :]
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert cache.read("diagrams-0") is None


def test_a_folder_in_the_place_of_a_piece(folder: Path, cold: str, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    for path in fill(folder, cache).values():
        path.unlink()
        path.mkdir()
    assert answers(open_book(folder, cache)) == cold
    assert answers(open_book(folder, cache)) == cold


def test_a_file_in_the_place_of_the_folder(folder: Path, cold: str, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.write_text("a file")
    assert answers(open_book(folder, cache)) == cold
    assert answers(open_book(folder, cache / "below")) == cold
    assert cache.read_text() == "a file"


def test_missing_parents_are_made(folder: Path, cold: str, tmp_path: Path) -> None:
    cache = tmp_path / "a" / "b" / "c"
    assert answers(open_book(folder, cache)) == cold
    assert len(list(cache.iterdir())) == len(PIECES)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are those of POSIX")
def test_only_the_user_can_look_into_the_cache(folder: Path, tmp_path: Path) -> None:
    fill(folder, tmp_path / "cache")
    assert (tmp_path / "cache").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("home", "call"),
    [(Path, "mkdir"), (tempfile, "mkstemp"), (os, "fdopen"), (Path, "replace"), (Cache, "_clear")],
    ids=["mkdir", "mkstemp", "fdopen", "replace", "clear"],
)
def test_a_disk_that_cannot_be_written(
    folder: Path, cold: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: object, call: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    cache = tmp_path / "cache"
    with monkeypatch.context() as patch:
        patch.setattr(home, call, refuse)
        assert answers(open_book(folder, cache)) == cold
    assert not list(cache.glob(".neu-*"))
    assert answers(open_book(folder, cache)) == cold


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission(folder: Path, cold: str, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir(mode=0o500)
    assert answers(open_book(folder, cache)) == cold
    cache.chmod(0)
    assert answers(open_book(folder, cache)) == cold


def test_content_counts_and_not_the_time(folder: Path, cold: str, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    fill(folder, cache)
    for path in folder.rglob("*.yaml"):
        os.utime(path, (1, 1))
    with nothing_is_read_from_rule_files():
        assert answers(open_book(folder, cache)) == cold


def test_a_copy_of_the_rules_shares_the_cache(folder: Path, cold: str, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    fill(folder, cache)
    copy = shutil.copytree(folder, tmp_path / "copy")
    with nothing_is_read_from_rule_files():
        assert answers(open_book(copy, cache)) == cold


def test_a_changed_rule_counts_at_once(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    fill(folder, cache)
    law = folder / LAW
    before = law.stat()
    law.write_text(law.read_text("utf-8").replace("P3M", "P9Y"), "utf-8")
    os.utime(law, ns=(before.st_atime_ns, before.st_mtime_ns))
    book = open_book(folder, cache)
    assert book.data["rules"]["xg_1_1"][0]["when"][2][3] == {"period": [108, 0]}
    assert answers(book) == answers(open_book(folder))


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "laws/xg/p2.yaml").write_text('act: XG\nsection: "2"\n'),
        lambda folder: (folder / LAW).rename(folder / "laws/xg/p9.yaml"),
        lambda folder: (folder / LAW).unlink(),
    ],
    ids=["added", "renamed", "removed"],
)
def test_files_that_come_and_go(folder: Path, change: Callable[[Path], object]) -> None:
    before = fingerprint(folder)
    change(folder)
    assert fingerprint(folder) != before


def test_what_is_no_rule_does_not_count(folder: Path) -> None:
    before = fingerprint(folder)
    (folder / "README.md").write_text("new")
    assert fingerprint(folder) == before


def test_rules_that_change_while_they_are_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    law = folder / LAW
    real = loading.load_data

    def load(path: Path) -> object:
        data = real(path)
        monkeypatch.setattr(loading, "load_data", real)
        law.write_text(law.read_text("utf-8").replace("P3M", "P5M"), "utf-8")
        return data

    monkeypatch.setattr(loading, "load_data", load)
    book = open_book(folder, tmp_path / "cache")
    assert (book.hash, answers(book)) == (fingerprint(folder), answers(open_book(folder)))
    assert answers(open_book(folder, tmp_path / "cache")) == answers(book)


def test_what_is_not_ours_stays_and_old_pieces_go(folder: Path, cold: str, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    strange = ["brief.odt", "book", "0123456789abcdef01234567", "x" * 24 + "-book", "0" * 24 + "-book.txt"]
    for name in strange:
        (cache / name).write_text("mine")
    (cache / "folder").mkdir()
    leftover = cache / ".neu-abc"
    leftover.write_bytes(MARK)
    old = [cache / f"{number:024x}-diagrams-{number}" for number in range(60)]
    for path in old:
        path.write_bytes(MARK)
    for path in cache.iterdir():
        os.utime(path, (1, 1))
    assert answers(open_book(folder, cache)) == cold
    assert all((cache / name).read_text() == "mine" for name in strange)
    assert (cache / "folder").is_dir()
    assert sum(path.exists() for path in [leftover, *old]) + len(PIECES) == 32
    fresh = [path.name[25:] for path in cache.iterdir() if path.is_file() and path.stat().st_mtime > 1]
    assert sorted(fresh) == PIECES


def test_nothing_of_a_person_is_kept(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    fill(folder, cache)
    before = {path: path.read_bytes() for path in cache.iterdir()}
    book = open_book(folder, cache)
    for day in (date(2026, 11, 22), date(2027, 1, 2)):
        profile = Profile.from_facts({**PERSON, "geboren": "1990-07-13", "lohn": 4711}, book.vocabulary, day)
        check(book, profile)
    assert {path: path.read_bytes() for path in cache.iterdir()} == before
    for content in before.values():
        assert not any(word in content for word in (b"geheimnis", b"1990-07-13", b"726660", b"471100"))


def test_pieces_are_json_and_numbers(folder: Path, tmp_path: Path) -> None:
    for name, path in fill(folder, tmp_path / "cache").items():
        content = path.read_bytes()[len(MARK) + 32 :]
        if name.startswith("diagrams"):
            length = int.from_bytes(content[:8], "little")
            assert (len(content) - 8 - length) % 4 == 0
            content = content[8 : 8 + length]
        assert isinstance(json.loads(content), dict | list)


def work(folder: str, cache: str, rounds: int) -> set[str]:
    """What one of several programs at once does: open, answer, and now and then hurt the cache."""
    found = set()
    for number in range(rounds):
        found.add(answers(open_book(Path(folder), Path(cache))))
        if number % 3 == os.getpid() % 3:
            for path in Path(cache).glob("*-*"):
                path.unlink(missing_ok=True)
    return found


@pytest.mark.slow
def test_several_programs_at_once(folder: Path, cold: str, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        runs = [pool.apply_async(work, (str(folder), str(cache), 12)) for _ in range(3)]
        assert set().union(*(run.get(timeout=120) for run in runs)) == {cold}
    assert not list(cache.glob(".neu-*"))


WRITER = """
import sys
from pathlib import Path
from wegweiser.engine.cache import Cache
cache = Cache(Path(sys.argv[1]), "digest")
print("ready", flush=True)
while True:
    cache.write("book", b"x" * 3_000_000)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_program_that_is_killed_while_it_writes(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "digest")
    whole = {None, b"x" * 3_000_000}
    for wait in (0.0, 0.005, 0.02):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(wait)
            writer.send_signal(signal.SIGKILL)
        assert cache.read("book") in whole
    cache.write("book", b"new")
    assert cache.read("book") == b"new"
