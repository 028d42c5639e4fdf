"""The help of `wegweiser recht`."""

from __future__ import annotations

from collections.abc import Mapping

from wegweiser.cli.help_entry import Help
from wegweiser.engine.text import Text

__all__ = ["LAW_HELP"]

_FOLDER = Text(
    "Ordner der Ablage; sonst der Datenordner des Benutzers",
    "folder of the store; otherwise the user's data folder",
)
_STATE = Text(
    "Text, wie er bis zu diesem Tag importiert ist; sonst der neueste",
    "the text as imported up to this day; otherwise the newest",
)
_JSON = Text("ein JSON-Dokument, für Programme", "one JSON document, for programs")
_RULES = Text("nur diese Regeln; * steht für Beliebiges", "only these rules; * stands for anything")

LAW_HELP: Mapping[str, Help] = {
    "recht": Help(
        Text(
            "hält das Regelwerk neben den amtlichen Text: importieren, vergleichen, nachlesen. Die Texte "
            "lädt man selbst herunter; sie bleiben auf diesem Rechner.",
            "puts the rule book beside the official text: import, compare, read. The texts are downloaded by "
            "you; they stay on this computer.",
        ),
        (
            ("wegweiser recht import xml.zip", Text("ein Gesetz einlesen", "read in an act")),
            ("wegweiser recht pruefe", Text("Welche Regeln berührt es?", "Which rules does it touch?")),
            ("wegweiser recht zeige § 61 Abs. 1 AsylG", Text("nachlesen", "read it")),
        ),
    ),
    "recht import": Help(
        Text(
            "liest amtliche Texte in die Ablage. Ist etwas davon fehlerhaft, bleibt die Ablage, wie sie war.",
            "reads official texts into the store. If anything is faulty, the store stays as it was.",
        ),
        (
            (
                "wegweiser recht import xml.zip",
                Text("die Datei von gesetze-im-internet.de", "the file from gesetze-im-internet.de"),
            ),
            (
                "wegweiser recht import texte/",
                Text("Ordner mit GESETZ/§1/2026-01-31.md", "a folder with ACT/§1/2026-01-31.md"),
            ),
        ),
        {
            "state": Text(
                "Tag, bis zu dem ein Ordner gepflegt ist; sonst der seines neuesten Wortlauts",
                "the day up to which a folder is kept; otherwise that of its newest wording",
            ),
            "names": Text(
                "XML eines Gesetzes, ein Zip damit, oder ein Ordner mit Paragrafen in Markdown",
                "XML of an act, a zip with it, or a folder of sections in Markdown",
            ),
            "folder": _FOLDER,
        },
    ),
    "recht stand": Help(
        Text(
            "zeigt, welche Gesetze in der Ablage sind, wie alt sie sind und welche fehlen.",
            "shows which acts the store holds, how old they are and which are missing.",
        ),
        (("wegweiser recht stand", Text("Gesetze und ihr Alter", "acts and their age")),),
        {"folder": _FOLDER, "json_output": _JSON},
    ),
    "recht pruefe": Help(
        Text(
            "vergleicht, worauf jede Regel geprüft wurde, mit dem importierten Text: gleich, geändert, "
            "verschoben, weg, nie geprüft. Rückgabewert 1, wenn nicht alles gleich ist.",
            "compares what each rule was checked against with the imported text: same, changed, moved, gone, "
            "never checked. Exit status 1 where not everything is the same.",
        ),
        (
            ("wegweiser recht pruefe", Text("alle Regeln, neuester Text", "all rules, newest text")),
            ("wegweiser recht pruefe 'asylg_61*'", Text("nur diese Regeln", "these rules only")),
            (
                "wegweiser recht pruefe --stand 2026-06-12 --am 2026-06-11",
                Text("Regeln von gestern am Text von heute", "yesterday's rules and today's text"),
            ),
        ),
        {
            "names": _RULES,
            "state": _STATE,
            "in_force": Text(
                "nur Fassungen, die an diesem Tag gelten, alle am Text von --stand",
                "only versions in force on this day, all compared with the text of --state",
            ),
            "folder": _FOLDER,
            "json_output": _JSON,
        },
    ),
    "recht zeige": Help(
        Text(
            "zeigt den importierten Text einer Vorschrift und die Regeln, die sie zitieren.",
            "shows the imported text of a section and the rules that cite it.",
        ),
        (
            ("wegweiser recht zeige § 61 AsylG", Text("den ganzen Paragrafen", "the whole section")),
            (
                "wegweiser recht zeige 60c II Nr 3 AufenthG",
                Text("eine Stelle, in jeder Schreibweise", "one place, in any spelling"),
            ),
        ),
        {
            "words": Text("eine Vorschrift mit Gesetz", "a section and its act"),
            "state": _STATE,
            "folder": _FOLDER,
        },
    ),
    "recht aenderungen": Help(
        Text(
            "nennt die Vorschriften, die sich zwischen zwei Ständen unterscheiden, und die Regeln dazu.",
            "lists the sections that differ between two states, and the rules that cite them.",
        ),
        (
            (
                "wegweiser recht aenderungen 2026-06-11 2026-06-12",
                Text("zwei Tage der Ablage", "two days of the store"),
            ),
            ("wegweiser recht aenderungen alt.zip neu.zip", Text("zwei Dateien", "two files")),
        ),
        {
            "old": Text(
                "ein Tag der Ablage, eine Datei oder ein Ordner", "a day of the store, a file or a folder"
            ),
            "new": Text("ebenso", "the same"),
            "folder": _FOLDER,
            "json_output": _JSON,
        },
    ),
    "recht bestaetige": Help(
        Text(
            "schreibt in Regeln, dass sie am importierten Text geprüft sind (`checked`). Erst lesen, dann "
            "bestätigen. Frühere Fassungen zählen am Text ihrer Zeit. Rückgabewert 1, wo ein Text fehlt.",
            "writes into rules that they were checked against the imported text (`checked`). Read first, "
            "then confirm. Earlier versions count with the text of their time. Exit status 1 where a text "
            "is missing.",
        ),
        (
            (
                "wegweiser recht bestaetige asylg_61_1_s2",
                Text("eine Regel, alle Fassungen", "one rule, all versions"),
            ),
            ("wegweiser recht bestaetige --alle", Text("das ganze Regelwerk", "the whole rule book")),
        ),
        {
            "names": _RULES,
            "every": Text(
                "alle Regeln, Definitionen, Pflichten und Zahlen", "all rules, definitions, duties, numbers"
            ),
            "state": _STATE,
            "folder": _FOLDER,
        },
    ),
}
