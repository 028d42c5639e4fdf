"""`python -m wegweiser.cli.schema FOLDER`: writes the JSON Schemas for editors (`make schema`)."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from wegweiser.casebook.model import packaged_cases
from wegweiser.casebook.schema import case_schema
from wegweiser.cli.caseload_mapping import mapping_schema
from wegweiser.engine import open_book
from wegweiser.engine.jsonschema import editor_schemas
from wegweiser.engine.networks import Networks

__all__ = ["main", "written"]


def written() -> dict[str, str]:
    """Each file of schemas by name, as it is to stand on disk."""
    book = open_book()
    networks = Networks(book)
    offers = [offer.id for offer in networks.offers]
    further = {
        "caseload": mapping_schema(book),
        "case": case_schema(book, offers, packaged_cases(book, networks).themes),
    }
    return {
        f"{kind}.schema.json": json.dumps(schema, ensure_ascii=False, separators=(",", ":")) + "\n"
        for kind, schema in {**editor_schemas(book), **further}.items()
    }


def main(folder: str) -> None:
    """Write the schemas into a folder."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name, text in written().items():
        (Path(folder) / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
