"""What an organisation or a moderator decides on a correction."""

from datetime import time
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from organisaties.actions.beoordelen import voer_wijziging_door, wijs_wijziging_af
from organisaties.models import Bevestiging, Openingstijd, Organisatie, Wijzigingsverzoek
from tests.fabriek import maak_gebruiker, maak_locatie, maak_moderator, maak_organisatie
from tests.organisaties.corrigeren.stappen import BASIS, NIEUW, besluit, maak_correctie


def test_overnemen_zet_het_in_de_vermelding_en_mailt_de_bezoeker(
    client: Any, log_in: Any, beheerder: Any, linde: Organisatie
) -> None:
    correctie = maak_correctie(linde, email="jan@thuis.example")
    log_in(beheerder).post(f"{BASIS}correcties/", besluit(correctie, "overnemen", antwoord="Dank!"))
    linde.refresh_from_db()
    correctie.refresh_from_db()
    assert str(linde.telefoon.as_e164) == NIEUW
    assert (correctie.status, correctie.besloten_door, correctie.besloten_waarde) == ("overgenomen", beheerder, NIEUW)
    bevestiging = Bevestiging.objects.get(organisatie=linde, blok="contact")
    assert (bevestiging.bevestigd_door, bevestiging.bron) == (beheerder, "organisatie")
    assert linde.history.first().history_user == beheerder
    assert [bericht.to for bericht in mail.outbox] == [["jan@thuis.example"]]
    assert "zijn verbeterd" in mail.outbox[0].body
    assert "> Dank!" in mail.outbox[0].body
    assert NIEUW not in mail.outbox[0].body


def test_aanpassen_en_overnemen(client: Any, log_in: Any, beheerder: Any, linde: Organisatie) -> None:
    correctie = maak_correctie(linde)
    log_in(beheerder).post(f"{BASIS}correcties/", besluit(correctie, "overnemen", waarde="020 666 6666"))
    linde.refresh_from_db()
    correctie.refresh_from_db()
    assert (str(linde.telefoon.as_e164), correctie.status) == ("+31206666666", "aangepast")
    assert mail.outbox == []


def test_een_ongeldige_aanpassing_wordt_geweigerd(client: Any, log_in: Any, beheerder: Any, linde: Organisatie) -> None:
    correctie = maak_correctie(linde)
    response = log_in(beheerder).post(f"{BASIS}correcties/", besluit(correctie, "overnemen", waarde="geen nummer"))
    html = response.content.decode()
    assert "Vul een telefoonnummer in" in html
    assert "geen nummer" in html
    correctie.refresh_from_db()
    assert correctie.status == "open"


def test_afwijzen_laat_alles_staan(client: Any, log_in: Any, beheerder: Any, linde: Organisatie) -> None:
    correctie = maak_correctie(linde, email="jan@thuis.example")
    log_in(beheerder).post(f"{BASIS}correcties/", besluit(correctie, "afwijzen"))
    linde.refresh_from_db()
    correctie.refresh_from_db()
    assert (linde.telefoon.as_e164, correctie.status) == ("+31201234567", "afgewezen")
    assert not Bevestiging.objects.exists()
    assert "blijven zoals ze zijn" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("veld", "oud", "nieuw"),
    [("naam", "De Linde", "De Lindeboom"), ("website", "https://linde.example", "https://lindeboom.example")],
)
def test_naam_en_website_wachten_op_een_moderator(
    client: Any, log_in: Any, beheerder: Any, linde: Organisatie, veld: str, oud: str, nieuw: str
) -> None:
    correctie = maak_correctie(linde, veld=veld, oude_waarde=oud, nieuwe_waarde=nieuw, email="jan@thuis.example")
    log_in(beheerder).post(f"{BASIS}correcties/", besluit(correctie, "overnemen", oud))
    linde.refresh_from_db()
    assert getattr(linde, veld) == oud
    verzoek = Wijzigingsverzoek.objects.get()
    assert (verzoek.veld, verzoek.nieuwe_waarde, verzoek.status) == (veld, nieuw, "open")
    assert "De redactie kijkt er nog een keer naar" in mail.outbox[0].body
    assert not Bevestiging.objects.exists()


@pytest.mark.parametrize(
    ("is_akkoord", "zin"),
    [(True, "Het staat nu goed op het portaal."), (False, "De gegevens blijven zoals ze waren.")],
)
def test_wie_voorstelde_hoort_wat_de_moderator_besloot(
    client: Any, log_in: Any, beheerder: Any, linde: Organisatie, is_akkoord: bool, zin: str
) -> None:
    correctie = maak_correctie(
        linde, veld="naam", oude_waarde="De Linde", nieuwe_waarde="De Lindeboom", email="jan@thuis.example"
    )
    maak_correctie(linde, veld="naam", nieuwe_waarde="De Linden", email="piet@thuis.example")
    log_in(beheerder).post(f"{BASIS}correcties/", besluit(correctie, "overnemen", "De Linde"))
    mail.outbox.clear()
    verzoek = Wijzigingsverzoek.objects.get()
    with client.vangt(execute=True):
        if is_akkoord:
            voer_wijziging_door(verzoek=verzoek, door=maak_moderator())
        else:
            wijs_wijziging_af(verzoek=verzoek, door=maak_moderator(), reden="Zo heet u niet.")
    aan = {bericht.to[0]: bericht.body for bericht in mail.outbox}
    assert aan.keys() == {"b@linde.example", "jan@thuis.example"}
    assert zin in aan["jan@thuis.example"]
    assert "Zo heet u niet" not in aan["jan@thuis.example"]


def test_een_adres_krijgt_plek_en_gemeente(client: Any, log_in: Any, beheerder: Any, linde: Organisatie) -> None:
    locatie = maak_locatie(linde)
    oud = "Lindelaan 12\n3511 AB\nUtrecht"
    correctie = maak_correctie(
        linde, veld="adres", locatie=locatie, oude_waarde=oud, nieuwe_waarde="Beukweg 3\n7201 AB\nZutphen"
    )
    adres = {"straat": "Beukweg 3", "postcode": "7201 AB", "plaats": "Zutphen"}
    log_in(beheerder).post(f"{BASIS}correcties/", besluit(correctie, "overnemen", oud, **adres))
    locatie.refresh_from_db()
    assert (locatie.straat, locatie.plaats, locatie.gemeente.naam) == ("Beukweg 3", "Zutphen", "Zutphen")
    assert locatie.punt is not None
    assert locatie.history.first().history_user == beheerder
    correctie.refresh_from_db()
    assert correctie.status == "overgenomen"
    assert Bevestiging.objects.get().blok == "locatie"


def test_tijden_gaan_via_de_editor_en_bewaren_vinkt_af(
    client: Any, log_in: Any, beheerder: Any, linde: Organisatie
) -> None:
    locatie = maak_locatie(linde)
    Openingstijd.objects.create(locatie=locatie, dag=1, van=time(9), tot=time(12))
    correctie = maak_correctie(linde, veld="tijden", locatie=locatie, nieuwe_waarde="Maandag tot 13 uur")
    client = log_in(beheerder)
    pad = f"{BASIS}wijzigen/openingstijden/locaties/{locatie.pk}/"
    assert f"{pad}?correctie={correctie.pk}" in client.get(f"{BASIS}correcties/").content.decode()
    html = client.get(f"{pad}?correctie={correctie.pk}").content.decode()
    assert "Maandag tot 13 uur" in html
    assert f'name="correctie" value="{correctie.pk}"' in html
    velden = {"correctie": correctie.pk, "aantal_d1": "1", "d1_0-van": "9:00", "d1_0-tot": "13:00"}
    client.post(pad, velden)
    correctie.refresh_from_db()
    assert (correctie.status, correctie.besloten_door) == ("overgenomen", beheerder)
    assert Bevestiging.objects.get(blok="tijden").bevestigd_door == beheerder


def test_een_vreemd_voorstel_naast_de_editor_doet_niets(
    client: Any, log_in: Any, beheerder: Any, linde: Organisatie
) -> None:
    van_ander = maak_correctie(maak_organisatie())
    client = log_in(beheerder)
    for waarde in (van_ander.pk, "abc", "-1", "9" * 40, "٣"):
        assert (
            "Een bezoeker schrijft"
            not in client.get(f"{BASIS}wijzigen/voor-wie/", {"correctie": waarde}).content.decode()
        )
    client.post(
        f"{BASIS}wijzigen/basis/", {"naam": "De Linde", "kort": "Kort", "soort": "stichting", "correctie": van_ander.pk}
    )
    van_ander.refresh_from_db()
    assert van_ander.status == "open"


def test_intussen_gewijzigd_wordt_getoond_en_niet_overschreven(
    client: Any, log_in: Any, beheerder: Any, linde: Organisatie
) -> None:
    correctie = maak_correctie(linde)
    Organisatie.objects.update(telefoon="+31207777777")
    client = log_in(beheerder)
    assert "Toen stond er: 020 123 4567" in client.get(f"{BASIS}correcties/").content.decode()
    html = client.post(f"{BASIS}correcties/", besluit(correctie, "overnemen"), follow=True).content.decode()
    assert "Er staat nu: 020 777 7777" in html
    linde.refresh_from_db()
    assert linde.telefoon.as_e164 == "+31207777777"
    client.post(f"{BASIS}correcties/", besluit(correctie, "overnemen", "+31207777777"))
    linde.refresh_from_db()
    assert linde.telefoon.as_e164 == NIEUW


def test_het_laatste_contact_gaat_niet_weg(client: Any, log_in: Any, beheerder: Any, linde: Organisatie) -> None:
    Organisatie.objects.update(email="", website="")
    correctie = maak_correctie(linde, nieuwe_waarde="")
    html = log_in(beheerder).post(f"{BASIS}correcties/", besluit(correctie, "overnemen"), follow=True).content.decode()
    assert "Dan kan niemand de organisatie nog bereiken" in html
    correctie.refresh_from_db()
    assert correctie.status == "open"


@pytest.mark.parametrize(
    ("wie", "status"), [("beheerder", 200), ("redacteur", 200), ("vreemde", 404), ("ander", 404), ("moderator", 404)]
)
def test_wie_de_verbeteringen_ziet(client: Any, log_in: Any, linde: Organisatie, wie: str, status: int) -> None:
    mensen = {
        "beheerder": lambda: linde.beheer.get().gebruiker,
        "redacteur": lambda: _redacteur(linde),
        "vreemde": maak_gebruiker,
        "ander": lambda: maak_organisatie(beheerder=maak_gebruiker()).beheer.get().gebruiker,
        "moderator": maak_moderator,
    }
    correctie = maak_correctie(linde)
    client = log_in(mensen[wie]())
    assert client.get(f"{BASIS}correcties/").status_code == status
    client.post(f"{BASIS}correcties/", besluit(correctie, "afwijzen"))
    correctie.refresh_from_db()
    assert correctie.status == ("afgewezen" if status == 200 else "open")


def _redacteur(organisatie: Organisatie) -> Any:
    redacteur = maak_gebruiker()
    organisatie.beheer.create(gebruiker=redacteur, rol="redacteur")
    return redacteur


def test_een_verbetering_van_een_ander_is_niet_te_besluiten(
    client: Any, log_in: Any, beheerder: Any, linde: Organisatie
) -> None:
    correctie = maak_correctie(maak_organisatie(telefoon="+31201234567"))
    assert log_in(beheerder).post(f"{BASIS}correcties/", besluit(correctie, "overnemen")).status_code == 404


@pytest.mark.parametrize("aantal", [1, 3])
def test_de_lijst_kost_evenveel_vragen(
    client: Any, log_in: Any, beheerder: Any, linde: Organisatie, aantal: int, django_assert_num_queries: Any
) -> None:
    for nummer in range(aantal):
        maak_correctie(linde, nieuwe_waarde=f"+3120555555{nummer}")
    client = log_in(beheerder)
    client.get(f"{BASIS}correcties/")
    with django_assert_num_queries(7):
        client.get(f"{BASIS}correcties/")


def test_open_verbeteringen_staan_bij_mijn_en_in_de_editor(
    client: Any, log_in: Any, beheerder: Any, linde: Organisatie
) -> None:
    maak_correctie(linde)
    maak_correctie(linde, veld="email", nieuwe_waarde="nieuw@linde.example")
    maak_correctie(linde, status="afgewezen", besloten_op=timezone.now())
    client = log_in(beheerder)
    assert "2 verbeteringen van bezoekers" in client.get("/mijn/").content.decode()
    assert "2 verbeteringen van bezoekers" in client.get(f"{BASIS}wijzigen/").content.decode()
