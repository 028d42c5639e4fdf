"""What the console script calls: the program without garbage collection.

One command is over before collecting would free anything, and collecting during the imports costs a
tenth of a short command. Commands that run long turn it on again.
"""

from __future__ import annotations

import gc

__all__ = ["main"]


def main() -> int:
    """Run the program and return its exit status."""
    gc.disable()
    from wegweiser.cli.main import main as program

    return program()
