"""'Wie weet dit?': answering, not wanting to be asked, and the pages of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from netwerk.actions.gesprekken.basis import GesprekFout
from netwerk.actions.gesprekken.plaatsen import reageer
from netwerk.actions.weten.antwoord import AntwoordFout, beantwoord, beantwoord_per_mail
from netwerk.actions.weten.kandidaten import zoek_kandidaten
from netwerk.actions.weten.vragen import sla_af, vraag_mij
from netwerk.keuzes import Zicht
from netwerk.models import Gesprek, Netwerk, Reactie, Rondvraag, Vraagverzoek
from tests.fabriek import (
    maak_blokkade,
    maak_professional,
)
from tests.netwerk.weten.stappen import maak_kenner, maak_vraag, stel


def test_antwoord_van_wie_geen_lid_is_mag_op_deze_ene_vraag(db: None) -> None:
    vraag = maak_vraag(zicht=Zicht.PORTAAL)
    kenner = maak_kenner()
    stel(vraag)
    verzoek = Vraagverzoek.objects.get()
    reactie = beantwoord(verzoek=verzoek, door=kenner, tekst="Bel de schuldhulpmaatjes.")
    vraag.refresh_from_db()
    verzoek.refresh_from_db()
    assert (reactie.gesprek, reactie.auteur, reactie.nummer, vraag.aantal_reacties) == (vraag, kenner, 1, 1)
    assert verzoek.beantwoord_op is not None


@pytest.mark.parametrize("hoe", ["gesloten", "ingetrokken", "smaller", "geblokkeerd", "netwerk weg", "een ander"])
def test_antwoord_mag_niet_meer(db: None, hoe: str) -> None:
    vraag = maak_vraag(zicht=Zicht.PORTAAL)
    kenner = door = maak_kenner()
    stel(vraag)
    if hoe == "gesloten":
        Gesprek.objects.update(is_gesloten=True)
    elif hoe == "ingetrokken":
        Gesprek.objects.update(plaatsing="ingetrokken")
    elif hoe == "smaller":
        Gesprek.objects.update(zicht=Zicht.NETWERK)
    elif hoe == "geblokkeerd":
        maak_blokkade(vraag.auteur, kenner)  # type: ignore[arg-type]
    elif hoe == "netwerk weg":
        Netwerk.objects.update(status="gesloten")
    elif hoe == "een ander":
        door = maak_professional()
    with pytest.raises(AntwoordFout):
        beantwoord(verzoek=Vraagverzoek.objects.get(), door=door, tekst="Te laat.")
    assert not Reactie.objects.exists()


def test_antwoord_per_mail_wordt_een_reactie(db: None) -> None:
    vraag = maak_vraag(zicht=Zicht.PORTAAL)
    kenner = maak_kenner()
    stel(vraag)
    verzoek = Vraagverzoek.objects.get()
    with pytest.raises(AntwoordFout):
        beantwoord_per_mail(pk=verzoek.pk, door=maak_professional(), tekst="Van een ander.", bijlagen=[])
    reactie = beantwoord_per_mail(pk=verzoek.pk, door=kenner, tekst="Bel de maatjes.", bijlagen=[])
    assert (reactie.tekst, reactie.is_per_mail, reactie.auteur) == ("Bel de maatjes.", True, kenner)


def test_gevraagd_zijn_geeft_geen_toegang_tot_een_ander_gesprek(db: None) -> None:
    vraag = maak_vraag(zicht=Zicht.PORTAAL)
    kenner = maak_kenner()
    stel(vraag)
    with pytest.raises(GesprekFout):
        reageer(gesprek=maak_vraag(zicht=3), door=kenner, tekst="Hallo", verzoek=Vraagverzoek.objects.get())
    with pytest.raises(GesprekFout):
        reageer(gesprek=vraag, door=kenner, tekst="Hallo")


def test_ik_weet_dit_niet_komt_niet_terug(vraag: Gesprek, netwerk: Netwerk) -> None:
    kenner = maak_kenner(netwerk=netwerk)
    stel(vraag)
    sla_af(verzoek=Vraagverzoek.objects.get())
    assert not Vraagverzoek.objects.open_voor(kenner).exists()
    assert zoek_kandidaten(vraag, aantal=5, straal_km=None) == []
    # Whoever finds the answer later may still give it.
    beantwoord(verzoek=Vraagverzoek.objects.get(), door=kenner, tekst="Toch gevonden.")
    verzoek = Vraagverzoek.objects.get()
    assert (verzoek.beantwoord_op is not None, verzoek.afgeslagen_op) == (True, None)


def test_vraag_mij_even_niet_en_weer_wel(netwerk: Netwerk) -> None:
    kenner = maak_kenner(netwerk=netwerk, vragen_per_maand=4)
    assert vraag_mij(door=kenner, per_maand=0) == 4
    assert stel(maak_vraag(netwerk=netwerk)) == 0
    assert vraag_mij(door=kenner, per_maand=4) == 0
    assert stel(maak_vraag(netwerk=netwerk)) == 1


def test_een_vraag_een_keer_en_antwoord_of_niet(vraag: Gesprek) -> None:
    kenner = maak_professional()
    nu = timezone.now()
    Vraagverzoek.objects.create(gesprek=vraag, professional=kenner, reden="omdat")
    with pytest.raises(IntegrityError, match="vraagverzoek_een_keer"), transaction.atomic():
        Vraagverzoek.objects.create(gesprek=vraag, professional=kenner, reden="omdat")
    with pytest.raises(IntegrityError, match="vraagverzoek_antwoord_of_niet"), transaction.atomic():
        Vraagverzoek.objects.update(beantwoord_op=nu, afgeslagen_op=nu)
    with pytest.raises(IntegrityError, match="vraagverzoek_ronde_bestaat"), transaction.atomic():
        Vraagverzoek.objects.update(ronde=4)
    with pytest.raises(IntegrityError, match="rondvraag_hoogstens_drie_rondes"), transaction.atomic():
        Rondvraag.objects.create(gesprek=vraag, ronde=4)


def test_kandidaten_zoeken_kost_twee_vragen(vraag: Gesprek, netwerk: Netwerk) -> None:
    for aantal in (1, 3):
        while netwerk.lidmaatschappen.count() < aantal + 2:
            maak_kenner(netwerk=netwerk)
        with CaptureQueriesContext(connection) as vragen_:
            zoek_kandidaten(vraag, aantal=5, straal_km=60)
        assert len(vragen_) == 2


def test_vragen_lijst_telt_vast(log_in: Callable[..., Any], netwerk: Netwerk) -> None:
    kenner = maak_kenner(netwerk=netwerk, vragen_per_maand=10)
    client = log_in(kenner.gebruiker)
    aantallen = []
    for _ in range(2):
        for _ in range(2):
            stel(maak_vraag(netwerk=netwerk))
        client.get("/mijn/vragen/")
        with CaptureQueriesContext(connection) as vragen_:
            response = client.get("/mijn/vragen/")
        assert response.status_code == 200
        aantallen.append(len(vragen_))
    assert aantallen[0] == aantallen[1] <= 9


def test_hele_weg_op_de_pagina(log_in: Callable[..., Any], vraag: Gesprek, netwerk: Netwerk) -> None:
    kenner = maak_kenner(netwerk=netwerk, naam="Karin Kenner")
    assert vraag.auteur
    client = log_in(vraag.auteur.gebruiker)
    pad = f"/gesprekken/{vraag.code}/wie-weet-dit/"
    assert "Vraag het aan wie dit weet" in client.get(pad).content.decode()
    html = client.post(pad, follow=True).content.decode()
    assert "1 vakgenoot die het misschien weet" in html
    assert "Karin Kenner" not in html
    verzoek = Vraagverzoek.objects.get()
    client = log_in(kenner.gebruiker)
    html = client.get("/mijn/vragen/").content.decode()
    assert vraag.titel in html
    assert "omdat u schreef dat u veel weet van schuldhulp" in html
    assert "Schrijf uw antwoord." in client.post(f"/mijn/vragen/{verzoek.pk}/", {"tekst": ""}).content.decode()
    assert client.post(f"/mijn/vragen/{verzoek.pk}/", {"tekst": "Bel de maatjes."}).status_code == 302
    client = log_in(vraag.auteur.gebruiker)
    assert "Karin Kenner" in client.get(pad).content.decode()


def test_vraag_mij_even_niet_op_de_pagina(log_in: Callable[..., Any], netwerk: Netwerk) -> None:
    kenner = maak_kenner(netwerk=netwerk, vragen_per_maand=3)
    client = log_in(kenner.gebruiker)
    html = client.post("/mijn/vragen/hoeveel/", {"aantal": "0"}).content.decode()
    assert "weer 3 vragen per maand" in html
    kenner.refresh_from_db()
    assert kenner.vragen_per_maand == 0
    client.post("/mijn/vragen/hoeveel/", {"aantal": "3"})
    client.post("/mijn/vragen/hoeveel/", {"aantal": "99"})
    client.post("/mijn/vragen/hoeveel/", {"aantal": "x"})
    kenner.refresh_from_db()
    assert kenner.vragen_per_maand == 3
