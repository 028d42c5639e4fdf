"""The vocabulary as data: what its facts say, and that it survives the cache."""

import json
from typing import Any

import pytest

from wegweiser.engine.text import Text
from wegweiser.engine.vocabulary import Same, Vocabulary

DATA: dict[str, Any] = {
    "topics": {"stelle": {"de": "Stelle", "en": "job"}},
    "facts": {
        "lohn": {
            "topic": "stelle",
            "typ": "geld",
            "label": {"de": "Lohn", "en": "pay"},
            "question": {"de": "Wie viel?", "en": "How much?"},
            "evidence": {"de": "Vertrag", "en": "contract"},
            "hint": {"de": "brutto", "en": "gross"},
            "aenderbar": True,
            "ohne_angabe": 450,
        },
        "niveau": {
            "topic": "stelle",
            "typ": "wahl",
            "werte": {"a": {"de": "A", "en": "A"}, "b": {"de": "B", "en": "B"}},
            "label": {"de": "Niveau", "en": "level"},
            "question": {"de": "Welches?", "en": "Which?"},
            "geordnet": True,
            "ueblich": "b",
            "only_if": {"streik": False},
        },
        "streik": {
            "topic": "stelle",
            "typ": "bool",
            "label": {"de": "Streik", "en": "strike"},
            "question": {"de": "Streik?", "en": "Strike?"},
            "ueblich": False,
            "ohne_angabe": False,
            "judged_by": "authority",
        },
        "beginn": {
            "topic": "stelle",
            "typ": "datum",
            "label": {"de": "Beginn", "en": "start"},
            "question": {"de": "Wann?", "en": "When?"},
            "future": True,
            "ohne_angabe": "keine",
        },
        "geburt": {
            "topic": "stelle",
            "typ": "datum",
            "label": {"de": "Geburt", "en": "birth"},
            "always": True,
            "ohne_angabe": {"wie": "beginn"},
        },
    },
}


def test_facts() -> None:
    vocabulary = Vocabulary.from_data(
        {**DATA, "facts": {**DATA["facts"], "lohn": {**DATA["facts"]["lohn"], "ohne_angabe": 450}}}
    )
    lohn, niveau, streik, beginn, geburt = vocabulary
    assert vocabulary.names == ("lohn", "niveau", "streik", "beginn", "geburt")
    assert len(vocabulary) == 5
    assert "lohn" in vocabulary
    assert "löhne" not in vocabulary
    assert vocabulary.fact("lohn") is lohn
    assert lohn.typ == "geld"
    assert lohn.topic == "stelle"
    assert vocabulary.topic_label("stelle") == Text("Stelle", "job")
    assert lohn.label == Text("Lohn", "pay")
    assert lohn.question == Text("Wie viel?", "How much?")
    assert lohn.evidence == Text("Vertrag", "contract")
    assert lohn.hint == Text("brutto", "gross")
    assert lohn.aenderbar
    assert lohn.ohne_angabe == 45000
    assert lohn.werte == ()
    assert niveau.werte == ("a", "b")
    assert niveau.value_labels == {"a": Text("A", "A"), "b": Text("B", "B")}
    assert niveau.geordnet
    assert niveau.ueblich == "b"
    assert niveau.ohne_angabe is None
    assert niveau.only_if == {"streik": False}
    assert niveau.evidence is None
    assert niveau.hint is None
    assert streik.ueblich is False
    assert streik.ohne_angabe is False
    assert streik.judged_by == "authority"
    assert beginn.future
    assert not beginn.always
    assert beginn.ohne_angabe == "keine"
    assert geburt.always
    assert geburt.ohne_angabe == Same("beginn")
    assert geburt.question == geburt.label


def test_a_fact_that_is_not_there() -> None:
    vocabulary = Vocabulary.from_data(DATA)
    with pytest.raises(KeyError):
        vocabulary.fact("lohnn")
    assert vocabulary.unknown_name("lohnn") == Text(
        "diese Angabe gibt es nicht; gemeint „lohn“?", "there is no such fact; did you mean “lohn”?"
    )


def test_a_default_that_fits_no_type_is_an_error() -> None:
    lohn = {**DATA["facts"]["lohn"], "ohne_angabe": "viel"}
    with pytest.raises(TypeError, match="lohn"):
        Vocabulary.from_data({"facts": {"lohn": lohn}}).fact("lohn")


def test_the_vocabulary_survives_the_cache(vocabulary_data: dict[str, Any], vocabulary: Vocabulary) -> None:
    again = Vocabulary.from_data(json.loads(json.dumps(vocabulary_data)))
    assert list(again) == list(vocabulary)


def test_the_real_vocabulary(vocabulary: Vocabulary) -> None:
    assert vocabulary.fact("geburtsdatum").always
    assert vocabulary.fact("ausbildung_beginn").future
    assert vocabulary.fact("ausbildung_angebot").ohne_angabe == "keins"
    assert vocabulary.fact("deutschniveau").geordnet
    for fact in vocabulary:
        assert fact.label.de
        assert fact.question.en
        if isinstance(fact.ohne_angabe, Same):
            assert fact.ohne_angabe.fact in vocabulary


def test_places_and_titles_need_no_data() -> None:
    vocabulary = Vocabulary.from_data(DATA)
    assert vocabulary.place_name("köln") == "köln"
    assert vocabulary.title("25 V") == "§ 25 Abs. 5"
    assert isinstance(vocabulary.title("25 AufenthG"), Text)


def test_residence_names_only_what_there_is(vocabulary: Vocabulary, vocabulary_data: dict[str, Any]) -> None:
    residence = vocabulary_data["residence"]
    for fact in residence["entry"].values():
        assert fact in vocabulary
    statuses = vocabulary.fact(residence["entry"]["status"]).werte
    for fact, chain in residence["chains"].items():
        assert vocabulary.fact(fact).typ == "datum"
        for key in ("statuses", "continued_by", "held"):
            assert set(chain.get(key, ())) <= set(statuses)
        assert set(chain.get("held", ())) <= {*chain["statuses"], *chain.get("continued_by", ())}
    for fact, count in residence["days"].items():
        assert vocabulary.fact(fact).typ == "zahl"
        for key, value in count["where"].items():
            assert vocabulary.parse_value(residence["entry"][key], value) == value
    for definition in (*residence["chains"].values(), *residence["days"].values()):
        assert definition["because"].keys() == {"de", "en"}
        assert definition["norm"]


def test_titles_are_spelled_in_the_one_way(vocabulary: Vocabulary, vocabulary_data: dict[str, Any]) -> None:
    titles = vocabulary_data["residence"]["titles"]
    assert len(set(titles["sections"])) == len(titles["sections"])
    for number in titles["sections"]:
        assert vocabulary.title(number) == f"§ {number}"
    for written, meant in titles["spellings"].items():
        assert vocabulary.title(written) == meant
        assert vocabulary.title(meant) == meant


def test_places_lie_in_lands_that_there_are(vocabulary: Vocabulary, vocabulary_data: dict[str, Any]) -> None:
    places = vocabulary_data["places"]
    lands = set(vocabulary.fact(places["land"]).werte)
    assert vocabulary.fact(places["fact"]).typ == "ort"
    told = [[land] if isinstance(land, str) else land for land in places["places"].values()]
    assert {land for one in told for land in one} == lands
    assert set(places["spellings"].values()) <= set(places["places"])
    for name in places["places"]:
        assert vocabulary.parse_value(places["fact"], name) == name
    for written, meant in places["spellings"].items():
        assert vocabulary.parse_value(places["fact"], written) == meant
