"""The register of personal data: each share once, erased all or nothing."""

from typing import Any

import pytest

from tests.fabriek import maak_gebruiker
from welzijnportal import privacy
from welzijnportal.accounts.models import Gebruiker


@pytest.fixture(autouse=True)
def eigen_register(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(privacy, "_bronnen", dict(privacy._bronnen))


def niets(_: Any) -> None:
    return None


def test_registreer_weigert_een_naam_die_al_bestaat() -> None:
    assert {"account", "organisaties"} <= {bron.naam for bron in privacy.bronnen()}
    with pytest.raises(ValueError, match="'account' is registered twice"):
        privacy.registreer("account", export=niets, erase=niets)


@pytest.mark.django_db
def test_gevolgen_komen_van_elke_bron() -> None:
    privacy.registreer("proef", export=niets, erase=niets, gevolgen=lambda gebruiker: [f"Weg: {gebruiker.naam}"])
    assert privacy.gevolgen_voor(maak_gebruiker(naam="Anna")) == ["Weg: Anna"]


@pytest.mark.django_db
def test_wis_doet_alles_of_niets() -> None:
    gebruiker = maak_gebruiker(naam="Anna")

    def hernoem(persoon: Gebruiker) -> None:
        Gebruiker.objects.filter(pk=persoon.pk).update(naam="")

    def breek(_: Gebruiker) -> None:
        raise RuntimeError

    privacy._bronnen.clear()
    privacy.registreer("breekt", export=niets, erase=breek)
    privacy.registreer("hernoemt", export=niets, erase=hernoem)
    with pytest.raises(RuntimeError):
        privacy.wis(gebruiker)
    gebruiker.refresh_from_db()
    assert gebruiker.naam == "Anna"
