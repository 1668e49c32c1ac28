"""The next import of a row that was merged finds the listing that stayed."""

from typing import Any

import pytest

from organisaties.actions.samenvoegen import Keuzes, maak_ongedaan, voeg_samen
from organisaties.imports.rijen import controleer
from organisaties.imports.uitvoeren import Uitkomst, voer_uit
from organisaties.models import Organisatie
from welzijnportal import tabular
from welzijnportal.accounts.models import Gebruiker

pytestmark = pytest.mark.django_db
KOP = "id;naam;aanbod;telefoon;straat;postcode;plaats"
RIJEN = [
    "1;De Linde;Samen eten;030 1234567;Lindelaan 12;3511 AB;Utrecht",
    "2;Stichting De Linde;Spreekuur;030 7654321;Eikstraat 1;3512 AB;Utrecht",
]


def importeer(*rijen: str) -> Uitkomst:
    bestand = "\n".join([KOP, *rijen]).encode()
    return voer_uit(controleer(tabular.lees(bestand)), bron="stad", door=None, publiceer=True)


@pytest.fixture
def twee(db: None) -> list[Organisatie]:
    importeer(*RIJEN)
    return list(Organisatie.objects.order_by("extern_id"))


def cijfers(uitkomst: Uitkomst) -> tuple[int, int, int]:
    return uitkomst.nieuw, uitkomst.gewijzigd, uitkomst.ongewijzigd


def test_na_het_samenvoegen_komt_er_niets_bij(twee: list[Organisatie], moderator: Gebruiker) -> None:
    voeg_samen(blijver=twee[0], ander=twee[1], door=moderator)
    assert cijfers(importeer(*RIJEN)) == (0, 0, 2)
    assert Organisatie.objects.zichtbaar().get() == twee[0]


def test_wat_de_bron_wijzigt_komt_bij_de_blijver(twee: list[Organisatie], moderator: Gebruiker) -> None:
    voeg_samen(blijver=twee[0], ander=twee[1], door=moderator, keuzes=Keuzes(velden={"telefoon": "ander"}))
    nieuw = RIJEN[1].replace("Spreekuur", "Inloopspreekuur").replace("7654321", "7000000")
    nieuw = nieuw.replace("Eikstraat 1", "Eikstraat 99")
    assert cijfers(importeer(RIJEN[0], nieuw)) == (0, 1, 1)
    blijver = Organisatie.objects.zichtbaar().get()
    assert blijver.telefoon.as_e164 == "+31307000000"
    assert [dienst.naam for dienst in blijver.diensten.all()] == ["Samen eten", "Inloopspreekuur"]
    assert [plek.straat for plek in blijver.locaties.all()] == ["Lindelaan 12", "Eikstraat 99"]
    assert cijfers(importeer(RIJEN[0], nieuw)) == (0, 0, 2)


def test_na_ongedaan_maken_haalt_de_import_de_ander_weer_bij(twee: list[Organisatie], moderator: Gebruiker) -> None:
    voeging = voeg_samen(blijver=twee[0], ander=twee[1], door=moderator)
    nieuw = RIJEN[1].replace("7654321", "7000000")
    importeer(RIJEN[0], nieuw)
    maak_ongedaan(samenvoeging=voeging, door=moderator)
    assert cijfers(importeer(RIJEN[0], nieuw)) == (0, 1, 1)
    ander: Any = Organisatie.objects.get(pk=twee[1].pk)
    assert ander.telefoon.as_e164 == "+31307000000"
