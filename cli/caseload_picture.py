"""A picture of the counts: one bar a target, readable in black and white."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from wegweiser.cli.caseload_output import new_file
from wegweiser.cli.caseload_source import fail
from wegweiser.cli.words import OUTCOMES as WORDS
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["ENDINGS", "draw", "needs_library"]

ENDINGS: Final = (".png", ".svg")
_MISSING: Final = Text(
    "Bilder brauchen matplotlib: pip install 'wegweiser[bild]'",
    "pictures take matplotlib: pip install 'wegweiser[bild]'",
)
_LOOKS: Final = {
    "frei": ("#1a1a1a", ""),
    "anspruch": ("#4d4d4d", ""),
    "soll": ("#6b6b6b", ""),
    "ermessen": ("#b3b3b3", "///"),
    "noch_nicht": ("#d9d9d9", "..."),
    "unklar": ("#ffffff", "xxx"),
    "nein": ("#ffffff", ""),
    "verborgen": ("#ffffff", "---"),
}
"""Grey and hatching of each part: they differ without colour. From yes to no."""
_HIDDEN: Final = Text("verborgen (kleine Zahlen)", "hidden (small numbers)")
_PEOPLE: Final = Text("Personen", "people")


def needs_library(name: str) -> None:
    """ProfileError where the library for pictures is missing: better before the work than after it."""
    try:
        import matplotlib.figure  # noqa: F401 (whether it is there)
    except ImportError as error:
        raise fail(name, _MISSING) from error


def draw(
    name: str,
    labels: Sequence[str],
    counts: Sequence[Mapping[str, int | None]],
    people: int,
    title: str,
    lang: str,
) -> None:
    """Write a picture of the counts of each target to a new file, PNG or SVG by its ending.

    What is hidden in the counts is one part of the bar: as long as the rest to all people.
    """
    from matplotlib import rc_context
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    parts = {outcome: [row[outcome] or 0 for row in counts] for outcome in _LOOKS if outcome != "verborgen"}
    shown = [sum(one or 0 for one in row.values()) for row in counts]
    parts["verborgen"] = [people - one for one in shown]
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "wegweiser", "hatch.linewidth": 0.6}):
        figure = Figure(figsize=(9, 1.9 + 0.34 * len(labels)), layout="constrained")
        axes = figure.add_subplot()
        left = [0] * len(labels)
        for part, numbers in parts.items():
            if any(numbers):
                colour, hatch = _LOOKS[part]
                bars = axes.barh(
                    range(len(labels)),
                    numbers,
                    left=left,
                    color=colour,
                    hatch=hatch,
                    edgecolor="black",
                    linewidth=0.6,
                    label=_word(part, lang),
                )
                _number(axes, bars, numbers, people, part)
                left = [one + number for one, number in zip(left, numbers, strict=True)]
        axes.set_yticks(range(len(labels)), labels)
        axes.invert_yaxis()
        axes.set_xlim(0, max(people, 1) * 1.01)
        axes.set_xlabel(_PEOPLE.get(lang))
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        figure.suptitle(title, fontsize=11)
        figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=4, frameon=False)
        form = "svg" if name.lower().endswith(".svg") else "png"
        with new_file(name) as stream:
            figure.savefig(stream, format=form, dpi=150, metadata={"Date": None} if form == "svg" else None)


def _number(axes: Any, bars: Any, numbers: Sequence[int], people: int, part: str) -> None:
    """Write the number on each part that is wide enough; of what is put together none."""
    wide = people / 25
    texts = [str(number) if number >= wide and part != "verborgen" else "" for number in numbers]
    dark = part in ("frei", "anspruch", "soll")
    box = None if dark else {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
    labels = axes.bar_label(bars, texts, label_type="center", fontsize=8, color="white" if dark else "black")
    for label, text in zip(labels, texts, strict=True):
        if text and box is not None:
            label.set_bbox(box)


def _word(part: str, lang: str) -> str:
    return (_HIDDEN if part == "verborgen" else WORDS[part]).get(lang)
