"""Blocking, and reports to the moderators."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from netwerk.actions.contacten import signalen
from netwerk.actions.contacten.basis import ContactFout
from netwerk.actions.contacten.blokkeren import blokkeer
from netwerk.actions.post import schrijf
from netwerk.keuzes import Zicht
from netwerk.models import Blokkade, Contact, Introductie, Kennisgeving, Praktijkkaart, Professional, Signaal, Volgt
from netwerk.models.post import Postbericht
from tests.fabriek import (
    maak_bericht,
    maak_blokkade,
    maak_contact,
    maak_gebruiker,
    maak_gesprek,
    maak_moderator,
    maak_netwerk,
    maak_professional,
    maak_reactie,
)

pytestmark = pytest.mark.django_db


def test_blokkeren_maakt_alles_ertussen_los(
    als: Any, anna: Professional, bram: Professional, cleo: Professional
) -> None:
    maak_contact(anna, bram)
    Volgt.objects.create(volger=anna, professional=bram)
    Volgt.objects.create(volger=bram, professional=anna)
    Introductie.objects.create(vrager=cleo, via=anna, doel=bram, regel="Hallo")
    Kennisgeving.objects.create(ontvanger=anna.gebruiker, soort="bericht", tekst="Bram zegt iets", pad="/x/", door=bram)
    assert "Bram Bos blokkeren?" in als(anna).get(f"/contacten/{bram.code}/blokkeren/").content.decode()
    response = als(anna).post(f"/contacten/{bram.code}/blokkeren/", follow=True)
    assert "Bram Bos is geblokkeerd" in response.content.decode()
    for model in (Contact, Volgt, Introductie, Kennisgeving):
        assert not model.objects.exists(), model
    assert als(bram).get(f"/mensen/{anna.code}/").status_code == 404
    assert als(anna).get(f"/mensen/{bram.code}/").status_code == 404


def test_twee_keer_blokkeren_is_een_keer_en_deblokkeren_kan(als: Any, anna: Professional, bram: Professional) -> None:
    als(anna).post(f"/contacten/{bram.code}/blokkeren/")
    als(anna).post(f"/contacten/{bram.code}/blokkeren/")
    assert Blokkade.objects.count() == 1
    assert "Bram Bos" in als(anna).get("/contacten/geblokkeerd/").content.decode()
    als(anna).post(f"/contacten/{bram.code}/blokkeren/", {"doe": "niet"})
    assert not Blokkade.objects.exists()


def test_wie_geblokkeerd_is_kan_ook_blokkeren_en_heft_niets_op(
    als: Any, anna: Professional, bram: Professional
) -> None:
    maak_blokkade(bram, anna)
    als(anna).post(f"/contacten/{bram.code}/blokkeren/")
    als(anna).post(f"/contacten/{bram.code}/blokkeren/", {"doe": "niet"})
    assert list(Blokkade.objects.values_list("door", "geblokkeerd")) == [(bram.pk, anna.pk)]


@pytest.mark.parametrize("code", ["bcdfghjkmnpq", "zelf"])
def test_onbekende_en_zichzelf_zijn_404(als: Any, anna: Professional, code: str) -> None:
    code = anna.code if code == "zelf" else code
    assert als(anna).get(f"/contacten/{code}/blokkeren/").status_code == 404
    assert als(anna).post(f"/contacten/{code}/blokkeren/").status_code == 404
    assert als(anna).get(f"/signaleren/?wat=mens:{code}").status_code == 404


@pytest.mark.parametrize("aantal", [1, 3])
def test_lijst_van_geblokkeerden(als: Any, anna: Professional, aantal: int, django_assert_num_queries: Any) -> None:
    for _ in range(aantal):
        maak_blokkade(anna, maak_professional())
    client = als(anna)
    client.get("/contacten/geblokkeerd/")
    with django_assert_num_queries(4):
        client.get("/contacten/geblokkeerd/")


def _wat(soort: str, bram: Professional, anna: Professional) -> tuple[str, int]:
    if soort == "mens":
        return f"mens:{bram.code}", bram.pk
    if soort == "gesprek":
        gesprek = maak_gesprek(maak_netwerk(zicht_gesprekken=Zicht.PUBLIEK), bram)
        return f"gesprek:{gesprek.code}", gesprek.pk
    if soort == "reactie":
        reactie = maak_reactie(maak_gesprek(maak_netwerk(zicht_gesprekken=Zicht.PUBLIEK)), bram)
        return f"reactie:{reactie.pk}", reactie.pk
    if soort == "bericht":
        bericht = maak_bericht(bram)
        return f"bericht:{bericht.pk}", bericht.pk
    maak_contact(anna, bram)
    brief = schrijf(van=bram, aan=anna, onderwerp="Dreiging", tekst="Ik weet waar u woont.").berichten.get()
    return f"post:{brief.pk}", brief.pk


@pytest.mark.parametrize("soort", ["mens", "gesprek", "reactie", "bericht", "post"])
def test_alles_is_te_melden(als: Any, anna: Professional, bram: Professional, soort: str) -> None:
    moderator = maak_moderator()
    moderator.user_permissions.add(Permission.objects.get(codename="change_netwerk"))
    wat, sleutel = _wat(soort, bram, anna)
    assert als(anna).get("/signaleren/", {"wat": wat}).status_code == 200
    mail.outbox.clear()
    response = als(anna).post(f"/signaleren/?wat={wat}", {"reden": "onveilig", "tekst": "Dit is niet goed."})
    assert response.status_code == 302
    signaal = Signaal.objects.get()
    assert (signaal.wat, signaal.sleutel, signaal.over, signaal.door) == (soort, sleutel, bram, anna)
    assert signaal.bewijs == ("Ik weet waar u woont." if soort == "post" else "")
    assert [bericht.to for bericht in mail.outbox] == [[moderator.email]]
    assert "Bram" not in mail.outbox[0].body
    assert not Kennisgeving.objects.filter(ontvanger=bram.gebruiker, over__startswith="signaal").exists()


def test_melden_en_meteen_blokkeren(als: Any, anna: Professional, bram: Professional) -> None:
    als(anna).post(f"/signaleren/?wat=mens:{bram.code}", {"reden": "reclame", "blokkeren": "on"})
    assert Signaal.objects.get().reden == "reclame"
    assert Blokkade.objects.get().door == anna


def test_wie_geblokkeerd_is_kan_de_ander_nog_melden(als: Any, anna: Professional, bram: Professional) -> None:
    maak_blokkade(bram, anna)
    assert als(anna).post(f"/signaleren/?wat=mens:{bram.code}", {"reden": "onveilig"}).status_code == 302
    assert Signaal.objects.count() == 1


@pytest.mark.parametrize(
    "invoer", [{}, {"reden": "onzin"}, {"reden": "anders"}, {"reden": "anders", "tekst": "x" * 2001}]
)
def test_foute_melding_houdt_wat_getypt_is(
    als: Any, anna: Professional, bram: Professional, invoer: dict[str, str]
) -> None:
    response = als(anna).post(f"/signaleren/?wat=mens:{bram.code}", invoer)
    assert response.status_code == 200
    assert 'aria-invalid="true"' in response.content.decode()
    assert invoer.get("tekst", "")[:50] in response.content.decode()
    assert not Signaal.objects.exists()


@pytest.mark.parametrize(
    "wat", ["", "mens", "mens:", "iets:1", "reactie:abc", "reactie:999999", "bericht:1", "post:1", "gesprek:bcdfghjkmnpq",
            "praktijkkaart:12", "reactie:99999999999999999999999", "post:-1", "mens:../../"],
)  # fmt: skip
def test_onzin_en_wat_er_niet_is_zijn_404(als: Any, anna: Professional, wat: str) -> None:
    assert als(anna).get("/signaleren/", {"wat": wat}).status_code == 404


def test_wat_men_niet_mag_lezen_is_niet_te_melden(als: Any, anna: Professional, bram: Professional) -> None:
    netwerk = maak_netwerk(zicht_pagina=1, zicht_leden=1, zicht_gesprekken=1)
    gesprek = maak_gesprek(netwerk, bram)
    reactie = maak_reactie(gesprek, bram)
    kaart = Praktijkkaart.objects.create(titel="Kaart", aanpak="Zo.", netwerk=netwerk, zicht=1)
    bericht = maak_bericht(bram, zicht=1, kring=bram)
    cleo = maak_professional()
    maak_contact(cleo, bram)
    brief = schrijf(van=bram, aan=cleo, onderwerp="Stil", tekst="Voor Cleo.").berichten.get()
    for wat in (
        f"gesprek:{gesprek.code}",
        f"reactie:{reactie.pk}",
        f"praktijkkaart:{kaart.pk}",
        f"bericht:{bericht.pk}",
        f"post:{brief.pk}",
    ):
        assert als(anna).get("/signaleren/", {"wat": wat}).status_code == 404, wat
    # One's own letter is nothing to report either.
    assert als(bram).get("/signaleren/", {"wat": f"post:{brief.pk}"}).status_code == 404


def test_twee_keer_melden_is_een_melding_met_beide_teksten(anna: Professional, bram: Professional) -> None:
    for tekst in ("Eerst dit.", "Toen dat.", "Toen dat."):
        signalen.meld(door=anna, wat="mens", sleutel=bram.pk, over=bram, reden="onveilig", tekst=tekst)
    assert Signaal.objects.get().tekst == "Eerst dit.\n\nToen dat."
    signalen.meld(door=anna, wat="mens", sleutel=bram.pk, over=bram, reden="onveilig", tekst="x" * 2000)
    assert Signaal.objects.get().tekst.endswith("\n\n" + "x" * 2000)


def test_zichzelf_melden_kan_niet(anna: Professional) -> None:
    with pytest.raises(ContactFout):
        signalen.meld(door=anna, wat="mens", sleutel=anna.pk, over=anna, reden="onveilig")


def test_moderator_handelt_af_en_de_melder_hoort_het(
    client: Any, anna: Professional, bram: Professional, settings: Any
) -> None:
    settings.ADMIN_NEEDS_SECOND_FACTOR = False
    moderator = maak_moderator()
    moderator.user_permissions.add(*Permission.objects.filter(content_type__app_label="netwerk"))
    gesprek = maak_gesprek(auteur=bram, tekst="Vreselijke tekst")
    signaal = signalen.meld(door=anna, wat="gesprek", sleutel=gesprek.pk, over=bram, reden="onveilig", bewijs="Bewijs")
    client.force_login(moderator)
    assert "Meldingen over vakgenoten" in client.get("/beheer/").content.decode()
    assert "Anna Aker" in client.get("/beheer/netwerk/signaal/wachtrij/").content.decode()
    client.post(
        "/beheer/netwerk/signaal/wachtrij/", {"pk": signaal.pk, "besluit": "gedaan", "uitleg": "De tekst is weg."}
    )
    signaal.refresh_from_db()
    assert (signaal.status, signaal.bewijs, signaal.afgehandeld_door) == ("gedaan", "", moderator)
    woord = Kennisgeving.objects.get(ontvanger=anna.gebruiker)
    assert "deden er iets aan. De tekst is weg." in woord.tekst
    client.post("/beheer/netwerk/signaal/wachtrij/", {"pk": signaal.pk, "besluit": "niets"})
    assert Kennisgeving.objects.count() == 1


def test_wachtrij_is_voor_moderators(client: Any, settings: Any) -> None:
    settings.ADMIN_NEEDS_SECOND_FACTOR = False
    client.force_login(maak_moderator())
    assert client.get("/beheer/netwerk/signaal/wachtrij/").status_code == 403
    client.force_login(maak_gebruiker())
    assert client.get("/beheer/netwerk/signaal/wachtrij/").status_code in (302, 403, 404)


def test_signalen_verdwijnen_een_jaar_na_afhandelen(anna: Professional, bram: Professional) -> None:
    oud = timezone.now() - timedelta(days=366)
    Signaal.objects.create(
        wat="mens", sleutel=1, door=anna, over=bram, reden="onjuist", status="niets", afgehandeld_op=oud
    )
    Signaal.objects.create(wat="mens", sleutel=2, door=anna, over=bram, reden="onjuist", gemeld_op=oud)
    assert signalen.ruim_op() == 1


@pytest.mark.parametrize(
    "velden", [{"status": "gedaan"}, {"afgehandeld_op": timezone.now()}, {"zelf": True}, {"dubbel": True}]
)
def test_database_weigert_wat_niet_kan(anna: Professional, bram: Professional, velden: dict[str, Any]) -> None:
    over = anna if velden.pop("zelf", False) else bram
    rij = {"wat": "mens", "sleutel": bram.pk, "door": anna, "over": over, "reden": "onjuist"}
    if velden.pop("dubbel", False):
        Signaal.objects.create(**rij)
    with pytest.raises(IntegrityError), transaction.atomic():
        Signaal.objects.create(**rij, **velden)


def test_blokkeren_laat_post_van_een_ander_staan(anna: Professional, bram: Professional, cleo: Professional) -> None:
    maak_contact(anna, bram)
    schrijf(van=bram, aan=anna, onderwerp="Dag", tekst="Hallo.")
    blokkeer(door=anna, wie=bram)
    assert Postbericht.objects.count() == 1
