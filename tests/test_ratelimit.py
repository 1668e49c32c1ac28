"""Our own rate limits: counted in one cache, for reading as for sending."""

from typing import Any

import pytest
from django.test import RequestFactory

from welzijnportal.ratelimit import mag


@pytest.fixture(autouse=True)
def tempo(settings: Any) -> None:
    settings.RATE_LIMITS = {"proef": "2/m/ip", "per_sleutel": "1/h/key"}


@pytest.mark.parametrize("methode", ["get", "post"])
def test_mag_telt_elk_verzoek_ook_een_get(rf: RequestFactory, methode: str) -> None:
    assert [mag(getattr(rf, methode)("/"), "proef") for _ in range(3)] == [True, True, False]


def test_mag_telt_per_bezoeker_en_gelooft_geen_opgegeven_adres(rf: RequestFactory) -> None:
    assert [mag(rf.get("/", headers={"x-forwarded-for": f"192.0.2.{n}"}), "proef") for n in range(3)][-1] is False
    assert mag(rf.get("/", REMOTE_ADDR="198.51.100.7"), "proef")


def test_mag_telt_per_sleutel(rf: RequestFactory) -> None:
    request = rf.post("/")
    assert [mag(request, "per_sleutel", sleutel=s) for s in ("a", "b", "a")] == [True, True, False]


def test_mag_kent_alleen_wat_in_de_instellingen_staat(rf: RequestFactory) -> None:
    with pytest.raises(KeyError):
        mag(rf.get("/"), "onbekend")
