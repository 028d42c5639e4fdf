"""The vocabulary in `rules/` against the contract, and what every fact and target must say."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
RULES = ROOT / "rules"
CONTRACT = ROOT.parent / "shared" / "contract"
TOPICS = (
    "person",
    "aufenthalt",
    "asylverfahren",
    "duldung",
    "sicherheit",
    "bildung",
    "arbeit",
    "vorhaben",
)
ADDED = {
    "person": (
        "wohnt_bei_eltern",
        "ausbildungsstaette_von_eltern_erreichbar",
        "wohnsitz_landkreis",
        "ehegatte_vollzeit_mit_kind",
        "ehegatte_ausschluss_60d",
        "pflegt_angehoerige",
        "krankheit_hindert_integration",
    ),
    "aufenthalt": (
        "titel_erteilt_am",
        "antrag_norm",
        "erkennungsdienstlich_behandelt",
        "aufnahme_wegen_krieg",
        "familiennachzug_zu",
        "eu_aufenthaltsgrund",
        "einreise_aufenthaltsverbot",
        "erlaubnis_umfang",
        "forscher_oder_wissenschaftler",
        "erlaubnis_38a_seit",
        "widerruf_mitgeteilt",
        "abschiebungsverbot_60_5_7",
    ),
    "asylverfahren": (
        "asyl_ou_titelsperre",
        "aufschiebende_wirkung_angeordnet",
        "bleibeperspektive_dauerhaft",
        "deutschland_muss_neu_pruefen",
        "kindeswohl",
        "ruecknahme_nach_beratung",
    ),
    "duldung": (
        "arbeitserlaubnis_am_2026_06_11",
        "duldungsart_seit",
        "tage_duldung_60b",
        "abschiebung_ausgesetzt_seit",
        "taeuschung_eigene",
        "taeuschung_wiederholt",
        "ausreise_mitwirkung_groeblich_verletzt",
        "identitaet_massnahmen_spaet_ergriffen",
        "rueckfuehrungstermin_fest",
        "ausbildung_abgebrochen_am",
        "sechsmonatssuche_verbraucht",
        "offensichtlicher_missbrauch",
        "antrag_25a_am",
        "antrag_60d_am",
        "antrag_60c_16g_am",
        "rechtsmittelfrist_bis",
    ),
    "sicherheit": (
        "verurteilung_vorsatz",
        "ausweisungsinteresse_25b",
        "straftat_stag",
        "straftat_erheblich",
    ),
    "bildung": (
        "in_ausbildung",
        "bildungsvorhaben",
        "integrationskurs_verpflichtung",
        "kein_kurs_moeglich",
        "anerkennungsverfahren",
        "erstsprache_deutsch",
        "berufsausuebungserlaubnis",
        "besondere_integrationsleistung",
        "pflegehilfe_abschluss",
        "abschluss_im_ausbildungsstaat_anerkannt",
        "hochschulabschluss_am",
    ),
    "arbeit": (
        "ausbildungsuchend_gemeldet",
        "arbeitsvertrag_geschlossen",
        "berufstaetig_monate",
        "erwerbstaetig_inland_monate",
        "berufserfahrung_monate_letzte_5_jahre",
        "elternteil_inland_erwerbstaetig_3_jahre",
        "lebensunterhalt_prognose_positiv",
        "lebensunterhalt_weit_ueberwiegend",
        "vollzeit_20_von_24",
        "passend_beschaeftigt_seit",
    ),
    "vorhaben": (
        "stelle_ist_titelbeschaeftigung",
        "stelle_bei_angehoerigem_im_haushalt",
        "mangelberuf_18g",
        "beruf_ikt",
        "berufsfeld_interesse",
    ),
}
MEANING = ("typ", "geordnet", "ueblich", "ohne_angabe", "aenderbar")
FACT_KEYS = {
    *MEANING,
    "werte",
    "always",
    "future",
    "expires",
    "only_if",
    "judged_by",
    "employer",
    "unsaid",
    "parts",
    "label",
    "question",
    "evidence",
    "hint",
}
TARGET_KEYS = {"label", "hint", "zustimmung_ba", "coverage", "treated", "default", "held"}
WITH_APPROVAL = {
    "taetigkeit.beschaeftigung",
    "taetigkeit.leiharbeit",
    "taetigkeit.ausbildung_betrieblich",
    "taetigkeit.einstiegsqualifizierung",
    "taetigkeit.praktikum_orientierung",
    "taetigkeit.praktikum_pflicht",
    "taetigkeit.freiwilligendienst",
    "aufenthalt.ae_ausbildung_16g",
    "aufenthalt.ae_berufsausbildung_16a",
    "aufenthalt.ae_fachkraft_18a_18b",
    "aufenthalt.blaue_karte_18g",
    "aufenthalt.ae_qualifiziert_geduldet_19d",
    "aufenthalt.ae_erfahrung_19c",
}
LABEL_OF_TARGET = 36  # a column of the table
LABEL_OF_FACT = 60
Mapping = dict[str, Any]


def load(path: Path) -> Mapping:
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


@pytest.fixture(scope="module")
def topics() -> dict[str, Mapping]:
    return {topic: load(RULES / "facts" / f"{topic}.yaml") for topic in TOPICS}


@pytest.fixture(scope="module")
def facts(topics: dict[str, Mapping]) -> Mapping:
    return {name: fact for topic in TOPICS for name, fact in topics[topic]["facts"].items()}


@pytest.fixture(scope="module")
def targets() -> Mapping:
    return load(RULES / "targets.yaml")


def contract(name: str) -> Mapping:
    path = CONTRACT / name
    if not path.exists():
        pytest.skip(f"the contract is not beside this checkout ({path})")
    return load(path)


def in_both_languages(text: object) -> bool:
    return (
        isinstance(text, dict)
        and list(text) == ["de", "en"]
        and all(isinstance(words, str) and words.strip() == words != "" for words in text.values())
    )


def missing_text(entry: Mapping, *keys: str) -> list[str]:
    return [key for key in keys if not in_both_languages(entry.get(key))]


# --- facts -----------------------------------------------------------------------------------


def test_one_file_for_each_topic(topics: dict[str, Mapping]) -> None:
    assert {path.stem for path in (RULES / "facts").glob("*.yaml")} == set(TOPICS)
    for name, topic in topics.items():
        assert list(topic) == ["topic", "label", "facts"]
        assert topic["topic"] == name
        assert in_both_languages(topic["label"])


def test_no_fact_stands_in_two_topics(topics: dict[str, Mapping]) -> None:
    names = [name for topic in topics.values() for name in topic["facts"]]
    assert len(names) == len(set(names))


def test_facts_in_the_order_of_the_contract(topics: dict[str, Mapping]) -> None:
    original = contract("fakten.yaml")
    assert list(original) == list(TOPICS)
    for topic, expected in original.items():
        assert list(topics[topic]["facts"]) == [*expected, *ADDED.get(topic, ())]


def test_facts_mean_what_the_contract_says(topics: dict[str, Mapping]) -> None:
    original = contract("fakten.yaml")
    more = contract("fakten_zusatz.yaml")
    for topic in TOPICS:
        expected = original[topic] | {name: more[topic][name] for name in ADDED.get(topic, ())}
        for name, fact in topics[topic]["facts"].items():
            ours = {key: fact[key] for key in MEANING if key in fact}
            theirs = {key: expected[name][key] for key in MEANING if key in expected[name]}
            assert ours == theirs, name
            assert [type(value) for value in ours.values()] == [type(theirs[key]) for key in ours], name
            assert list(fact.get("werte", ())) == list(expected[name].get("werte", ())), name


def test_added_facts_say_what_silence_means(facts: Mapping) -> None:
    assert [name for names in ADDED.values() for name in names if "ohne_angabe" not in facts[name]] == []


def test_facts_are_complete_in_both_languages(facts: Mapping) -> None:
    faults = {
        name: missing
        for name, fact in facts.items()
        if (missing := missing_text(fact, "label", "question", "evidence"))
        or (missing := missing_text(fact, "hint") if "hint" in fact else [])
    }
    assert faults == {}


def test_facts_have_known_keys_only(facts: Mapping) -> None:
    assert {name: set(fact) - FACT_KEYS for name, fact in facts.items() if set(fact) - FACT_KEYS} == {}
    assert {fact["judged_by"] for fact in facts.values() if "judged_by" in fact} <= {"authority"}


def test_every_value_has_a_label(facts: Mapping) -> None:
    for name, fact in facts.items():
        assert ("werte" in fact) == (fact["typ"] == "wahl"), name
        for value, label in fact.get("werte", {}).items():
            assert isinstance(value, str), f"{name}: {value!r} is no text; quote it"
            assert in_both_languages(label), f"{name}: {value}"


def test_no_two_values_of_a_fact_look_alike(facts: Mapping) -> None:
    for name, fact in facts.items():
        for language in ("de", "en"):
            labels = [label[language] for label in fact.get("werte", {}).values()]
            assert len(labels) == len(set(labels)), name


def test_labels_of_facts_are_short_and_differ(facts: Mapping) -> None:
    for language in ("de", "en"):
        labels = [fact["label"][language] for fact in facts.values()]
        assert [label for label in labels if len(label) > LABEL_OF_FACT] == []
        assert len(labels) == len(set(labels))


def test_questions_are_questions_about_the_person(facts: Mapping) -> None:
    for name, fact in facts.items():
        for language, question in fact["question"].items():
            assert question.endswith("?"), f"{name} ({language})"
        assert " Sie " not in fact["question"]["de"], name


def test_what_silence_means_is_a_value_of_the_fact(facts: Mapping) -> None:
    for name, fact in facts.items():
        meaning = fact.get("ohne_angabe")
        if meaning is None:
            continue
        if isinstance(meaning, dict):
            assert list(meaning) == ["wie"], name
            assert facts[meaning["wie"]]["typ"] == fact["typ"], name
            continue
        match fact["typ"]:
            case "wahl":
                assert meaning in fact["werte"], name
            case "bool":
                assert isinstance(meaning, bool), name
            case "zahl":
                assert type(meaning) is int, name
            case "datum" | "ort":
                assert meaning == "keine", name
            case other:
                pytest.fail(f"{name}: no check for the type {other}")


def test_only_dates_lie_ahead_or_are_never_none(facts: Mapping) -> None:
    flagged = {name for name, fact in facts.items() if "future" in fact or "always" in fact}
    assert {facts[name]["typ"] for name in flagged} == {"datum"}
    assert {name for name, fact in facts.items() if fact.get("always")} == {"geburtsdatum"}
    assert {name for name, fact in facts.items() if fact.get("future")} == {
        "titel_gueltig_bis",
        "verpflichtung_wohnsitz_bis",
        "ausbildung_beginn",
        "rechtsmittelfrist_bis",
    }


def test_only_if_names_facts_and_their_values(facts: Mapping) -> None:
    for name, fact in facts.items():
        for other, matcher in fact.get("only_if", {}).items():
            values = matcher["in"] if isinstance(matcher, dict) else [matcher]
            assert other != name
            assert set(values) <= set(facts[other].get("werte", (True, False))), name


# --- targets ---------------------------------------------------------------------------------


def test_targets_in_the_order_of_the_contract(targets: Mapping) -> None:
    original = contract("ziele.yaml")
    sections = [section for section in original if section != "programm"]
    assert list(targets["sections"]) == sections
    assert list(targets["targets"]) == [
        f"{section}.{name}" for section in sections for name in original[section]
    ]


def test_targets_stand_in_their_sections(targets: Mapping) -> None:
    assert all(in_both_languages(heading) for heading in targets["sections"].values())
    order = list(targets["sections"])
    positions = [order.index(name.split(".")[0]) for name in targets["targets"]]
    assert positions == sorted(positions)


def test_targets_are_complete_in_both_languages(targets: Mapping) -> None:
    for name, target in targets["targets"].items():
        assert set(target) <= TARGET_KEYS, name
        assert missing_text(target, "label") == [], name
        assert "hint" not in target or in_both_languages(target["hint"]), name


def test_labels_of_targets_fit_a_column_and_differ(targets: Mapping) -> None:
    for language in ("de", "en"):
        labels = [target["label"][language] for target in targets["targets"].values()]
        assert [label for label in labels if len(label) > LABEL_OF_TARGET] == []
        assert len(labels) == len(set(labels))


def test_approval_belongs_to_employment(targets: Mapping) -> None:
    named = {name for name, target in targets["targets"].items() if target.get("zustimmung_ba")}
    assert named == WITH_APPROVAL


# --- the traps of YAML -----------------------------------------------------------------------


def everything(node: object) -> list[object]:
    if isinstance(node, dict):
        return [*node, *(leaf for value in node.values() for leaf in everything(value))]
    if isinstance(node, list):
        return [leaf for value in node for leaf in everything(value)]
    return [node]


@pytest.mark.parametrize("key", ["label", "question", "evidence", "hint", "werte"])
def test_texts_are_texts(facts: Mapping, key: str) -> None:
    """`NO` is Norway and `on` a word: nothing that is read may have become a truth value."""
    for name, fact in facts.items():
        assert all(isinstance(leaf, str) for leaf in everything(fact.get(key, ""))), name


def test_no_day_is_a_mere_text(facts: Mapping) -> None:
    for name, fact in facts.items():
        if fact["typ"] == "datum" and "ohne_angabe" in fact:
            silence = fact["ohne_angabe"]
            assert silence == "keine" or isinstance(silence, (date, dict)), name
