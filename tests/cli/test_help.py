import re
from collections.abc import Callable, Iterator

import pytest
import typer

from wegweiser.cli import doors, help_texts
from wegweiser.cli.case import CaseGroup
from wegweiser.cli.check_page import _MORE
from wegweiser.cli.help_texts import HELP
from wegweiser.cli.law import LawGroup
from wegweiser.cli.main import Root
from wegweiser.cli.network import NetworkGroup
from wegweiser.cli.profile import ProfileGroup
from wegweiser.engine.text import LANGUAGES, Text

GROUPS = {"profil": ProfileGroup, "netz": NetworkGroup, "recht": LawGroup, "fall": CaseGroup}
KEYS = [
    *Root.entries,
    *(f"{group} {name}" for group, commands in GROUPS.items() for name in commands.entries),
]


def _texts(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)


@pytest.mark.parametrize("key", ["", *KEYS])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("columns", ["40", "80"])
def test_help_fits_and_begins_with_examples(
    run: Callable[..., tuple[int, str, str]],
    monkeypatch: pytest.MonkeyPatch,
    key: str,
    lang: str,
    columns: str,
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    status, out, err = run("--lang", lang, *key.split(), "--help")
    assert (status, err) == (0, "")
    heads = re.findall(r"^[A-ZÜ ]{6,}$", out, re.MULTILINE)
    assert heads[0] in ("BEISPIELE", "EXAMPLES")
    assert all(len(line) <= int(columns) or " " not in line.strip() for line in out.splitlines())


def test_h_is_help(run: Callable[..., tuple[int, str, str]]) -> None:
    assert run("-h") == run("--help")
    assert run("check", "-h") == run("check", "--help")


@pytest.mark.parametrize("key", KEYS)
def test_every_parameter_is_explained(key: str) -> None:
    group = GROUPS[key.split(maxsplit=1)[0]] if " " in key else Root
    name = key.rsplit(maxsplit=1)[-1]
    command = group(name="x").get_command(None, name)
    if isinstance(command, typer.core.TyperGroup):
        return
    assert set(HELP[key].parameters) == {param.name for param in command.params if not param.hidden}


@pytest.mark.parametrize(
    "text", [*_texts(dict(HELP)), *_texts(help_texts.COMMON), *_texts(help_texts.STATUS)]
)
def test_both_languages_are_there(text: Text) -> None:
    assert text.de.strip()
    assert text.en.strip()


def test_only_commands_that_exist_are_named() -> None:
    known = {*Root.entries, *Root.aliases, "--help", "--lang"}
    said = [*_texts(doors._DOORS), doors._HELP, _MORE, *_texts(dict(HELP))]
    lines = [command for _, commands in doors._DOORS for command, _ in commands]
    lines += [command for texts in HELP.values() for command, _ in texts.examples]
    lines += [match for text in said for side in text for match in re.findall(r"wegweiser [a-z-]\S*", side)]
    named = {line.split()[1] for line in lines if len(line.split()) > 1}
    assert named - known <= {"sagt", "tells"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_three_doors(run: Callable[..., tuple[int, str, str]], lang: str) -> None:
    status, out, err = run("--lang", lang)
    assert (status, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines() if re.match(r"[A-Z]{5}", line)] == {
        "de": ["BERATUNG", "BETRIEB", "TRAINING"],
        "en": ["ADVICE", "EMPLOYER", "TRAINING"],
    }[lang]


def test_version(run: Callable[..., tuple[int, str, str]]) -> None:
    status, out, err = run("--version")
    assert (status, err) == (0, "")
    program, book, law, agenda = out.splitlines()
    assert re.fullmatch(r"wegweiser \d+\.\d+\.\d+\S*", program)
    assert re.fullmatch(r"Regelwerk muster [0-9a-f]{64}", book)
    assert law == "Rechtsstand 19.08.2026, Antworten für Tage ab 01.01.2024"
    assert re.fullmatch(
        r"Agenda: schlicht; durable-rules (nicht installiert|\S+ mit --agenda durable)", agenda
    )
    assert (
        run("-V", "--lang", "en")[1].splitlines()[2]
        == "law as of 2026-08-19, answers for days from 2024-01-01"
    )
