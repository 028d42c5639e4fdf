"""`wegweiser netz`: the networks that accompany people; list, show, check, begin a new one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

import typer

from wegweiser.cli.access import book_of, matching, networks_of, parse_day
from wegweiser.cli.completions import network_names
from wegweiser.cli.parsing import Command, Group, build, build_group
from wegweiser.cli.settings import Settings
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from wegweiser.engine.errors import Fault
    from wegweiser.engine.examples import Difference
    from wegweiser.engine.networks import Networks

__all__ = ["command"]

_DAY = "JJJJ-MM-TT"
_WHAT = Text("Netz oder Angebot", "network or offer")


class NetworkGroup(Group):
    """`wegweiser netz`."""

    entries: ClassVar = {"zeige": "network", "pruefe": "network", "neu": "network"}
    aliases: ClassVar = {"show": "zeige", "check": "pruefe", "new": "neu"}


def overview(
    ctx: typer.Context,
    *,
    on: Annotated[str | None, typer.Option("--am", "--date", metavar=_DAY)] = None,
    json_output: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """List the networks, where no command follows."""
    if ctx.invoked_subcommand is not None:
        return
    from wegweiser.cli.network_pages import network_json, overview_page

    settings: Settings = ctx.obj
    day = parse_day("--am", on) or date.today()  # noqa: DTZ011 (the user's calendar)
    networks = networks_of(settings, book_of(settings))
    if json_output:
        from wegweiser.cli.json_out import json_lines

        documents = [network_json(one, networks, day, settings.lang) for one in networks.all]
        settings.terminal.write(json_lines(documents, settings.terminal))
    else:
        settings.terminal.write(overview_page(networks, day, settings))


def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", autocompletion=network_names)],
    *,
    on: Annotated[str | None, typer.Option("--am", "--date", metavar=_DAY)] = None,
    json_output: Annotated[bool, typer.Option("--json")] = False,
) -> int:
    """Show a network or an offer."""
    from wegweiser.cli.network_pages import network_json, network_page, offer_json, offer_page
    from wegweiser.engine.netbook import AREA

    settings: Settings = ctx.obj
    day = parse_day("--am", on) or date.today()  # noqa: DTZ011 (the user's calendar)
    networks = networks_of(settings, book_of(settings))
    known = [str(one["id"]) for one in networks.all]
    short = name.removeprefix(f"{AREA}.")
    if short in known:
        network = networks.all[known.index(short)]
        if json_output:
            from wegweiser.cli.json_out import json_lines

            documents = [network_json(network, networks, day, settings.lang)]
            settings.terminal.write(json_lines(documents, settings.terminal))
        else:
            settings.terminal.write(network_page(network, networks, day, settings))
        return 0
    offers = {offer.id: offer for offer in networks.offers}
    wanted = [f"{AREA}.{short}"] if f"{AREA}.{short}" in offers else []
    found = wanted or matching([name], [*known, *offers], _WHAT)
    pages = [offers[one] for one in found if one in offers]
    if json_output:
        from wegweiser.cli.json_out import json_lines

        documents = [offer_json(one, day, settings.lang) for one in pages]
        settings.terminal.write(json_lines(documents, settings.terminal))
    else:
        settings.terminal.write("\n".join(offer_page(one, networks.law, day, settings) for one in pages))
    return 0


def inspect(
    ctx: typer.Context,
    folder: Annotated[list[str] | None, typer.Argument(metavar="[ORDNER...]")] = None,
) -> int:
    """Check networks: those of the rule book and of `--netze`, or those of some folders."""
    from wegweiser.engine.netexamples import run
    from wegweiser.engine.networks import Networks

    settings: Settings = ctx.obj
    book = book_of(settings)
    folders = [Path(one) for one in folder] if folder else list(settings.networks)
    networks, faults = Networks.with_folders(book, folders)
    names = {str(one["id"]) for one in (networks.further if folder else networks.all)}
    lines = [fault.message(settings.lang) for fault in faults]
    lines += [_difference(one, settings) for one in run(networks, names)]
    lines += [f"{name}: {settings.say(text)}" for name, text in networks.broken.items()]
    lines.append(_summary(networks, names, faults, len(lines), settings))
    settings.terminal.write("".join(settings.terminal.clean(line) + "\n" for line in lines))
    return 1 if len(lines) > 1 else 0


def _difference(one: Difference, settings: Settings) -> str:
    """What an example expects otherwise."""
    if not one.target:  # the person cannot be: what is found says where and why
        return str(one.found)
    where = f"{one.place}: {one.example}: {one.day} {one.target} {one.key}".strip()
    text = Text("{}: erwartet {}, gefunden {}", "{}: expected {}, found {}")
    return settings.say(text).format(where, one.expected, one.found)


def _summary(networks: Networks, names: set[str], faults: list[Fault], count: int, settings: Settings) -> str:
    examples = sum(len(one["examples"]) for one in networks.all if one["id"] in names)
    offers = sum(len(one["offers"]) for one in networks.all if one["id"] in names)
    text = Text(
        "{} Netze mit {} Angeboten und {} Beispielen geprüft; Fehler: {}.",
        "{} networks with {} offers and {} examples checked; faults: {}.",
    )
    said = text.get(settings.lang).format(len(names), offers, examples, count)
    if faults:
        left_out = Text(" Netze mit Fehlern sind nicht dabei.", " Networks with faults are left out.")
        said += left_out.get(settings.lang)
    return said


def new(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    *,
    into: Annotated[str, typer.Option("--nach", "--to", metavar="ORDNER")] = ".",
) -> int:
    """Begin a network: a folder with commented files that are valid at once."""
    from wegweiser.cli.network_template import write_template

    settings: Settings = ctx.obj
    made = write_template(name, Path(into), date.today(), settings)  # noqa: DTZ011 (the user's calendar)
    said = Text(
        f"{made} angelegt. Ausfüllen, dann prüfen: wegweiser netz pruefe {made}",
        f"{made} made. Fill it in, then check it: wegweiser networks check {made}",
    )
    settings.terminal.write(settings.terminal.clean(settings.say(said)) + "\n")
    return 0


_COMMANDS: dict[str, Callable[..., int]] = {"zeige": show, "pruefe": inspect, "neu": new}


def command(name: str) -> Command | Group:
    """The group `netz` or one of its commands, for the lazy groups."""
    if name in _COMMANDS:
        return build(_COMMANDS[name], name)
    return build_group(NetworkGroup, name, overview)
