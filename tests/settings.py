"""The portal's settings as tests see them; pytest-django loads this before any conftest."""

import os

os.environ["ENVIRONMENT"] = "test"

from welzijnportal.settings import *  # noqa: F403
