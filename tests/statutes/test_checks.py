"""What became of the words that rules rest on, in invented law and in the archive of 2026."""

import re
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.statutes.conftest import snapshot
from wegweiser.engine.text import Text
from wegweiser.statutes.acts import Acts
from wegweiser.statutes.changes import changes
from wegweiser.statutes.checks import check, piece_at
from wegweiser.statutes.citations import Citation, parse
from wegweiser.statutes.entries import Entry, read_rules
from wegweiser.statutes.fingerprints import fingerprint
from wegweiser.statutes.store import Texts
from wegweiser.statutes.texts import Section, Snapshot

REPLAY = yaml.safe_load((Path(__file__).parent / "replay.yaml").read_text(encoding="utf-8"))
OLD = ["(1) Wer rudert, muss wachen. Das gilt immer.", "(2) Frei ist", "1. das Schwimmen,", "2. das Tauchen."]
BEFORE, AFTER = date(2026, 1, 1), date(2026, 2, 1)


def entry(acts: Acts, norm: str, texts: Texts, **more: Any) -> Entry:
    """A rule that was checked against the text of `BEFORE`."""
    citation = parse(norm, acts)
    assert isinstance(citation, Citation)
    found = piece_at(texts, citation, BEFORE)
    against = (fingerprint(found),) if found else ()
    fields = {"start": None, "end": None, "against": against, **more}
    return Entry("x", "p.yaml", (), 1, (norm,), (citation,), checked_on=None, **fields)


@pytest.mark.parametrize(
    ("norm", "new", "status", "moved"),
    [
        ("§ 1 Abs. 1 Satz 2 AsylG", OLD, "gleich", None),
        ("§ 1 Abs. 1 Satz 2 AsylG", [OLD[0].replace("immer", "nie"), *OLD[1:]], "geaendert", None),
        ("§ 1 Abs. 1 Satz 1 AsylG", [OLD[0].replace("immer", "nie"), *OLD[1:]], "gleich", None),
        (
            "§ 1 Abs. 1 Satz 2 AsylG",
            [OLD[0].replace(". D", ". Wer schläft, zahlt. D"), *OLD[1:]],
            "verschoben",
            "§ 1 Abs. 1 Satz 3 AsylG",
        ),
        (
            "§ 1 Abs. 2 Nr. 2 AsylG",
            [*OLD[:2], "2. das Segeln,", "3. das Tauchen."],
            "verschoben",
            "§ 1 Abs. 2 Nr. 3 AsylG",
        ),
        ("§ 1 Abs. 2 Nr. 2 AsylG", [*OLD[:2], OLD[2]], "weg", None),
        ("§ 1 Abs. 2 AsylG", [OLD[0], "(2) (weggefallen)"], "weg", None),
        (
            "§ 1 Abs. 2 AsylG",
            [OLD[0], "(2)  Frei ist", "1. das Schwimmen,", "2. das\nTauchen."],
            "gleich",
            None,
        ),
    ],
)
def test_what_became_of_a_norm(acts: Acts, norm: str, new: list[str], status: str, moved: str | None) -> None:
    texts = Texts.of([snapshot("2026-01-01", OLD), snapshot("2026-02-01", new)])
    (found,) = check([entry(acts, norm, texts)], texts, AFTER)
    assert (found.status, found.moved_to) == (status, moved)
    if status == "geaendert":
        assert (found.before, found.after) == (("Das gilt immer.",), ("Das gilt nie.",))


def test_entries_count_with_the_text_of_their_time(acts: Acts) -> None:
    new = [OLD[0].replace("immer", "nie"), *OLD[1:]]
    texts = Texts.of([snapshot("2026-01-01", OLD), snapshot("2026-02-01", new)])
    ended = entry(acts, "§ 1 Abs. 1 AsylG", texts, end=AFTER - timedelta(1))
    later = entry(acts, "§ 1 Abs. 1 AsylG", texts, start=AFTER + timedelta(1))
    assert [one.status for one in check([ended, later], texts, AFTER)] == ["gleich"]
    standing = list(check([ended, later], texts, AFTER, in_force=BEFORE))
    assert [one.status for one in standing] == ["geaendert"], "the version of the old day, at the new text"


def test_never_checked_unreadable_and_without_text(acts: Acts) -> None:
    texts = Texts.of([snapshot("2026-01-01", OLD)])
    never = entry(acts, "§ 1 Abs. 1 AsylG", texts, against=())
    broken = never._replace(norms=("§ x",), citations=(Text("kein", "none"),))
    other = entry(acts, "§ 1 BGB", texts)
    nowhere = entry(acts, "§ 9 AsylG", texts)
    found = [one.status for one in check([never, broken, other, nowhere], texts, BEFORE)]
    assert found == ["nie_geprueft", "unlesbar", "kein_text", "weg"]


# --- the archive of 2026 --------------------------------------------------------------------


def test_the_rule_book_was_checked_against_both_wordings_of_the_twelfth_of_june() -> None:
    """Old versions rest on the old words and new ones on the new: without any text, by fingerprints alone."""
    entries = read_rules(Path(str(files("wegweiser.rules")))).entries
    seen = 0
    for norm, (before, after) in REPLAY["changes"]["2026-06-12"].items():
        for one in entries:
            if norm not in one.norms or not one.against:
                continue
            against = one.against[one.norms.index(norm)]
            if one.end == date(2026, 6, 11):
                seen += 1
                assert against.startswith(f"sha256:{before}"), (one.id, norm)
            elif one.start == date(2026, 6, 12):
                seen += 1
                assert against.startswith(f"sha256:{after}"), (one.id, norm)
    assert seen >= 8


def days(texts: Texts) -> list[date]:
    """The days of 2026 on which a text changed."""
    return sorted({day for act in texts.acts() for day in texts.days(act) if day.year == 2026})


def shown(texts: Texts, norm: str, acts: Acts, day: date) -> str | None:
    citation = parse(norm, acts)
    assert isinstance(citation, Citation)
    found = piece_at(texts, citation, day)
    return fingerprint(found).removeprefix("sha256:")[:16] if found else None


def test_replay_finds_the_changes_that_were_noted(history: Texts, acts: Acts) -> None:
    watched = {norm for noted in REPLAY["changes"].values() for norm in noted} | set(REPLAY["unchanged"])
    found: dict[str, dict[str, list[str | None]]] = {}
    for day in days(history):
        for norm in watched:
            before, after = (shown(history, norm, acts, at) for at in (day - timedelta(1), day))
            if before != after:
                found.setdefault(day.isoformat(), {})[norm] = [before, after]
    assert found == REPLAY["changes"]


def paragraph(texts: Texts, citation: Citation, day: date) -> str:
    """The Absatz that a citation lies in, read as simply as can be: an independent look at the text."""
    section = (texts.at(citation.act or "", day) or {}).get(citation.section)
    key, kept = None, []
    for line in () if section is None else section.lines:
        label = re.match(r"\(([0-9]+[a-z]*)\)", line)
        key = label[1] if label else key
        kept += [line] if key == citation.value("Abs.") or citation.value("Abs.") is None else []
    return re.sub(r"\W+", "", " ".join(kept))


def test_replay_reports_exactly_the_rules_whose_words_changed(history: Texts) -> None:
    """Each day of 2026: rules that were checked the day before, against the text of the day."""
    entries = read_rules(Path(str(files("wegweiser.rules")))).entries
    reported = 0
    for day in days(history):
        eve = day - timedelta(1)
        standing = []
        for one in entries:
            pieces = [piece_at(history, each, eve) for each in one.citations if not isinstance(each, Text)]
            if one.in_force(eve) and all(pieces) and len(pieces) == len(one.norms):
                standing.append(one._replace(against=tuple(fingerprint(each) for each in pieces if each)))
        findings = [one for one in check(standing, history, day, in_force=eve) if one.status != "gleich"]
        told = {(one.entry.id, one.norm) for one in findings}
        differing = {
            (cited.entry.id, norm)
            for change in changes(history, eve, history, day, standing)
            for cited in change.cited
            for norm in cited.changed
        }
        assert told == differing, day
        for one in standing:
            for norm, citation in zip(one.norms, one.citations, strict=True):
                assert isinstance(citation, Citation)
                same = paragraph(history, citation, eve) == paragraph(history, citation, day)
                whole = all(part.kind == "Abs." for part in citation.parts)
                if same or whole:
                    assert ((one.id, norm) in told) == (not same), (day, one.id, norm)
        reported += len(told)
    assert reported > 60


def test_every_citation_has_its_piece(history: Texts) -> None:
    """Each citation of the rule book is found in the text of its time, down to the number and the letter."""
    newest = max(day for act in history.acts() for day in history.days(act))
    missing = {
        (one.entry.id, one.norm)
        for one in check(read_rules(Path(str(files("wegweiser.rules")))).entries, history, newest)
        if one.status in ("weg", "unlesbar")
    }
    assert missing == set()


def test_changes_stand_in_the_order_of_the_act() -> None:
    names = ["Anlage I", "§ 10", "§ 100", "§ 10a", "§ 2"]
    before, after = (
        Texts.of([Snapshot("AsylG", BEFORE, {name: Section(name, "", (text,)) for name in names})])
        for text in ("Alt.", "Neu.")
    )
    found = [one.section for one in changes(before, BEFORE, after, BEFORE, [])]
    assert found == ["§ 2", "§ 10", "§ 10a", "§ 100", "Anlage I"]
