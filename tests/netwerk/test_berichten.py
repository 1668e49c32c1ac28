"""Writing, answering, withdrawing and liking short messages."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from netwerk.actions.berichten import (
    BerichtFout,
    antwoord_per_mail,
    plaats,
    ruim_ingetrokken_op,
    toon_weer,
    trek_in,
    verberg,
)
from netwerk.keuzes import Plaatsing, Seintje
from netwerk.models import Bericht, Gedempt, Kennisgeving, Professional, Volgt
from netwerk.models.bericht import Berichtzicht, aantal_tekens
from tests.fabriek import (
    maak_bericht,
    maak_blokkade,
    maak_contact,
    maak_organisatie,
    maak_professional,
)
from tests.netwerk.test_berichten_toegang import plaatje

pytestmark = pytest.mark.django_db


@pytest.fixture
def sanne() -> Professional:
    return maak_professional(naam="Sanne de Wit", is_volgbaar=True)


@pytest.fixture
def kees(client: Any) -> Professional:
    kees = maak_professional(naam="Kees Kok", is_volgbaar=True)
    client.force_login(kees.gebruiker)
    return kees


def schrijf(client: Any, tekst: str, **velden: Any) -> Any:
    return client.post("/berichten/schrijven/", {"tekst": tekst, "zicht": 4, **velden}, follow=True)


def test_schrijven_toont_het_bericht_met_onderwerp_en_linkkaart(client: Any, kees: Professional) -> None:
    response = schrijf(client, "Lees dit over #Mantel-zorg en #Eénzaamheid: https://www.voorbeeld.nl/a/b?c=1.")
    bericht = Bericht.objects.get()
    assert (bericht.auteur, bericht.zicht, bericht.link) == (kees, 4, "https://www.voorbeeld.nl/a/b?c=1")
    assert set(bericht.labelrijen.values_list("label", flat=True)) == {"mantel", "eenzaamheid"}
    html = response.content.decode()
    assert "Uw bericht is geplaatst." in html
    assert '<a href="/berichten/label/eenzaamheid/">#Eénzaamheid</a>' in html
    assert '<a href="https://www.voorbeeld.nl/a/b?c=1" rel="nofollow noopener ugc">voorbeeld.nl/a/b?c=1</a>.' in html
    assert "<strong>voorbeeld.nl</strong>" in html
    assert bericht.uri.endswith(f"/berichten/{bericht.code}/")


def test_schrijven_met_foto_bewaart_een_nieuw_plaatje_met_beschrijving(client: Any, kees: Professional) -> None:
    foto = SimpleUploadedFile("soep.png", plaatje() + b"GEHEIM", "image/png")
    assert "Schrijf op wat er op de foto te zien is." in schrijf(client, "Soep!", beeld=foto).content.decode()
    foto.seek(0)
    html = schrijf(client, "Soep!", beeld=foto, beeld_alt="Een pan soep").content.decode()
    bericht = Bericht.objects.get()
    assert str(bericht.beeld).startswith("berichten/")
    assert "soep" not in str(bericht.beeld)
    assert b"GEHEIM" not in bericht.beeld.read()
    bericht.beeld.close()
    assert f'<img src="/berichten/{bericht.code}/beeld/" alt="Een pan soep"' in html


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"tekst": ""}, "Schrijf eerst een bericht."),
        ({"tekst": "\u200b\u2060"}, "Vul hier tekst in die te lezen is."),
        ({"tekst": "a" * 501}, "Een bericht heeft hoogstens 500 tekens. Het zijn er nu 1 te veel."),
        ({"tekst": "a" * 10_000}, "Het zijn er nu 9500 te veel."),
        ({"tekst": "a\x00b"}, "NUL"),
        ({"tekst": "omge\u202ekeerd"}, "teken dat wij niet kunnen bewaren"),
        ({"tekst": "e" + "\u0301" * 6000}, "hoogstens 500 tekens"),
        ({"tekst": "Hoi", "zicht": "9"}, "Nog niet gelukt"),
        ({"tekst": "Hoi", "zicht": "٣"}, "Nog niet gelukt"),
        ({"tekst": "Hoi", "als": "andermans-organisatie"}, "niet (meer) schrijven namens"),
        ({"tekst": "Hoi", "beeld": SimpleUploadedFile("a.svg", b"<svg onload=alert(1)>")}, "niet als afbeelding lezen"),
        ({"tekst": "Hoi", "beeld": SimpleUploadedFile("a.png", b"")}, "Dit bestand is leeg"),
    ],
)
def test_schrijven_met_een_fout_plaatst_niets(
    client: Any, kees: Professional, velden: dict[str, Any], fout: str
) -> None:
    response = client.post("/berichten/schrijven/", {"zicht": 4, **velden})
    html = response.content.decode()
    assert response.status_code == 200
    assert fout in html or fout == "NUL"
    assert "Nog niet gelukt" in html
    assert not Bericht.objects.exists()


@pytest.mark.parametrize(
    ("tekst", "aantal"),
    [
        ("", 0),
        ("café", 4),
        ("cafe\u0301", 4),
        ("👨‍👩‍👧‍👦", 1),
        ("🇳🇱🇧🇪", 2),
        ("👍🏽👍", 2),
        ("❤️", 1),
        ("한국", 2),
        ("a\r\nb", 3),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 1),
    ],
)
def test_tekens_worden_geteld_zoals_mensen_ze_zien(tekst: str, aantal: int) -> None:
    assert aantal_tekens(tekst) == aantal


def test_500_gezinnen_passen(client: Any, kees: Professional) -> None:
    schrijf(client, "👨‍👩‍👧‍👦" * 500)
    assert Bericht.objects.get().tekst == "👨‍👩‍👧‍👦" * 500


@pytest.mark.parametrize(
    "tekst",
    [
        "javascript:alert(1)",
        "[klik](javascript:alert(1))",
        "data:text/html,<script>alert(1)</script>",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "https://gebruiker:geheim@bank.example/",
        "https://localhost/",
        'https://x.nl/"onmouseover="alert(1)',
        "http://[::1",
        "https://" + "a" * 300 + ".nl/",
        "#<b>vet</b> @[<script>] @[bcdfghjkmnpq]",
    ],
)
def test_kwade_tekst_wordt_gewone_tekst(client: Any, kees: Professional, tekst: str) -> None:
    html = schrijf(client, f"Kijk {tekst}").content.decode()
    lijf = html.split('<p class="message-text">')[1].split("</article>")[0]
    for gevaar in (
        'javascript:alert(1)"',
        "<script",
        "<img",
        'onmouseover="',
        'href="data:',
        'geheim@bank.example/"',
        "<b>",
    ):
        assert gevaar not in lijf, gevaar
    assert Bericht.objects.count() == 1
    if "@[bcdf" in tekst:
        assert "@iemand die weg is" in lijf


def test_een_link_die_op_een_andere_lijkt_laat_zijn_ware_naam_zien(client: Any, kees: Professional) -> None:
    assert "<strong>xn--" in schrijf(client, "https://рабобанк.example/").content.decode()


def test_twee_keer_sturen_is_een_bericht(client: Any, kees: Professional) -> None:
    schrijf(client, "Hallo\r\nallemaal")
    schrijf(client, "Hallo\nallemaal ")
    assert [bericht.tekst for bericht in Bericht.objects.all()] == ["Hallo\nallemaal"]
    Bericht.objects.update(geplaatst_op=timezone.now() - timedelta(minutes=11))
    schrijf(client, "Hallo\nallemaal")
    assert Bericht.objects.count() == 2


def test_te_vaak_schrijven_bewaart_wat_is_getypt(client: Any, kees: Professional, settings: Any) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "bericht": "2/h/key"}
    for nummer in range(3):
        response = client.post("/berichten/schrijven/", {"tekst": f"Bericht {nummer}", "zicht": 4})
    assert response.status_code == 429
    assert "Bericht 2</textarea>" in response.content.decode()
    assert Bericht.objects.count() == 2


def test_wie_intussen_is_uitgelogd_houdt_wat_is_getypt(client: Any, sanne: Professional, kees: Professional) -> None:
    bericht = maak_bericht(sanne)
    for pad in ("/berichten/schrijven/", f"/berichten/{bericht.code}/antwoorden/"):
        client.logout()
        assert client.post(pad, {"tekst": "Een lang verhaal", "zicht": 4})["Location"].startswith("/account/login/")
        client.force_login(kees.gebruiker)
        assert "Een lang verhaal</textarea>" in client.get(pad).content.decode()
    assert Bericht.objects.count() == 1


def test_volgers_kiest_men_alleen_als_men_gevolgd_kan_worden(client: Any, kees: Professional) -> None:
    assert "Wie mij volgt" in client.get("/berichten/schrijven/").content.decode()
    Professional.objects.update(is_volgbaar=False)
    assert "Wie mij volgt" not in client.get("/berichten/schrijven/").content.decode()
    assert "Nog niet gelukt" in schrijf(client, "Hoi", zicht=2).content.decode()


def test_een_organisatie_schrijft_niet_voor_contacten(client: Any, kees: Professional) -> None:
    maak_organisatie(slug="de-linde", beheerder=kees.gebruiker)
    assert "voor iedereen of voor leden" in schrijf(client, "Hoi", als="de-linde", zicht=1).content.decode()
    assert not Bericht.objects.exists()


def test_noemen_van_wie_men_kent(client: Any, kees: Professional, sanne: Professional) -> None:
    vreemde = maak_professional(naam="Vera Vreemd")
    Volgt.objects.create(volger=kees, professional=sanne)
    maak_contact(kees, maak_professional(naam="Bo"))
    html = schrijf(client, "Dank @Sanne de Wit, @bo! En @Vera Vreemd, mail@Sanne de Wit").content.decode()
    bericht = Bericht.objects.get()
    bo = Professional.objects.get(naam="Bo")
    assert bericht.tekst == f"Dank @[{sanne.code}], @[{bo.code}]! En @Vera Vreemd, mail@Sanne de Wit"
    assert set(bericht.vermeldingen.all()) == {sanne, bo}
    assert ">@Sanne de Wit</a>, " in html
    assert {(k.ontvanger, k.soort, k.tekst) for k in Kennisgeving.objects.all()} == {
        (sanne.gebruiker, "vermelding", "Kees Kok noemt u in een bericht."),
        (bo.gebruiker, "vermelding", "Kees Kok noemt u in een bericht."),
    }
    assert "@Sanne de Wit" in Kennisgeving.objects.first().mailtekst  # type: ignore[union-attr]
    assert vreemde.vermeld_in.count() == 0


@pytest.mark.parametrize("reden", ["geblokkeerd", "gedempt", "twee met die naam", "mag het niet lezen"])
def test_geen_seintje_voor_wie_niets_wil_of_mag_horen(
    client: Any, kees: Professional, sanne: Professional, reden: str
) -> None:
    Volgt.objects.create(volger=kees, professional=sanne)
    if reden == "geblokkeerd":
        maak_blokkade(sanne, kees)
    if reden == "gedempt":
        Gedempt.objects.create(door=sanne, gedempt=kees)
    if reden == "twee met die naam":
        Volgt.objects.create(volger=kees, professional=maak_professional(naam="sanne de wit", is_volgbaar=True))
    schrijf(client, "Dank @Sanne de Wit", zicht=1 if reden == "mag het niet lezen" else 4)
    assert Bericht.objects.count() == 1
    assert not Kennisgeving.objects.exists()


def test_antwoorden_geeft_de_schrijver_bericht(client: Any, kees: Professional, sanne: Professional) -> None:
    bericht = maak_bericht(sanne, zicht=Berichtzicht.PORTAAL)
    response = client.post(f"/berichten/{bericht.code}/antwoorden/", {"tekst": "Ik help mee"}, follow=True)
    assert "Ik help mee" in response.content.decode()
    antwoord = Bericht.objects.get(antwoord_op=bericht)
    bericht.refresh_from_db()
    assert (antwoord.zicht, antwoord.is_antwoord, bericht.aantal_antwoorden) == (3, True, 1)
    kennisgeving = Kennisgeving.objects.get()
    assert (kennisgeving.ontvanger, kennisgeving.soort, kennisgeving.tekst, kennisgeving.mailtekst) == (
        sanne.gebruiker,
        Seintje.BERICHT,
        "Kees Kok reageerde op uw bericht.",
        "Ik help mee",
    )
    assert (kennisgeving.over, kennisgeving.is_te_beantwoorden) == (f"bericht:{antwoord.pk}", True)


def test_antwoord_op_een_organisatie_komt_bij_wie_haar_bijhoudt(client: Any, kees: Professional) -> None:
    beheerder = maak_professional()
    bericht = maak_bericht(maak_organisatie(beheerder=beheerder.gebruiker))
    client.post(f"/berichten/{bericht.code}/antwoorden/", {"tekst": "Tot morgen"})
    assert [k.ontvanger for k in Kennisgeving.objects.all()] == [beheerder.gebruiker]


def test_antwoord_per_mail_is_een_gewoon_antwoord(kees: Professional, sanne: Professional) -> None:
    bericht = maak_bericht(sanne)
    for _ in range(2):
        antwoord = antwoord_per_mail(pk=bericht.pk, door=kees, tekst="Ik help mee", bijlagen=[object()])
    assert (antwoord.antwoord_op, antwoord.auteur, Bericht.objects.count()) == (bericht, kees, 2)


@pytest.mark.parametrize(
    ("tekst", "hoe", "fout"),
    [
        ("a" * 501, "", "hoogstens 500 tekens. Het zijn er nu 1 te veel."),
        ("\u202e", "", "niet kunnen bewaren"),
        ("", "", "Schrijf eerst een bericht."),
        ("Ja", "ingetrokken", "Dit bericht is er niet meer."),
        ("Ja", "geblokkeerd", "Dit bericht is er niet meer."),
        ("Ja", "geen contact meer", "Dit bericht is er niet meer."),
        ("Ja", "gewist", "Dit bericht is er niet meer."),
    ],
)
def test_antwoord_per_mail_zegt_waarom_het_niet_kan(
    kees: Professional, sanne: Professional, tekst: str, hoe: str, fout: str
) -> None:
    bericht = maak_bericht(sanne, zicht=1 if hoe == "geen contact meer" else 4)
    pk = bericht.pk
    if hoe == "ingetrokken":
        trek_in(bericht=bericht)
    elif hoe == "geblokkeerd":
        maak_blokkade(sanne, kees)
    elif hoe == "gewist":
        bericht.delete()
    with pytest.raises(BerichtFout) as gevangen:
        antwoord_per_mail(pk=pk, door=kees, tekst=tekst)
    assert fout in str(gevangen.value)
    assert not Bericht.objects.filter(is_antwoord=True).exists()


def test_antwoorden_op_wat_net_is_ingetrokken_zegt_het_en_bewaart_niets(
    client: Any, kees: Professional, sanne: Professional
) -> None:
    bericht = maak_bericht(sanne)
    trek_in(bericht=bericht)
    assert client.post(f"/berichten/{bericht.code}/antwoorden/", {"tekst": "Ik help"}).status_code == 404
    assert Bericht.objects.count() == 1


def test_antwoord_blijft_als_het_bericht_gewist_is(client: Any, kees: Professional, sanne: Professional) -> None:
    bericht = maak_bericht(sanne)
    antwoord = maak_bericht(kees, antwoord_op=bericht, tekst="Ik help mee")
    trek_in(bericht=bericht)
    Bericht.objects.filter(pk=bericht.pk).update(gewijzigd_op=timezone.now() - timedelta(days=31))
    assert ruim_ingetrokken_op() == 1
    html = client.get(f"/berichten/{antwoord.code}/").content.decode()
    assert "Ik help mee" in html
    assert "bericht dat er niet meer is" in html
    assert "Ik help mee" not in client.get("/berichten/").content.decode()


def test_intrekken_vraagt_eerst_en_neemt_doorgeven_en_foto_mee(
    client: Any, kees: Professional, sanne: Professional, settings: Any
) -> None:
    schrijf(client, "Soep!", beeld=SimpleUploadedFile("s.png", plaatje()), beeld_alt="Een pan soep")
    bericht = Bericht.objects.get()
    bestand = bericht.beeld.path
    maak_bericht(sanne, herhaalt=bericht, tekst="")
    antwoord = maak_bericht(sanne, antwoord_op=bericht)
    pad = f"/berichten/{bericht.code}/intrekken/"
    assert "Dit bericht intrekken?" in client.get(pad).content.decode()
    bericht.refresh_from_db()
    assert bericht.plaatsing == Plaatsing.GEPLAATST
    client.post(pad)
    bericht.refresh_from_db()
    assert (bericht.plaatsing, bericht.beeld.name, set(Bericht.objects.all())) == (
        "ingetrokken",
        "",
        {bericht, antwoord},
    )
    from pathlib import Path

    assert not Path(bestand).exists()


def test_intrekken_van_een_antwoord_telt_terug(sanne: Professional) -> None:
    bericht = maak_bericht(sanne)
    antwoord = plaats(tekst="Ja", zicht=4, door=sanne.gebruiker, auteur=sanne, antwoord_op=bericht)
    for _ in range(2):
        trek_in(bericht=antwoord)
        bericht.refresh_from_db()
        assert bericht.aantal_antwoorden == 0


def test_verbergen_vertelt_de_schrijver_waarom(sanne: Professional) -> None:
    bericht = maak_bericht(sanne)
    for _ in range(2):
        verberg(bericht=bericht, reden="Er staat een naam van een cliënt in.")
    assert [k.tekst for k in Kennisgeving.objects.all()] == [
        "De redactie heeft een bericht van u verborgen. Reden: Er staat een naam van een cliënt in."
    ]
    assert not Bericht.objects.zichtbaar_voor(sanne).exists()
    toon_weer(bericht=bericht)
    assert Bericht.objects.zichtbaar_voor(None).get() == bericht


def test_waarderen_en_doorgeven_tellen_en_gaan_terug_naar_de_plek(
    client: Any, kees: Professional, sanne: Professional
) -> None:
    bericht = maak_bericht(sanne)
    for knop, veld in (("waarderen", "aantal_waarderingen"), ("doorgeven", "aantal_herhalingen")):
        for doe, aantal in (("wel", 1), ("wel", 1), ("niet", 0), ("niet", 0), ("onzin", 0)):
            response = client.post(f"/berichten/{bericht.code}/{knop}/", {"doe": doe, "next": "/berichten/?voor=9"})
            assert response["Location"] == f"/berichten/?voor=9#b-{bericht.code}"
            bericht.refresh_from_db()
            assert getattr(bericht, veld) == aantal, (knop, doe)
    response = client.post(f"/berichten/{bericht.code}/waarderen/", {"next": "//kwaad.example/"})
    assert response["Location"] == f"/berichten/#b-{bericht.code}"


def test_een_knop_van_een_andere_site_doet_niets(client: Any, kees: Professional, sanne: Professional) -> None:
    bericht = maak_bericht(sanne)
    response = client.post(
        f"/berichten/{bericht.code}/waarderen/", {"doe": "wel"}, headers={"sec-fetch-site": "cross-site"}
    )
    assert response.status_code == 403
    bericht.refresh_from_db()
    assert bericht.aantal_waarderingen == 0
