"""Read by each Python of `bin/test --clock` as it starts: its clock then runs from another instant."""

import os
import time

import time_machine

_offset_s = int(os.environ["GRU_TEST_CLOCK"])
_traveller = time_machine.travel(time.time() + _offset_s).start()
# Starting took some microseconds: PostgreSQL, which is exactly that far from now, would be ahead of us.
_traveller.shift(time_machine.escape_hatch.time.time() + _offset_s - time.time())
