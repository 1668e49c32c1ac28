"""The portal's settings as tests see them; pytest-django loads this before any conftest."""

import os

os.environ["ENVIRONMENT"] = "test"

from welzijnportal.settings import *  # noqa: F403
from welzijnportal.settings import DATABASES

# A busy machine may be slow to make or drop a database, and nothing in it needs to survive a power cut.
DATABASES["default"]["OPTIONS"]["options"] = (
    "-c statement_timeout=120000 -c lock_timeout=30000 -c timezone=UTC -c synchronous_commit=off"
)
