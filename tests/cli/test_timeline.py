"""`wegweiser zeitplan`: list, chart, calendar and JSON."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

import icalendar
import jsonschema
import pytest

from wegweiser import engine
from wegweiser.cli import timeline_calendar
from wegweiser.cli.settings import Settings
from wegweiser.cli.terminal import Terminal
from wegweiser.cli.timeline_calendar import calendar_text
from wegweiser.cli.timeline_page import timeline_page
from wegweiser.cli.timeline_text import reason
from wegweiser.engine.book import Book
from wegweiser.engine.causes import Cause

Ran = tuple[int, str, str]
Run = Callable[..., Ran]
DAY = ("--am", "2026-11-22")
GOLDEN = Path(__file__).parent / "golden" / "timeline.txt"


@pytest.fixture
def leaving(profile: Callable[..., str]) -> str:
    """A tolerated person who waits, with a document that ends and personal values all over."""
    return profile(
        fall="geheim",
        aufenthaltsstatus="duldung",
        duldungsart="allgemein",
        staatsangehoerigkeit="GN",
        duldung_seit="2026-10-05",
        ununterbrochen_seit="2026-10-05",
        titel_gueltig_bis="2027-03-31",
        massnahmen_aufenthaltsbeendigung=False,
        taeuschung=False,
        deutschniveau="a1",
        bekenntnis=True,
    )


def test_the_page(run: Run, leaving: str) -> None:
    status, out, err = run("zeitplan", leaving, *DAY)
    assert (status, err) == (0, "")
    assert out == GOLDEN.read_text(encoding="utf-8")
    assert max(map(len, out.splitlines())) <= 80


def test_english_and_the_alias(run: Run, leaving: str) -> None:
    status, out, _ = run("timeline", leaving, "--date", "2026-11-22", "--lang", "en")
    assert status == 0
    assert "TIMELINE" in out
    assert "2027-01-05  Employment" in out
    assert "→" in out


def test_a_last_day_stands_there_in_words(run: Run, leaving: str) -> None:
    out = run("zeitplan", leaving, *DAY)[1]
    assert "31.03.2027  LETZTER TAG: " in out


def test_until(run: Run, leaving: str) -> None:
    out = run("zeitplan", leaving, *DAY, "--bis", "2027-01-04")[1]
    assert "Keine Antwort ändert sich" in out
    assert "ZEITPLAN bis 04.01.2027" in out
    status, _, err = run("zeitplan", leaving, *DAY, "--bis", "2026-11-21")
    assert status == 2
    assert "--bis 2026-11-21" in err


def test_linear_says_each_thing_on_a_line_of_its_own(run: Run, leaving: str) -> None:
    out = run("zeitplan", leaving, *DAY, "--linear")[1]
    assert "31.03.2027: LETZTER TAG: " in out
    assert not any(line.startswith(" ") for line in out.splitlines())


def page(rulebook: Path, name: str, **terminal: Any) -> str:
    book = engine.open_book(rulebook, None)
    told = engine.read_profile(Path(name).read_bytes(), name, book, today=date(2026, 11, 22))
    settings = Settings("de", Terminal(**terminal))
    return timeline_page(book, told, engine.schedule(book, told), settings, chart=True)


def test_the_chart(rulebook: Path, leaving: str) -> None:
    plain = page(rulebook, leaving)
    rows = [line for line in plain.splitlines() if line.startswith("Beschäftigung ")]
    marks = rows[0].split()[-1]
    assert set(marks) == {"+", "#"}
    assert marks.startswith("+")
    assert len(rows[0]) == 80
    assert "+ GELB   # GRÜN" in plain or "# GRÜN   + GELB" in plain
    coloured = page(rulebook, leaving, colour=True)
    assert "\033[31mLETZTER TAG\033[0m" in coloured
    assert page(rulebook, leaving, encoding="ascii").isascii()
    assert marks not in page(rulebook, leaving, linear=True)
    assert marks not in page(rulebook, leaving, width=50)


SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "profil", "fall", "stichtag", "bis", "beleg", "ziele", "ereignisse", "endet"],
    "properties": {
        "schema": {"const": "wegweiser.zeitplan/1"},
        "profil": {"type": "string"},
        "fall": {"type": ["string", "null"]},
        "stichtag": {"$ref": "#/$defs/day"},
        "bis": {"anyOf": [{"$ref": "#/$defs/day"}, {"type": "null"}]},
        "beleg": {"type": "object", "required": ["regelwerk", "hash", "rechtsstand", "fakten"]},
        "ziele": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["ziel", "verlauf"],
                "properties": {
                    "ziel": {"type": "string"},
                    "verlauf": {
                        "type": "array",
                        "minItems": 1,
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["tag", "ab_wandert", "ergebnis"],
                            "properties": {
                                "tag": {"$ref": "#/$defs/day"},
                                "ab_wandert": {"type": "boolean"},
                                "ergebnis": {"type": "object", "required": ["ziel", "ergebnis", "ab", "bis"]},
                            },
                        },
                    },
                },
            },
        },
        "ereignisse": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["tag", "art", "ziele", "fakt", "ursachen"],
                "properties": {
                    "tag": {"$ref": "#/$defs/day"},
                    "art": {
                        "enum": ["aenderung", "letzter_tag", "antrag_ab", "antrag_bis", "ablauf", "termin"]
                    },
                    "ziele": {"type": "array", "items": {"type": "string"}},
                    "fakt": {"type": ["string", "null"]},
                    "ursachen": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["art", "fakt", "seit", "frist_art", "frist", "name", "normen"],
                            "properties": {
                                "art": {
                                    "enum": [
                                        "frist", "alter", "anzahl", "fassung_beginnt", "fassung_endet",
                                        "aufenthaltszeit", "offen",
                                    ]
                                },
                                "fakt": {"type": ["string", "null"]},
                                "seit": {"anyOf": [{"$ref": "#/$defs/day"}, {"type": "null"}]},
                                "frist_art": {"enum": ["since", "after", "before", None]},
                                "frist": {"type": ["string", "null"]},
                                "name": {"type": ["string", "null"]},
                                "normen": {"type": "array", "items": {"type": "string"}},
                            },
                        },
                    },
                },
            },
        },
        "endet": {
            "anyOf": [
                {"type": "null"},
                {"type": "object", "required": ["tag", "gruende"], "additionalProperties": False,
                 "properties": {"tag": {"$ref": "#/$defs/day"}, "gruende": {"type": "array"}}},
            ]
        },
    },
    "$defs": {"day": {"type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"}},
}  # fmt: skip


@pytest.mark.parametrize("lang", ["de", "en"])
def test_json(run: Run, leaving: str, lang: str) -> None:
    status, out, err = run("zeitplan", leaving, *DAY, "--json", "--lang", lang)
    assert (status, err) == (0, "")
    (line,) = out.splitlines()
    document = json.loads(line)
    jsonschema.validate(document, SCHEMA)
    checked = json.loads(run("check", leaving, *DAY, "--json", "--lang", lang)[1])
    assert [one["verlauf"][0]["ergebnis"] for one in document["ziele"]] == checked["ergebnisse"]
    assert {
        "tag": "2027-03-31",
        "art": "ablauf",
        "ziele": [],
        "fakt": "titel_gueltig_bis",
        "ursachen": [],
    } in (document["ereignisse"])
    change = next(one for one in document["ereignisse"] if one["art"] == "aenderung")
    assert change["ursachen"][0]["seit"] == "2026-10-05"


# --- the calendar ----------------------------------------------------------------------------


def entries(text: str) -> list[Any]:
    calendar: Any = icalendar.Calendar.from_ical(text)
    assert calendar["version"] == "2.0"
    found: list[Any] = calendar.walk("VEVENT")
    return found


def test_the_calendar_is_written_into_a_new_file(run: Run, leaving: str) -> None:
    status, out, err = run("zeitplan", leaving, *DAY, "--ics", "termine.ics")
    assert status == 0
    assert "ZEITPLAN" in out
    assert "termine.ics angelegt" in err
    raw = Path("termine.ics").read_bytes()
    assert raw.count(b"\r\n") == raw.count(b"\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    found = entries(raw.decode())
    assert any(one["dtstart"].dt == date(2027, 1, 5) for one in found)
    assert all(one["dtend"].dt > one["dtstart"].dt for one in found)
    assert any("Beschäftigung" in str(one["summary"]) for one in found)
    assert len({str(one["uid"]) for one in found}) == len(found)
    status, _, err = run("zeitplan", leaving, *DAY, "--ics", "termine.ics")
    assert status == 1
    assert "termine.ics" in err
    assert Path("termine.ics").read_bytes() == raw


def test_the_calendar_says_nothing_about_the_person(rulebook: Path, leaving: str) -> None:
    def made(name: str, now: datetime) -> str:
        book: Book = engine.open_book(rulebook, None)
        told = engine.read_profile(Path(name).read_bytes(), name, book, today=date(2026, 11, 22))
        return calendar_text(book, engine.schedule(book, told), "de", now)

    now = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    text = made(leaving, now).replace("\r\n ", "")
    for personal in ("geheim", "fall.yaml", "20261005", "05.10.2026", "GN", "Duldung", "duldung"):
        assert personal not in text
    assert "DTSTAMP:20261122T080000Z" in text
    later = made(leaving, now.replace(day=23))
    assert [str(one["uid"]) for one in entries(later)] == [str(one["uid"]) for one in entries(text)]


def test_the_calendar_on_standard_output_stands_alone(
    program: Callable[..., Any], tmp_path: Path, leaving: str
) -> None:
    done = program("zeitplan", str(tmp_path / leaving), *DAY, "--ics", "-", env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert done.stdout.startswith(b"BEGIN:VCALENDAR\r\n")
    assert any("Beschäftigung" in str(one["summary"]) for one in entries(done.stdout.decode("utf-8")))


def test_without_the_library_there_is_one_sentence(
    run: Run, leaving: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeline_calendar, "find_spec", lambda _: None)
    status, out, err = run("zeitplan", leaving, *DAY, "--ics", "termine.ics")
    assert (status, out) == (2, "")
    assert "wegweiser[kalender]" in err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "Profil fehlt|Datei mit dem Profil"),
        (["fall.yaml", "--bis", "morgen"], "--bis"),
        (["fall.yaml", "--am", "2026-02-30"], "--am"),
        (["fall.yaml", "--ziel", "gibtsnicht"], "gibtsnicht"),
        (["fall.yaml", "--json", "--ics", "-"], "--ics -"),
    ],
)
def test_wrong_usage(run: Run, leaving: str, args: list[str], said: str) -> None:
    assert leaving == "fall.yaml"
    status, out, err = run("zeitplan", *args)
    assert (status, out) == (2, "")
    assert any(part in err for part in said.split("|"))


def test_a_profile_with_faults(run: Run, profile: Callable[..., str]) -> None:
    name = profile(aufenthaltsstatus="gibtsnicht", duldung_seit="2027-01-01")
    status, out, err = run("zeitplan", name, *DAY)
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 2
    assert run("zeitplan", "fehlt.yaml", *DAY)[0] == 1


@pytest.mark.parametrize(
    ("op", "said"),
    [
        ("since", "„Ankunft“ (01.08.2027) ist erreicht."),
        ("after", "„Ankunft“ (01.08.2027) ist vorbei."),
        ("before", "„Ankunft“ (01.08.2027) ist erreicht."),
    ],
)
def test_a_day_itself_is_told_without_a_period(monkeypatch: pytest.MonkeyPatch, op: str, said: str) -> None:
    monkeypatch.setattr("wegweiser.cli.timeline_text.fact_label", lambda *_: "Ankunft")
    cause = Cause("frist", "ankunft", op=op, period="P0D", since=date(2027, 8, 1))
    assert reason(cast("Book", None), cause, "de") == said
