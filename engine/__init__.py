"""The meaning of a rule book: profiles, conditions, rules, evaluation. No input, no output, no law."""

if __name__ != "wegweiser.engine":
    raise ImportError("import wegweiser.engine, not engine: two copies would have two of each class")
