import sys
from pathlib import Path

import pytest

from wegweiser.cli.settings import cache_folder, read_settings


def test_common_options_stand_anywhere() -> None:
    settings, rest, fault = read_settings(
        ["--lang", "en", "check", "--linear", "x", "--regelwerk=r", "--json"]
    )
    assert fault is None
    assert rest == ["check", "x", "--json"]
    assert settings.lang == "en"
    assert settings.terminal.linear
    assert settings.rulebook == Path("r")


def test_after_two_dashes_everything_is_a_name() -> None:
    _, rest, fault = read_settings(["check", "--", "--lang"])
    assert (rest, fault) == (["check", "--", "--lang"], None)


def test_language_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings([])[0].lang == "de"
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert read_settings([])[0].lang == "de"
    monkeypatch.setenv("WEGWEISER_LANG", "en")
    assert read_settings([])[0].lang == "en"
    assert read_settings(["--lang", "de"])[0].lang == "de"
    monkeypatch.setenv("WEGWEISER_LANG", "xx")
    assert read_settings([]) == (read_settings(["--lang", "de"])[0], [], None)


@pytest.mark.parametrize("args", [["--lang"], ["--lang", "fr"], ["--regelwerk"]])
def test_faults_of_common_options(args: list[str]) -> None:
    fault = read_settings(args)[2]
    assert fault is not None
    assert args[0] in fault.text.de
    assert args[0] in fault.text.en


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_cache_folder(platform: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    folder = {"linux": ".cache", "darwin": "Library/Caches", "win32": "local"}[platform]
    assert cache_folder() == tmp_path / folder / "wegweiser"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("LOCALAPPDATA", "relative")
    assert cache_folder() is None
    assert read_settings(["--no-cache"])[0].cache is None
