"""What a message wants: one intent of SLOTS' list and what it names (a rank, a person, an order …).

Words: an *intent* is the wish, a *slot* a thing named with it, a *certain* message one whose whole text leaves no
doubt, a *cue* something that a message plainly holds. Everything is pure once the weights are loaded, and
nothing is loaded before the first message is read.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy loads: threads cost sixty times what they save here
