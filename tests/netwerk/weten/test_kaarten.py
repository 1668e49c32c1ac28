"""Practice cards: making them, who agrees, changing, keeping, and the page itself."""

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from netwerk.actions.weten import kaarten
from netwerk.actions.weten.kaarten import (
    KaartFout,
    herinner_aan_toetsen,
    hielp,
    maak_kaart,
    stem_in,
    versmal,
    wijzig_kaart,
)
from netwerk.keuzes import Plaatsing, Zicht
from netwerk.models import (
    Gesprek,
    Kaarthielp,
    Kaartlabel,
    Kaartschrijver,
    Kaartversie,
    Kennisgeving,
    Netwerk,
    Praktijkkaart,
    Professional,
)
from tests.fabriek import maak_gesprek, maak_netwerk, maak_professional, maak_reactie, maak_thema

NL = ZoneInfo("Europe/Amsterdam")


def velden(**anders: Any) -> dict[str, Any]:
    return {
        "titel": "Aanbellen in plaats van schrijven",
        "samenvatting": "Zo bereikt u wie geen post opent.",
        "aanpak": "1. Loop langs op dinsdag.\n2. Bel **één** keer.\n3. Laat een kaartje achter.",
        "letop": "Ga nooit alleen.",
        "zicht": Zicht.PUBLIEK,
        **anders,
    }


class Toneel:
    """A conversation among members with an answer, and everybody around it."""

    def __init__(self, zicht: int = Zicht.NETWERK) -> None:
        self.beheerder = maak_professional(naam="Bea Beheer")
        self.vrager = maak_professional(naam="Vera Vrager")
        self.antwoorder = maak_professional(naam="Anton Antwoord")
        self.lid = maak_professional(naam="Lies Lid")
        self.netwerk = maak_netwerk(
            beheerder=self.beheerder, leden=(self.vrager, self.antwoorder, self.lid), zicht_gesprekken=zicht
        )
        self.gesprek = maak_gesprek(self.netwerk, self.vrager, zicht=zicht)
        self.gesprek.antwoord = maak_reactie(self.gesprek, self.antwoorder)
        self.gesprek.save()

    def maak(self, door: Professional | None = None, **anders: Any) -> Praktijkkaart:
        is_genoemd = anders.pop("is_genoemd", True)
        return maak_kaart(
            door=door or self.vrager, velden=velden(**anders), gesprek=self.gesprek, is_genoemd=is_genoemd
        )


@pytest.fixture
def toneel(db: None) -> Toneel:
    return Toneel()


def vers(kaart: Praktijkkaart) -> Praktijkkaart:
    return Praktijkkaart.objects.get(pk=kaart.pk)


@pytest.mark.parametrize(
    ("wie", "mag"), [("vrager", True), ("antwoorder", True), ("beheerder", True), ("lid", False), ("vreemde", False)]
)
def test_wie_een_kaart_van_een_antwoord_maakt(toneel: Toneel, wie: str, mag: bool) -> None:
    door = maak_professional() if wie == "vreemde" else getattr(toneel, wie)
    if mag:
        assert toneel.maak(door).uit_reactie == toneel.gesprek.antwoord
    else:
        with pytest.raises(KaartFout):
            toneel.maak(door)


def test_zonder_gemarkeerd_antwoord_geen_kaart(toneel: Toneel) -> None:
    Gesprek.objects.update(antwoord=None)
    with pytest.raises(KaartFout):
        toneel.maak()


def test_ruimer_dan_het_gesprek_pas_als_beiden_het_goed_vinden(toneel: Toneel) -> None:
    kaart = toneel.maak(toneel.beheerder)
    assert (kaart.zicht, kaart.gewenst_zicht) == (Zicht.NETWERK, Zicht.PUBLIEK)
    assert set(Kennisgeving.objects.filter(soort="vermelding").values_list("ontvanger", flat=True)) == {
        toneel.vrager.gebruiker_id,
        toneel.antwoorder.gebruiker_id,
    }
    stem_in(kaart=kaart, door=toneel.vrager, is_genoemd=True, mag_ruimer=True)
    assert vers(kaart).zicht == Zicht.NETWERK
    stem_in(kaart=kaart, door=toneel.antwoorder, is_genoemd=False, mag_ruimer=True)
    assert vers(kaart).zicht == Zicht.PUBLIEK
    genoemd = set(kaart.schrijvers.filter(is_genoemd=True).values_list("professional__naam", flat=True))
    assert genoemd == {"Bea Beheer", "Vera Vrager"}
    # Leave taken back makes it narrow again at once.
    stem_in(kaart=kaart, door=toneel.antwoorder, is_genoemd=False, mag_ruimer=False)
    assert vers(kaart).zicht == Zicht.NETWERK


def test_wie_weg_is_kan_niet_instemmen(toneel: Toneel) -> None:
    kaart = toneel.maak(toneel.vrager)
    toneel.antwoorder.gebruiker.delete()
    stem_in(kaart=kaart, door=toneel.vrager, is_genoemd=True, mag_ruimer=True)
    assert vers(kaart).zicht == Zicht.NETWERK


def test_niemand_anders_stemt_in(toneel: Toneel) -> None:
    kaart = toneel.maak()
    with pytest.raises(KaartFout):
        stem_in(kaart=kaart, door=toneel.lid, is_genoemd=True, mag_ruimer=True)


def test_smaller_netwerk_maakt_kaarten_smaller_tenzij_iedereen_instemde(db: None) -> None:
    een, ander = Toneel(Zicht.PORTAAL), Toneel(Zicht.PORTAAL)
    zonder, met = een.maak(zicht=Zicht.PORTAAL), ander.maak(zicht=Zicht.PORTAAL)
    stem_in(kaart=met, door=ander.antwoorder, is_genoemd=True, mag_ruimer=True)
    for toneel in (een, ander):
        Netwerk.objects.filter(pk=toneel.netwerk.pk).update(zicht_gesprekken=1)
        Gesprek.objects.filter(netwerk=toneel.netwerk).update(zicht=1)
        versmal(Netwerk.objects.get(pk=toneel.netwerk.pk))
    assert (vers(zonder).zicht, vers(met).zicht) == (Zicht.NETWERK, Zicht.PORTAAL)


def test_nooit_ruimer_dan_de_pagina_van_het_netwerk(toneel: Toneel) -> None:
    kaart = toneel.maak()
    stem_in(kaart=kaart, door=toneel.antwoorder, is_genoemd=True, mag_ruimer=True)
    assert vers(kaart).zicht == Zicht.PUBLIEK
    Netwerk.objects.update(zicht_pagina=1, zicht_leden=1, zicht_gesprekken=1)
    versmal(Netwerk.objects.get(pk=toneel.netwerk.pk))
    assert vers(kaart).zicht == Zicht.NETWERK


@pytest.mark.django_db(transaction=True)
def test_tien_tegelijk_maken_een_kaart() -> None:
    toneel = Toneel()

    def doe(_: int) -> bool:
        try:
            toneel.maak()
        except KaartFout:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(doe, range(10))) == 1
    assert Praktijkkaart.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twintig_tegelijk_hielp_telt_ieder_een_keer() -> None:
    toneel = Toneel()
    kaart = toneel.maak()
    lezers = [maak_professional() for _ in range(10)]

    def doe(lezer: Professional) -> None:
        try:
            hielp(kaart=kaart, door=lezer, ja=True)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(doe, lezers * 2))
    assert (vers(kaart).aantal_hielp, Kaarthielp.objects.count()) == (10, 10)


def test_hielp_terugnemen_en_niet_van_de_schrijver(toneel: Toneel) -> None:
    kaart = toneel.maak()
    hielp(kaart=kaart, door=toneel.lid, ja=True)
    hielp(kaart=kaart, door=toneel.lid, ja=True)
    assert vers(kaart).aantal_hielp == 1
    hielp(kaart=kaart, door=toneel.lid, ja=False)
    hielp(kaart=kaart, door=toneel.lid, ja=False)
    assert vers(kaart).aantal_hielp == 0
    with pytest.raises(KaartFout):
        hielp(kaart=kaart, door=toneel.vrager, ja=True)


def test_wijzigen_bewaart_wat_er_stond(toneel: Toneel) -> None:
    kaart = toneel.maak()
    thema = maak_thema()
    wijzig_kaart(
        kaart=kaart, door=toneel.antwoorder, velden=velden(titel="Beter"), themas=[thema], labels=["huisbezoek"]
    )
    versie = Kaartversie.objects.get()
    assert (versie.titel, versie.door, vers(kaart).titel) == (velden()["titel"], toneel.antwoorder, "Beter")
    assert list(kaart.themas.all()) == [thema]
    assert list(kaart.labels.names()) == ["huisbezoek"]


def test_wijzigen_ziet_dat_een_ander_het_intussen_deed(toneel: Toneel) -> None:
    kaart = toneel.maak()
    gezien = kaart.gewijzigd_op
    wijzig_kaart(kaart=kaart, door=toneel.vrager, velden=velden(titel="Eerst"), themas=[], labels=[], gezien_op=gezien)
    with pytest.raises(KaartFout, match="intussen"):
        wijzig_kaart(
            kaart=kaart, door=toneel.antwoorder, velden=velden(titel="Dan"), themas=[], labels=[], gezien_op=gezien
        )
    assert vers(kaart).titel == "Eerst"


def test_wie_geen_schrijver_of_beheerder_is_wijzigt_niets(toneel: Toneel) -> None:
    kaart = toneel.maak()
    for doe in (
        lambda: wijzig_kaart(kaart=kaart, door=toneel.lid, velden=velden(), themas=[], labels=[]),
        lambda: kaarten.trek_in(kaart=kaart, door=toneel.lid),
        lambda: kaarten.toets(kaart=kaart, door=toneel.lid),
    ):
        with pytest.raises(KaartFout):
            doe()
    kaarten.trek_in(kaart=kaart, door=toneel.beheerder)
    assert vers(kaart).plaatsing == Plaatsing.INGETROKKEN


def test_na_intrekken_mag_er_een_nieuwe_komen(toneel: Toneel) -> None:
    kaarten.trek_in(kaart=toneel.maak(), door=toneel.vrager)
    assert toneel.maak().plaatsing == Plaatsing.GEPLAATST


def test_herinnering_om_na_te_kijken_gaat_een_keer_ook_rond_de_klok(toneel: Toneel) -> None:
    with time_machine.travel(datetime(2025, 10, 26, 2, 30, tzinfo=NL), tick=False):
        kaart = toneel.maak()
    assert kaart.toetsen_datum == date(2026, 10, 26)
    for moment, verwacht in (
        (datetime(2026, 10, 25, 23, 59, tzinfo=NL), 0),
        (datetime(2026, 10, 26, 0, 1, tzinfo=NL), 1),
        (datetime(2026, 10, 26, 0, 2, tzinfo=NL), 0),
        (datetime(2026, 11, 26, 9, 0, tzinfo=NL), 0),
    ):
        with time_machine.travel(moment, tick=False):
            assert herinner_aan_toetsen() == verwacht
    with time_machine.travel(datetime(2026, 11, 27, 9, 0, tzinfo=NL), tick=False):
        kaarten.toets(kaart=kaart, door=toneel.vrager)
    assert vers(kaart).toetsen_datum == date(2027, 11, 27)
    with time_machine.travel(datetime(2027, 11, 28, 9, 0, tzinfo=NL), tick=False):
        assert herinner_aan_toetsen() == 1


def test_regels_van_de_tabellen(toneel: Toneel) -> None:
    kaart = toneel.maak()
    rijen = Praktijkkaart.objects.filter(pk=kaart.pk)
    for naam, wijziging in (
        ("praktijkkaart_zicht_bestaat", {"zicht": 0, "gewenst_zicht": 1}),
        ("praktijkkaart_niet_ruimer_dan_gewenst", {"zicht": 3, "gewenst_zicht": 2}),
        ("praktijkkaart_zonder_netwerk_is_ruim", {"netwerk": None, "zicht": 1}),
        ("praktijkkaart_is_geplaatst", {"plaatsing": "concept"}),
    ):
        with pytest.raises(IntegrityError, match=naam), transaction.atomic():
            rijen.update(**wijziging)
    with pytest.raises(IntegrityError, match="praktijkkaart_een_per_reactie"), transaction.atomic():
        Praktijkkaart.objects.create(**velden(zicht=1), netwerk=kaart.netwerk, uit_reactie=kaart.uit_reactie)
    with pytest.raises(IntegrityError, match="kaartschrijver_een_keer"), transaction.atomic():
        Kaartschrijver.objects.create(kaart=kaart, professional=toneel.vrager)
    with pytest.raises(IntegrityError, match="kaartschrijver_antwoord_is_heel"), transaction.atomic():
        Kaartschrijver.objects.update(beantwoord_op=timezone.now(), is_genoemd=True, mag_ruimer=None)
    Kaarthielp.objects.create(kaart=kaart, door=toneel.lid)
    with pytest.raises(IntegrityError, match="kaarthielp_een_keer"), transaction.atomic():
        Kaarthielp.objects.create(kaart=kaart, door=toneel.lid)
    kaart.labels.set(["een"])
    label = Kaartlabel.objects.get()
    with pytest.raises(IntegrityError, match="kaartlabel_een_keer"), transaction.atomic():
        Kaartlabel.objects.create(content_object=kaart, tag=label.tag)


def publieke_kaart(**anders: Any) -> Praktijkkaart:
    return maak_kaart(door=maak_professional(naam="Sam Schrijver"), velden=velden(**anders))


def test_kaart_op_de_pagina(client: Any, db: None) -> None:
    kaart = publieke_kaart(titel="Pas op </script><script>alert(1)</script>")
    response = client.get(kaart.get_absolute_url())
    html = response.content.decode()
    assert not response.cookies
    assert "public" in response["Cache-Control"]
    assert client.get(kaart.get_absolute_url(), headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert "<strong>één</strong>" in html
    assert "Sam Schrijver" in html
    blok = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert blok
    gegevens = json.loads(blok[1])
    assert gegevens["name"] == kaart.titel
    assert [stap["text"] for stap in gegevens["step"]] == [
        "Loop langs op dinsdag.",
        "Bel één keer.",
        "Laat een kaartje achter.",
    ]
    assert gegevens["author"] == [{"@type": "Person", "name": "Sam Schrijver"}]


def test_kaart_zonder_naam(client: Any, db: None) -> None:
    kaart = maak_kaart(door=maak_professional(naam="Sam Schrijver"), velden=velden(), is_genoemd=False)
    html = client.get(kaart.get_absolute_url()).content.decode()
    assert "Sam Schrijver" not in html
    assert "Van een vakgenoot" in html


@pytest.mark.parametrize("ingelogd", [False, True])
def test_kaart_telt_vast(client: Any, log_in: Callable[..., Any], toneel: Toneel, ingelogd: bool) -> None:
    kaart = toneel.maak()
    stem_in(kaart=kaart, door=toneel.antwoorder, is_genoemd=True, mag_ruimer=True)
    if ingelogd:
        client = log_in(toneel.lid.gebruiker)
    tellingen = []
    for n in range(2):
        kaart.themas.add(maak_thema(), maak_thema())
        kaart.labels.add(f"een{n}", f"twee{n}")
        client.get(kaart.get_absolute_url())
        with CaptureQueriesContext(connection) as vragen:
            client.get(kaart.get_absolute_url())
        tellingen.append(len(vragen))
    assert tellingen[0] == tellingen[1] <= (9 if ingelogd else 5)


def test_kaart_schrijven_op_de_pagina(log_in: Callable[..., Any], db: None) -> None:
    schrijver = maak_professional()
    netwerk = maak_netwerk(leden=(schrijver,))
    ander = maak_netwerk()
    client = log_in(schrijver.gebruiker)
    invoer = {**velden(), "zicht": "2", "labels": "huisbezoek, post", "is_genoemd": "on"}
    html = client.post("/praktijkkaarten/schrijven/", {**invoer, "titel": "", "zicht": "1"}).content.decode()
    assert "Geef de kaart een titel." in html
    assert "Kies een netwerk, of laat meer mensen de kaart lezen." in html
    assert "Ga nooit alleen." in html
    client.post("/praktijkkaarten/schrijven/", {**invoer, "netwerk": ander.pk})
    assert not Praktijkkaart.objects.exists()
    response = client.post("/praktijkkaarten/schrijven/", {**invoer, "netwerk": netwerk.pk, "zicht": "1"})
    kaart = Praktijkkaart.objects.get()
    assert response["Location"] == kaart.get_absolute_url()
    assert (kaart.netwerk, kaart.zicht, set(kaart.labels.names())) == (netwerk, 1, {"huisbezoek", "post"})


@pytest.mark.parametrize(
    ("veld", "waarde", "fout"),
    [
        ("aanpak", "a" * 3001, "3000"),
        ("aanpak", "\u200b", "te lezen"),
        ("titel", "a" * 121, "120"),
        ("labels", ",".join("abcdefghijk"), "hoogstens 8"),
        ("labels", "a" * 50, "40 tekens"),
        ("zicht", "9", "geldige"),
        ("letop", "a\x07b", "teken"),
    ],
)
def test_kwade_invoer_van_een_kaart(log_in: Callable[..., Any], db: None, veld: str, waarde: str, fout: str) -> None:
    client = log_in(maak_professional().gebruiker)
    html = client.post("/praktijkkaarten/schrijven/", {**velden(), "zicht": "2", veld: waarde}).content.decode()
    assert fout in html
    assert not Praktijkkaart.objects.exists()


def test_gevaarlijke_opmaak_wordt_tekst(client: Any, db: None) -> None:
    kaart = publieke_kaart(
        aanpak="[klik](javascript:alert(1)) ![spion](https://x.example/p.gif) <img src=x onerror=alert(1)>"
    )
    html = client.get(kaart.get_absolute_url()).content.decode()
    assert "javascript:" not in re.sub(r"<script type=.*?</script>", "", html, flags=re.DOTALL).replace(
        "(javascript:alert(1))", ""
    )
    assert "<img src=x" not in html
    assert 'src="https://x.example' not in html


def test_hielp_wijzigen_en_geschiedenis_op_de_pagina(log_in: Callable[..., Any], toneel: Toneel) -> None:
    kaart = toneel.maak()
    pad = kaart.get_absolute_url()
    client = log_in(toneel.lid.gebruiker)
    client.post(f"{pad}hielp/", {"doe": "wel"})
    client.post(f"{pad}hielp/", {"doe": "onzin"})
    assert "Hielp 1 vakgenoot." in client.get(pad).content.decode()
    client = log_in(toneel.vrager.gebruiker)
    html = client.get(f"{pad}wijzigen/").content.decode()
    versie = re.search(r'name="versie" value="([^"]+)"', html)
    assert versie
    invoer = {**velden(titel="Beter"), "zicht": "1", "labels": "", "versie": versie[1]}
    assert client.post(f"{pad}wijzigen/", invoer).status_code == 302
    assert "intussen gewijzigd" in client.post(f"{pad}wijzigen/", invoer).content.decode()
    assert velden()["titel"] in client.get(f"{pad}geschiedenis/").content.decode()
    client.post(f"{pad}nagekeken/")
    assert client.get(f"{pad}intrekken/").status_code == 200
    client.post(f"{pad}intrekken/")
    assert client.get(pad).status_code == 404


def test_instemming_op_de_pagina(log_in: Callable[..., Any], toneel: Toneel) -> None:
    kaart = toneel.maak()
    pad = f"{kaart.get_absolute_url()}instemming/"
    client = log_in(toneel.antwoorder.gebruiker)
    assert "Kies ja of nee." in client.post(pad, {}).content.decode()
    client.post(pad, {"is_genoemd": "ja", "mag_ruimer": "ja"})
    assert vers(kaart).zicht == Zicht.PUBLIEK
    assert log_in(toneel.lid.gebruiker).get(pad).status_code == 404


def test_feed_heeft_wat_voor_iedereen_is(client: Any, db: None) -> None:
    publieke_kaart(titel="Voor iedereen")
    publieke_kaart(titel="Voor het portaal", zicht=Zicht.PORTAAL)
    response = client.get("/praktijkkaarten/atom/")
    assert response["Content-Type"].startswith("application/atom+xml")
    assert "Voor iedereen" in response.content.decode()
    assert "Voor het portaal" not in response.content.decode()
    assert client.get("/praktijkkaarten/atom/", headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_kaart_maken_uit_een_gesprek_op_de_pagina(log_in: Callable[..., Any], toneel: Toneel) -> None:
    pad = f"/gesprekken/{toneel.gesprek.code}/praktijkkaart/"
    client = log_in(toneel.vrager.gebruiker)
    html = client.get(pad).content.decode()
    assert "Wij bellen eerst aan. Dat werkt." in html
    client.post(pad, {**velden(), "zicht": "3", "labels": "", "is_genoemd": "on"})
    kaart = Praktijkkaart.objects.get()
    assert (kaart.uit_gesprek, kaart.zicht, kaart.gewenst_zicht) == (toneel.gesprek, 1, 3)
    assert client.get(pad)["Location"] == kaart.get_absolute_url()
    assert kaart.toetsen_datum == timezone.localdate() + timedelta(days=365)
