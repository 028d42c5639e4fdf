"""`wegweiser check`: what the law allows one person, from when, and why."""

from __future__ import annotations

import gc
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from wegweiser.cli.access import attempt, book_of, matching, networks_of, parse_day, read_source
from wegweiser.cli.check_page import ALL
from wegweiser.cli.completions import target_names
from wegweiser.cli.parsing import Command, OptionalValue, build
from wegweiser.cli.result import Found, agenda_for, result_page
from wegweiser.cli.settings import Settings, UsageError
from wegweiser.cli.terminal import write_error
from wegweiser.engine.lights import is_treated
from wegweiser.engine.names import did_you_mean
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.engine.agenda import Executor
    from wegweiser.engine.answers import Report
    from wegweiser.engine.book import Book
    from wegweiser.engine.networks import Asker, Networks

__all__ = ["command"]


PLAIN = ("schlicht", "plain")
_DURABLE = "durable"
_TARGET = Text("Ziel", "target")
_NAME = re.compile(r"[a-z]+\.[a-z0-9_*?.]+")


def check(  # noqa: PLR0913 (an argument for each option)
    ctx: typer.Context,
    profile: Annotated[list[str] | None, typer.Argument(metavar="PROFIL...")] = None,
    *,
    json_output: Annotated[bool, typer.Option("--json")] = False,
    why: Annotated[str | None, typer.Option("--warum", "--why", metavar="[ZIEL|NR]")] = None,
    target: Annotated[
        list[str] | None, typer.Option("--ziel", "--target", metavar="GLOB", autocompletion=target_names)
    ] = None,
    on: Annotated[str | None, typer.Option("--am", "--date", metavar="JJJJ-MM-TT")] = None,
    offers_on: Annotated[
        str | None, typer.Option("--angebote-am", "--offers-on", metavar="JJJJ-MM-TT")
    ] = None,
    all_rows: Annotated[bool, typer.Option("--alle", "--all")] = False,
    agenda: Annotated[str, typer.Option("--agenda", metavar="schlicht|durable")] = PLAIN[0],
    asks: Annotated[str, typer.Option("--fuer", "--for", metavar="ROLLE")] = "ratsuchend",
) -> int:
    """Check profiles one after another; the faults of one do not stop the others."""
    settings: Settings = ctx.obj
    if not profile:
        raise UsageError(
            Text("es fehlt die Datei mit dem Profil", "the file with the profile is missing"),
            ctx.command_path,
        )
    if profile.count("-") > 1:
        raise UsageError(Text("„-“ geht nur einmal", "“-” can be given once only"), ctx.command_path)
    day = parse_day("--am", on)
    offers = parse_day("--angebote-am", offers_on)
    book = book_of(settings)
    networks = networks_of(settings, book)
    names = [*book.targets, *(offer.id for offer in networks.offers)]
    targets = matching(target, names, _TARGET) if target else None
    if len(profile) > 1:
        gc.enable()  # see start
    page = _Page(why, len(profile), _asker(asks), all_rows=all_rows)
    run = _Run(settings, networks, targets, page, _executor(agenda))
    for name in profile:
        run.one(name, day, offers, as_json=json_output)
    return run.status


class _Page(NamedTuple):
    """What the page is to show."""

    why: str | None
    profiles: int
    """How many profiles there are."""
    asks: Asker
    all_rows: bool


def _executor(name: str) -> Executor | None:
    """Who chains the agenda; None: plain Python."""
    if name in PLAIN:
        return None
    if name != _DURABLE:
        wrong = Text(
            f"--agenda {name}: möglich sind {PLAIN[0]}, {_DURABLE}",
            f"--agenda {name}: choose from {PLAIN[1]}, {_DURABLE}",
        )
        raise UsageError(wrong)
    from wegweiser.engine.agenda_durable import fire

    return fire


class _Run:
    """One call of the command: what it writes, and its exit status."""

    def __init__(
        self,
        settings: Settings,
        networks: Networks,
        targets: list[str] | None,
        shown: _Page,
        executor: Executor | None,
    ) -> None:
        self.settings = settings
        self.networks = networks
        self.book: Book = networks.law
        self.targets = targets
        self.shown = shown
        self.executor = executor
        self.status = 0
        self.written = 0

    def one(self, name: str, day: date | None, offers: date | None, *, as_json: bool) -> None:
        """Check one profile; its faults go to standard error."""
        found = attempt(name, self.settings, lambda: self.checked(name, day, offers))
        if found is None:
            self.status = 1
            return
        text = self.document(name, found) if as_json else self.page(name, found)
        self.settings.terminal.write(text)
        self.written += 1

    def checked(self, name: str, day: date | None, offers: date | None) -> Found:
        """One profile, its answers on the law and on the offers of networks, and what happens next."""
        from wegweiser import engine

        source = read_source(name, self.settings)
        profile = engine.read_profile(source, name, self.book, today=date.today(), day=day)  # noqa: DTZ011 (the user's calendar)
        report = engine.check(self.book, profile, self.targets, offers_on=offers)
        companions = self.networks.answers(
            profile, report.answers, report.angebote_am, self.targets, self.shown.asks
        )
        for network, text in self.networks.broken.items():
            write_error(f"{network}: {self.settings.say(text)}")
        agenda = agenda_for(self.book, profile, report, self.executor, self.settings)
        return Found(profile, report, agenda, companions)

    def document(self, name: str, found: Found) -> str:
        from wegweiser.cli.json_out import json_lines, report_json

        document = report_json(
            found.report, found.agenda, name, found.profile.fall, self.settings.lang, found.companions
        )
        return json_lines([document], self.settings.terminal)

    def page(self, name: str, found: Found) -> str:
        why_of = self.why_of(found.report)
        page = result_page(
            self.networks, found, self.settings, why_of, self.shown.asks, all_rows=self.shown.all_rows
        )
        if self.shown.profiles == 1:
            return page
        terminal = self.settings.terminal
        title = terminal.clean(f"=== {name} ===" if not terminal.linear else name)
        return ("\n" if self.written else "") + terminal.style(title, "head") + "\n\n" + page

    def why_of(self, report: Report) -> str | None:
        """The target that `--warum` means: by number, by name, or all."""
        if self.shown.why is None or self.shown.why == ALL:
            return self.shown.why
        treated = [answer.ziel for answer in report.answers if is_treated(answer)]
        if self.shown.why.isdecimal():
            number = int(self.shown.why)
            if not 1 <= number <= len(treated):
                text = Text(
                    f"--warum={number}: es gibt Nr. 1 bis {len(treated)}",
                    f"--why={number}: there are no. 1 to {len(treated)}",
                )
                raise UsageError(text)
            return treated[number - 1]
        return matching([self.shown.why], treated, _TARGET)[0]


def _asker(raw: str) -> Asker:
    """For whom offers are looked for."""
    from typing import get_args

    from wegweiser.engine.networks import Asker

    found: Asker | None = next((one for one in get_args(Asker) if one == raw), None)
    if found is None:
        choice = ", ".join(get_args(Asker))
        text = Text(f"--fuer {raw}: möglich sind {choice}", f"--for {raw}: choose from {choice}")
        raise UsageError(did_you_mean(text, raw, get_args(Asker)))
    return found


def _is_target(arg: str) -> bool:
    """Whether the argument after `--warum` names a target rather than a profile."""
    return arg.isdecimal() or (
        _NAME.fullmatch(arg) is not None
        and not arg.endswith((".yaml", ".yml", ".json"))
        and not Path(arg).exists()
    )


def command(name: str) -> Command:
    """The command, for the lazy group."""
    return build(check, name, OptionalValue(("--warum", "--why"), ALL, _is_target))
