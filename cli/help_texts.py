"""What the help pages say."""

from __future__ import annotations

from collections.abc import Mapping

from wegweiser.cli.help_case import CASE_HELP
from wegweiser.cli.help_entry import Help
from wegweiser.cli.help_law import LAW_HELP
from wegweiser.cli.help_sheet import SHEET_HELP
from wegweiser.cli.help_training import TRAINING_HELP
from wegweiser.engine.text import Text

__all__ = ["COMMON", "COMPLETION", "HELP", "ROOT_OPTIONS", "STATUS"]


ROOT_OPTIONS = (
    ("--version, -V", Text("Programm, Regelwerk und Rechtsstand", "program, rule book and state of the law")),
    ("--help, -h", Text("diese Hilfe; auch nach jedem Befehl", "this help; after each command too")),
)
COMPLETION = (
    (
        "--install-completion",
        Text(
            "Vervollständigung mit der Tabulatortaste für diese Shell einrichten",
            "set up completion with the tab key for this shell",
        ),
    ),
    ("--show-completion", Text("das Skript dafür nur zeigen", "only show the script for it")),
)
COMMON = (
    (
        "--lang de|en",
        Text(
            "Sprache; sonst WEGWEISER_LANG, sonst Deutsch",
            "language; otherwise WEGWEISER_LANG, otherwise German",
        ),
    ),
    (
        "--linear",
        Text(
            "für Vorleseprogramme: keine Tabellen, eine Aussage je Zeile",
            "for screen readers: no tables, one statement a line",
        ),
    ),
    ("--regelwerk, --rulebook ORDNER", Text("ein anderes Regelwerk", "another rule book (a folder)")),
    (
        "--netze, --networks ORDNER",
        Text(
            "weitere Netzwerke aus diesem Ordner (mehrfach möglich)",
            "further networks from this folder (may be repeated)",
        ),
    ),
    (
        "--no-cache",
        Text("Regelwerk neu lesen, nichts zwischenspeichern", "read the rule book afresh, cache nothing"),
    ),
)
STATUS = (
    (
        "0",
        Text("alle Profile geprüft, gleich mit welcher Ampel", "all profiles checked, whatever the lights"),
    ),
    (
        "1",
        Text(
            "ein Profil war nicht lesbar oder nicht prüfbar; die übrigen sind geprüft",
            "a profile could not be read or checked; the others are checked",
        ),
    ),
    ("2", Text("falscher Aufruf", "wrong usage")),
)

_JSON = Text("ein JSON-Dokument je Zeile, für Programme", "one JSON document a line, for programs")
_TARGETS = Text(
    "nur diese Ziele; Name, Bereich oder Muster mit * (mehrfach möglich)",
    "only these targets; name, area or pattern with * (may be repeated)",
)

HELP: Mapping[str, Help] = {
    "": Help(
        Text(
            "wegweiser sagt für eine Person in Deutschland, welche Arbeit und Ausbildung das Recht erlaubt, "
            "ab wann und warum. Offline; es speichert nichts. Ein Hilfsmittel, keine Rechtsberatung.",
            "wegweiser tells for one person in Germany which work and training the law allows, from when "
            "and why. Offline; it stores nothing. A tool, no legal advice.",
        ),
        (
            (
                "wegweiser profil neu -o fall.yaml",
                Text("Vorlage zum Ausfüllen anlegen", "make a template to fill in"),
            ),
            ("wegweiser check fall.yaml", Text("eine Person prüfen", "check one person")),
            ("wegweiser check fall.yaml --warum", Text("mit allen Gründen", "with all reasons")),
        ),
    ),
    "check": Help(
        Text(
            "prüft Profile: was ist erlaubt, ab wann, warum, was fehlt.",
            "checks profiles: what is allowed, from when, why, what is missing.",
        ),
        (
            (
                "wegweiser check fall.yaml",
                Text(
                    "kurze Antwort, Ziele, Gründe, was fehlt",
                    "short answer, targets, reasons, what is missing",
                ),
            ),
            (
                "wegweiser check fall.yaml --warum=2",
                Text("alle Gründe zu Nr. 2 der Tabelle", "all reasons for no. 2 of the table"),
            ),
            ("wegweiser check fall.yaml --am 2027-02-01", Text("an einem anderen Tag", "on another day")),
            (
                "wegweiser check fall.yaml --ziel taetigkeit",
                Text("nur Arbeit und Ausbildung", "work and training only"),
            ),
            (
                "wegweiser check *.yaml --json",
                Text("viele Profile, für Programme", "many profiles, for programs"),
            ),
            (
                "wegweiser check fall.yaml --ziel programm",
                Text("nur, wer begleitet", "only who accompanies"),
            ),
            ("wegweiser check - < fall.yaml", Text("von der Standardeingabe", "from standard input")),
        ),
        {
            "profile": Text(
                "Dateien in YAML oder JSON; - ist die Standardeingabe",
                "files in YAML or JSON; - is standard input",
            ),
            "json_output": _JSON,
            "why": Text(
                "alle Gründe; =ZIEL oder =NR nur zu diesem Ziel. Ohne diese Option: zum wichtigsten Ziel",
                "all reasons; =TARGET or =NO for this target only. Without this option: for the main target",
            ),
            "target": _TARGETS,
            "on": Text(
                "Tag der Prüfung; sonst „stichtag“ im Profil, sonst heute",
                "day of the check; otherwise “stichtag” in the profile, otherwise today",
            ),
            "offers_on": Text(
                "Tag nur für die Angebote der Netzwerke (Schulung mit einem Projekt, das schon beendet ist)",
                "day for the offers of networks alone (teaching with a project that has ended)",
            ),
            "all_rows": Text(
                "jedes Ziel in einer eigenen Zeile, mit allen Bemerkungen, auch wenn es viele sind",
                "every target in a row of its own, with all remarks, even where there are many",
            ),
            "agenda": Text(
                "wer die nächsten Schritte verkettet: schlicht (üblich) oder durable (durable-rules)",
                "who chains the next steps: plain (the default) or durable (durable-rules)",
            ),
            "asks": Text(
                "für wen Angebote gesucht werden: ratsuchend (sonst), arbeitgeber, akteur",
                "for whom offers are looked for: ratsuchend (otherwise), arbeitgeber, akteur",
            ),
        },
        status=True,
    ),
    "zeitplan": Help(
        Text(
            "zeigt, wann sich welche Antwort ändert, wenn nur Zeit vergeht, und warum; dazu letzte Tage.",
            "shows when which answer changes if only time passes, and why; last days too.",
        ),
        (
            (
                "wegweiser zeitplan fall.yaml",
                Text("alle Änderungen nach dem Datum", "all changes by date"),
            ),
            (
                "wegweiser zeitplan fall.yaml --bis 2028-12-31 --ziel taetigkeit",
                Text(
                    "nur Arbeit und Ausbildung, bis Ende 2028",
                    "work and training only, up to the end of 2028",
                ),
            ),
            (
                "wegweiser zeitplan fall.yaml --ics termine.ics",
                Text("als Kalender, ohne Angaben zur Person", "as a calendar, without facts of the person"),
            ),
        ),
        {
            "profile": Text(
                "Datei in YAML oder JSON; - ist die Standardeingabe",
                "file in YAML or JSON; - is standard input",
            ),
            "until": Text(
                "letzter Tag der Übersicht; sonst ohne Ende", "last day shown; otherwise without end"
            ),
            "on": Text(
                "erster Tag; sonst „stichtag“ im Profil, sonst heute",
                "first day; otherwise “stichtag” in the profile, otherwise today",
            ),
            "target": _TARGETS,
            "calendar": Text(
                "Kalender (RFC 5545) in eine neue Datei; - ist die Standardausgabe; braucht icalendar",
                "calendar (RFC 5545) into a new file; - is standard output; needs icalendar",
            ),
            "json_output": _JSON,
        },
    ),
    "vergleich": Help(
        Text(
            "stellt zwei Wege nebeneinander, oder einen Weg mit anderen Angaben.",
            "puts two ways side by side, or one way with other facts.",
        ),
        (
            (
                "wegweiser vergleich fall.yaml --ziel beschaeftigung --ziel ausbildung_betrieblich",
                Text("Arbeit oder Ausbildung", "work or training"),
            ),
            (
                "wegweiser vergleich fall.yaml --ziel beschaeftigung --mit titel_erwerbstaetigkeit=gestattet",
                Text("was ein anderer Eintrag ändert", "what another entry changes"),
            ),
            (
                "wegweiser vergleich fall.yaml --mit deutschniveau=b1",
                Text("das wichtigste Ziel mit mehr Deutsch", "the main target with better German"),
            ),
        ),
        {
            "profile": Text(
                "Datei in YAML oder JSON; - ist die Standardeingabe",
                "file in YAML or JSON; - is standard input",
            ),
            "target": Text(
                "zwei bis vier Ziele, auch ohne Bereich; mit --mit genügt eines",
                "two to four targets, also without their area; with --with one is enough",
            ),
            "change": Text(
                "eine Angabe anders als in der Datei (mehrfach möglich), auch ja oder nein; FAKT= macht sie "
                "unbekannt",
                "a fact otherwise than in the file (may be repeated), also yes or no; FACT= makes it unknown",
            ),
            "on": Text(
                "Tag der Prüfung; sonst „stichtag“ im Profil, sonst heute",
                "day of the check; otherwise “stichtag” in the profile, otherwise today",
            ),
            "json_output": _JSON,
        },
    ),
    "frage": Help(
        Text(
            "führt mit Fragen zu einer Antwort; gefragt wird nur, was noch etwas ändern kann.",
            "leads to an answer by questions; only what can still change something is asked.",
        ),
        (
            ("wegweiser frage", Text("von vorn", "from the beginning")),
            (
                "wegweiser frage fall.yaml",
                Text("nur was in der Datei noch fehlt", "only what the file does not tell yet"),
            ),
            (
                "wegweiser frage --ziel ausbildung_betrieblich --schreibe neu.yaml",
                Text(
                    "nur für ein Ziel; die Antworten werden ein Profil",
                    "for one target only; the answers become a profile",
                ),
            ),
        ),
        {
            "profile": Text(
                "Datei in YAML oder JSON mit dem, was schon bekannt ist",
                "file in YAML or JSON with what is known already",
            ),
            "target": Text(
                "fragt nur für diese Ziele; * und ? erlaubt, mehrfach möglich",
                "asks for these targets only; * and ? allowed, may be repeated",
            ),
            "on": Text(
                "Tag der Prüfung; sonst „stichtag“ im Profil, sonst heute",
                "day of the check; otherwise “stichtag” in the profile, otherwise today",
            ),
            "write": Text(
                "schreibt am Ende ein Profil; eine Datei, die es gibt, wird nie überschrieben",
                "writes a profile at the end; an existing file is never overwritten",
            ),
            "unknown": Text(
                "fragt auch, was im Profil als „unbekannt“ steht",
                "asks also for what stands in the profile as “unknown”",
            ),
        },
    ),
    "was-waere-wenn": Help(
        Text(
            "sagt, was sich mit anderen Angaben ändert, und welche kleinsten Schritte ein Ziel öffnen.",
            "tells what other facts would change, and which smallest steps open a target.",
        ),
        (
            (
                "wegweiser was-waere-wenn fall.yaml --setze deutschniveau=b1",
                Text("nur was sich mit B1 ändert", "only what B1 would change"),
            ),
            (
                "wegweiser was-waere-wenn fall.yaml --ziel ausbildung_betrieblich",
                Text(
                    "die Wege zu einem Ziel: Schritte und Wartezeit",
                    "the ways to a target: steps and waiting time",
                ),
            ),
            (
                "wegweiser was-waere-wenn fall.yaml --setze deutschniveau=b1 --ziel 'aufenthalt.*'",
                Text("was mit B1 noch fehlt", "what is still missing with B1"),
            ),
        ),
        {
            "profile": Text(
                "Datei in YAML oder JSON; - ist die Standardeingabe",
                "file in YAML or JSON; - is standard input",
            ),
            "change": Text(
                "eine Angabe anders als in der Datei (mehrfach möglich), auch ja oder nein; FAKT= macht sie "
                "unbekannt",
                "a fact otherwise than in the file (may be repeated), also yes or no; FACT= makes it unknown",
            ),
            "target": Text(
                "sucht die kleinsten Änderungen, die dieses Ziel öffnen oder verbessern; * und ? erlaubt, "
                "mehrfach möglich; mit --setze von dort aus",
                "searches the smallest changes that open this target or make it better; * and ? allowed, may "
                "be repeated; with --set from there",
            ),
            "most": Text(
                "so viele Schritte hat ein Weg höchstens, 1 bis 5 (sonst 3); bis dahin fehlt kein Weg",
                "a way has at most so many steps, 1 to 5 (otherwise 3); up to there no way is left out",
            ),
            "everything": Text("alle Wege, nicht nur die ersten", "all ways, not only the first"),
            "on": Text(
                "Tag der Prüfung; sonst „stichtag“ im Profil, sonst heute",
                "day of the check; otherwise “stichtag” in the profile, otherwise today",
            ),
            "json_output": _JSON,
        },
    ),
    "nebenbestimmung": Help(
        Text(
            "liest, was auf Karte, Gestattung oder Duldung über Arbeit steht: was die Person darf, was der "
            "Betrieb tut, was ins Profil gehört.",
            "reads what a permit or toleration prints about work: what the person may do, what the employer "
            "does, what belongs into the profile.",
        ),
        (
            ("wegweiser nebenbestimmung", Text("alle bekannten Wortlaute", "all known prints")),
            (
                'wegweiser nebenbestimmung "Beschäftigung gestattet"',
                Text("einen Eintrag lesen", "read an entry"),
            ),
            ('wegweiser nebenbestimmung "ET n. gest."', Text("auch abgekürzt", "abbreviated too")),
            ("wegweiser nebenbestimmung - < eintrag.txt", Text("von der Standardeingabe", "standard input")),
        ),
        {
            "text": Text(
                "der gedruckte Text, in Anführungszeichen (mehrfach möglich); - ist die Standardeingabe",
                "the printed text, in quotes (may be repeated); - is standard input",
            ),
            "json_output": _JSON,
        },
    ),
    "arbeitgeber": Help(
        Text(
            "sagt einem Betrieb, ob er eine Person einstellen darf und was er tun muss: Pflichten, "
            "Fristen, Folgen.",
            "tells an employer whether a person may be hired and what has to be done: duties, deadlines, "
            "consequences.",
        ),
        (
            (
                "wegweiser arbeitgeber --papier duldung --vorhaben ausbildung",
                Text("nur vom Papier aus", "from the document alone"),
            ),
            (
                "wegweiser arbeitgeber --papier titel --titel 18a --gueltig-bis 2027-06-30",
                Text("Karte mit Paragraf und Ablauftag", "card with its section and last day"),
            ),
            (
                "wegweiser arbeitgeber fall.yaml --checkliste",
                Text(
                    "aus einem Profil, als Markdown zum Ablegen", "from a profile, as Markdown to file away"
                ),
            ),
            (
                "wegweiser arbeitgeber",
                Text("am Terminal: kurzer Dialog", "at a terminal: a short dialogue"),
            ),
        ),
        {
            "profile": Text(
                "Dateien in YAML oder JSON; - ist die Standardeingabe; ohne Datei gelten die Angaben zum "
                "Papier",
                "files in YAML or JSON; - is standard input; without a file the options on the document "
                "count",
            ),
            "paper": Text(
                "Art des Papiers: titel, duldung, gestattung, fiktion, blaue_karte, "
                "niederlassungserlaubnis, visum, eu …",
                "kind of document: titel, duldung, gestattung, fiktion, blaue_karte, "
                "niederlassungserlaubnis, visum, eu …",
            ),
            "title": Text(
                "Paragraf auf der Karte, zum Beispiel 18a", "section on the card, for instance 18a"
            ),
            "valid_until": Text("letzter Tag, der auf dem Papier steht", "last day printed on the document"),
            "wording": Text(
                "was über Arbeit gedruckt ist: gestattet, nur_mit_erlaubnis, bestimmte_beschaeftigung, "
                "nicht_gestattet",
                "what is printed about work: gestattet, nur_mit_erlaubnis, bestimmte_beschaeftigung, "
                "nicht_gestattet",
            ),
            "born": Text(
                "Geburtsdatum; sonst gilt die Person als volljährig",
                "date of birth; otherwise taken to be of age",
            ),
            "target": Text(
                "worum es geht, zum Beispiel ausbildung (sonst: beschaeftigung)",
                "what it is about, for instance ausbildung (otherwise: beschaeftigung)",
            ),
            "occupation": Text("Beruf; wird nur gezeigt", "occupation; only shown"),
            "start": Text("geplanter erster Arbeitstag", "planned first day of work"),
            "on": Text("Tag der Prüfung; sonst heute", "day of the check; otherwise today"),
            "json_output": _JSON,
            "checklist": Text("Checkliste in Markdown zum Ablegen", "checklist in Markdown to file away"),
        },
        status=True,
    ),
    "bestand": Help(
        Text(
            "prüft eine Tabelle mit einer Person je Zeile: wer hat jetzt ein Recht, wer ab welchem Tag.",
            "screens a table with one person a row: who has a right now, who from which day.",
        ),
        (
            (
                "wegweiser bestand bestand.csv",
                Text("Zahlen und die nächsten Personen", "counts and the next people"),
            ),
            (
                "wegweiser bestand zuordnen bestand.xlsx > zuordnung.yaml",
                Text("Zuordnung für eigene Spalten vorschlagen", "propose a mapping for columns of your own"),
            ),
            (
                "wegweiser bestand bestand.xlsx --zuordnung zuordnung.yaml",
                Text("mit eigenen Spaltennamen und Codes", "with column names and codes of your own"),
            ),
            (
                "wegweiser bestand bestand.csv --ausgabe antworten.csv",
                Text("alle Antworten in eine Datei", "all answers into a file"),
            ),
            (
                "wegweiser bestand bestand.csv --naechstes",
                Text("auch: wem nur eines fehlt", "also: who lacks one thing only"),
            ),
            (
                "wegweiser bestand bestand.csv --bild zahlen.svg",
                Text("Zahlen als Bild", "counts as a picture"),
            ),
        ),
        {
            "file": Text(
                "CSV, Excel (.xlsx) oder Parquet; Spalten heißen wie die Angaben; - ist die Standardeingabe",
                "CSV, Excel (.xlsx) or Parquet; columns are called like the facts; - is standard input",
            ),
            "mapping": Text(
                "was eigene Spalten, Daten und Codes bedeuten (Vorschlag: bestand zuordnen)",
                "what columns, dates and codes of your own mean (proposal: caseload map)",
            ),
            "target": _TARGETS,
            "on": Text(
                "Tag der Prüfung; sonst Spalte „stichtag“, sonst heute",
                "day of the check; otherwise the column “stichtag”, otherwise today",
            ),
            "output": Text(
                "alle Antworten in eine neue Datei, .csv oder .parquet, eine Zeile je Person und Ziel",
                "all answers into a new file, .csv or .parquet, one line for each person and target",
            ),
            "nearest": Text(
                "auch suchen, welche einzelne Änderung ein Ziel öffnet (dauert länger)",
                "also look for the single change that opens a target (takes longer)",
            ),
            "missing": Text(
                "zu jeder offenen Antwort in Ausgabe und JSON, was fehlt (dauert länger)",
                "for every open answer in output and JSON what is missing (takes longer)",
            ),
            "picture": Text("die Zahlen als Bild, .png oder .svg", "the counts as a picture, .png or .svg"),
            "small": Text(
                "Zahlen unter N verbergen; sonst 5, mit 1 keine",
                "hide counts below N; otherwise 5, with 1 none",
            ),
            "lines": Text("so viele Personen je Liste; sonst 20", "so many people a list; otherwise 20"),
            "processes": Text(
                "so viele Prozesse; sonst einer je Prozessor", "so many processes; otherwise one a processor"
            ),
            "json_output": _JSON,
        },
    ),
    "bestand zuordnen": Help(
        Text(
            "schlägt eine Zuordnung vor: welche Spalte welche Angabe ist, Schreibweise der Tage, Codes.",
            "proposes a mapping: which column is which fact, the form of days, codes.",
        ),
        (
            (
                "wegweiser bestand zuordnen bestand.csv > zuordnung.yaml",
                Text("Vorschlag in eine Datei", "proposal into a file"),
            ),
        ),
        {"file": Text("CSV, Excel (.xlsx) oder Parquet", "CSV, Excel (.xlsx) or Parquet")},
    ),
    "regel": Help(
        Text(
            "zeigt eine Regel: Vorschrift, Zeitraum, Voraussetzungen, Ausnahmen, Beispiele.",
            "shows one rule: norm, period, conditions, exceptions, examples.",
        ),
        (
            (
                "wegweiser regel asylg_61_2_s1",
                Text("eine Regel mit allen Fassungen", "one rule with all its versions"),
            ),
            (
                'wegweiser regeln --norm "61 AsylG"',
                Text("die IDs zu einer Vorschrift finden", "find the ids for a norm"),
            ),
        ),
        {
            "name": Text(
                "ID einer Regel, Definition, Liste oder Zahl", "id of a rule, definition, list or number"
            )
        },
    ),
    "regeln": Help(
        Text(
            "listet die Regeln, Definitionen, Listen und Zahlen des Regelwerks.",
            "lists the rules, definitions, lists and numbers of the rule book.",
        ),
        (
            ("wegweiser regeln", Text("alle", "all")),
            ('wegweiser regeln --norm "60a AufenthG"', Text("zu einer Vorschrift", "on a norm")),
            ("wegweiser regeln --ziel leiharbeit", Text("zu einem Ziel", "on a target")),
            ("wegweiser regeln --json", Text("für Programme", "for programs")),
            (
                "wegweiser regeln pruefe",
                Text("Fehler des Regelwerks suchen", "look for faults of the rule book"),
            ),
        ),
        {
            "target": _TARGETS,
            "norm": Text(
                "nur Vorschriften, in denen dieser Text steht (ohne §, Leerzeichen gleich)",
                "only norms that hold this text (without §, blanks do not matter)",
            ),
            "json_output": _JSON,
        },
    ),
    **SHEET_HELP,
    **LAW_HELP,
    **TRAINING_HELP,
    **CASE_HELP,
    "regeln pruefe": Help(
        Text(
            "prüft das Regelwerk: Fundstellen, Quellen, Fassungen, und Beweise, dass keine Regeln einander "
            "widersprechen und keine Antwort fehlt. Rückgabewert 1, wenn etwas gefunden wird.",
            "checks the rule book: citations, sources, versions, and proofs that no rules contradict each "
            "other and no answer is missing. Exit status 1 where anything is found.",
        ),
        (
            ("wegweiser regeln pruefe", Text("das Regelwerk des Programms", "the rule book of the program")),
            ("wegweiser regeln pruefe rules", Text("ein Ordner mit Regeln", "a folder of rules")),
            (
                "wegweiser regeln pruefe rules --ziel leiharbeit",
                Text("nur die Beweise zu einem Ziel", "only the proofs about one target"),
            ),
            (
                "wegweiser regeln pruefe rules --beispiele faelle",
                Text("mit einem Profil zu jedem Befund", "with a profile for each finding"),
            ),
        ),
        {
            "folder": Text(
                "Ordner mit Regeln; ohne Angabe das Regelwerk des Programms oder von --regelwerk",
                "folders of rules; otherwise the rule book of the program or of --rulebook",
            ),
            "target": _TARGETS,
            "on": Text(
                "nennt auch, was an diesem Tag seit mehr als einem Jahr nicht geprüft ist",
                "also tells what on this day has not been checked for more than a year",
            ),
            "examples": Text(
                "legt zu jedem Befund, den eine Person zeigt, ein Profil in diesen Ordner",
                "puts a profile into this folder for each finding that a person shows",
            ),
            "json_output": Text("ein JSON-Dokument je Befund", "one JSON document a finding"),
        },
    ),
    "regeln diff": Help(
        Text(
            "vergleicht zwei Regelwerke: welche Regeln und welche Antworten anders sind, und für wen. "
            "Rückgabewert 1, wenn sich etwas ändert.",
            "compares two rule books: which rules differ, which answers change, and for whom. Exit status 1 "
            "where anything changes.",
        ),
        (
            (
                "wegweiser regeln diff rules neue_regeln",
                Text("zwei Ordner mit Regeln", "two folders of rules"),
            ),
            (
                "wegweiser regeln diff HEAD~1 rules",
                Text("ein Stand in git und ein Ordner", "a git revision and a folder"),
            ),
            (
                "wegweiser regeln diff HEAD~1 HEAD --ziel 'kurs.*'",
                Text("zwei Stände in git, nur Kurse", "two git revisions, courses only"),
            ),
        ),
        {
            "old": Text("Ordner oder Stand in git: vorher", "folder or git revision: before"),
            "new": Text("Ordner oder Stand in git: nachher", "folder or git revision: after"),
            "target": _TARGETS,
            "on": Text("Tag der Prüfung; sonst heute", "day of the check; otherwise today"),
            "persons": Text(
                "so viele erfundene Personen (sonst 2000)", "so many invented persons (otherwise 2000)"
            ),
            "examples": Text(
                "legt zu jeder Art von Änderung das kleinste Profil in diesen Ordner",
                "puts the smallest profile for each kind of change into this folder",
            ),
            "json_output": Text("ein JSON-Dokument je Änderung", "one JSON document a change"),
        },
    ),
    "fakten": Help(
        Text(
            "zeigt die Angaben eines Profils: Frage, Werte, Nachweis.",
            "shows the facts of a profile: question, values, paper.",
        ),
        (
            ("wegweiser fakten", Text("alle Angaben nach Themen", "all facts by topic")),
            ("wegweiser fakten duldungsart", Text("eine Angabe im Einzelnen", "one fact in detail")),
        ),
        {"name": Text("Name einer Angabe", "name of a fact"), "json_output": _JSON},
    ),
    "ziele": Help(
        Text(
            "zeigt die Ziele, über die ein Profil geprüft wird.",
            "shows the targets that a profile is checked for.",
        ),
        (
            ("wegweiser ziele", Text("alle Ziele nach Bereichen", "all targets by area")),
            ("wegweiser ziele leiharbeit", Text("ein Ziel im Einzelnen", "one target in detail")),
        ),
        {
            "name": Text("Name, Bereich oder Muster mit *", "name, area or pattern with *"),
            "json_output": _JSON,
        },
    ),
    "netz": Help(
        Text(
            "zeigt die Netzwerke, die Menschen begleiten, prüft sie und legt neue an.",
            "shows the networks that accompany people, checks them and begins new ones.",
        ),
        (
            ("wegweiser netz", Text("alle Netze", "all networks")),
            ("wegweiser netz --am 2018-10-08", Text("an einem anderen Tag", "on another day")),
            ("wegweiser netz zeige bin", Text("ein Netz mit seinen Angeboten", "a network with its offers")),
            (
                "wegweiser netz neu mein_netz",
                Text("ein eigenes Netz beginnen", "begin a network of your own"),
            ),
            (
                "wegweiser check fall.yaml --netze ordner",
                Text("mit eigenen Netzen prüfen", "check with networks of your own"),
            ),
        ),
        {
            "on": Text(
                "Tag, für den der Stand gezeigt wird; sonst heute", "day of the status shown; otherwise today"
            ),
            "json_output": _JSON,
        },
    ),
    "netz zeige": Help(
        Text("zeigt ein Netz oder ein Angebot.", "shows a network or an offer."),
        (
            ("wegweiser netz zeige spurwechsel", Text("ein Netz", "a network")),
            ("wegweiser netz zeige bin.wabeq_u25", Text("ein Angebot", "an offer")),
        ),
        {
            "name": Text(
                "Name eines Netzes oder Angebots; auch ein Muster mit *",
                "name of a network or offer; also a pattern with *",
            ),
            "on": Text(
                "Tag, für den der Stand gezeigt wird; sonst heute", "day of the status shown; otherwise today"
            ),
            "json_output": _JSON,
        },
    ),
    "netz pruefe": Help(
        Text(
            "prüft Netze: jede Datei, jeden Namen, jedes Beispiel. Rückgabewert 1, wenn etwas falsch ist.",
            "checks networks: every file, every name, every example. Exit status 1 where anything is wrong.",
        ),
        (
            ("wegweiser netz pruefe", Text("die Netze des Regelwerks", "the networks of the rule book")),
            ("wegweiser netz pruefe mein_netz", Text("ein eigenes Netz", "a network of your own")),
        ),
        {
            "folder": Text(
                "Netze oder Ordner mit Netzen; ohne Angabe die des Regelwerks und die von --netze",
                "networks or folders of networks; otherwise those of the rule book and of --networks",
            )
        },
    ),
    "netz neu": Help(
        Text(
            "legt einen Ordner mit allen Dateien eines Netzes an, mit Erklärungen und gleich gültig.",
            "makes a folder with all files of a network, explained and valid at once.",
        ),
        (
            ("wegweiser netz neu mein_netz", Text("im jetzigen Ordner", "in the present folder")),
            ("wegweiser netz neu mein_netz --nach netze", Text("in einem anderen", "in another one")),
        ),
        {
            "name": Text("Name des Netzes: a-z, 0-9 und _", "name of the network: a-z, 0-9 and _"),
            "into": Text("Ordner, in dem es angelegt wird", "folder in which it is made"),
        },
    ),
    "profil": Help(
        Text("legt Profile an.", "makes profiles."),
        (("wegweiser profil neu", Text("eine Vorlage ausgeben", "print a template")),),
    ),
    "profil neu": Help(
        Text(
            "gibt ein leeres Profil aus, mit allen Fragen, Werten und Nachweisen.",
            "prints an empty profile with all questions, values and papers.",
        ),
        (
            (
                "wegweiser profil neu -o fall.yaml",
                Text("in eine neue Datei schreiben", "write it to a new file"),
            ),
            (
                "wegweiser profil neu --ziel leiharbeit",
                Text("nur, was für dieses Ziel zählt", "only what matters for this target"),
            ),
        ),
        {
            "output": Text(
                "neue Datei; eine vorhandene wird nie überschrieben",
                "new file; an existing one is never overwritten",
            ),
            "target": Text(
                "nur Angaben, die für diese Ziele zählen", "only facts that matter for these targets"
            ),
        },
    ),
}
