"""The command line: commands, rendering, texts. It decides nothing."""

if __name__ != "wegweiser.cli":
    raise ImportError("import wegweiser.cli, not cli: two copies would have two of each class")
