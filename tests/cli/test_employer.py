"""`wegweiser arbeitgeber` with the project's own rule book: mapping, duties, deadlines, forms of output."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wegweiser.cli.main import main
from wegweiser.engine import open_book

DAY = ("--am", "2026-11-22")
JOB = "taetigkeit.beschaeftigung"
TRAINING = "taetigkeit.ausbildung_betrieblich"
HIDDEN = re.compile(r"asylantrag|täusch|Täusch|krank|Dublin|Abschiebungshindernis|60a Abs. 6", re.IGNORECASE)


class Ran:
    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


Run = Callable[..., Ran]
Write = Callable[..., str]


@pytest.fixture
def hire(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*args: str) -> Ran:
        status = main(["arbeitgeber", *DAY, *args])
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return run


GESTATTUNG: dict[str, object] = {
    "aufenthaltsstatus": "aufenthaltsgestattung",
    "geburtsdatum": "1998-04-02",
    "staatsangehoerigkeit": "SY",
    "asylverfahren_stand": "laufend",
    "dublin_verfahren": False,
    "schutz_in_anderem_eu_staat": False,
    "beschleunigtes_verfahren": False,
    "mitwirkung_verletzt": False,
    "wohnpflicht_aufnahmeeinrichtung": True,
    "asylantrag_registriert_am": "2026-11-01",
    "ununterbrochen_seit": "2026-11-01",
}
DULDUNG: dict[str, object] = {
    "aufenthaltsstatus": "duldung",
    "duldungsart": "allgemein",
    "geburtsdatum": "1998-04-02",
    "staatsangehoerigkeit": "SY",
    "asylverfahren_stand": "abgelehnt_rechtskraeftig",
    "duldung_seit": "2026-01-10",
    "ununterbrochen_seit": "2025-05-01",
    "einreise_zum_leistungsbezug": False,
    "abschiebungshindernis_selbst_verschuldet": False,
    "massnahmen_aufenthaltsbeendigung": False,
    "wohnpflicht_aufnahmeeinrichtung": False,
}


# --- the verdict -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "verdict", "approval"),
    [
        (
            {"aufenthaltsstatus": "niederlassungserlaubnis", "geburtsdatum": "1990-01-01"},
            "ja",
            "nicht_erforderlich",
        ),
        (DULDUNG, "nach_erlaubnis", "erforderlich"),
        ({**DULDUNG, "titel_erwerbstaetigkeit": "gestattet"}, "ja", "nicht_erforderlich"),
        (GESTATTUNG, "noch_nicht", "erforderlich"),
        ({**DULDUNG, "duldungsart": "ungeklaerte_identitaet_60b"}, "nein", None),
        ({"aufenthaltsstatus": "ausreisepflichtig_ohne_duldung", "geburtsdatum": "1990-01-01"}, "nein", None),
        ({"aufenthaltsstatus": "aufenthaltserlaubnis", "geburtsdatum": "1990-01-01"}, "unklar", "unklar"),
    ],
    ids=["free", "toleration", "permission printed", "waiting", "60b", "without a document", "no section"],
)
def test_outcomes_become_verdicts(
    hire: Run, profile: Write, facts: dict[str, object], verdict: str, approval: str | None
) -> None:
    found = hire(profile(**facts), "--json")
    assert (found.status, found.err) == (0, "")
    assert (found.json["darf_eingestellt_werden"], found.json["zustimmung_ba"]) == (verdict, approval)


def test_the_first_day_is_told(hire: Run, profile: Write) -> None:
    assert hire(profile(**GESTATTUNG), "--json").json["ab"] == "2027-02-02"


def test_what_only_the_authority_examines_is_not_missing(hire: Run, profile: Write) -> None:
    name = profile(aufenthaltsstatus="duldung", duldungsart="allgemein", geburtsdatum="1998-04-02")
    found = hire(name, "--json").json
    assert (found["darf_eingestellt_werden"], found["fehlend"]) == ("nach_erlaubnis", [])
    assert found["behoerde_prueft"] is True
    assert "unklar" not in found["moeglich"]


@pytest.mark.parametrize(
    "facts", [{}, {"aufenthaltsstatus": "duldung"}, {"aufenthaltsstatus": "aufenthaltserlaubnis"}], ids=str
)
def test_missing_is_only_what_an_employer_sees(hire: Run, profile: Write, facts: dict[str, str]) -> None:
    vocabulary = open_book().vocabulary
    found = hire(profile(fall="leer", **facts), "--json").json
    assert found["darf_eingestellt_werden"] == "unklar"
    assert found["fehlend"]
    assert all(vocabulary.fact(name).employer for name in found["fehlend"])


def test_the_kind_of_toleration_decides_where_it_is_not_told(hire: Run, profile: Write) -> None:
    name = profile(aufenthaltsstatus="duldung", geburtsdatum="1998-04-02")
    assert hire(name, "--json").json["fehlend"] == ["duldungsart"]


@pytest.mark.parametrize(
    ("options", "verdict"),
    [
        (["duldung"], "nach_erlaubnis"),
        (["gestattung"], "nach_erlaubnis"),
        (["Duldung", "--nebenbestimmung", "gestattet"], "ja"),
        (["gestattung", "--nebenbestimmung", "Erwerbstätigkeit oder Beschäftigung gestattet"], "ja"),
        (["duldung", "--nebenbestimmung", "Erwerbstätigkeit gestattet"], "ja"),
        (["duldung-60b"], "nein"),
        (["Blaue Karte EU"], "nach_erlaubnis"),
        (["titel", "--titel", "24"], "ja"),
        (["titel"], "unklar"),
        (["eu"], "ja"),
        (["duldung", "--geburtsdatum", "2013-01-01"], "unklar"),
    ],
    ids=" ".join,
)
def test_a_paper_alone_is_enough(hire: Run, options: list[str], verdict: str) -> None:
    found = hire("--papier", *options, "--json")
    assert (found.status, found.err) == (0, "")
    assert found.json["darf_eingestellt_werden"] == verdict
    assert found.json["profil"] is None


def test_training_needs_no_approval_with_a_toleration(hire: Run) -> None:
    found = hire("--papier", "duldung", "--vorhaben", "ausbildung", "--json").json
    assert (found["ziel"], found["zustimmung_ba"]) == (TRAINING, "nicht_erforderlich")


def test_approval_that_is_needed_only_later_is_not_denied(hire: Run, profile: Write) -> None:
    known = ("aufenthaltsstatus", "geburtsdatum", "asylantrag_registriert_am", "ununterbrochen_seit")
    found = hire(profile(**{name: GESTATTUNG[name] for name in known}), "--json").json
    assert (found["darf_eingestellt_werden"], found["zustimmung_ba"]) == ("nach_erlaubnis", "unklar")


def test_limits_of_a_title_go_with_the_yes(hire: Run) -> None:
    found = hire("--papier", "titel", "--titel", "16a").out
    assert "JA." in found
    assert "nur in den Grenzen" in " ".join(found.split())
    assert "20 Stunden" in found


def test_the_json_has_the_names_of_the_contract(hire: Run, profile: Write) -> None:
    found = hire(profile(fall="eins", **DULDUNG), "--json")
    assert found.out.count("\n") == 1
    assert list(found.json)[:11] == [
        "schema", "profil", "fall", "stichtag", "ziel", "darf_eingestellt_werden", "ab", "zustimmung_ba",
        "pflichten", "normen", "fehlend",
    ]  # fmt: skip
    assert found.json["schema"] == "wegweiser.arbeitgeber/1"
    assert (found.json["profil"], found.json["fall"], found.json["ziel"]) == ("fall.yaml", "eins", JOB)
    for duty in found.json["pflichten"]:
        assert list(duty)[:5] == ["was", "phase", "frist", "norm", "folge"]
        assert duty["phase"] in ("vor_vertrag", "vor_beginn", "waehrend", "ende")


# --- duties ----------------------------------------------------------------------------------

TITLE: dict[str, object] = {
    "aufenthaltsstatus": "aufenthaltserlaubnis",
    "titel_norm": '"§ 18a"',
    "geburtsdatum": "1990-01-01",
}
YOUNG: dict[str, object] = {**DULDUNG, "geburtsdatum": "2009-06-01", "schulpflichtig": False}
CASES: dict[str, tuple[dict[str, object], str, str]] = {
    "aufenthg_4a_5_s1": (TITLE, JOB, ""),
    "aufenthg_4a_5_s2": (DULDUNG, JOB, ""),
    "aufenthg_4a_5_s3_nr1": (DULDUNG, JOB, ""),
    "aufenthg_4a_5_s3_nr2": (DULDUNG, JOB, "solange"),
    "aufenthg_4a_5_s3_nr3": (TITLE, JOB, "vier Wochen"),
    "aufenthg_4a_5_s4": (TITLE, "taetigkeit.selbstaendigkeit", ""),
    "aufenthg_39_4_s1": (DULDUNG, JOB, "mit dem Antrag"),
    "aufenthg_39_4_s2": (DULDUNG, JOB, "einen Monat"),
    "aufenthg_45c": (TITLE, JOB, "am ersten Arbeitstag"),
    "aufenthg_60c_5_s1": ({**DULDUNG, "duldungsart": "ausbildungsduldung_60c"}, TRAINING, "zwei Wochen"),
    "aufenthg_60d_3_s3": ({**DULDUNG, "duldungsart": "beschaeftigungsduldung_60d"}, JOB, "zwei Wochen"),
    "aufenthg_16g_4_s1": ({**TITLE, "titel_norm": '"§ 16g Abs. 1"'}, TRAINING, "zwei Wochen"),
    "aufenthg_82_6_s1": (TITLE, JOB, "zwei Wochen"),
    "aufenthg_98a_2a": (DULDUNG, JOB, "solange"),
    "beschv_36_2": (DULDUNG, JOB, "zwei Wochen"),
    "beschv_36_3": (DULDUNG, JOB, ""),
    "jarbschg_32_1": (YOUNG, JOB, "14 Monate"),
    "jarbschg_33_1": (YOUNG, JOB, "ein Jahr"),
    "sgb3_404_1": (DULDUNG, JOB, ""),
    "agg_7_1": (DULDUNG, JOB, ""),
    "bbig_36_1_s1": (DULDUNG, TRAINING, "sofort"),
    "hwo_30_1_s1": (DULDUNG, TRAINING, "sofort"),
    "aueg_16_1_nr2": (DULDUNG, "taetigkeit.leiharbeit", ""),
}
ALWAYS_IF = {"aufenthg_45c", "sgb3_404_1", "bbig_36_1_s1", "hwo_30_1_s1"}
GERMAN: dict[str, object] = {"aufenthaltsstatus": "deutsch", "geburtsdatum": "1990-01-01"}
FOR_EVERYBODY = {"agg_7_1", "sgb3_404_1", "bbig_36_1_s1", "hwo_30_1_s1"}


def _duties(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {duty["pflicht"]: duty for duty in (*found["pflichten"], *found["hinweise"])}


def test_every_duty_has_a_case() -> None:
    assert {entry["id"] for entry in open_book().data["duties"]} == set(CASES)


@pytest.mark.parametrize("duty", CASES)
def test_a_duty_holds_with_its_deadline(hire: Run, profile: Write, duty: str) -> None:
    facts, target, deadline = CASES[duty]
    found = _duties(hire(profile(**facts), "--ziel", target, "--json").json)
    assert duty in found
    assert bool(found[duty]["falls"]) == (duty in ALWAYS_IF)
    assert deadline in (found[duty]["frist"] or "")


@pytest.mark.parametrize("duty", [name for name in CASES if name not in FOR_EVERYBODY])
def test_a_duty_does_not_hold_for_a_german(hire: Run, profile: Write, duty: str) -> None:
    assert duty not in _duties(hire(profile(**GERMAN), "--ziel", CASES[duty][1], "--json").json)


@pytest.mark.parametrize("status", ["freizuegigkeit_eu", "aufenthaltskarte_eu"])
def test_free_movement_brings_no_duty_of_the_residence_act(hire: Run, profile: Write, status: str) -> None:
    found = hire(profile(aufenthaltsstatus=status, geburtsdatum="1990-01-01"), "--json").json
    assert not [name for name in _duties(found) if name.startswith("aufenthg")]


@pytest.mark.parametrize("section", ["§ 25 Abs. 2", "§ 16a", "§ 20", "§ 21", "§ 24", "§ 28"])
def test_no_four_week_report_for_other_titles(hire: Run, profile: Write, section: str) -> None:
    facts = {**TITLE, "titel_norm": f'"{section}"'}
    assert "aufenthg_4a_5_s3_nr3" not in _duties(hire(profile(**facts), "--json").json)


JOBS = (
    *("§ 18", "§ 18a", "§ 18b", "§ 18d", "§ 18f", "§ 18g", "§ 19", "§ 19b", "§ 19c", "§ 19d", "§ 19e"),
    "§ 20a Abs. 5",
)
STUDIES = ("§ 16a", "§ 16b", "§ 16d", "§ 16e", "§ 16f", "§ 16g Abs. 1", "§ 17", "§ 20a Abs. 1", "§ 21")


@pytest.mark.parametrize("section", [*JOBS, *STUDIES])
def test_which_titles_bring_a_report_of_the_end(hire: Run, profile: Write, section: str) -> None:
    found = _duties(hire(profile(**{**TITLE, "titel_norm": f'"{section}"'}), "--json").json)
    assert ("aufenthg_4a_5_s3_nr3" in found) == (section in JOBS)
    assert "aufenthg_82_6_s1" in found


def test_a_duty_that_hangs_on_the_paper_is_said_with_its_condition(hire: Run) -> None:
    found = _duties(hire("--papier", "duldung", "--vorhaben", "ausbildung", "--json").json)
    assert found["aufenthg_60c_5_s1"]["falls"] == ["die Person eine Ausbildungsduldung hat"]
    assert found["jarbschg_32_1"]["falls"] == ["die Person noch nicht 18 ist"]


def test_fines_follow_the_wording_of_the_day(hire: Run, profile: Write) -> None:
    name = profile(**{**DULDUNG, "duldung_seit": "2024-01-10", "ununterbrochen_seit": "2024-01-10"})
    now = _duties(hire(name, "--json").json)
    then = _duties(hire(name, "--json", "--am", "2025-06-01").json)
    assert "Nr. 28" in now["aufenthg_39_4_s1"]["folge"]
    assert then["aufenthg_39_4_s1"]["folge"] is None
    assert "Nr. 5 SGB III" in then["aufenthg_39_4_s2"]["folge"]
    assert "aufenthg_45c" not in _duties(hire(profile(**TITLE), "--json", "--am", "2025-12-31").json)


# --- pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("columns", ["40", "80"])
def test_the_page_fits_and_is_complete(
    hire: Run, monkeypatch: pytest.MonkeyPatch, lang: str, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    found = hire(
        "--papier", "duldung", "--gueltig-bis", "2027-01-21", "--beginn", "2027-08-01", "--lang", lang
    )
    assert (found.status, found.err) == (0, "")
    assert all(len(line) <= int(columns) for line in found.out.splitlines())
    heads = re.findall(r"^[A-ZÄÖÜ][A-ZÄÖÜ, ]{4,}", found.out, re.MULTILINE)
    german = ["KURZANTWORT", "VOR DEM VERTRAG", "WÄHREND", "FOLGEN", "FRAGEN"]
    english = ["SHORT ANSWER", "BEFORE THE CONTRACT", "WHILE EMPLOYED", "CONSEQUENCES", "QUESTIONS"]
    wanted = german if lang == "de" else english
    assert [head.strip() for head in heads if head.strip() in wanted] == wanted


def test_the_document_is_looked_at_again_before_it_ends(hire: Run) -> None:
    found = hire("--papier", "duldung", "--gueltig-bis", "2027-01-21").out
    assert "Wiedervorlage am 10.12.2026" in found
    assert "Wiedervorlage sofort" in hire("--papier", "duldung", "--gueltig-bis", "2026-12-10").out
    assert "seit dem 01.11.2026 abgelaufen" in hire("--papier", "duldung", "--gueltig-bis", "2026-11-01").out


def test_a_no_that_rests_on_what_is_hidden_names_no_reason(hire: Run, profile: Write) -> None:
    facts = {**DULDUNG, "abschiebungshindernis_selbst_verschuldet": True}
    found = hire(profile(**facts))
    assert "ROT: NEIN" in found.out
    assert "Die Gründe liegen nicht im Betrieb" in " ".join(found.out.split())
    assert not HIDDEN.search(found.out)
    assert hire("fall.yaml", "--json").json["normen"] == ["§ 4a Abs. 4 AufenthG"]


@pytest.mark.parametrize("form", [(), ("--checkliste",), ("--json",), ("--linear",)], ids=str)
def test_nothing_hidden_is_shown(hire: Run, profile: Write, form: tuple[str, ...]) -> None:
    for facts in (
        DULDUNG,
        GESTATTUNG,
        {"aufenthaltsstatus": "duldung"},
        {**DULDUNG, "duldung_seit": "unbekannt"},
    ):
        assert not HIDDEN.search(hire(profile(**facts), *form).out)


def test_linear_says_one_thing_a_line(hire: Run) -> None:
    lines = hire("--papier", "duldung", "--linear").out.splitlines()
    assert "GELB: ERST NACH ERLAUBNIS." in lines
    assert not [line for line in lines if line.startswith((" ", "["))]


def test_the_checklist_is_markdown(hire: Run) -> None:
    found = hire("--papier", "duldung", "--beruf", "*Koch* <b>[x](y)", "--checkliste").out
    assert found.startswith("# Checkliste für den Betrieb\n")
    assert "- [ ] " in found
    assert r"\*Koch\* \<b\>\[x\](y)" in found
    assert "Prüfsumme" in found


def test_hostile_text_cannot_steer_the_terminal(hire: Run) -> None:
    for form in ((), ("--checkliste",), ("--linear",)):
        found = hire("--papier", "duldung", "--beruf", "Koch\x1b[2J\u202e\n# Titel", *form).out
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", found)
        assert "\n# Titel" not in found


# --- usage -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("--titel", "18a"),
        ("--papier", "dulding"),
        ("--papier", "duldung", "--titel", "18a"),
        ("--papier", "titel", "--titel", "999"),
        ("--papier", "duldung", "--geburtsdatum", "1.1.2000"),
        ("--papier", "duldung", "--geburtsdatum", "2030-01-01"),
        ("--papier", "duldung", "--gueltig-bis", "bald"),
        ("--papier", "duldung", "--beginn", "bald"),
        ("--papier", "duldung", "--nebenbestimmung", "irgendwas"),
        ("--papier", "duldung", "--vorhaben", "praktikum"),
        ("--papier", "duldung", "--vorhaben", "fliegen"),
        ("--papier", "duldung", "--json", "--checkliste"),
        ("fall.yaml", "--papier", "duldung"),
        ("-", "-"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_clear_line(hire: Run, args: tuple[str, ...]) -> None:
    found = hire(*args)
    assert (found.status, found.out) == (2, "")
    assert len(found.err.splitlines()) == 2
    assert "--help" in found.err


def test_a_bad_profile_does_not_stop_the_others(hire: Run, profile: Write) -> None:
    good = profile(**DULDUNG)
    bad = profile("unsinn: 1\n", name="bad.yaml")
    found = hire(bad, "missing.yaml", good)
    assert found.status == 1
    assert len(found.err.splitlines()) == 2
    assert "=== fall.yaml ===" in found.out


def test_the_english_name_is_the_same_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["employer", "--paper", "duldung", "--lang", "en", *DAY]) == 0
    assert "ONLY AFTER A PERMISSION" in capsys.readouterr().out


def test_the_dialogue_asks_what_stands_on_the_paper(hire: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = io.StringIO("99\nduldung\nbald\n2027-01-21\n2\nausbildung\n\n")
    monkeypatch.setattr(answers, "isatty", lambda: True)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdin", answers)
    monkeypatch.setenv("NO_COLOR", "1")
    found = hire()
    assert (found.status, found.err) == (0, "")
    assert "ERST NACH ERLAUBNIS" in found.out
    assert "Betriebliche Ausbildung" in found.out
    assert "gültig bis: 21.01.2027" in found.out
    assert not HIDDEN.search(found.out)


def test_the_mock_of_the_paper_example(hire: Run, tmp_path: Path) -> None:
    found = hire(
        *("--papier", "duldung", "--gueltig-bis", "2027-01-21", "--vorhaben", "ausbildung"),
        *("--nebenbestimmung", "Beschäftigung nur mit Erlaubnis der Ausländerbehörde"),
        *("--beruf", "Bäcker/in", "--beginn", "2027-08-01"),
    ).out
    assert "(BA): nicht nötig" in found
    assert "Beruf: Bäcker/in" in found
    assert "vor dem Beginn am 01.08.2027" in found
    assert not list(tmp_path.iterdir())  # nothing is stored
