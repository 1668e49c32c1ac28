import re
from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from organisaties.actions import persoonsgegevens
from organisaties.actions.beoordelen import voer_wijziging_door, wijs_wijziging_af
from organisaties.actions.corrigeren import (
    CorrectieFout,
    merk,
    neem_over,
    ruim_correcties_op,
    stel_verbetering_voor,
    wijs_af,
)
from organisaties.keuzes import Status
from organisaties.models import Bevestiging, Correctie, Openingstijd, Organisatie, Wijzigingsverzoek
from tests.fabriek import maak_dienst, maak_gebruiker, maak_locatie, maak_moderator, maak_organisatie

BASIS = "/organisaties/de-linde/"
NIEUW = "+31205555555"


@pytest.fixture
def beheerder(db: None) -> Any:
    return maak_gebruiker(email="b@linde.example", naam="Bea")


@pytest.fixture
def linde(beheerder: Any) -> Organisatie:
    return maak_organisatie(
        naam="De Linde",
        slug="de-linde",
        telefoon="+31201234567",
        email="info@linde.example",
        website="https://linde.example",
        beheerder=beheerder,
    )


def maak_correctie(organisatie: Organisatie, **velden: Any) -> Correctie:
    velden = {"veld": "telefoon", "nieuwe_waarde": NIEUW, "oude_waarde": "+31201234567", **velden}
    return Correctie.objects.create(organisatie=organisatie, **velden)


def besluit(correctie: Correctie, wat: str, nu: str = "+31201234567", **velden: Any) -> dict[str, Any]:
    return {"pk": correctie.pk, "besluit": wat, "gezien": merk(nu), "waarde": correctie.nieuwe_waarde, **velden}


# The visitor


def test_kiezen_noemt_elk_onderdeel_met_wat_er_staat(client: Any, linde: Organisatie) -> None:
    locatie = maak_locatie(linde)
    dienst = maak_dienst(linde, naam="Taalcafé")
    html = client.get(f"{BASIS}corrigeren/").content.decode()
    for veld in ("telefoon", "email", "website", "naam", "kort", "gestopt"):
        assert f'href="{BASIS}corrigeren/{veld}/"' in html
    for onderdeel in (f"adres/{locatie.pk}", f"tijden/{locatie.pk}", f"aanbod/{dienst.pk}"):
        assert f'href="{BASIS}corrigeren/{onderdeel}/"' in html
    assert "020 123 4567" in html
    assert "Lindelaan 12, 3511 AB Utrecht" in html
    assert f'href="{BASIS}melden/"' in html
    assert "csrfmiddlewaretoken" not in html


@pytest.mark.parametrize("aantal", [1, 3])
def test_kiezen_kost_vier_vragen_hoeveel_er_ook_is(
    client: Any, linde: Organisatie, aantal: int, django_assert_num_queries: Any
) -> None:
    for _ in range(aantal):
        maak_locatie(linde)
        maak_dienst(linde)
    with django_assert_num_queries(4):
        client.get(f"{BASIS}corrigeren/")


def test_corrigeren_bewaart_en_mailt_de_beheerder_zonder_adres(client: Any, linde: Organisatie) -> None:
    velden = {"waarde": "020 555 5555", "opmerking": "Ik belde net.", "email": "jan@thuis.example"}
    response = client.post(f"{BASIS}corrigeren/telefoon/", velden, follow=True)
    assert "Dank u wel" in response.content.decode()
    correctie = Correctie.objects.get()
    assert (correctie.oude_waarde, correctie.nieuwe_waarde, correctie.status, correctie.email) == (
        "+31201234567",
        NIEUW,
        "open",
        "jan@thuis.example",
    )
    assert [bericht.to for bericht in mail.outbox] == [["b@linde.example"]]
    tekst = mail.outbox[0].body
    assert "> 020 123 4567" in tekst
    assert "> 020 555 5555" in tekst
    assert "> Ik belde net." in tekst
    assert "/organisaties/de-linde/correcties/" in tekst
    assert "jan@thuis.example" not in tekst


def test_corrigeren_zonder_beheerder_gaat_naar_de_moderatoren(client: Any, linde: Organisatie) -> None:
    linde.beheer.all().delete()
    moderator = maak_moderator()
    client.post(f"{BASIS}corrigeren/telefoon/", {"waarde": "020 555 5555"})
    assert [bericht.to for bericht in mail.outbox] == [[moderator.email]]
    assert "/beheer/organisaties/correctie/wachtrij/" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("pad", "velden", "fout"),
    [
        ("telefoon", {"waarde": "12"}, "Vul een telefoonnummer in, zoals"),
        ("telefoon", {"waarde": "020 123 4567"}, "Dit staat er al."),
        ("telefoon", {"waarde": ""}, "Vul in wat er moet staan."),
        ("email", {"waarde": "geen adres"}, "Vul een e-mailadres in, zoals"),
        ("website", {"waarde": "javascript:alert(1)"}, "webadres"),
        ("kort", {"waarde": "a" * 161}, "160"),
        ("gestopt", {"waarde": "\u200b"}, "te lezen"),
        ("naam", {"waarde": "a\x07b"}, "teken"),
        ("telefoon", {"waarde": "020 555 5555", "email": "geen"}, "Vul een e-mailadres in, zoals"),
        ("telefoon", {"waarde": "020 555 5555", "opmerking": "a" * 1001}, "1000"),
    ],
)
def test_corrigeren_met_een_fout_zegt_wat_er_mis_is(
    client: Any, linde: Organisatie, pad: str, velden: dict[str, str], fout: str
) -> None:
    html = client.post(f"{BASIS}corrigeren/{pad}/", velden).content.decode()
    assert fout in html
    assert "Nog niet gelukt" in html
    assert not Correctie.objects.exists()


def test_corrigeren_dat_iets_er_niet_meer_is(client: Any, linde: Organisatie) -> None:
    client.post(f"{BASIS}corrigeren/website/", {"weg": "on", "waarde": ""})
    assert Correctie.objects.get().nieuwe_waarde == ""


def test_corrigeren_van_een_adres_toetst_de_postcode(client: Any, linde: Organisatie) -> None:
    locatie = maak_locatie(linde)
    pad = f"{BASIS}corrigeren/adres/{locatie.pk}/"
    html = client.post(pad, {"straat": "Beukweg 3", "postcode": "0000 XX", "plaats": "Utrecht"}).content.decode()
    assert "Nog niet gelukt" in html
    assert "Beukweg 3" in html
    client.post(pad, {"straat": "Beukweg 3", "postcode": "3512ab", "plaats": "Utrecht"})
    assert Correctie.objects.get().nieuwe_waarde == "Beukweg 3\n3512 AB\nUtrecht"


def test_corrigeren_verraadt_geen_geheim_adres(client: Any, linde: Organisatie) -> None:
    locatie = maak_locatie(linde, is_geheim=True, naam="Achterom 5", straat="Achterom 5")
    html = client.get(f"{BASIS}corrigeren/").content.decode()
    assert "Achterom" not in html
    assert "Geheim adres in Utrecht" in html
    assert client.get(f"{BASIS}corrigeren/adres/{locatie.pk}/").status_code == 404
    assert "Achterom" not in client.get(f"{BASIS}corrigeren/tijden/{locatie.pk}/").content.decode()
    client.post(f"{BASIS}corrigeren/tijden/{locatie.pk}/", {"waarde": "Alleen op maandag"})
    assert "Achterom" not in mail.outbox[0].body + mail.outbox[0].subject


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.GEPUBLICEERD, Status.SAMENGEVOEGD}))
def test_corrigeren_van_wat_niet_zichtbaar_is(client: Any, linde: Organisatie, status: str) -> None:
    Organisatie.objects.update(status=status)
    for pad in ("corrigeren/", "corrigeren/telefoon/"):
        assert client.get(f"{BASIS}{pad}").status_code == 404
    assert client.post(f"{BASIS}corrigeren/telefoon/", {"waarde": "020 555 5555"}).status_code == 404


@pytest.mark.parametrize("pad", ["onzin", "adres", "tijden", "aanbod", "adres/999999", "website/1", "logo"])
def test_corrigeren_van_wat_niet_bestaat(client: Any, linde: Organisatie, pad: str) -> None:
    assert client.get(f"{BASIS}corrigeren/{pad}/").status_code == 404


def test_corrigeren_van_een_ander_zijn_locatie(client: Any, linde: Organisatie) -> None:
    vreemd = maak_locatie(maak_organisatie())
    assert client.get(f"{BASIS}corrigeren/adres/{vreemd.pk}/").status_code == 404


def test_corrigeren_te_vaak_vraagt_te_wachten(client: Any, linde: Organisatie) -> None:
    for nummer in range(5):
        assert client.post(f"{BASIS}corrigeren/telefoon/", {"waarde": f"020 555 555{nummer}"}).status_code == 302
    response = client.post(f"{BASIS}corrigeren/telefoon/", {"waarde": "020 555 5556"})
    assert response.status_code == 429
    assert "020 555 5556" in response.content.decode()
    assert Correctie.objects.count() == 5


# The decision


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


# Rules of the table, people at once, and time


@pytest.mark.parametrize(
    ("velden", "naam"),
    [
        ({"status": "afgewezen"}, "correctie_besluit_heeft_moment"),
        ({"besloten_op": timezone.now()}, "correctie_besluit_heeft_moment"),
        ({"status": "onzin", "besloten_op": timezone.now()}, "correctie_status_bestaat"),
        ({"veld": "adres"}, "correctie_onderdeel_past_bij_veld"),
        ({"veld": "aanbod"}, "correctie_onderdeel_past_bij_veld"),
    ],
)
def test_regels_van_een_correctie(linde: Organisatie, velden: dict[str, Any], naam: str) -> None:
    with pytest.raises(IntegrityError, match=naam), transaction.atomic():
        maak_correctie(linde, **velden)


def test_een_correctie_gaat_over_een_onderdeel(linde: Organisatie) -> None:
    with pytest.raises(IntegrityError, match="correctie_van_een_onderdeel"), transaction.atomic():
        maak_correctie(linde, locatie=maak_locatie(linde), dienst=maak_dienst(linde))


def _tegelijk(*acties: Any) -> list[Any]:
    start = Barrier(len(acties))

    def doe(actie: Any) -> Any:
        try:
            start.wait(10)
            return actie()
        except CorrectieFout as fout:
            return fout
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acties)) as pool:
        return list(pool.map(doe, acties))


@pytest.mark.django_db(transaction=True)
def test_van_twee_die_tegelijk_besluiten_wint_er_een() -> None:
    een, twee = maak_gebruiker(naam="Bea"), maak_gebruiker(naam="Cas")
    organisatie = maak_organisatie(telefoon="+31201234567", beheerder=een, redacteur=twee)
    correctie = maak_correctie(organisatie, email="jan@thuis.example")
    uitkomst = _tegelijk(
        lambda: neem_over(correctie=correctie, waarde=NIEUW, door=een, gezien=merk("+31201234567")),
        lambda: wijs_af(correctie=correctie, door=twee),
        lambda: neem_over(correctie=correctie, waarde="+31206666666", door=twee, gezien=merk("+31201234567")),
    )
    fouten = [str(fout) for fout in uitkomst if isinstance(fout, CorrectieFout)]
    assert len(fouten) == 2
    assert all("Hierover is al beslist door" in fout for fout in fouten)
    assert len(mail.outbox) == 1
    correctie.refresh_from_db()
    organisatie.refresh_from_db()
    staat_er = {"overgenomen": NIEUW, "aangepast": "+31206666666", "afgewezen": "+31201234567"}
    assert organisatie.telefoon.as_e164 == staat_er[correctie.status]


@pytest.mark.django_db(transaction=True)
def test_twee_keer_versturen_geeft_een_voorstel() -> None:
    organisatie = maak_organisatie(telefoon="+31201234567", beheerder=maak_gebruiker())
    gemaakt = _tegelijk(
        *[lambda: stel_verbetering_voor(organisatie=organisatie, veld="telefoon", waarde=NIEUW).pk for _ in range(5)]
    )
    assert (len(set(gemaakt)), Correctie.objects.count(), len(mail.outbox)) == (1, 1, 1)


def test_opruimen_wist_adressen_na_dertig_dagen(linde: Organisatie) -> None:
    nu = timezone.now()
    besloten = {"status": "afgewezen", "email": "jan@thuis.example"}
    oud = maak_correctie(linde, besloten_op=nu - timedelta(days=31), **besloten)
    jong = maak_correctie(linde, besloten_op=nu - timedelta(days=29), **besloten)
    vergeten = maak_correctie(linde, voorgesteld_op=nu - timedelta(days=366), email="jan@thuis.example")
    wacht = maak_correctie(linde, voorgesteld_op=nu - timedelta(days=200), email="jan@thuis.example")
    assert ruim_correcties_op() == 2
    met_adres = set(Correctie.objects.exclude(email="").values_list("pk", flat=True))
    assert met_adres == {jong.pk, wacht.pk}
    assert {oud.pk, vergeten.pk}.isdisjoint(met_adres)


def test_het_account_neemt_het_adres_mee(linde: Organisatie) -> None:
    jan = maak_gebruiker(email="jan@thuis.example")
    correctie = maak_correctie(linde, email="Jan@thuis.example")
    assert persoonsgegevens.export(jan)["verbeteringen"] == [
        {"over": "De Linde", "wat": "telefoonnummer", "voorstel": NIEUW}
    ]
    persoonsgegevens.erase(jan)
    correctie.refresh_from_db()
    assert correctie.email == ""


def test_de_vermelding_vraagt_een_keer_bij_elk_blok_of_het_klopt(client: Any, linde: Organisatie) -> None:
    locatie, dienst = maak_locatie(linde), maak_dienst(linde)
    Openingstijd.objects.create(locatie=locatie, dag=1, van=time(9), tot=time(12))
    html = client.get(BASIS).content.decode()
    waarnaar = re.findall(r'class="fix" href="([^"]*)">Klopt dit niet\?<span class="visually-hidden"> ([^<]*)<', html)
    assert waarnaar == [
        ("corrigeren/", "Het aanbod"),
        ("corrigeren/", "Adres en tijden"),
        ("corrigeren/", "Telefoon, e-mail, website of voor wie"),
    ]
    kiezen = client.get(f"{BASIS}corrigeren/").content.decode()
    paden = ("telefoon", "email", "website", f"adres/{locatie.pk}", f"tijden/{locatie.pk}", f"aanbod/{dienst.pk}")
    for pad in paden:
        assert f'href="{BASIS}corrigeren/{pad}/"' in kiezen
        assert client.get(f"{BASIS}corrigeren/{pad}/").status_code == 200
    Organisatie.objects.update(status=Status.INGEDIEND)
    client.force_login(linde.beheer.get().gebruiker)
    assert 'class="fix"' not in client.get(BASIS).content.decode()
