"""`python -m revue.cli` is `revue`."""

import sys

from revue.cli import main

sys.exit(main())
