"""The yardstick: a program of the same libraries that prints one table and decides nothing."""

import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer()


@app.command()
def check(profile: str) -> None:
    """Print a table about as large as the answer for one profile."""
    table = Table(title=profile)
    for heading in ("Ziel", "Ampel", "Wirkung", "ab wann"):
        table.add_column(heading)
    for number in range(14):
        table.add_row(f"Ziel {number}", "GRÜN", "Soll", "sofort")
    Console().print(table)


def main() -> None:
    """The console script."""
    app()
