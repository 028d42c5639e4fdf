"""The rule book: law as data. No code; `importlib.resources.files("wegweiser.rules")` finds it."""

if __name__ != "wegweiser.rules":
    raise ImportError("import wegweiser.rules, not rules: two copies would have two of each class")
