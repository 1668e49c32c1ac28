"""Settings of the servers that are measured: as in production, on a database of tests/bench/gegevens.py."""

import os

os.environ.setdefault("DEBUG", "False")

from welzijnportal.settings import *  # noqa: F403
from welzijnportal.settings import DATABASES, RATE_LIMITS

ROOT_URLCONF = os.environ.get("BENCH_URLCONF", "welzijnportal.urls")
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
DATABASES["default"]["OPTIONS"]["options"] = "-c statement_timeout=120000 -c timezone=UTC"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# One visitor asks all: what is measured are pages, not refusals.
RATE_LIMITS = dict.fromkeys(RATE_LIMITS, "1000000/m/ip")
LOGGING = {"version": 1, "disable_existing_loggers": True}
