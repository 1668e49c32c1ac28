"""The search over conversations and cards: who finds what, in how many queries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.postgres.search import SearchVectorField
from django.db import connection
from django.db.models import Value
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from netwerk.actions.weten.kaarten import maak_kaart
from netwerk.keuzes import Zicht
from netwerk.models import Gesprek, Netwerk, Praktijkkaart, Professional
from netwerk.weergave.kennis import KAART, NIEUWSTE, Kennisvraag, zoek, zoek_onbeantwoord
from netwerk.weergave.kennisrij import kaal, rijen_van
from netwerk.weergave.zoekwoorden import Markeerder
from netwerk.zoeken import vector_van
from tests.fabriek import (
    maak_gebruiker,
    maak_gesprek,
    maak_lid,
    maak_netwerk,
    maak_professional,
    maak_reactie,
    maak_thema,
)


def plaats(titel: str, *, tekst: str = "Wij zoeken raad.", labels: tuple[str, ...] = (), **velden: Any) -> Gesprek:
    """Make a conversation that can be found by its words."""
    gesprek = maak_gesprek(titel=titel, tekst=tekst, **velden)
    gesprek.labels.set(labels)
    vector = vector_van({"A": titel, "B": " ".join(labels), "C": tekst})
    Gesprek.objects.filter(pk=gesprek.pk).update(vector=Value(vector, output_field=SearchVectorField()))
    return gesprek


def schrijf(titel: str, *, zicht: int = Zicht.PUBLIEK, **extra: Any) -> Praktijkkaart:
    velden = {"titel": titel, "samenvatting": "Zo lukt het.", "aanpak": "1. Bel eerst.", "letop": "", "zicht": zicht}
    return maak_kaart(door=extra.pop("door", None) or maak_professional(), velden=velden, **extra)


def titels(kijker: Professional | None, q: str = "", **keuzes: Any) -> list[str]:
    return [rij.titel for rij in zoek(Kennisvraag(kijker, q=q, **keuzes)).rijen]


@pytest.fixture
def netwerk(db: None) -> Netwerk:
    return maak_netwerk()


@pytest.mark.parametrize("q", ["", "eenzaam"])
@pytest.mark.parametrize(
    ("wie", "ziet"),
    [
        ("bezoeker", {"publiek"}),
        ("lid van het portaal", {"publiek", "portaal"}),
        ("lid", {"publiek", "portaal", "netwerk"}),
        ("beheerder", {"publiek", "portaal", "netwerk"}),
        ("aanvrager", {"publiek", "portaal"}),
        ("verwijderd", {"publiek", "portaal"}),
        ("lid van een ander netwerk", {"publiek", "portaal"}),
    ],
)
def test_wie_wat_vindt(netwerk: Netwerk, wie: str, ziet: set[str], q: str) -> None:
    for zicht in Zicht:
        naam = zicht.name.lower()
        plaats(f"eenzaam gesprek {naam}", netwerk=netwerk, zicht=zicht)
        auteur = maak_professional()
        maak_lid(netwerk, auteur)
        schrijf(f"eenzaam kaart {naam}", zicht=zicht, netwerk=netwerk, door=auteur)
    kijker = None if wie == "bezoeker" else maak_professional()
    if wie == "lid":
        maak_lid(netwerk, kijker)
    elif wie == "beheerder":
        maak_lid(netwerk, kijker, rol="beheerder")
    elif wie == "aanvrager":
        maak_lid(netwerk, kijker, status="aangevraagd")
    elif wie == "verwijderd":
        maak_lid(netwerk, kijker, status="verwijderd")
    elif wie == "lid van een ander netwerk":
        maak_lid(maak_netwerk(), kijker)
    verwacht = {f"eenzaam {soort} {zicht}" for zicht in ziet for soort in ("gesprek", "kaart")}
    assert set(titels(kijker, q)) == verwacht
    assert set(titels(kijker, q, netwerk=netwerk.pk)) == verwacht


@pytest.mark.parametrize("velden", [{"plaatsing": "concept"}, {"plaatsing": "ingetrokken"}, {"plaatsing": "verborgen"}])
def test_wat_niet_geplaatst_is_vindt_niemand(netwerk: Netwerk, velden: dict[str, Any]) -> None:
    gesprek = plaats("eenzaam", netwerk=netwerk, zicht=Zicht.PUBLIEK, **velden)
    maak_lid(netwerk, gesprek.auteur)
    assert titels(None, "eenzaam") == titels(gesprek.auteur, "eenzaam") == titels(gesprek.auteur) == []


def test_van_een_gesloten_netwerk_vindt_niemand_iets(netwerk: Netwerk) -> None:
    lid = maak_professional()
    maak_lid(netwerk, lid)
    plaats("eenzaam", netwerk=netwerk, zicht=Zicht.PUBLIEK)
    schrijf("eenzame kaart", netwerk=netwerk, door=lid)
    assert len(titels(lid)) == 2
    Netwerk.objects.update(status="gesloten")
    assert titels(lid) == titels(lid, "eenzaam") == titels(None) == []


def test_filters(netwerk: Netwerk) -> None:
    thema = maak_thema(naam="Geld")
    ander = maak_netwerk()
    netwerk.themas.add(thema)
    open_vraag = plaats("vraag open", netwerk=netwerk, zicht=3, labels=("Wijkteam",))
    klaar = plaats("vraag klaar", netwerk=ander, zicht=3)
    klaar.antwoord = maak_reactie(klaar)
    klaar.save()
    plaats("ervaring", netwerk=ander, zicht=3, soort="ervaring")
    plaats("vraag dicht", netwerk=ander, zicht=3, is_gesloten=True)
    schrijf("kaart geld", themas=[thema], labels=["wijkteam"])
    assert set(titels(None, soort="vraag")) == {"vraag open", "vraag klaar", "vraag dicht"}
    assert titels(None, soort=KAART) == ["kaart geld"]
    assert titels(None, is_onbeantwoord=True) == ["vraag open"]
    assert titels(None, is_onbeantwoord=True, soort=KAART) == []
    assert set(titels(None, themas=(thema.pk,))) == {"vraag open", "kaart geld"}
    assert set(titels(None, label="wijkteam")) == {"vraag open", "kaart geld"}
    assert set(titels(None, netwerk=ander.pk)) == {"vraag klaar", "ervaring", "vraag dicht"}
    assert titels(None, "open", label="wijkteam", netwerk=netwerk.pk, soort="vraag") == [open_vraag.titel]


def test_woorden_in_elke_vorm_en_alle_woorden(db: None) -> None:
    plaats("Eenzame ouderen bereiken", zicht=3)
    plaats("Jongeren met schulden", tekst="Wat doet u met aanmaningen?", zicht=3)
    assert titels(None, "eenzaamheid oudere") == ["Eenzame ouderen bereiken"]
    assert titels(None, "aanmaning") == ["Jongeren met schulden"]
    assert titels(None, "schuld jongere") == ["Jongeren met schulden"]


def test_losse_woorden_als_niets_ze_allemaal_heeft(db: None) -> None:
    plaats("Jongeren met schulden", zicht=3)
    gevonden = zoek(Kennisvraag(None, q="schulden fietsenmaker"))
    assert ([rij.titel for rij in gevonden.rijen], gevonden.is_los) == (["Jongeren met schulden"], True)


def test_een_typefout_wordt_gelezen_als_het_woord(db: None) -> None:
    plaats("Iemand is eenzaam", zicht=3)
    gevonden = zoek(Kennisvraag(None, q="eenzaaam"))
    assert [rij.titel for rij in gevonden.rijen] == ["Iemand is eenzaam"]
    assert gevonden.verbeterd == [("eenzaaam", "eenzaam")]


@pytest.mark.parametrize("q", ["xqzwvk", "%%%", "(.*)+[", "'& | ! :* <->", "\\", "___", "\u200b", "a" * 200, "1 2 3"])
def test_onzin_vindt_niets(db: None, q: str) -> None:
    plaats("Iemand is eenzaam", zicht=3)
    assert titels(None, q) == []


def test_tekens_van_een_zoektaal_zijn_gewone_tekst(db: None) -> None:
    plaats("Iemand is eenzaam", zicht=3)
    assert titels(None, "eenzaam & !iemand:* | (") == ["Iemand is eenzaam"]


def test_best_passend_en_nieuwste(db: None) -> None:
    nu = timezone.now()
    plaats("Over schulden", zicht=3, laatste_op=nu - timedelta(days=3))
    plaats("Anders", tekst="Soms komt het woord schulden voor.", zicht=3, laatste_op=nu)
    assert titels(None, "schulden") == ["Over schulden", "Anders"]
    assert titels(None, "schulden", sorteer=NIEUWSTE) == ["Anders", "Over schulden"]


def test_bladeren_zonder_woorden_geeft_alles_een_keer(netwerk: Netwerk) -> None:
    lid = maak_professional()
    maak_lid(netwerk, lid)
    op = timezone.now()
    for n in range(30):
        # Moments alike and pinned ones, which have a place of their own in the index.
        plaats(
            f"gesprek {n}",
            netwerk=netwerk,
            zicht=1 + n % 3,
            laatste_op=op - timedelta(hours=n // 4),
            is_vastgezet=n == 25,
        )
        kaart = schrijf(f"kaart {n}", zicht=1 + n % 3, netwerk=netwerk, door=lid)
        Praktijkkaart.objects.filter(pk=kaart.pk).update(geplaatst_op=op - timedelta(hours=n // 4))
    gezien: list[str] = []
    momenten = []
    na = None
    for _ in range(10):
        gevonden = zoek(Kennisvraag(lid, na=na))
        gezien += [rij.titel for rij in gevonden.rijen]
        momenten += [rij.op for rij in gevonden.rijen]
        na = gevonden.volgende
        if na is None:
            break
    assert len(gezien) == len(set(gezien)) == 60
    assert momenten == sorted(momenten, reverse=True)


def test_bladeren_met_woorden(db: None) -> None:
    netwerk = maak_netwerk()
    for n in range(45):
        plaats(f"schulden {n}", netwerk=netwerk, zicht=3)
    gezien = [titel for pagina in (1, 2, 3, 4) for titel in titels(None, "schulden", pagina=pagina)]
    assert len(gezien) == len(set(gezien)) == 45


def test_onbeantwoord_in_mijn_netwerken(netwerk: Netwerk) -> None:
    lid = maak_professional()
    maak_lid(netwerk, lid)
    plaats("van ons", netwerk=netwerk, zicht=1)
    plaats("van ons en publiek", netwerk=netwerk, zicht=3)
    plaats("elders", zicht=3)
    assert {rij.titel for rij in zoek_onbeantwoord(lid).rijen} == {"van ons", "van ons en publiek"}


def test_een_zoekvraag_is_een_query(netwerk: Netwerk) -> None:
    lid = maak_professional()
    maak_lid(netwerk, lid)
    for aantal in (1, 3):
        while Gesprek.objects.count() < aantal:
            plaats("schulden", netwerk=netwerk)
            schrijf("schulden", netwerk=netwerk, door=lid)
        for q in ("", "schulden"):
            with CaptureQueriesContext(connection) as vragen:
                assert len(zoek(Kennisvraag(lid, q=q)).rijen) == aantal * 2
            assert len(vragen) == 2


def test_markeren_is_veilig_en_kent_vormen() -> None:
    markeerder = Markeerder("schulden <script>")
    assert markeerder.markeer("De schuld & <b>schuldhulp</b>") == (
        "De <mark>schuld</mark> &amp; &lt;b&gt;<mark>schuldhulp</mark>&lt;/b&gt;"
    )
    lang = "woord " * 200 + "schulden " + "woord " * 200
    stuk = markeerder.uittreksel(lang)
    assert "<mark>schulden</mark>" in stuk
    assert len(stuk) < 300
    assert Markeerder("").uittreksel("a < b") == "a &lt; b"


def test_kaal_haalt_opmaak_weg() -> None:
    assert kaal("## Kop\n\n- **vet** en [link](javascript:alert(1))\n1. een") == "Kop vet en link) een"


def test_uittreksel_uit_het_antwoord(db: None) -> None:
    gesprek = plaats("Wie helpt?", zicht=3)
    gesprek.antwoord = maak_reactie(gesprek, tekst="Vraag de schuldhulpmaatjes.")
    gesprek.save()
    vector = vector_van({"A": gesprek.titel, "D": "Vraag de schuldhulpmaatjes."})
    Gesprek.objects.update(vector=Value(vector, output_field=SearchVectorField()))
    gevonden = zoek(Kennisvraag(None, q="schuldhulpmaatjes"))
    assert gevonden.rijen[0].antwoord == "Vraag de schuldhulpmaatjes."


def test_rijen_hebben_een_adres(client: Any, db: None) -> None:
    plaats("Jongeren met schulden", zicht=3)
    schrijf("Kaart over schulden")
    html = client.get("/gesprekken/?q=schuld").content.decode()
    assert "<mark>schulden</mark>" in html
    assert "2 gevonden" in html
    assert len(rijen_van(zoek(Kennisvraag(None, q="schuld")))) == 2


@pytest.mark.parametrize("pad", ["/gesprekken/", "/praktijkkaarten/"])
@pytest.mark.parametrize(
    "vraag", ["", "?q=schulden", "?q=xqzwvk", "?netwerk=weg&thema=weg&soort=weg&na=9-9&pagina=999999"]
)
def test_paginas_tellen_vast(client: Any, log_in: Callable[..., Any], netwerk: Netwerk, pad: str, vraag: str) -> None:
    lid = maak_professional()
    maak_lid(netwerk, lid)
    tellingen = []
    for _ in range(2):
        plaats("schulden", netwerk=netwerk, zicht=3)
        schrijf("schulden", netwerk=netwerk, door=lid)
        client.get(pad + vraag)
        with CaptureQueriesContext(connection) as bezoeker:
            response = client.get(pad + vraag)
        assert not response.cookies
        assert "public" in response["Cache-Control"]
        tellingen.append(len(bezoeker))
    assert tellingen[0] == tellingen[1] <= 5
    ingelogd = log_in(lid.gebruiker)
    ingelogd.get(pad + vraag)
    with CaptureQueriesContext(connection) as vragen:
        response = ingelogd.get(pad + vraag)
    assert "public" not in response["Cache-Control"]
    assert len(vragen) <= 9


def test_account_zonder_profiel_ziet_wat_een_bezoeker_ziet(log_in: Callable[..., Any], netwerk: Netwerk) -> None:
    plaats("voor iedereen", netwerk=netwerk, zicht=3)
    plaats("voor leden van het portaal", netwerk=netwerk, zicht=2)
    html = log_in(maak_gebruiker()).get("/gesprekken/").content.decode()
    assert "voor iedereen" in html
    assert "voor leden van het portaal" not in html
