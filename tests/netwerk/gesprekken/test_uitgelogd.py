"""What somebody typed in a conversation is there again after they had to log in."""

from typing import Any
from urllib.parse import quote

import pytest

from netwerk.keuzes import Zicht
from netwerk.models import Reactie
from tests.fabriek import maak_gebruiker, maak_gesprek, maak_netwerk, maak_professional

pytestmark = pytest.mark.django_db
TEKST = "Bel eerst aan. Dat werkt bij ons."


@pytest.mark.parametrize("zicht", list(Zicht))
def test_een_reactie_van_wie_was_uitgelogd_staat_klaar_na_inloggen(client: Any, zicht: int) -> None:
    lid = maak_professional()
    gesprek = maak_gesprek(maak_netwerk(leden=(lid,)), zicht=zicht)
    pad = gesprek.get_absolute_url()
    antwoord = client.post(pad, {"tekst": TEKST})
    assert antwoord.headers["Location"] == f"/account/login/?next={pad}"
    assert not Reactie.objects.exists()
    # As the log-in does: the session goes along.
    sessie = dict(client.session)
    client.force_login(lid.gebruiker)
    ingelogd = client.session
    ingelogd.update({"invoer": sessie["invoer"]})
    ingelogd.save()
    assert TEKST in client.get(pad).content.decode()
    assert TEKST not in client.get(pad).content.decode()
    client.post(pad, {"tekst": TEKST})
    assert Reactie.objects.get().tekst == TEKST


def test_een_post_van_een_bezoeker_zegt_niet_of_het_gesprek_bestaat(client: Any) -> None:
    pad = "/gesprekken/bcdfghjkmnpq/"
    assert client.post(pad, {"tekst": TEKST}).headers["Location"] == f"/account/login/?next={pad}"


@pytest.mark.parametrize("wat", ["nieuw", "wijzigen", "artikel"])
def test_een_gesprek_van_wie_was_uitgelogd_staat_klaar_na_inloggen(client: Any, wat: str) -> None:
    lid = maak_professional()
    netwerk = maak_netwerk(leden=(lid,))
    gesprek = maak_gesprek(netwerk, auteur=lid)
    pad = {
        "nieuw": f"/netwerken/{netwerk.slug}/gesprekken/nieuw/",
        "wijzigen": f"/gesprekken/{gesprek.code}/wijzigen/",
        "artikel": "/artikelen/schrijven/",
    }[wat]
    client.post(pad, {"titel": "Wat werkt?", "tekst": TEKST})
    bewaard = client.session["invoer"]
    client.force_login(lid.gebruiker)
    sessie = client.session
    sessie["invoer"] = bewaard
    sessie.save()
    assert TEKST in client.get(pad).content.decode()


def test_na_plaatsen_wist_de_pagina_een_keer_wat_het_apparaat_bewaarde(log_in: Any) -> None:
    lid = maak_professional()
    gesprek = maak_gesprek(maak_netwerk(leden=(lid,)))
    client = log_in(lid.gebruiker)
    client.post(gesprek.get_absolute_url(), {"tekst": TEKST})
    wist = f'data-bewaar-wissen="reactie-{gesprek.code}"'
    assert wist in client.get(gesprek.get_absolute_url()).content.decode()
    assert wist not in client.get(gesprek.get_absolute_url()).content.decode()


def test_wie_nog_geen_profiel_heeft_verliest_de_reactie_niet(log_in: Any) -> None:
    gebruiker = maak_gebruiker()
    pad = maak_gesprek(None, soort="artikel").get_absolute_url()
    client = log_in(gebruiker)
    antwoord = client.post(pad, {"tekst": TEKST})
    assert antwoord.headers["Location"] == f"/mijn/profiel/maken/?next={quote(pad, safe='')}"
    maak_professional(gebruiker=gebruiker)
    assert TEKST in client.get(pad).content.decode()
