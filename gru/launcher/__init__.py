"""Start the product on one machine: environment, embedded servers, processes.

`bootstrap` and what it imports run on the system's own Python, before any dependency exists.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this line is read by the system's Python, whatever it is
    sys.stderr.write("GRU demande Python 3.11 ou plus récent : installez-le, puis recommencez.\n")
    raise SystemExit(69)
