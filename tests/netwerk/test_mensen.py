import io
import threading
from typing import Any

import pytest
from django.core import mail, signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from PIL import Image

from netwerk.actions.mensen.profiel import STANDEN, ProfielFout, maak_profiel, wijzig_profiel, zichtbaarheid_van
from netwerk.actions.mensen.vindbaar import ververs_mensen
from netwerk.actions.mensen.werk import (
    beantwoord_werkplek,
    beeindig_werkplek,
    bevestig_als_moderator,
    voeg_werkplek_toe,
)
from netwerk.keuzes import Voor
from netwerk.models import VELDEN, Kennisgeving, NietPassend, Professional, Profielzoek, Werkplek
from netwerk.views.mensen.mens import KAARTZOUT
from netwerk.weergave.mensenzoeker import Mensenvraag, past_bij, zoek_mensen
from tests.fabriek import (
    maak_blokkade,
    maak_contact,
    maak_gebruiker,
    maak_netwerk,
    maak_organisatie,
    maak_professional,
    maak_werkplek,
)
from welzijnportal import privacy
from welzijnportal.geo.models import Plaats
from welzijnportal.geo.zoeken import vind_plek
from welzijnportal.images import hercodeer

pytestmark = pytest.mark.django_db
GEHEIM = {
    "functie": "geheimfunctie", "biedt": "geheimbod", "zoekt": "geheimzoek", "tekst": "geheimtekst",
    "werkmail": "geheim@werk.example", "website": "https://geheimsite.example",
}  # fmt: skip


def maak_foto() -> SimpleUploadedFile:
    uit = io.BytesIO()
    Image.new("RGB", (80, 60), "#0f4d4b").save(uit, "PNG")
    return SimpleUploadedFile("foto.png", uit.getvalue(), content_type="image/png")


def alles_voor(niveau: int) -> dict[str, int]:
    return dict.fromkeys((*VELDEN.values(), "vindbaar_voor"), niveau)


def vol_profiel(niveau: int, **velden: Any) -> Professional:
    mens = maak_professional(**{**GEHEIM, **alles_voor(niveau), **velden})
    mens.expertise.set(["geheimkennis"])
    mens.interesses.set(["geheimleren"])
    maak_werkplek(mens, maak_organisatie(naam="Geheime Werkgever"))
    ververs_mensen([mens.pk])
    return mens


# Making and changing


def test_profiel_maken_in_een_keer(client: Any, log_in: Any) -> None:
    gebruiker = maak_gebruiker()
    client = log_in(gebruiker)
    antwoord = client.get("/netwerken/voorstellen/")
    assert antwoord["Location"] == "/mijn/profiel/maken/?next=%2Fnetwerken%2Fvoorstellen%2F"
    velden = {"naam": "Sanne", "functie": "opbouwwerker", "expertise": "Schuldhulp, eenzaamheid,schuldhulp"}
    antwoord = client.post(antwoord["Location"], {**velden, "stand": "niemand", "next": "/netwerken/voorstellen/"})
    assert antwoord["Location"] == "/netwerken/voorstellen/"
    mens = Professional.objects.get(gebruiker=gebruiker)
    assert set(mens.expertise.names()) == {"Schuldhulp", "eenzaamheid"}
    assert {getattr(mens, veld) for veld in VELDEN.values()} == {0}
    assert mens.vindbaar_voor == Voor.NIEMAND
    assert not Profielzoek.objects.exists()


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"naam": ""}, "Vul uw naam in."),
        ({"naam": "\u200b"}, "te lezen"),
        ({"plaats": "Atlantis bij Zee"}, "Deze plaats kennen wij niet."),
        ({"expertise": "a" * 41}, "hoogstens 40 tekens"),
        ({"expertise": ",".join(f"w{n}" for n in range(16))}, "hoogstens 15"),
        ({"stand": "wat"}, "Selecteer"),
        ({"stand": ""}, "Kies wie dit mag zien."),
    ],
)
def test_profiel_maken_met_een_fout_houdt_wat_is_getypt(log_in: Any, velden: dict[str, str], fout: str) -> None:
    goed = {"naam": "Sanne", "functie": "mijn eigen werk", "stand": "niemand"}
    html = log_in(maak_gebruiker()).post("/mijn/profiel/maken/", {**goed, **velden}).content.decode()
    assert fout in html
    assert "mijn eigen werk" in html
    assert not Professional.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_twee_keer_tegelijk_maken_geeft_een_profiel() -> None:
    gebruiker, hek, fouten = maak_gebruiker(), threading.Barrier(4), []

    def maak() -> None:
        try:
            hek.wait()
            maak_profiel(gebruiker=gebruiker, naam="San", functie="", plaats=None, expertise=["a"], stand="openbaar")
        except Exception as fout:  # noqa: BLE001 - told by the test below
            fouten.append(fout)
        finally:
            connection.close()

    draden = [threading.Thread(target=maak) for _ in range(4)]
    [draad.start() for draad in draden]
    [draad.join() for draad in draden]
    assert fouten == []
    assert Professional.objects.count() == 1
    assert Profielzoek.objects.count() == 2


def test_blokken_bewaren_velden_en_wie_ze_ziet(log_in: Any) -> None:
    mens = maak_professional()
    client = log_in(mens.gebruiker)
    kennis = {"expertise": "rouw", "interesses": "dans", "biedt": "koffie", "zoekt": "thee"}
    zicht = {"expertise_voor": 3, "interesses_voor": 2, "biedt_voor": 1, "zoekt_voor": 0}
    assert client.post("/mijn/profiel/kennis/", kennis | zicht)["Location"] == "/mijn/profiel/"
    contact = {"werkmail": "s@werk.example", "telefoon": "030 234 5678", "website": "werk.example"}
    zicht_contact = {"werkmail_voor": 1, "telefoon_voor": 1, "links_voor": 2}
    client.post("/mijn/profiel/contact/", contact | zicht_contact)
    mens.refresh_from_db()
    assert (mens.biedt, mens.biedt_voor, mens.expertise_voor) == ("koffie", 1, 3)
    assert (str(mens.telefoon.as_e164), mens.website, mens.links_voor) == ("+31302345678", "https://werk.example", 2)
    html = client.get("/mijn/profiel/").content.decode()
    for tekst in ("rouw", "dans", "koffie", "thee", "s@werk.example"):
        assert tekst in html


@pytest.mark.parametrize(
    ("blok", "velden", "fout"),
    [
        ("contact", {"website": "javascript:alert(1)"}, "webadres"),
        ("contact", {"linkedin": "https://linkedin.com.kwaad.example/x"}, "geen adres van LinkedIn"),
        ("contact", {"telefoon": "12"}, "Vul een telefoonnummer in"),
        ("wie", {"naam": "x" * 101}, "100"),
        ("wie", {"naam": "San", "tekst": "x" * 1501}, "1500"),
        ("kennis", {"biedt_voor": "9"}, "Selecteer"),
    ],
)
def test_blok_met_een_fout(log_in: Any, blok: str, velden: dict[str, str], fout: str) -> None:
    mens = maak_professional()
    html = log_in(mens.gebruiker).post(f"/mijn/profiel/{blok}/", velden).content.decode()
    assert fout in html
    assert "Nog niet gelukt" in html


@pytest.mark.parametrize("stand", STANDEN)
def test_een_stand_stelt_alles_in(log_in: Any, stand: str) -> None:
    mens = maak_professional(**alles_voor(2))
    log_in(mens.gebruiker).post("/mijn/profiel/stand/", {"stand": stand})
    mens.refresh_from_db()
    assert {veld: getattr(mens, veld) for veld in zichtbaarheid_van(stand)} == zichtbaarheid_van(stand)
    assert mens.werkmail_voor <= Voor.CONTACTEN


def test_foto_wordt_opnieuw_geschreven_en_oude_gaat_weg(log_in: Any, django_capture_on_commit_callbacks: Any) -> None:
    mens = maak_professional(vindbaar_voor=3)
    client = log_in(mens.gebruiker)
    client.post("/mijn/profiel/foto/", {"foto": maak_foto(), "foto_voor": 3})
    mens.refresh_from_db()
    eerste = mens.foto.name
    assert eerste.startswith("fotos/")
    assert mens.foto.storage.exists(eerste)
    client.post("/mijn/profiel/foto/", {"foto_voor": 3, "verwijderen": "on"})
    mens.refresh_from_db()
    assert not mens.foto
    assert not mens.foto.storage.exists(eerste)
    kwaad = SimpleUploadedFile("x.jpg", b"<svg onload=alert(1)>", content_type="image/jpeg")
    assert (
        "niet als afbeelding lezen"
        in client.post("/mijn/profiel/foto/", {"foto": kwaad, "foto_voor": 0}).content.decode()
    )


# Who sees what


@pytest.mark.parametrize("niveau", list(Voor))
@pytest.mark.parametrize("wie", ["bezoeker", "account", "lid", "contact", "zelf", "geblokkeerd"])
def test_wie_ziet_welk_veld(client: Any, log_in: Any, wie: str, niveau: int) -> None:
    mens = vol_profiel(niveau)
    kijker = maak_professional()
    if wie == "contact":
        maak_contact(kijker, mens)
    if wie == "geblokkeerd":
        maak_blokkade(mens, kijker)
    if wie != "bezoeker":
        client = log_in({"account": maak_gebruiker(), "zelf": mens.gebruiker}.get(wie, kijker.gebruiker))
    nodig = {"bezoeker": 3, "account": 3, "lid": 2, "contact": 1, "zelf": 0, "geblokkeerd": 9}[wie]
    antwoord = client.get(mens.get_absolute_url())
    kaart = client.get(f"{mens.get_absolute_url()}vcard-3.0/")
    assert antwoord.status_code == kaart.status_code == (200 if niveau >= nodig else 404)
    html = antwoord.content.decode()
    for woord in (*GEHEIM.values(), "geheimkennis", "geheimleren", "Geheime Werkgever"):
        assert (woord in html) == (niveau >= nodig), woord
    assert ("geheimfunctie" in kaart.content.decode()) == (niveau >= nodig)


@pytest.mark.parametrize("veld", [veld for veld in VELDEN if veld in GEHEIM])
def test_een_verborgen_veld_staat_nergens(log_in: Any, veld: str) -> None:
    mens = vol_profiel(Voor.IEDEREEN, **{VELDEN[veld]: Voor.CONTACTEN})
    client = log_in(maak_professional().gebruiker)
    assert GEHEIM[veld] not in client.get(mens.get_absolute_url()).content.decode()
    assert GEHEIM[veld] not in client.get(f"{mens.get_absolute_url()}vcard-4.0/").content.decode()
    assert zoek_mensen(Mensenvraag(tekst=GEHEIM[veld]), maak_professional()).sleutels == []


def test_foto_alleen_voor_wie_haar_mag_zien(client: Any, log_in: Any) -> None:
    mens = maak_professional(vindbaar_voor=3, foto_voor=Voor.LEDEN)
    wijzig_profiel(mens=mens, velden={}, foto=hercodeer(maak_foto()))
    pad = f"{mens.get_absolute_url()}foto/"
    assert client.get(pad).status_code == 404
    client = log_in(maak_professional().gebruiker)
    antwoord = client.get(pad)
    assert antwoord.status_code == 200
    assert antwoord["Cache-Control"] == "private, no-store"
    assert "sandbox" in antwoord["Content-Security-Policy"]
    antwoord.close()


@pytest.mark.parametrize("code", ["bcdfghjkmnpq", "x", "../../etc", "%00", "1" * 300])
def test_een_vreemde_raadt_niets(client: Any, code: str) -> None:
    assert client.get(f"/mensen/{code}/").status_code in (400, 404)
    assert client.get(f"/mensen/{code}/foto/").status_code in (400, 404)


@pytest.mark.parametrize(("als", "ziet"), [("bezoeker", False), ("lid", True), ("contact", True)])
def test_zo_zien_anderen_u(log_in: Any, als: str, ziet: bool) -> None:
    mens = vol_profiel(Voor.LEDEN)
    html = log_in(mens.gebruiker).get(f"/mijn/profiel/voorbeeld/{als}/").content.decode()
    assert ("geheimbod" in html) is ziet


def test_kaart_houdt_een_token_en_geen_gegevens(client: Any, log_in: Any) -> None:
    mens, ander = vol_profiel(Voor.NIEMAND), maak_professional()
    html = log_in(mens.gebruiker).get("/mijn/profiel/kaart/").content.decode()
    assert "<svg" in html
    token = signing.dumps(mens.code, salt=KAARTZOUT)
    client = log_in(ander.gebruiker)
    dicht = client.get(f"/mensen/kaart/{token}/").content.decode()
    assert mens.naam in dicht
    assert "geheimfunctie" not in dicht
    Professional.objects.filter(pk=mens.pk).update(vindbaar_voor=2)
    assert client.get(f"/mensen/kaart/{token}/")["Location"] == mens.get_absolute_url()
    assert client.get("/mensen/kaart/onzin/").status_code == 404
    maak_blokkade(mens, ander)
    assert client.get(f"/mensen/kaart/{token}/").status_code == 404
    client.logout()
    assert "/account/login/" in client.get(f"/mensen/kaart/{token}/")["Location"]


def test_vcard_in_twee_versies(client: Any) -> None:
    mens = maak_professional(
        naam="Jan, de; Wit",
        functie="adviseur",
        telefoon="+31302345678",
        telefoon_voor=3,
        functie_voor=3,
        vindbaar_voor=3,
    )
    drie = client.get(f"{mens.get_absolute_url()}vcard-3.0/").content.decode()
    vier = client.get(f"{mens.get_absolute_url()}vcard-4.0/").content.decode()
    assert drie.startswith("BEGIN:VCARD\r\nVERSION:3.0\r\n")
    assert "FN:Jan\\, de\\; Wit\r\n" in drie
    assert "TEL;TYPE=WORK,VOICE:+31302345678\r\n" in drie
    assert "TEL;VALUE=uri;TYPE=work,voice:tel:+31302345678\r\n" in vier
    assert all(len(regel.encode()) <= 75 for regel in (drie + vier).split("\r\n"))
    assert client.get(f"{mens.get_absolute_url()}vcard-2.1/").status_code == 404


# Finding


def gevonden(vraag: Mensenvraag, kijker: Professional | None) -> set[str]:
    return {mens.naam for mens in Professional.objects.filter(pk__in=zoek_mensen(vraag, kijker).sleutels)}


def test_zoeken_vindt_op_woorden_kennis_aanbod_en_werk() -> None:
    kijker = maak_professional(naam="Kijker")
    weet = maak_professional(naam="Weet", **alles_voor(2), biedt="een kijkje in de keuken")
    weet.expertise.set(["schuldhulpverlening"])
    werk = maak_werkplek(weet).organisatie
    maak_professional(naam="Zoekt", **alles_voor(2), zoekt="hulp bij schulden")
    maak_professional(naam="Ander", **alles_voor(2))
    ververs_mensen(Professional.objects.values_list("pk", flat=True))
    # A compound is found by its parts, and its parts by the compound.
    assert gevonden(Mensenvraag(tekst="schuldhulp"), kijker) == {"Weet", "Zoekt"}
    assert gevonden(Mensenvraag(tekst="schulden"), kijker) == {"Weet", "Zoekt"}
    assert gevonden(Mensenvraag(tekst="keuken"), kijker) == {"Weet"}
    assert gevonden(Mensenvraag(expertise="Schuldhulpverlening"), kijker) == {"Weet"}
    assert gevonden(Mensenvraag(aanbod="biedt"), kijker) == {"Weet"}
    assert gevonden(Mensenvraag(aanbod="zoekt"), kijker) == {"Zoekt"}
    assert gevonden(Mensenvraag(organisatie=werk.pk), kijker) == {"Weet"}
    assert gevonden(Mensenvraag(tekst="qwrtzx"), kijker) == set()
    assert gevonden(Mensenvraag(), kijker) == {"Weet", "Zoekt", "Ander"}
    assert gevonden(Mensenvraag(), None) == set()
    maak_blokkade(weet, kijker)
    assert gevonden(Mensenvraag(), kijker) == {"Zoekt", "Ander"}


def test_zoeken_op_afstand() -> None:
    call_command("laad_geodata", verbosity=0)
    for naam, slug in (("Dichtbij", "utrecht"), ("Veraf", "groningen")):
        plaats = Plaats.objects.get(pk=slug)
        maak_professional(naam=naam, plaats=plaats, punt=plaats.punt, **alles_voor(3))
    stil = Plaats.objects.get(pk="utrecht")
    maak_professional(naam="Stil", plaats=stil, punt=stil.punt, **{**alles_voor(3), "plaats_voor": 1})
    ververs_mensen(Professional.objects.values_list("pk", flat=True))
    plek = vind_plek("Zeist")
    assert plek
    assert gevonden(Mensenvraag(punt=plek.punt, km=25), None) == {"Dichtbij"}


@pytest.mark.parametrize("q", ["' OR 1=1 --", "a & | ! :*", "%00", "(((", "x" * 10_000, "\\", "~", "de het een"])
def test_zoeken_met_kwade_tekens(client: Any, q: str) -> None:
    assert client.get("/mensen/", {"q": q}).status_code in (200, 400)


@pytest.mark.parametrize("aantal", [1, 3])
def test_zoeken_en_een_profiel_kosten_een_vast_aantal_vragen(
    client: Any, log_in: Any, aantal: int, django_assert_num_queries: Any
) -> None:
    mensen = [vol_profiel(3) for _ in range(aantal)]
    with django_assert_num_queries(2):
        client.get("/mensen/")
    with django_assert_num_queries(1):
        client.get(mensen[0].get_absolute_url())
    client = log_in(maak_professional().gebruiker)
    client.get("/mensen/")
    with django_assert_num_queries(6):
        client.get("/mensen/")
    with django_assert_num_queries(4):
        client.get(mensen[0].get_absolute_url())


def test_past_bij_u_met_de_reden() -> None:
    ik = maak_professional(naam="Ik", **alles_voor(2))
    ik.interesses.set(["rouw"])
    ik.expertise.set(["taalles"])
    weet, leert, contact, verborgen = (maak_professional(naam=n, **alles_voor(2)) for n in ("W", "L", "C", "V"))
    for mens in (weet, contact, verborgen):
        mens.expertise.set(["rouw"])
    leert.interesses.set(["taalles"])
    maak_contact(ik, contact)
    Professional.objects.filter(pk=verborgen.pk).update(expertise_voor=1)
    netwerk = maak_netwerk(leden=(ik, leert))
    ververs_mensen(Professional.objects.values_list("pk", flat=True))
    redenen = {een.sleutel: een.reden for een in past_bij(ik)}
    assert redenen[weet.pk] == "Weet veel van rouw. Daarover wilt u leren."
    assert redenen[leert.pk] == "Wil leren over taalles. Daar weet u veel van."
    assert contact.pk not in redenen
    assert verborgen.pk not in redenen
    assert ik.pk not in redenen
    beheerder = netwerk.lidmaatschappen.get(rol="beheerder").professional_id
    ververs_mensen([beheerder])
    assert {een.sleutel: een.reden for een in past_bij(ik)}[beheerder] == f"Zit ook in het netwerk {netwerk}."


def test_niet_meer_tonen(log_in: Any) -> None:
    ik, ander = maak_professional(**alles_voor(2)), maak_professional(naam="Ander", **alles_voor(2))
    ik.interesses.set(["rouw"])
    ander.expertise.set(["rouw"])
    ververs_mensen([ik.pk, ander.pk])
    client = log_in(ik.gebruiker)
    assert "Past bij u" in client.get("/mensen/").content.decode()
    for _ in range(2):
        client.post(f"/mensen/{ander.code}/niet-meer-tonen/")
    assert NietPassend.objects.count() == 1
    assert "Past bij u" not in client.get("/mensen/").content.decode()


# Work


@pytest.fixture
def linde() -> Any:
    return maak_organisatie(naam="De Linde", slug="de-linde", beheerder=maak_gebruiker(email="b@linde.example"))


def test_werk_wordt_gevraagd_en_bevestigd(log_in: Any, linde: Any, client: Any) -> None:
    mens = maak_professional(**alles_voor(2))
    client = log_in(mens.gebruiker)
    client.post("/mijn/profiel/werk/", {"organisatie": linde.pk, "functie": "kok"})
    client.post("/mijn/profiel/werk/", {"organisatie": linde.pk})
    plek = Werkplek.objects.get()
    assert [bericht.to for bericht in mail.outbox] == [["b@linde.example"]]
    assert "/organisaties/de-linde/medewerkers/" in mail.outbox[0].body
    beheerder = linde.beheer.get().gebruiker
    client = log_in(beheerder)
    client.post("/organisaties/de-linde/medewerkers/", {"plek": plek.pk, "antwoord": "ja"})
    mens.refresh_from_db()
    assert mens.is_bevestigd
    assert Kennisgeving.objects.get(ontvanger=mens.gebruiker).tekst.startswith("De Linde bevestigt")
    assert (
        "bevestigd door de organisatie"
        in log_in(maak_professional().gebruiker).get(mens.get_absolute_url()).content.decode()
    )


@pytest.mark.parametrize("wie", ["vreemde", "redacteur", "ander", "lid"])
def test_medewerkers_alleen_voor_de_beheerder(log_in: Any, linde: Any, wie: str) -> None:
    mens = maak_professional()
    plek = voeg_werkplek_toe(mens=mens, organisatie=linde)
    redacteur = maak_gebruiker()
    linde.beheer.create(gebruiker=redacteur, rol="redacteur")
    ander = maak_gebruiker()
    maak_organisatie(beheerder=ander)
    personen = {"vreemde": maak_gebruiker(), "redacteur": redacteur, "ander": ander, "lid": mens.gebruiker}
    client = log_in(personen[wie])
    pad = "/organisaties/de-linde/medewerkers/"
    assert client.get(pad).status_code == 404
    assert client.post(pad, {"plek": plek.pk, "antwoord": "ja"}).status_code == 404
    plek.refresh_from_db()
    assert plek.status == "gevraagd"


def test_van_baan_wisselen_houdt_netwerken_en_contacten(log_in: Any, linde: Any) -> None:
    mens = maak_professional()
    maak_netwerk(leden=(mens,))
    maak_contact(mens, maak_professional())
    linde.beheer.create(gebruiker=mens.gebruiker, rol="beheerder")
    plek = voeg_werkplek_toe(mens=mens, organisatie=linde)
    assert plek.status == "bevestigd"
    html = log_in(mens.gebruiker).post("/mijn/profiel/werk/", {"plek": plek.pk}, follow=True).content.decode()
    assert "Draag dat over aan een collega" in html
    mens.refresh_from_db()
    assert not mens.is_bevestigd
    assert mens.lidmaatschappen.count() == 1
    assert mens.contacten_gevraagd.count() == 1
    assert Werkplek.objects.get().tot_datum is not None


@pytest.mark.django_db(transaction=True)
def test_antwoord_en_vertrek_tegelijk_laten_een_stand_na(linde: Any) -> None:
    beheerder = linde.beheer.get().gebruiker
    for _ in range(4):
        mens = maak_professional()
        plek = voeg_werkplek_toe(mens=mens, organisatie=linde)
        hek = threading.Barrier(3)

        def doe(wat: Any, hek: threading.Barrier = hek) -> None:
            try:
                hek.wait()
                wat()
            except ProfielFout:
                pass
            finally:
                connection.close()

        taken = (
            lambda plek=plek: beantwoord_werkplek(plek=plek, ja=True, door=beheerder),
            lambda plek=plek: beantwoord_werkplek(plek=plek, ja=True, door=beheerder),
            lambda plek=plek: beeindig_werkplek(plek=plek),
        )
        draden = [threading.Thread(target=doe, args=(taak,)) for taak in taken]
        [draad.start() for draad in draden]
        [draad.join() for draad in draden]
        mens.refresh_from_db()
        assert mens.is_bevestigd == mens.werkplekken.bevestigd().exists()
        assert not mens.is_bevestigd


def test_een_moderator_bevestigt_en_neemt_terug(linde: Any) -> None:
    mens = maak_professional(**alles_voor(2))
    bevestig_als_moderator(mens=mens, ja=True)
    mens.refresh_from_db()
    assert mens.is_bevestigd
    plek = voeg_werkplek_toe(mens=mens, organisatie=linde)
    beeindig_werkplek(plek=plek)
    mens.refresh_from_db()
    assert mens.is_bevestigd
    bevestig_als_moderator(mens=mens, ja=False)
    mens.refresh_from_db()
    assert not mens.is_bevestigd


# The database keeps it


def test_regels_van_de_database() -> None:
    mens = maak_professional()
    plek = maak_werkplek(mens)

    def mag_niet(doe: Any) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            doe()

    mag_niet(lambda: maak_professional(functie_voor=4))
    mag_niet(lambda: maak_professional(vragen_per_maand=11))
    mag_niet(lambda: maak_professional(punt=(1.0, 2.0)))
    mag_niet(lambda: maak_professional(gebruiker=mens.gebruiker))
    mag_niet(lambda: maak_werkplek(mens, plek.organisatie))
    mag_niet(lambda: maak_werkplek(mens, beantwoord_op=None))
    mag_niet(lambda: maak_werkplek(mens, sinds_datum="2026-05-01", tot_datum="2026-04-01"))
    mag_niet(lambda: Profielzoek.objects.create(professional=mens, niveau=1))
    mag_niet(lambda: NietPassend.objects.bulk_create([NietPassend(professional=mens, ander=mens)] * 2))


def test_export_en_wissen(django_capture_on_commit_callbacks: Any) -> None:
    mens = vol_profiel(2)
    wijzig_profiel(mens=mens, velden={}, foto=hercodeer(maak_foto()))
    mens.refresh_from_db()
    gegevens = privacy.gegevens_van(mens.gebruiker)["profiel"]
    assert gegevens["weet veel van"] == ["geheimkennis"]
    assert gegevens["werk"][0]["organisatie"] == "Geheime Werkgever"
    naam, opslag = mens.foto.name, mens.foto.storage
    privacy.wis(mens.gebruiker)
    assert not opslag.exists(naam)
    assert not Profielzoek.objects.exists()
    assert not Werkplek.objects.exists()
