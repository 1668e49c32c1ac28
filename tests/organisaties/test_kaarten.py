"""A card is put together when a listing is saved: whatever changes the listing must change its card."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from organisaties.keuzes import Status, Versheidsstap
from organisaties.models import Doelgroep, Openingstijd, Openingsuitzondering, Organisatie, Zoekkaart
from organisaties.weergave import kaarten
from organisaties.weergave.onthouden import zoek_of_weet
from organisaties.weergave.zoekpagina import Woordenschat
from organisaties.zoeken import Zoekvraag, ververs, verwijder
from tests.fabriek import maak_dienst, maak_gebruiker, maak_locatie, maak_organisatie, maak_thema
from welzijnportal.geo.rd import Punt

pytestmark = pytest.mark.django_db
MAANDAG = datetime.datetime(2026, 11, 23, 10, 0, tzinfo=datetime.UTC)


def maak_volle() -> Organisatie:
    organisatie = maak_organisatie(
        naam="De Brede Brug", slug="de-brede-brug", telefoon="+31575123456", kort="Samen eten"
    )
    organisatie.themas.add(maak_thema(slug="geld", icoon="geld", tint="tint-2"))
    organisatie.doelgroepen.add(Doelgroep.objects.create(slug="ouderen", naam="Ouderen (65+)"))
    dienst = maak_dienst(organisatie, naam="Eettafel", is_gratis=True)
    maak_locatie(organisatie, plaats="Zutphen", punt=Punt(210.0, 461.0))
    maak_locatie(organisatie, plaats="Deventer", punt=Punt(207.0, 473.0))
    Openingstijd.objects.create(dienst=dienst, dag=1, van="09:00", tot="17:00")
    return organisatie


def kaart(organisatie: Organisatie, nu: datetime.datetime = MAANDAG, **vraag: Any) -> dict[str, Any]:
    (gevonden,) = kaarten([organisatie.pk], nu, **vraag)
    return gevonden


def test_een_bewaarde_kaart_zegt_wat_een_verse_zegt(django_assert_num_queries: Any) -> None:
    organisatie = maak_volle()
    punt = Punt(207.1, 472.0)
    vers = kaart(organisatie, punt=punt, afstanden={organisatie.pk: 1.0})
    assert not Zoekkaart.objects.exists()
    ververs([organisatie.pk])
    with django_assert_num_queries(1):
        assert kaart(organisatie, punt=punt, afstanden={organisatie.pk: 1.0}) == vers
    assert (vers["naam"], vers["plaats"], vers["open_nu"]) == ("De Brede Brug", "Deventer", "Nu open, tot 17.00 uur")
    assert (vers["voor_wie"], vers["thema_icoon"], vers["gratis_tekst"]) == ("ouderen", "geld", "Gratis")
    assert kaart(organisatie)["plaats"] == "Zutphen"


WIJZIGINGEN: dict[str, Callable[[Organisatie], object]] = {
    "naam": lambda o: Organisatie.objects.filter(pk=o.pk).update(naam="De Smalle Brug"),
    "adres": lambda o: Organisatie.objects.filter(pk=o.pk).update(slug="de-smalle-brug"),
    "kort": lambda o: Organisatie.objects.filter(pk=o.pk).update(kort="Samen koken"),
    "telefoon": lambda o: Organisatie.objects.filter(pk=o.pk).update(telefoon="+31201234567"),
    "werkgebied": lambda o: Organisatie.objects.filter(pk=o.pk).update(werkgebied="landelijk"),
    "dienst": lambda o: maak_dienst(o, naam="Cursus", is_gratis=False),
    "locatie": lambda o: o.locaties.filter(plaats="Zutphen").update(plaats="Warnsveld"),
    "geheim": lambda o: o.locaties.filter(plaats="Zutphen").update(is_geheim=True),
    "tijden": lambda o: Openingstijd.objects.update(tot="16:00"),
    "uitzondering": lambda o: Openingsuitzondering.objects.create(
        dienst=o.diensten.get(), van_datum="2026-11-23", tot_en_met_datum="2026-11-23", is_gesloten=True
    ),
    "doelgroepen": lambda o: o.doelgroepen.add(Doelgroep.objects.create(slug="mannen", naam="Mannen")),
    "themas": lambda o: o.themas.clear(),
}


@pytest.mark.parametrize("wat", WIJZIGINGEN)
def test_na_ververs_is_de_kaart_nooit_oud(wat: str) -> None:
    organisatie = maak_volle()
    ververs([organisatie.pk])
    eerst = kaart(organisatie)
    WIJZIGINGEN[wat](organisatie)
    ververs([organisatie.pk])
    bewaard = kaart(organisatie)
    assert bewaard != eerst
    Zoekkaart.objects.all().delete()
    assert kaart(organisatie) == bewaard


@pytest.mark.parametrize(
    ("veld", "waarde"),
    [("bevestigd_op", MAANDAG), ("versheidsstap", Versheidsstap.VEROUDERD), ("status", Status.GEARCHIVEERD)],
)
def test_wat_de_tijd_met_een_vermelding_doet_staat_niet_in_de_kaart(veld: str, waarde: Any) -> None:
    organisatie = maak_volle()
    ververs([organisatie.pk])
    eerst = kaarten([organisatie.pk], MAANDAG)
    Organisatie.objects.filter(pk=organisatie.pk).update(**{veld: waarde})
    assert kaarten([organisatie.pk], MAANDAG) != eerst


def test_namen_van_themas_en_doelgroepen_staan_niet_in_de_kaart() -> None:
    organisatie = maak_volle()
    ververs([organisatie.pk])
    organisatie.themas.update(icoon="huis")
    organisatie.doelgroepen.update(naam="Senioren")
    assert (kaart(organisatie)["thema_icoon"], kaart(organisatie)["voor_wie"]) == ("huis", "senioren")


def test_een_geheim_adres_staat_niet_in_de_bewaarde_kaart() -> None:
    organisatie = maak_organisatie()
    maak_locatie(organisatie, plaats="Groningen", is_geheim=True, straat="Verborgenlaan 1", punt=Punt(233.9, 582.1))
    ververs([organisatie.pk])
    gegevens = Zoekkaart.objects.get().gegevens
    assert "233.9" not in gegevens
    assert "Verborgenlaan" not in gegevens


def test_een_beheerder_die_bewaart_ziet_het_meteen_in_de_lijst(log_in: Any, client: Any) -> None:
    organisatie = maak_volle()
    beheerder = maak_gebruiker()
    organisatie.beheer.create(gebruiker=beheerder)
    ververs([organisatie.pk])
    assert "Samen eten" in client.get("/organisaties/").content.decode()
    log_in(beheerder).post(
        "/organisaties/de-brede-brug/wijzigen/bereikbaarheid/",
        {"telefoon": "020 1234567", "email": "", "website": "", "versie": organisatie.versie},
    )
    assert Organisatie.objects.get().telefoon == "+31201234567"
    client.logout()
    html = client.get("/organisaties/").content.decode()
    assert "020 123 4567" in html
    assert "0575 123 456" not in html


def test_een_onthouden_antwoord_verdwijnt_zodra_er_een_vermelding_bij_komt_of_gaat(
    django_assert_num_queries: Any,
) -> None:
    een = maak_organisatie(naam="Een")
    ververs([een.pk])
    vraag = Zoekvraag(nu=MAANDAG)

    def gevonden() -> list[int]:
        return sorted(zoek_of_weet(vraag, Woordenschat.uit_database().stand).ids)

    assert gevonden() == [een.pk]
    stand = Woordenschat.uit_database().stand
    with django_assert_num_queries(0):
        assert zoek_of_weet(vraag, stand).ids == [een.pk]
    twee = maak_organisatie(naam="Twee")
    ververs([twee.pk])
    assert gevonden() == [een.pk, twee.pk]
    verwijder([een.pk])
    assert gevonden() == [twee.pk]


def test_een_onthouden_antwoord_geldt_een_minuut() -> None:
    organisatie = maak_volle()
    ververs([organisatie.pk])
    stand = Woordenschat.uit_database().stand
    open_nu = [
        {waarde.waarde: waarde.aantal for waarde in zoek_of_weet(Zoekvraag(nu=nu), stand).facetten["open"]}
        for nu in (MAANDAG, MAANDAG + datetime.timedelta(hours=12))
    ]
    assert open_nu == [{"nu": 1}, {"nu": 0}]
