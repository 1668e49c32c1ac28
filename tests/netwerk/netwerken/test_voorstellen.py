"""Proposing a network, and what a moderator decides."""

from typing import Any

import pytest
from django.test import Client

from netwerk.actions.netwerken.basis import NetwerkFout
from netwerk.actions.netwerken.voorstellen import keur_goed, stel_voor, wijs_af
from netwerk.models import Netwerk, Professional
from tests.fabriek import (
    maak_moderator,
    maak_professional,
    maak_thema,
)
from tests.netwerk.netwerken.stappen import als, klopt_aantal, rollen, tekst, woord

pytestmark = pytest.mark.django_db


# Proposing -----------------------------------------------------------------------------------------

VOORSTEL = {
    "naam": "Netwerk rouw",
    "doel": "Leren hoe u nabij blijft.",
    "toelating": "aanvraag",
    "tekst": "Voor iedereen.",
}


def test_voorstellen_keuren_en_beheerder_worden(client: Client) -> None:
    mens = maak_professional(bevestigd=True)
    thema = maak_thema()
    response = als(mens).post("/netwerken/voorstellen/", {**VOORSTEL, "themas": [thema.pk], "provincies": ["PV20"]})
    assert response["Location"] == "/netwerken/"
    netwerk = Netwerk.objects.get()
    assert (netwerk.slug, netwerk.status, netwerk.toelating) == ("netwerk-rouw", "voorgesteld", "aanvraag")
    assert (list(netwerk.themas.all()), [p.pk for p in netwerk.provincies.all()]) == ([thema], ["PV20"])
    assert "De redactie kijkt ernaar" in tekst(als(mens).get("/netwerken/"))
    assert als(mens).get("/netwerken/netwerk-rouw/").status_code == 404
    keur_goed(netwerk=netwerk, door=maak_moderator())
    assert rollen(netwerk) == {(mens.naam, "beheerder", "lid")}
    assert klopt_aantal(netwerk)
    assert als(mens).get("/netwerken/netwerk-rouw/beheer/").status_code == 200
    assert woord(mens)[0].startswith("Uw netwerk ‘Netwerk rouw’ is goedgekeurd.")
    with pytest.raises(NetwerkFout, match="al beoordeeld"):
        wijs_af(netwerk=netwerk, door=maak_moderator(), reden="Toch niet.")


def test_afwijzen_met_reden_en_opnieuw_voorstellen() -> None:
    mens = maak_professional(bevestigd=True)
    netwerk = stel_voor(door=mens, velden={"naam": "Netwerk x", "doel": "Doel"})
    wijs_af(netwerk=netwerk, door=maak_moderator(), reden="Er is al een netwerk hierover.")
    html = tekst(als(mens).get("/netwerken/"))
    assert "Er is al een netwerk hierover." in html
    assert 'value="Netwerk x"' in tekst(als(mens).get("/netwerken/voorstellen/?opnieuw=netwerk-x"))
    assert 'value="Netwerk x"' not in tekst(
        als(maak_professional(bevestigd=True)).get("/netwerken/voorstellen/?opnieuw=netwerk-x")
    )


def test_zonder_bevestigd_profiel_staat_er_hoe_het_wel_kan(buiten: Professional) -> None:
    assert "Hoe krijgt u dat?" in tekst(als(buiten).get("/netwerken/voorstellen/"))
    als(buiten).post("/netwerken/voorstellen/", VOORSTEL)
    assert not Netwerk.objects.exists()
    with pytest.raises(NetwerkFout, match="bevestigd profiel"):
        stel_voor(door=buiten, velden={"naam": "X", "doel": "Y"})


def test_voorstel_weigert_wat_niet_kan(netwerk: Netwerk) -> None:
    mens = maak_professional(bevestigd=True)
    themas = [maak_thema().pk for _ in range(6)]

    def fout(**anders: Any) -> str:
        return tekst(als(mens).post("/netwerken/voorstellen/", {**VOORSTEL, **anders}))

    assert "al een netwerk met deze naam" in fout(naam="EENZAAMHEID noord")
    assert "Kies er hoogstens 5" in fout(themas=themas)
    assert "te lezen is" in fout(naam="\u200b")
    assert "Kies een van deze drie" in fout(toelating="alles")
    assert "Dit thema bestaat niet" in fout(themas=["abc"])
    assert "één regel" in fout(doel="a\u202eb")
    assert Netwerk.objects.count() == 1
    for nummer in range(3):
        fout(naam=f"Net {nummer}")
    assert "wachten al drie voorstellen" in fout(naam="Net 4")
    assert Netwerk.objects.count() == 4


def test_gelijke_namen_krijgen_een_eigen_adres() -> None:
    mens = maak_professional(bevestigd=True)
    slugs = [stel_voor(door=mens, velden={"naam": naam, "doel": "d"}).slug for naam in ("Atom", "Atom", "!!!")]
    assert slugs == ["atom-2", "atom-3", "netwerk"]
