"""Hiding a reply: for a reason that its writer reads, and never past somebody who writes at the same moment."""

import threading
from typing import Any

import pytest
from django.db import connection

from netwerk.actions.gesprekken.basis import GesprekFout
from netwerk.actions.gesprekken.helpen import markeer_antwoord
from netwerk.actions.gesprekken.plaatsen import reageer
from netwerk.actions.gesprekken.wijzigen import leid, trek_in, verberg_reactie, wijzig_reactie
from netwerk.keuzes import Plaatsing, Rol
from netwerk.models import Kennisgeving, Netwerk, Professional, Reactie, Tekstversie
from tests.fabriek import maak_lid, maak_professional
from tests.netwerk.gesprekken.stappen import begin

pytestmark = pytest.mark.django_db
REDEN = "Er staat een naam van een cliënt in."


def beheerder_van(netwerk: Netwerk) -> Professional:
    return netwerk.lidmaatschappen.get(rol=Rol.BEHEERDER).professional


def test_verbergen_vraagt_een_reden_die_de_schrijver_leest(log_in: Any, netwerk: Netwerk, lid: Any) -> None:
    gesprek = begin(netwerk, beheerder_van(netwerk))
    reactie = reageer(gesprek=gesprek, door=lid, tekst="Mevrouw Jansen uit de Dorpsstraat")
    markeer_antwoord(gesprek=gesprek, reactie=reactie, door=beheerder_van(netwerk))
    pad = f"{gesprek.get_absolute_url()}1/doen/"
    client = log_in(beheerder_van(netwerk).gebruiker)
    for leeg in ("", "   ", "\u200b"):
        html = client.post(pad, {"actie": "verberg", "reden": leeg}).content.decode()
        assert "Waarom verbergt u deze reactie?" in html
        assert "De schrijver leest dit" in html
    te_lang = client.post(pad, {"actie": "verberg", "reden": "x" * 121}).content.decode()
    assert f'value="{"x" * 121}"' in te_lang
    reactie.refresh_from_db()
    assert reactie.plaatsing == Plaatsing.GEPLAATST
    client.post(pad, {"actie": "verberg", "reden": REDEN})
    reactie.refresh_from_db()
    gesprek.refresh_from_db()
    assert (reactie.plaatsing, reactie.reden_verborgen) == (Plaatsing.VERBORGEN, REDEN)
    assert (gesprek.aantal_reacties, gesprek.antwoord) == (0, None)
    assert Kennisgeving.objects.filter(ontvanger=lid.gebruiker, tekst__contains=REDEN).count() == 1
    # Twice is refused, and does not tell the writer again.
    assert client.post(pad, {"actie": "verberg", "reden": REDEN}).status_code == 404
    with pytest.raises(GesprekFout, match="staat er niet meer"):
        verberg_reactie(reactie=reactie, door=beheerder_van(netwerk), reden=REDEN)
    with pytest.raises(GesprekFout, match="staat er niet meer"):
        markeer_antwoord(gesprek=gesprek, reactie=reactie, door=beheerder_van(netwerk))
    assert Kennisgeving.objects.filter(ontvanger=lid.gebruiker, tekst__contains=REDEN).count() == 1
    ander = maak_lid(netwerk).professional
    for mens, ziet in ((lid, True), (beheerder_van(netwerk), True), (ander, False)):
        html = log_in(mens.gebruiker).get(gesprek.get_absolute_url()).content.decode()
        assert "Verborgen door een beheerder." in html
        assert (REDEN in html) is ziet
        assert "Mevrouw Jansen" not in html


def test_alleen_een_beheerder_verbergt_een_reactie(log_in: Any, netwerk: Netwerk, lid: Any) -> None:
    gesprek = begin(netwerk, lid)
    schrijver = maak_lid(netwerk).professional
    reactie = reageer(gesprek=gesprek, door=schrijver, tekst="Blijft staan")
    for mens in (lid, schrijver, maak_professional()):
        client = log_in(mens.gebruiker)
        pad = f"{gesprek.get_absolute_url()}1/doen/"
        assert client.post(pad, {"actie": "verberg", "reden": REDEN}).status_code == 404
        with pytest.raises(GesprekFout):
            verberg_reactie(reactie=reactie, door=mens, reden=REDEN)
    reactie.refresh_from_db()
    assert (reactie.plaatsing, reactie.reden_verborgen) == (Plaatsing.GEPLAATST, "")


def test_de_reden_van_een_verborgen_gesprek_wordt_bewaard(netwerk: Netwerk, lid: Any) -> None:
    gesprek = begin(netwerk, lid)
    leid(gesprek=gesprek, door=beheerder_van(netwerk), wat="verberg", reden=REDEN)
    gesprek.refresh_from_db()
    assert (gesprek.plaatsing, gesprek.reden_verborgen) == (Plaatsing.VERBORGEN, REDEN)


def tegelijk(*taken: Any) -> list[str]:
    """Do these at once; return of each 'gedaan' or what was said instead."""
    hek = threading.Barrier(len(taken))
    uitkomst = [""] * len(taken)

    def doe(nummer: int, taak: Any) -> None:
        try:
            hek.wait()
            taak()
            uitkomst[nummer] = "gedaan"
        except GesprekFout as fout:
            uitkomst[nummer] = str(fout)
        finally:
            connection.close()

    draden = [threading.Thread(target=doe, args=paar) for paar in enumerate(taken)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    return uitkomst


@pytest.mark.django_db(transaction=True)
def test_verbergen_en_wijzigen_tegelijk(netwerk: Netwerk, lid: Any) -> None:
    gesprek, beheerder = begin(netwerk, lid), beheerder_van(netwerk)
    for ronde in range(6):
        reactie = reageer(gesprek=gesprek, door=lid, tekst=f"Eerst {ronde}")
        verborgen, gewijzigd = tegelijk(
            lambda reactie=reactie: verberg_reactie(reactie=reactie, door=beheerder, reden=REDEN),
            lambda reactie=reactie: wijzig_reactie(reactie=reactie, door=lid, tekst="Daarna", gezien_op=None),
        )
        staat = Reactie.objects.get(pk=reactie.pk)
        assert verborgen == "gedaan"
        assert (staat.plaatsing, staat.reden_verborgen) == (Plaatsing.VERBORGEN, REDEN)
        if gewijzigd == "gedaan":
            assert staat.tekst == "Daarna"
            assert Tekstversie.objects.get(reactie=reactie).tekst == f"Eerst {ronde}"
        else:
            assert (gewijzigd, staat.tekst) == ("U kunt dit niet (meer) wijzigen.", f"Eerst {ronde}")
            assert not Tekstversie.objects.filter(reactie=reactie).exists()


@pytest.mark.django_db(transaction=True)
def test_verbergen_en_intrekken_tegelijk_doet_er_een(netwerk: Netwerk, lid: Any) -> None:
    gesprek, beheerder = begin(netwerk, lid), beheerder_van(netwerk)
    for ronde in range(6):
        reactie = reageer(gesprek=gesprek, door=lid, tekst=f"Eerst {ronde}")
        Kennisgeving.objects.all().delete()
        verborgen, ingetrokken = tegelijk(
            lambda reactie=reactie: verberg_reactie(reactie=reactie, door=beheerder, reden=REDEN),
            lambda reactie=reactie: trek_in(wat=reactie, door=lid),
        )
        staat = Reactie.objects.get(pk=reactie.pk)
        assert (verborgen == "gedaan") != (ingetrokken == "gedaan")
        is_verborgen = verborgen == "gedaan"
        assert staat.plaatsing == (Plaatsing.VERBORGEN if is_verborgen else Plaatsing.INGETROKKEN)
        assert Kennisgeving.objects.filter(tekst__contains=REDEN).exists() is is_verborgen
        gesprek.refresh_from_db()
        assert gesprek.aantal_reacties == 0


def test_te_veel_reacties_houdt_wat_er_getypt_was(log_in: Any, netwerk: Netwerk, lid: Any, settings: Any) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "reactie": "1/h/key"}
    gesprek, ander = begin(netwerk, lid), maak_lid(netwerk).professional
    client = log_in(lid.gebruiker)
    assert client.post(gesprek.get_absolute_url(), {"tekst": "De eerste"}).status_code == 302
    antwoord = client.post(gesprek.get_absolute_url(), {"tekst": "De tweede, met veel moeite"})
    assert antwoord.status_code == 429
    html = antwoord.content.decode()
    assert "U hebt erg veel geschreven." in html
    assert "De tweede, met veel moeite</textarea>" in html
    # To look how it will be is free, and somebody else is not held up.
    assert client.post(gesprek.get_absolute_url(), {"tekst": "Zo?", "voorbeeld": "1"}).status_code == 200
    assert log_in(ander.gebruiker).post(gesprek.get_absolute_url(), {"tekst": "Van mij"}).status_code == 302
    assert list(Reactie.objects.order_by("nummer").values_list("tekst", flat=True)) == ["De eerste", "Van mij"]
