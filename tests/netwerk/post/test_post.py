"""Private post: who may write to whom, who reads it, and what becomes of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from netwerk.actions import post as acties
from netwerk.actions.persoonsgegevens import contacten as gegevens
from netwerk.actions.post import PostFout
from netwerk.keuzes import Voor
from netwerk.models import Kennisgeving, Postbericht, Postdraad, Professional
from organisaties.models import Beheer
from tests.fabriek import maak_blokkade, maak_contact, maak_gebruiker, maak_organisatie, maak_professional
from welzijnportal import privacy

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> Professional:
    return maak_professional(naam="Anna Aker")


@pytest.fixture
def bram() -> Professional:
    return maak_professional(naam="Bram Bos", post_van=Voor.LEDEN)


@pytest.fixture
def als(client: Any) -> Any:
    def doe(mens: Professional) -> Any:
        client.force_login(mens.gebruiker)
        return client

    return doe


def begin(van: Professional, aan: Professional) -> Postdraad:
    return acties.schrijf(van=van, aan=aan, onderwerp="Het draaiboek", tekst="Mag ik het lenen?")


def test_schrijven_lezen_en_antwoorden(als: Any, anna: Professional, bram: Professional) -> None:
    assert "Bericht aan Bram Bos" in als(anna).get(f"/post/aan/{bram.code}/").content.decode()
    response = als(anna).post(
        f"/post/aan/{bram.code}/",
        {"onderwerp": "Het draaiboek", "tekst": "Mag ik het lenen?\r\n\r\nGroet"},
        follow=True,
    )
    draad = Postdraad.objects.get()
    assert "Verstuurd." in response.content.decode()
    woord = Kennisgeving.objects.get(ontvanger=bram.gebruiker)
    assert (woord.tekst, woord.pad, woord.over) == (
        "Anna Aker stuurde u een persoonlijk bericht.", f"/post/{draad.code}/", f"post:{draad.pk}",
    )  # fmt: skip
    assert woord.is_te_beantwoorden
    assert "nieuw" in als(bram).get("/post/").content.decode()
    pagina = als(bram).get(f"/post/{draad.code}/").content.decode()
    assert "Mag ik het lenen?" in pagina
    assert anna.gebruiker.email not in pagina
    assert '<span class="badge badge--info">nieuw' not in als(bram).get("/post/").content.decode()
    als(bram).post(f"/post/{draad.code}/", {"tekst": "Natuurlijk."})
    assert "Natuurlijk." in als(anna).get(f"/post/{draad.code}/").content.decode()
    assert Kennisgeving.objects.filter(ontvanger=anna.gebruiker).count() == 1


# What the receiver chose, whether they are contacts, whether one may begin to write.
WIE_MAG = [
    (Voor.NIEMAND, False, False),
    (Voor.NIEMAND, True, False),
    (Voor.CONTACTEN, False, False),
    (Voor.CONTACTEN, True, True),
    (Voor.LEDEN, False, True),
    (Voor.LEDEN, True, True),
]


@pytest.mark.parametrize(("keuze", "contact", "mag"), WIE_MAG)
def test_wie_mag_beginnen(als: Any, anna: Professional, keuze: Voor, contact: bool, mag: bool) -> None:
    ander = maak_professional(post_van=keuze)
    if contact:
        maak_contact(anna, ander)
    assert als(anna).get(f"/post/aan/{ander.code}/").status_code == (200 if mag else 404)
    response = als(anna).post(f"/post/aan/{ander.code}/", {"onderwerp": "Dag", "tekst": "Hallo."})
    assert response.status_code == (302 if mag else 404)
    assert Postdraad.objects.exists() == mag
    knop = f"/post/aan/{ander.code}/"
    assert (knop in als(anna).get(f"/mensen/{ander.code}/").content.decode()) == mag


# Who asks for a thread of Anna and Bram, and what they get.
WIE = {"bezoeker": 302, "account": 302, "vreemde": 404, "contact van beiden": 404, "van": 200, "aan": 200}


@pytest.mark.parametrize("rol", WIE)
@pytest.mark.parametrize("manier", ["lezen", "antwoorden", "opruimen"])
def test_alleen_de_twee_lezen_mee(client: Any, anna: Professional, bram: Professional, rol: str, manier: str) -> None:
    draad = begin(anna, bram)
    if rol == "account":
        client.force_login(maak_gebruiker())
    elif rol != "bezoeker":
        mens = {"van": anna, "aan": bram}.get(rol) or maak_professional()
        if rol == "contact van beiden":
            maak_contact(mens, anna)
            maak_contact(mens, bram)
        client.force_login(mens.gebruiker)
    pad = f"/post/{draad.code}/{'opruimen/' if manier == 'opruimen' else ''}"
    response = client.get(pad) if manier == "lezen" else client.post(pad, {"tekst": "Meelezen"})
    verwacht = WIE[rol] if manier == "lezen" or WIE[rol] != 200 else 302
    assert response.status_code == verwacht
    if WIE[rol] != 200:
        assert "draaiboek" not in response.content.decode()
        assert Postbericht.objects.count() == 1


def test_blokkade_sluit_het_antwoorden_en_bewaart_wat_getypt_is(
    als: Any, anna: Professional, bram: Professional
) -> None:
    draad = begin(anna, bram)
    maak_blokkade(bram, anna)
    response = als(anna).post(f"/post/{draad.code}/", {"tekst": "Nog een vraag"})
    assert "U kunt hier niet (meer) op antwoorden" in response.content.decode()
    assert "Nog een vraag" in response.content.decode()
    assert Postbericht.objects.count() == 1
    assert als(anna).get(f"/post/aan/{bram.code}/").status_code == 404
    with pytest.raises(PostFout):
        begin(anna, bram)


def test_wie_weg_is_laat_de_brieven_bij_de_ander(als: Any, anna: Professional, bram: Professional) -> None:
    draad = begin(anna, bram)
    acties.antwoord(draad=draad, door=bram, tekst="Natuurlijk.")
    assert privacy.gevolgen_voor(anna.gebruiker)
    privacy.wis(anna.gebruiker)
    pagina = als(bram).get(f"/post/{draad.code}/").content.decode()
    assert "Mag ik het lenen?" in pagina
    assert "Iemand die weg is" in pagina
    assert "Anna" not in pagina
    assert "niet (meer) op antwoorden" in pagina
    privacy.wis(bram.gebruiker)
    assert not Postdraad.objects.exists()


def test_export_geeft_beide_kanten_hun_post(anna: Professional, bram: Professional) -> None:
    begin(anna, bram)
    for mens in (anna, bram):
        post = gegevens.export(mens.gebruiker)["post"]
        assert post[0]["onderwerp"] == "Het draaiboek"
        assert post[0]["berichten"][0]["tekst"] == "Mag ik het lenen?"
    assert gegevens.export(maak_professional().gebruiker)["post"] == []
    assert gegevens.export(maak_gebruiker()) == {}


def test_opruimen_haalt_uit_de_lijst_tot_er_weer_wat_komt(als: Any, anna: Professional, bram: Professional) -> None:
    draad = begin(anna, bram)
    als(bram).post(f"/post/{draad.code}/opruimen/")
    assert "Het draaiboek" not in als(bram).get("/post/").content.decode()
    assert "Het draaiboek" in als(anna).get("/post/").content.decode()
    acties.antwoord(draad=draad, door=anna, tekst="Bent u er nog?")
    assert "Het draaiboek" in als(bram).get("/post/").content.decode()


def test_post_verdwijnt_twee_jaar_na_de_laatste_brief(anna: Professional, bram: Professional) -> None:
    begin(anna, bram)
    assert acties.ruim_op() == 0
    Postdraad.objects.update(laatste_op=timezone.now() - timedelta(days=731))
    assert acties.ruim_op() == 2
    assert not Postbericht.objects.exists()


def test_post_aan_een_organisatie_gaat_naar_wie_haar_bijhoudt(als: Any, anna: Professional, bram: Professional) -> None:
    zonder = maak_gebruiker()
    organisatie = maak_organisatie(naam="Buurthuis De Linde", beheerder=bram.gebruiker, redacteur=zonder)
    mail.outbox.clear()
    response = als(anna).post(
        f"/post/organisatie/{organisatie.slug}/", {"onderwerp": "Meelopen", "tekst": "Mag ik een dag meelopen?"}
    )
    draad = Postdraad.objects.get()
    assert response.status_code == 302
    assert [bericht.to for bericht in mail.outbox] == [[zonder.email]]
    assert "meelopen?" not in mail.outbox[0].body
    assert "bericht aan Buurthuis De Linde" in Kennisgeving.objects.get(ontvanger=bram.gebruiker).tekst
    assert "Anna Aker, aan Buurthuis De Linde" in als(bram).get("/post/").content.decode()
    als(bram).post(f"/post/{draad.code}/", {"tekst": "Kom maar langs."})
    pagina = als(anna).get(f"/post/{draad.code}/").content.decode()
    assert "Bram Bos, Buurthuis De Linde" in pagina
    # Who no longer keeps the listing no longer reads its post.
    Beheer.objects.filter(gebruiker=bram.gebruiker).delete()
    assert als(bram).get(f"/post/{draad.code}/").status_code == 404
    assert "Meelopen" not in als(bram).get("/post/").content.decode()


def test_organisatie_die_niemand_bijhoudt_of_niet_zichtbaar_is(als: Any, anna: Professional) -> None:
    organisatie = maak_organisatie()
    invoer = {"onderwerp": "Meelopen", "tekst": "Mag ik een dag meelopen?"}
    response = als(anna).post(f"/post/organisatie/{organisatie.slug}/", invoer)
    assert "Niemand houdt deze vermelding bij" in response.content.decode()
    assert "Mag ik een dag meelopen?" in response.content.decode()
    verborgen = maak_organisatie(status="concept")
    assert als(anna).get(f"/post/organisatie/{verborgen.slug}/").status_code == 404


@pytest.mark.parametrize(
    ("invoer", "fout"),
    [
        ({"onderwerp": "", "tekst": "Hallo"}, "waar het over gaat"),
        ({"onderwerp": "Dag", "tekst": ""}, "Schrijf een bericht."),
        ({"onderwerp": "Dag", "tekst": "x" * 5001}, "5000"),
        ({"onderwerp": "x" * 121, "tekst": "Hallo"}, "120"),
        ({"onderwerp": "Dag", "tekst": "a\x00b"}, "aria-invalid"),
    ],
)
def test_foute_invoer(als: Any, anna: Professional, bram: Professional, invoer: dict[str, str], fout: str) -> None:
    response = als(anna).post(f"/post/aan/{bram.code}/", invoer)
    assert response.status_code == 200
    assert fout in response.content.decode()
    assert not Postdraad.objects.exists()


def test_html_en_links_in_een_brief(als: Any, anna: Professional, bram: Professional) -> None:
    draad = acties.schrijf(
        van=anna,
        aan=bram,
        onderwerp="<b>dag</b>",
        tekst="<script>x</script> https://voorbeeld.example javascript:alert(1)",
    )
    pagina = als(bram).get(f"/post/{draad.code}/").content.decode()
    assert "<script>x" not in pagina
    assert "<b>dag" not in pagina
    assert 'href="https://voorbeeld.example"' in pagina
    assert 'href="javascript' not in pagina


@pytest.mark.parametrize("aantal", [1, 3])
def test_lijst_en_draad_kosten_een_vast_aantal_vragen(
    als: Any, anna: Professional, bram: Professional, aantal: int, django_assert_num_queries: Any
) -> None:
    for nummer in range(aantal):
        draad = acties.schrijf(van=maak_professional(), aan=bram, onderwerp=f"Vraag {nummer}", tekst="Hallo.")
        for _ in range(nummer):
            acties.antwoord(draad=draad, door=bram, tekst=f"Antwoord {_}")
    client = als(bram)
    client.get(draad.get_absolute_url())
    with django_assert_num_queries(5):
        client.get("/post/")
    with django_assert_num_queries(7):
        client.get(draad.get_absolute_url())


def test_lange_draad_toont_de_laatste_vijftig(als: Any, anna: Professional, bram: Professional) -> None:
    draad = begin(anna, bram)
    for nummer in range(55):
        acties.antwoord(draad=draad, door=bram, tekst=f"Brief nummer {nummer}.")
    pagina = als(anna).get(f"/post/{draad.code}/").content.decode()
    assert "Mag ik het lenen?" not in pagina
    assert "Brief nummer 54." in pagina
    assert "Mag ik het lenen?" in als(anna).get(f"/post/{draad.code}/?alles=1").content.decode()


def test_te_vaak_schrijven_houdt_de_tekst(als: Any, anna: Professional, bram: Professional, settings: Any) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "post_nieuw": "1/h/key", "post": "1/h/key"}
    for _ in range(2):
        response = als(anna).post(f"/post/aan/{bram.code}/", {"onderwerp": f"Dag {_}", "tekst": "Hallo daar."})
    assert response.status_code == 429
    assert "Hallo daar." in response.content.decode()
    draad = Postdraad.objects.get()
    for _ in range(2):
        response = als(anna).post(f"/post/{draad.code}/", {"tekst": f"Antwoord {_}"})
    assert response.status_code == 429
    assert "Antwoord 1" in response.content.decode()


@pytest.mark.parametrize("geval", ["twee ontvangers", "zichzelf", "te ver gelezen"])
def test_database_weigert_draden(anna: Professional, bram: Professional, geval: str) -> None:
    velden: dict[str, Any] = {
        "twee ontvangers": {"aan": bram, "aan_organisatie": maak_organisatie()},
        "zichzelf": {"aan": anna},
        "te ver gelezen": {"aan": bram, "aan_gelezen": 9},
    }[geval]
    with pytest.raises(IntegrityError), transaction.atomic():
        Postdraad.objects.create(onderwerp="x", van=anna, **velden)


@pytest.mark.parametrize("velden", [{"tekst": ""}, {"nummer": 1}, {"tekst": "x" * 5001}])
def test_database_weigert_brieven(anna: Professional, bram: Professional, velden: dict[str, Any]) -> None:
    brief = {"draad": begin(anna, bram), "nummer": 2, "is_van_begonnen": True, "tekst": "x", **velden}
    with pytest.raises(IntegrityError), transaction.atomic():
        Postbericht.objects.create(**brief)


def test_pagina_van_een_organisatie_wijst_de_weg_naar_wie_haar_bijhoudt(
    als: Any, anna: Professional, client: Any
) -> None:
    bijgehouden, alleen = maak_organisatie(beheerder=maak_gebruiker()), maak_organisatie()
    pad = f"/post/organisatie/{bijgehouden.slug}/"
    assert pad not in client.get(bijgehouden.get_absolute_url()).content.decode()
    assert pad in als(anna).get(bijgehouden.get_absolute_url()).content.decode()
    assert "/post/organisatie/" not in als(anna).get(alleen.get_absolute_url()).content.decode()
