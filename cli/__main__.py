"""`python -m wegweiser.cli`."""

import sys

from wegweiser.cli.start import main

sys.exit(main())
