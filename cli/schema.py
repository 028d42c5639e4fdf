"""`python -m wegweiser.cli.schema FOLDER`: writes the JSON Schemas for editors (`make schema`)."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from wegweiser.cli.caseload_mapping import mapping_schema
from wegweiser.engine import open_book
from wegweiser.engine.jsonschema import editor_schemas

__all__ = ["main", "written"]


def written() -> dict[str, str]:
    """Each file of schemas by name, as it is to stand on disk."""
    book = open_book()
    return {
        f"{kind}.schema.json": json.dumps(schema, ensure_ascii=False, separators=(",", ":")) + "\n"
        for kind, schema in {**editor_schemas(book), "caseload": mapping_schema(book)}.items()
    }


def main(folder: str) -> None:
    """Write the schemas into a folder."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name, text in written().items():
        (Path(folder) / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
