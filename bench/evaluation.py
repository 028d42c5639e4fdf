"""What one evaluation costs: all targets of one profile, with days, missing facts and proof.

In one process, over generated persons with a toleration or in the asylum procedure, told as fully
as an adviser tells them, with five facts left out, and with next to nothing known.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from rich.console import Console
from rich.table import Table

from wegweiser import engine
from wegweiser.engine.errors import ProfileError
from wegweiser.engine.profile import Profile

DAY = date(2026, 11, 22)
LONGEST = 20_000
"""Milliseconds after which a kind of profile has been measured enough."""
STATES = ("SY", "AF", "ER", "GN", "IR", "GE", "MA", "NG", "UA", "CO")


def person(chance: random.Random) -> dict[str, Any]:
    """Make up the facts of one person, with dates in an order that can happen."""

    def holds(probability: float) -> bool:
        return chance.random() < probability

    tolerated = holds(0.6)
    entered = DAY - timedelta(days=chance.randrange(20, 3000))
    registered = entered + timedelta(days=chance.randrange(0, 10))
    lodged = min(DAY, registered + timedelta(days=chance.randrange(0, 40)))
    facts: dict[str, Any] = {
        "geburtsdatum": DAY - timedelta(days=chance.randrange(15 * 365, 55 * 365)),
        "staatsangehoerigkeit": chance.choice(STATES),
        "familienstand": chance.choice(["ledig", "geschieden"]),
        "einreise": entered,
        "ununterbrochen_seit": entered,
        "titel_gueltig_bis": DAY + timedelta(days=chance.randrange(5, 300)),
        "titel_erwerbstaetigkeit": chance.choice(["nur_mit_erlaubnis", "nicht_gestattet", "ohne_eintrag"]),
        "identitaet_geklaert": holds(0.7),
        "wohnpflicht_aufnahmeeinrichtung": holds(0.3),
        "asylantrag_gestellt": True,
        "asylantrag_registriert_am": registered,
        "asylantrag_gestellt_am": lodged,
        "dublin_verfahren": holds(0.1),
        "schutz_in_anderem_eu_staat": holds(0.1),
        "straftat_ausschluss": holds(0.05),
        "deutschniveau": chance.choice(["keine", "a1", "a2", "b1", "b2"]),
        "schulpflichtig": holds(0.1),
        "schulabschluss": chance.choice(["keiner", "ausland_nicht_anerkannt", "hauptschule"]),
        "berufsabschluss": chance.choice(["keiner", "ausland_nicht_anerkannt"]),
        "ausbildung_angebot": chance.choice(["keins", "betrieblich_qualifiziert", "schulisch_qualifiziert"]),
        "stelle_vorhanden": holds(0.3),
        "stelle_leiharbeit": holds(0.1),
    }
    if tolerated:
        since = lodged + timedelta(days=chance.randrange(0, max(1, (DAY - lodged).days)))
        facts |= {
            "aufenthaltsstatus": "duldung",
            "duldungsart": "ungeklaerte_identitaet_60b" if holds(0.1) else "allgemein",
            "duldung_seit": since,
            "asylverfahren_stand": "abgelehnt_rechtskraeftig",
            "asyl_ablehnung": chance.choice(["einfach_unbegruendet", "offensichtlich_unbegruendet"]),
            "massnahmen_aufenthaltsbeendigung": holds(0.1),
            "einreise_zum_leistungsbezug": False,
            "abschiebungshindernis_selbst_verschuldet": holds(0.1),
            "beschaeftigung_im_asylverfahren_erlaubt": holds(0.2),
        }
    else:
        facts |= {
            "aufenthaltsstatus": "aufenthaltsgestattung",
            "asylverfahren_stand": chance.choice(["laufend", "abgelehnt_nicht_rechtskraeftig"]),
            "asylfolgeantrag": holds(0.1),
            "beschleunigtes_verfahren": holds(0.1),
            "mitwirkung_verletzt": holds(0.1),
        }
    return facts


def without(facts: dict[str, Any], chance: random.Random, count: int) -> dict[str, Any]:
    """Leave some facts out, never the status."""
    gone = chance.sample([name for name in facts if name != "aufenthaltsstatus"], count)
    return {name: value for name, value in facts.items() if name not in gone}


def profiles(
    book: engine.Book, make: Callable[[random.Random], dict[str, Any]], count: int
) -> Iterator[Profile]:
    """Read made-up facts as profiles; the few that contradict themselves are made up anew."""
    chance = random.Random(20261122)
    made = 0
    while made < count:
        try:
            profile = Profile.from_facts(make(chance), book.vocabulary, DAY)
            engine.check(book, profile)
        except ProfileError:
            continue
        made += 1
        yield profile


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    count = parser.parse_args().count
    book = engine.open_book(None, None)
    statuses = book.vocabulary.fact("aufenthaltsstatus").werte
    kinds: dict[str, tuple[Callable[[random.Random], dict[str, Any]], int]] = {
        "as an adviser tells it": (person, count),
        "five facts unknown": (lambda chance: without(person(chance), chance, 5), count),
        "status alone known": (lambda chance: {"aufenthaltsstatus": chance.choice(statuses)}, count // 4),
        "nothing known": (lambda _: {}, 10),
    }
    table = Table(title=f"One evaluation of all {len(book.targets)} targets, ms a profile")
    table.add_column("")
    for heading in ("profiles", "median", "95 %", "most"):
        table.add_column(heading, justify="right")
    for name, (make, number) in kinds.items():
        took: list[float] = []
        for profile in profiles(book, make, number):
            begun = time.perf_counter()
            engine.check(book, profile)
            took.append((time.perf_counter() - begun) * 1000)
            if sum(took) > LONGEST:
                break
        high = sorted(took)[round(0.95 * (len(took) - 1))]
        numbers = (statistics.median(took), high, max(took))
        table.add_row(name, str(len(took)), *(f"{each:.2f}" for each in numbers))
    console = Console()
    console.print(table)
    console.print("aims: typical under 10 ms (5 would be better), nothing known under 100 ms")


if __name__ == "__main__":
    main()
