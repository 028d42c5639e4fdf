from collections.abc import Callable
from importlib import import_module

import pytest

from wegweiser.cli.main import Root
from wegweiser.cli.parsing import OptionalValue
from wegweiser.cli.profile import ProfileGroup
from wegweiser.engine.names import nearest


@pytest.mark.parametrize(
    ("args", "de", "en"),
    [
        (["chekc"], "unbekannter Befehl „chekc“; gemeint „check“?", "unknown command “chekc”"),
        (["profil", "neuu"], "unbekannter Befehl „neuu“; gemeint „neu“?", "unknown command “neuu”"),
        (["profil"], "es fehlt: neu", "missing: new"),
        (["check"], "es fehlt die Datei mit dem Profil", "the file with the profile is missing"),
        (["check", "a", "--jsno"], "unbekannte Option --jsno; gemeint „--json“?", "unknown option --jsno"),
        (["check", "a", "--am"], "Option --am: der Wert fehlt", "option --am: the value is missing"),
        (
            ["check", "a", "--am", "22.11.2026"],
            "--am: „22.11.2026“ passt nicht: erwartet wird",
            "--am: “22.11.2026”",
        ),
        (["check", "a", "--angebote-am", "morgen"], "--angebote-am: „morgen“", "--angebote-am: “morgen”"),
        (["check", "-", "-"], "„-“ geht nur einmal", "“-” can be given once only"),
        (
            ["check", "a", "--ziel", "leihabreit"],
            "„leihabreit“ gibt es nicht; gemeint „leiharbeit“?",
            "there is no",
        ),
        (
            ["check", "a", "--ziel", "besch"],
            "„besch“ gibt es nicht; gemeint „beschaeftigung“?",
            "there is no",
        ),
        (["--lang", "fr", "check"], "--lang fr: möglich sind de / en", "--lang fr: choose from de / en"),
        (["--foo"], "unbekannte Option --foo", "unknown option --foo"),
        (["fakten", "a", "b"], "Aufruf nicht verstanden", "unexpected extra argument"),
        (["regel"], "es fehlt die ID einer Regel", "the id of a rule is missing"),
        (
            ["regel", "musterg_4_33"],
            "gibt es nicht; gemeint „musterg_4_3“?",
            "there is no rule “musterg_4_33”",
        ),
        (["fakten", "duldungart"], "gemeint „duldungsart“?", "did you mean “duldungsart”?"),
        (["ziele", "xyz"], "Ziel „xyz“ gibt es nicht", "there is no target “xyz”"),
        (["zeitplan", "a", "--ziel", "programm.*"], "gehören hier nicht dazu", "are not part of this"),
    ],
)
def test_wrong_usage_is_two_lines_and_status_2(
    run: Callable[..., tuple[int, str, str]], args: list[str], de: str, en: str
) -> None:
    status, out, err = run(*args)
    assert (status, out) == (2, "")
    first, second = err.splitlines()
    assert first.startswith("wegweiser: ")
    assert de in first
    assert second.startswith("Hilfe: wegweiser")
    assert second.endswith(" --help")
    if "--lang" not in args:
        status, out, err = run("--lang", "en", *args)
        assert (status, out) == (2, "")
        assert en in err.splitlines()[0]


@pytest.mark.parametrize("alias", Root.aliases)
def test_aliases_lead_to_the_same_command(run: Callable[..., tuple[int, str, str]], alias: str) -> None:
    assert run(alias, "--help") == run(Root.aliases[alias], "--help")


def test_every_entry_can_be_imported_and_aliases_have_an_entry() -> None:
    for group in (Root, ProfileGroup):
        for name, module in group.entries.items():
            assert import_module(f"wegweiser.cli.{module}").command(name).name == name
        assert set(group.aliases.values()) <= set(group.entries)


def test_optional_value() -> None:
    option = OptionalValue(("--warum", "--why"), "alle", str.isdecimal)
    assert option.spell_out(["--warum", "a.yaml"]) == ["--warum=alle", "a.yaml"]
    assert option.spell_out(["--why", "3", "a.yaml"]) == ["--why=3", "a.yaml"]
    assert option.spell_out(["a.yaml", "--warum"]) == ["a.yaml", "--warum=alle"]
    assert option.spell_out(["--warum=x", "--", "--warum"]) == ["--warum=x", "--", "--warum"]


def test_english_options_have_the_same_effect(run: Callable[..., tuple[int, str, str]], waiting: str) -> None:
    german = run(
        "check",
        waiting,
        "--am",
        "2026-11-22",
        "--warum",
        "--ziel",
        "taetigkeit",
        "--angebote-am",
        "2026-01-01",
    )
    english = run(
        "check",
        waiting,
        "--date",
        "2026-11-22",
        "--why",
        "--target",
        "taetigkeit",
        "--offers-on",
        "2026-01-01",
    )
    assert german == english
    assert german[0] == 0


def test_nearest_names_are_those_of_the_engine() -> None:
    assert nearest("chekc", Root.entries) == "check"
