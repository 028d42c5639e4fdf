"""The program as a process: encodings, terminals, pipes, signals."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]
PAGE = ("check", "fall.yaml", "--am", "2026-11-22")


@pytest.fixture(autouse=True)
def _profile(waiting: str) -> str:
    return waiting


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437", "utf-8"])
def test_any_encoding(program: Program, encoding: str) -> None:
    done = program(*PAGE, "--warum", env={"PYTHONIOENCODING": encoding})
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode(encoding)
    assert "?" not in text
    assert ("Beschäftigung" if encoding != "ascii" else "Beschaeftigung") in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_json_in_any_encoding(program: Program) -> None:
    documents = []
    for encoding in ("ascii", "utf-8"):
        done = program(*PAGE, "--json", env={"PYTHONIOENCODING": encoding})
        assert done.stderr == b""
        documents.append(json.loads(done.stdout.decode(encoding)))
    assert documents[0] == documents[1]


def test_errors_in_plain_letters(program: Program) -> None:
    done = program("check", "gößer.yaml", env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 1
    assert done.stderr.decode("ascii").startswith("goesser.yaml: Datei nicht gefunden")


@pytest.mark.skipif(sys.platform == "win32", reason="names are text there")
def test_a_name_that_is_no_text(program: Program, tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/f\xe4ll.yaml"
    with open(name, "wb") as file:  # noqa: PTH123 (a name of bytes)
        file.write(b"aufenthaltsstatus: deutsch\n")
    done = program("check", os.fsdecode(name), "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode())["profil"].endswith(".yaml")


def _on_a_terminal(rulebook: Path, folder: Path, env: dict[str, str]) -> str:
    pty = pytest.importorskip("pty")
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "wegweiser.cli", "--regelwerk", str(rulebook), *PAGE]
    with subprocess.Popen(
        command, stdout=follower, stderr=follower, cwd=folder, env=os.environ | env
    ) as process:
        os.close(follower)
        chunks = []
        while True:
            try:
                chunk = os.read(leader, 4096)
            except OSError:
                break
            if not chunk:
                break
            chunks.append(chunk)
        process.wait(30)
    os.close(leader)
    return b"".join(chunks).decode()


def test_colour_on_a_terminal_and_never_alone(rulebook: Path, tmp_path: Path) -> None:
    coloured = _on_a_terminal(rulebook, tmp_path, {"TERM": "xterm", "COLUMNS": "80"})
    assert "\x1b[33mGELB\x1b[0m" in coloured
    for env in ({"TERM": "dumb"}, {"TERM": "xterm", "NO_COLOR": "1"}):
        assert "\x1b" not in _on_a_terminal(rulebook, tmp_path, {"COLUMNS": "80"} | env)


def test_no_colour_in_a_pipe(program: Program) -> None:
    assert b"\x1b" not in program(*PAGE, env={"TERM": "xterm"}).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="signals and devices of POSIX")
class TestPosix:
    def test_a_reader_that_goes_away(self, rulebook: Path, tmp_path: Path) -> None:
        command = (
            f"{sys.executable} -m wegweiser.cli --regelwerk {rulebook} check {'fall.yaml ' * 60}| head -1"
        )
        done = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {command}"],
            cwd=tmp_path,
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert done.stderr == b""
        assert done.stdout.count(b"\n") == 1
        assert done.returncode == 141

    def test_a_full_disk(self, program: Program) -> None:
        with Path("/dev/full").open("wb") as full:
            done = program(*PAGE, capture_output=False, stdout=full, stderr=subprocess.PIPE)
        assert done.returncode == 1
        assert done.stderr.decode().startswith("wegweiser: Ausgabe nicht möglich: ")
        assert done.stderr.count(b"\n") == 1

    @pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
    def test_closed_streams(self, rulebook: Path, tmp_path: Path, closed: str) -> None:
        command = f"{sys.executable} -m wegweiser.cli --regelwerk {rulebook} {' '.join(PAGE)} {closed}"
        done = subprocess.run(
            ["bash", "-c", command], cwd=tmp_path, capture_output=True, check=False, timeout=60
        )
        assert (done.returncode, done.stderr) == (0, b"")

    def test_closed_standard_input_has_no_profile(self, rulebook: Path, tmp_path: Path) -> None:
        command = f"{sys.executable} -m wegweiser.cli --regelwerk {rulebook} check - <&-"
        done = subprocess.run(
            ["bash", "-c", command], cwd=tmp_path, capture_output=True, check=False, timeout=60
        )
        assert (done.returncode, done.stderr.decode()) == (1, "-: nicht lesbar\n")

    def test_a_device_without_end(self, program: Program) -> None:
        done = program("check", "/dev/zero")
        assert done.returncode == 1
        assert done.stderr.decode().startswith("/dev/zero: zu groß")

    @pytest.mark.usefixtures("heeding")
    def test_interruption_is_quiet(self, rulebook: Path, tmp_path: Path) -> None:
        command = [sys.executable, "-m", "wegweiser.cli", "--regelwerk", str(rulebook), "check", "-"]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
        ) as process:
            time.sleep(1.5)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (130, b"", b"")


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("wegweiser ", "fakten"),
        ("wegweiser profil ", "neu"),
        ("wegweiser check --", "--warum"),
        ("wegweiser check --", "--linear"),
        ("wegweiser check --ziel leih", "leiharbeit"),
        ("wegweiser ziele taetigkeit.leih", "taetigkeit.leiharbeit"),
        ("wegweiser fakten duldungs", "duldungsart"),
        ("wegweiser regel jarbschg_5", "jarbschg_5_1"),
    ],
)
def test_completion(program: Program, line: str, offered: str) -> None:
    words = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    done = program(env={"_WEGWEISER_COMPLETE": "complete_bash"} | words)
    assert offered in done.stdout.decode().split()


def test_the_script_for_completion(program: Program) -> None:
    done = program("--show-completion", "bash")
    assert done.returncode == 0, done.stderr
    assert b"complete -o default -F _wegweiser_completion wegweiser" in done.stdout
