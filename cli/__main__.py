"""`python -m wegweiser.cli`."""

import sys

from wegweiser.cli.main import main

sys.exit(main())
