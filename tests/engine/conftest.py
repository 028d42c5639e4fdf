"""What the tests of the engine share: the vocabulary of the project's own rule book."""

from importlib.resources import files
from typing import Any

import pytest

from wegweiser.engine import yamlio
from wegweiser.engine.vocabulary import Vocabulary


@pytest.fixture(scope="session")
def vocabulary_data() -> dict[str, Any]:
    """The fact files merged, with places and residence, as a rule book keeps them."""
    rules = files("wegweiser.rules")
    data: dict[str, Any] = {"facts": {}, "topics": {}}
    for file in sorted((rules / "facts").iterdir(), key=lambda entry: entry.name):
        topic: Any = yamlio.load(file.read_bytes(), file.name).value
        data["topics"][topic["topic"]] = topic["label"]
        data["facts"] |= {name: {**fact, "topic": topic["topic"]} for name, fact in topic["facts"].items()}
    for name in ("places", "residence"):
        data[name] = yamlio.load((rules / f"{name}.yaml").read_bytes(), name).value
    return data


@pytest.fixture(scope="session")
def vocabulary(vocabulary_data: dict[str, Any]) -> Vocabulary:
    return Vocabulary.from_data(vocabulary_data)
