"""Following, being followed, muting; what two presses at once do; and what the database refuses."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from netwerk.actions import volgen
from netwerk.actions.berichten import BerichtFout, plaats, trek_in
from netwerk.actions.waarderen import geef_door, geef_niet_meer_door, waardeer, waardeer_niet_meer
from netwerk.models import Bericht, Berichtlabel, Gedempt, Kennisgeving, Professional, Volgt, Waardering
from tests.fabriek import maak_bericht, maak_blokkade, maak_organisatie, maak_professional, maak_thema

pytestmark = pytest.mark.django_db


@pytest.fixture
def sanne() -> Professional:
    return maak_professional(naam="Sanne de Wit", is_volgbaar=True)


@pytest.fixture
def kees() -> Professional:
    return maak_professional(naam="Kees Kok", is_volgbaar=True)


def test_volgen_vertelt_het_de_gevolgde_en_twee_keer_is_een(kees: Professional, sanne: Professional) -> None:
    for _ in range(2):
        volgen.volg(door=kees, wat=sanne)
    assert Volgt.objects.count() == 1
    assert [(k.ontvanger, k.soort, k.tekst) for k in Kennisgeving.objects.all()] == [
        (sanne.gebruiker, "volger", "Kees Kok volgt u.")
    ]


def test_stoppen_en_weer_volgen_is_geen_nieuws(kees: Professional, sanne: Professional) -> None:
    for _ in range(3):
        volgen.volg(door=kees, wat=sanne)
        volgen.stop_met_volgen(door=kees, wat=sanne)
    assert Kennisgeving.objects.count() == 1
    Kennisgeving.objects.update(aangemaakt_op=timezone.now() - timedelta(days=8))
    volgen.volg(door=kees, wat=sanne)
    assert Kennisgeving.objects.count() == 2


def test_volgen_van_een_thema_of_organisatie_vertelt_niemand_iets(kees: Professional) -> None:
    volgen.volg(door=kees, wat=maak_thema())
    volgen.volg(door=kees, wat=maak_organisatie(beheerder=maak_professional().gebruiker))
    assert Volgt.objects.count() == 2
    assert not Kennisgeving.objects.exists()


def test_wie_mij_dempte_hoort_niet_dat_ik_volg(kees: Professional, sanne: Professional) -> None:
    volgen.demp(door=sanne, wie=kees)
    volgen.volg(door=kees, wat=sanne)
    assert Volgt.objects.exists()
    assert not Kennisgeving.objects.exists()


def test_volgen_heeft_een_grens(kees: Professional, sanne: Professional, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(volgen, "MAX_GEVOLGD", 1)
    volgen.volg(door=kees, wat=maak_thema())
    with pytest.raises(volgen.VolgFout, match="U volgt al 1"):
        volgen.volg(door=kees, wat=sanne)


def test_volger_verwijderen_laat_niets_merken(client: Any, kees: Professional, sanne: Professional) -> None:
    volgen.volg(door=kees, wat=sanne)
    Kennisgeving.objects.all().delete()
    client.force_login(sanne.gebruiker)
    assert "Kees Kok" in client.get("/berichten/volgend/").content.decode()
    client.post(f"/berichten/volgers/{kees.code}/verwijderen/")
    assert not Volgt.objects.exists()
    assert not Kennisgeving.objects.exists()
    # Another's follower is not mine to remove.
    volgen.volg(door=kees, wat=maak_professional(is_volgbaar=True))
    client.post(f"/berichten/volgers/{kees.code}/verwijderen/")
    assert Volgt.objects.count() == 1


def test_dempen_en_weer_horen(client: Any, kees: Professional, sanne: Professional) -> None:
    volgen.volg(door=kees, wat=sanne)
    maak_bericht(sanne, tekst="Soep is klaar.").labelrijen.create(label="soep")
    client.force_login(kees.gebruiker)
    for doe, ziet in (("wel", False), ("wel", False), ("niet", True)):
        client.post(f"/berichten/dempen/{sanne.code}/", {"doe": doe})
        for pad in ("/berichten/", "/berichten/label/soep/"):
            assert ("Soep is klaar." in client.get(pad).content.decode()) == ziet, (doe, pad)
        # Whoever goes to the person's own page wants to read.
        assert "Soep is klaar." in client.get(f"/berichten/van/{sanne.code}/").content.decode()
    client.post(f"/berichten/dempen/{kees.code}/", {"doe": "wel"})
    assert not Gedempt.objects.exists()


def test_volgend_toont_geen_geblokkeerden(client: Any, kees: Professional, sanne: Professional) -> None:
    for een, ander in ((kees, sanne), (sanne, kees)):
        Volgt.objects.create(volger=een, professional=ander)
    Gedempt.objects.create(door=kees, gedempt=sanne)
    client.force_login(kees.gebruiker)
    assert client.get("/berichten/volgend/").content.decode().count("Sanne de Wit") > 3
    maak_blokkade(sanne, kees)
    assert "Sanne" not in client.get("/berichten/volgend/").content.decode()


@pytest.mark.parametrize("soort", ["mens", "organisatie", "thema"])
def test_volgen_van_wat_niet_bestaat_is_404(client: Any, kees: Professional, soort: str) -> None:
    client.force_login(kees.gebruiker)
    assert client.post(f"/berichten/volgen/{soort}/bestaat-niet/", {"doe": "wel"}).status_code == 404
    assert client.post("/berichten/dempen/bestaat-niet/", {"doe": "wel"}).status_code == 404
    assert client.get("/berichten/volgen/mens/x/").status_code == 405


def tegelijk(doe: Callable[[int], object], aantal: int = 6) -> list[str]:
    """Do it in so many threads at once; the names of what went wrong."""

    def een(nummer: int) -> str:
        try:
            doe(nummer)
        except (BerichtFout, volgen.VolgFout) as fout:
            return type(fout).__name__
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(aantal) as pool:
        return [fout for fout in pool.map(een, range(aantal)) if fout]


@pytest.mark.django_db(transaction=True)
def test_een_mens_drukt_zes_keer_tegelijk(sanne: Professional, kees: Professional) -> None:
    bericht = maak_bericht(sanne)
    doen: dict[str, Callable[[int], object]] = {
        "waardeer": lambda _: waardeer(bericht=bericht, door=kees),
        "geef door": lambda _: geef_door(bericht=bericht, door=kees),
        "volg": lambda _: volgen.volg(door=kees, wat=sanne),
        "demp": lambda _: volgen.demp(door=kees, wie=sanne),
        "schrijf": lambda _: plaats(tekst="Hoi", zicht=4, door=kees.gebruiker, auteur=kees),
        "antwoord": lambda _: plaats(tekst="Ja", zicht=4, door=kees.gebruiker, auteur=kees, antwoord_op=bericht),
    }
    for naam, doe in doen.items():
        assert tegelijk(doe) == [], naam
    bericht.refresh_from_db()
    assert (bericht.aantal_waarderingen, bericht.aantal_herhalingen, bericht.aantal_antwoorden) == (1, 1, 1)
    assert (Waardering.objects.count(), Volgt.objects.count(), Gedempt.objects.count()) == (1, 1, 1)
    assert (Bericht.objects.filter(herhaalt=bericht).count(), Bericht.objects.filter(tekst="Hoi").count()) == (1, 1)
    for terug in (waardeer_niet_meer, geef_niet_meer_door):
        assert tegelijk(lambda _, terug=terug: terug(bericht=bericht, door=kees)) == []  # type: ignore[misc]
    bericht.refresh_from_db()
    assert (bericht.aantal_waarderingen, bericht.aantal_herhalingen) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_zes_mensen_drukken_tegelijk_en_een_trekt_in(sanne: Professional) -> None:
    bericht = maak_bericht(sanne)
    mensen = [maak_professional() for _ in range(6)]
    assert tegelijk(lambda nummer: waardeer(bericht=bericht, door=mensen[nummer])) == []
    bericht.refresh_from_db()
    assert bericht.aantal_waarderingen == 6

    def doe(nummer: int) -> None:
        if nummer == 3:
            trek_in(bericht=bericht)
        else:
            geef_door(bericht=bericht, door=mensen[nummer])

    assert set(tegelijk(doe)) <= {"BerichtFout"}
    bericht.refresh_from_db()
    assert bericht.plaatsing == "ingetrokken"
    assert not Bericht.objects.filter(herhaalt=bericht).exists()


@pytest.mark.django_db(transaction=True)
def test_de_grens_van_volgen_houdt_bij_zes_tegelijk(kees: Professional, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(volgen, "MAX_GEVOLGD", 2)
    themas = [maak_thema() for _ in range(6)]
    assert tegelijk(lambda nummer: volgen.volg(door=kees, wat=themas[nummer])) == ["VolgFout"] * 4
    assert Volgt.objects.count() == 2


@pytest.mark.parametrize(
    ("naam", "velden"),
    [
        ("bericht_heeft_een_afzender", {"auteur": None}),
        ("bericht_heeft_een_afzender", {"organisatie": "organisatie"}),
        ("bericht_zegt_iets_of_geeft_door", {"tekst": ""}),
        ("bericht_zegt_iets_of_geeft_door", {"herhaalt": "bericht"}),
        ("bericht_zegt_iets_of_geeft_door", {"herhaalt": "bericht", "tekst": "", "zicht": 2}),
        ("bericht_zicht_bestaat", {"zicht": 5}),
        ("bericht_van_organisatie_is_ruim", {"auteur": None, "organisatie": "organisatie", "zicht": 2}),
        ("bericht_is_kort", {"tekst": "a" * 6001}),
        ("bericht_beeld_is_beschreven", {"beeld": "berichten/a.png"}),
        ("bericht_antwoord_heet_antwoord", {"antwoord_op": "bericht", "is_antwoord": False}),
        ("bericht_verborgen_heeft_reden", {"plaatsing": "verborgen"}),
        ("bericht_verborgen_heeft_reden", {"plaatsing": "concept"}),
        ("bericht_een_keer_doorgegeven", {"herhaalt": "doorgegeven", "tekst": ""}),
    ],
)
def test_de_database_weigert_een_bericht_dat_niet_kan(sanne: Professional, naam: str, velden: dict[str, Any]) -> None:
    doorgegeven = maak_bericht()
    maak_bericht(sanne, herhaalt=doorgegeven, tekst="")
    dingen = {"organisatie": maak_organisatie(), "bericht": maak_bericht(), "doorgegeven": doorgegeven}
    rij = {"auteur": sanne, "tekst": "Hoi", "zicht": 4} | {
        veld: dingen.get(waarde, waarde) if isinstance(waarde, str) else waarde for veld, waarde in velden.items()
    }
    with pytest.raises(IntegrityError, match=naam), transaction.atomic():
        Bericht.objects.create(**rij)


@pytest.mark.parametrize(
    ("naam", "maak"),
    [
        ("volgt_een_ding", lambda k, s: Volgt.objects.create(volger=k)),
        ("volgt_een_ding", lambda k, s: Volgt.objects.create(volger=k, professional=s, thema=maak_thema())),
        ("volgt_niet_zichzelf", lambda k, s: Volgt.objects.create(volger=k, professional=k)),
        (
            "volgt_professional_een_keer",
            lambda k, s: [Volgt.objects.create(volger=k, professional=s) for _ in range(2)],
        ),
        (
            "volgt_organisatie_een_keer",
            lambda k, s: [Volgt.objects.create(volger=k, organisatie=o) for o in [maak_organisatie()] * 2],
        ),
        ("volgt_thema_een_keer", lambda k, s: [Volgt.objects.create(volger=k, thema=t) for t in [maak_thema()] * 2]),
        ("gedempt_een_keer", lambda k, s: [Gedempt.objects.create(door=k, gedempt=s) for _ in range(2)]),
        ("gedempt_niet_zichzelf", lambda k, s: Gedempt.objects.create(door=k, gedempt=k)),
        (
            "waardering_een_keer",
            lambda k, s: [Waardering.objects.create(door=k, bericht=b) for b in [maak_bericht(s)] * 2],
        ),
        (
            "berichtlabel_een_keer",
            lambda k, s: [Berichtlabel.objects.create(bericht=b, label="a") for b in [maak_bericht(s)] * 2],
        ),
    ],
)
def test_de_database_weigert_wat_niet_kan(
    kees: Professional, sanne: Professional, naam: str, maak: Callable[..., object]
) -> None:
    with pytest.raises(IntegrityError, match=naam), transaction.atomic():
        maak(kees, sanne)
