"""What is found out for one profile, and the page that shows it: for `check` and for an interview."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wegweiser.cli.terminal import write_error
from wegweiser.engine.lights import is_treated
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.cli.settings import Settings
    from wegweiser.engine.agenda import Agenda, Executor
    from wegweiser.engine.answers import Report
    from wegweiser.engine.book import Book
    from wegweiser.engine.networks import Asker, Networks, OfferAnswer
    from wegweiser.engine.profile import Profile

__all__ = ["Found", "agenda_for", "result_page"]


class Found(NamedTuple):
    """What is found out for one profile."""

    profile: Profile
    report: Report
    agenda: Agenda
    companions: tuple[OfferAnswer, ...]


def agenda_for(
    book: Book, profile: Profile, report: Report, executor: Executor | None, settings: Settings
) -> Agenda:
    """What happens next; where the library fails, that is said and plain Python gives the agenda."""
    from wegweiser.engine.agenda import agenda_of

    if executor is not None:
        from wegweiser.engine.agenda_durable import AgendaError

        try:
            return agenda_of(book, profile, report.answers, executor)
        except AgendaError as problem:
            instead = Text("die Agenda kommt ohne sie", "the agenda comes without it")
            write_error(f"wegweiser: {settings.say(problem.text)}; {settings.say(instead)}")
    return agenda_of(book, profile, report.answers)


def result_page(
    networks: Networks,
    found: Found,
    settings: Settings,
    why_of: str | None,
    asks: Asker,
    *,
    all_rows: bool = False,
) -> str:
    """The whole page; see `check_page`."""
    from wegweiser.cli.check_page import check_page
    from wegweiser.cli.offers_text import offers_section

    treated = [answer.ziel for answer in found.report.answers if is_treated(answer)]
    numbers = {name: number for number, name in enumerate(treated, 1)}
    offers = offers_section(networks, found.companions, found.profile, numbers, settings, asks)
    return check_page(
        networks.law,
        found.profile,
        found.report,
        found.agenda,
        settings,
        why_of,
        offers,
        all_rows=all_rows,
    )
