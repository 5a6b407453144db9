"""Random examples are the same on every run, unless the job asks for new ones.

`make test` judges a change by what it changes; `make test-portable` looks
for what nobody thought of, and prints the seed that finds it again.
"""

import os

from hypothesis import settings

settings.register_profile(
    "same", deadline=None, derandomize=True, database=None
)
settings.register_profile(
    "fresh", deadline=None, database=None, print_blob=True
)
settings.load_profile(os.environ.get("PRESS_EXAMPLES", "same"))
