"""Settings: development starts bare, production refuses what is unsafe and says which."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GOED = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "x3" * 30,
    "ALLOWED_HOSTS": "welzijnportal.example",
    "SITE_URL": "https://welzijnportal.example",
    "DATABASE_URL": "postgres://portaal:geheim@localhost/portaal",
    "SMTP_HOST": "smtp.example",
    "TRUSTED_PROXY_COUNT": "1",
}


def _laad(omgeving: dict[str, str]) -> subprocess.CompletedProcess[str]:
    schoon = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    code = "import welzijnportal.settings as s; print(s.ENVIRONMENT, s.DEBUG, s.SESSION_COOKIE_NAME)"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**schoon, **omgeving}, capture_output=True, text=True, check=False
    )


def test_development_starts_without_any_variable() -> None:
    assert _laad({}).stdout == "development True sessie\n"


def test_production_starts_when_all_is_safe() -> None:
    uitkomst = _laad(GOED)
    assert uitkomst.stdout == "production False __Host-sessie\n", uitkomst.stderr


@pytest.mark.parametrize(
    ("naam", "waarde", "melding"),
    [
        ("SECRET_KEY", "", "SECRET_KEY"),
        ("SECRET_KEY", "only-for-development-never-use-this-in-production", "SECRET_KEY"),
        ("SECRET_KEY", "kort", "SECRET_KEY"),
        ("DEBUG", "on", "DEBUG"),
        ("ALLOWED_HOSTS", "", "ALLOWED_HOSTS"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS"),
        ("ALLOWED_HOSTS", "welzijnportal.example,*", "ALLOWED_HOSTS"),
        ("DATABASE_URL", "", "DATABASE_URL"),
        ("SITE_URL", "http://welzijnportal.example", "SITE_URL"),
        ("SMTP_HOST", "", "SMTP_HOST"),
        ("TRUSTED_PROXY_COUNT", None, "TRUSTED_PROXY_COUNT"),
        ("ENVIRONMENT", "productie", "ENVIRONMENT"),
    ],
)
def test_production_refuses_and_names_the_setting(naam: str, waarde: str | None, melding: str) -> None:
    omgeving = {k: v for k, v in GOED.items() if k != naam} | ({naam: waarde} if waarde is not None else {})
    uitkomst = _laad(omgeving)
    assert uitkomst.returncode != 0
    assert "ImproperlyConfigured" in uitkomst.stderr
    assert melding in uitkomst.stderr.splitlines()[-1]


def test_env_example_lists_every_variable() -> None:
    code = (ROOT / "welzijnportal" / "settings.py").read_text()
    code += (ROOT / "welzijnportal" / "embedded.py").read_text() + (
        ROOT / "tests" / "browser" / "chromium.py"
    ).read_text()
    used = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", code)) | set(re.findall(r"environ\.get\(\"([A-Z_]+)\"", code))
    used |= {f"{n}_CLIENT_{s}" for n in ("LINKEDIN", "OIDC") for s in ("ID", "SECRET")}
    listed = {
        line.split("=")[0]
        for line in (ROOT / ".env.example").read_text().splitlines()
        if "=" in line and line[0] != "#"
    }
    assert used <= listed
