"""Devices by their everyday names."""

import pytest

from welzijnportal.accounts.templatetags.apparaten import apparaat


@pytest.mark.parametrize(
    ("user_agent", "naam"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0",
            "Edge op Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari op iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", "Chrome op Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox op Linux"),
        ("curl/8.0", "Onbekend apparaat"),
        ("<script>alert(1)</script>", "Onbekend apparaat"),
        ("", "Onbekend apparaat"),
    ],
)
def test_apparaat_zegt_browser_en_systeem_en_nooit_wat_de_browser_zelf_zegt(user_agent: str, naam: str) -> None:
    assert apparaat(user_agent) == naam
