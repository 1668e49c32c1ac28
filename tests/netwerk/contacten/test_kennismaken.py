"""Warm introductions, and invitations to somebody outside."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from netwerk.actions.contacten import introduceren, uitnodigen
from netwerk.actions.contacten.basis import ContactFout
from netwerk.models import Contact, Contactuitnodiging, Introductie, Kennisgeving, Professional
from netwerk.permissions import zijn_contacten
from tests.fabriek import maak_blokkade, maak_contact, maak_gebruiker, maak_professional

pytestmark = pytest.mark.django_db


@pytest.fixture
def kring(anna: Professional, bram: Professional, cleo: Professional) -> None:
    """Anna knows Bram, and Bram knows Cleo."""
    maak_contact(anna, bram)
    maak_contact(bram, cleo)


def vraag(anna: Professional, bram: Professional, cleo: Professional) -> Introductie:
    return introduceren.vraag_introductie(door=anna, via=bram, doel=cleo, regel="Ik leer graag van haar.")


def woorden(mens: Professional) -> list[str]:
    return list(Kennisgeving.objects.filter(ontvanger=mens.gebruiker).order_by("pk").values_list("tekst", flat=True))


@pytest.mark.usefixtures("kring")
def test_hele_introductie(als: Any, anna: Professional, bram: Professional, cleo: Professional) -> None:
    assert "Bram Bos" in als(anna).get(f"/contacten/{cleo.code}/voorstellen/").content.decode()
    als(anna).post(f"/contacten/{cleo.code}/voorstellen/", {"via": bram.code, "regel": "Ik leer graag van haar."})
    rij = Introductie.objects.get()
    assert woorden(bram) == ["Anna Aker vraagt of u iemand wilt voorstellen."]
    # Nothing flows to the third before the one in the middle passes it on.
    assert woorden(cleo) == []
    assert als(cleo).get(f"/contacten/introducties/{rij.pk}/").status_code == 404
    assert "Anna" not in als(cleo).get("/contacten/").content.decode()
    als(bram).post(f"/contacten/introducties/{rij.pk}/", {"antwoord": "ja", "regel": "Een aanrader."})
    assert woorden(cleo) == ["Bram Bos stelt iemand aan u voor."]
    pagina = als(cleo).get(f"/contacten/introducties/{rij.pk}/").content.decode()
    assert "Een aanrader." in pagina
    assert "Ik leer graag van haar." in pagina
    assert als(bram).get(f"/contacten/introducties/{rij.pk}/").status_code == 404
    als(cleo).post(f"/contacten/introducties/{rij.pk}/", {"antwoord": "ja"})
    assert zijn_contacten(anna, cleo)
    assert Contact.objects.tussen(anna, cleo).get().herkomst == "introductie"
    assert woorden(anna) == ["Cleo Cats en u zijn nu contacten, dank zij Bram Bos."]
    assert "Dank u wel" in woorden(bram)[-1]
    assert not Introductie.objects.exists()


@pytest.mark.usefixtures("kring")
@pytest.mark.parametrize("wie", ["via", "doel"])
def test_nee_is_stil(als: Any, anna: Professional, bram: Professional, cleo: Professional, wie: str) -> None:
    rij = vraag(anna, bram, cleo)
    if wie == "doel":
        introduceren.geef_door(introductie=rij, regel="")
    voor = als(anna).get("/contacten/").content.decode()
    als(bram if wie == "via" else cleo).post(f"/contacten/introducties/{rij.pk}/", {"antwoord": "nee"})
    na = als(anna).get("/contacten/").content.decode()
    assert "Kennismaken via een ander" in voor
    assert "Kennismaken via een ander" in na
    assert "U vroeg Bram Bos om u voor te stellen" in na
    assert woorden(anna) == []
    assert not zijn_contacten(anna, cleo)
    with pytest.raises(ContactFout, match="vroeg dit al"):
        vraag(anna, bram, cleo)


def test_wie_de_ander_niet_kent_kan_niet_doorgeven(
    als: Any, anna: Professional, bram: Professional, cleo: Professional
) -> None:
    maak_contact(anna, bram)
    rij = vraag(anna, bram, cleo)
    assert "U kunt dit dus niet doorgeven" in als(bram).get(f"/contacten/introducties/{rij.pk}/").content.decode()
    response = als(bram).post(f"/contacten/introducties/{rij.pk}/", {"antwoord": "ja", "regel": ""})
    assert "geen contact met Cleo Cats" in response.content.decode()
    assert woorden(cleo) == []


@pytest.mark.usefixtures("kring")
@pytest.mark.parametrize("geval", ["zelf", "geen contact", "al contact", "geblokkeerd"])
def test_wat_niet_kan(anna: Professional, bram: Professional, cleo: Professional, geval: str) -> None:
    via, doel = bram, cleo
    if geval == "zelf":
        doel = anna
    if geval == "geen contact":
        via = maak_professional()
    if geval == "al contact":
        maak_contact(anna, cleo)
    if geval == "geblokkeerd":
        maak_blokkade(cleo, anna)
    with pytest.raises(ContactFout):
        introduceren.vraag_introductie(door=anna, via=via, doel=doel, regel="Hallo")
    assert not Introductie.objects.exists()


@pytest.mark.usefixtures("kring")
def test_blokkade_na_het_vragen_houdt_het_tegen(
    als: Any, anna: Professional, bram: Professional, cleo: Professional
) -> None:
    rij = vraag(anna, bram, cleo)
    maak_blokkade(cleo, anna)
    assert als(bram).get(f"/contacten/introducties/{rij.pk}/").status_code == 404
    with pytest.raises(ContactFout):
        introduceren.geef_door(introductie=rij, regel="")


@pytest.mark.usefixtures("kring")
def test_lege_regel_krijgt_een_fout_bij_het_veld(
    als: Any, anna: Professional, bram: Professional, cleo: Professional
) -> None:
    response = als(anna).post(f"/contacten/{cleo.code}/voorstellen/", {"via": bram.code, "regel": " "})
    assert "waarom u wilt kennismaken" in response.content.decode()
    response = als(anna).post(f"/contacten/{cleo.code}/voorstellen/", {"via": cleo.code, "regel": "Dag"})
    assert response.status_code == 200
    assert not Introductie.objects.exists()


@pytest.mark.usefixtures("kring")
def test_introducties_vervallen_na_dertig_dagen(anna: Professional, bram: Professional, cleo: Professional) -> None:
    rij = vraag(anna, bram, cleo)
    assert introduceren.ruim_op() == 0
    Introductie.objects.filter(pk=rij.pk).update(gevraagd_op=timezone.now() - timedelta(days=31))
    assert introduceren.ruim_op() == 1


@pytest.mark.parametrize("geval", ["zelf", "dubbel", "zonder moment"])
def test_database_weigert(anna: Professional, bram: Professional, cleo: Professional, geval: str) -> None:
    velden: dict[str, Any] = {"vrager": anna, "via": bram, "doel": cleo, "regel": "x"}
    if geval == "zelf":
        velden["doel"] = bram
    if geval == "dubbel":
        Introductie.objects.create(**velden)
    if geval == "zonder moment":
        velden["status"] = "doorgegeven"
    with pytest.raises(IntegrityError), transaction.atomic():
        Introductie.objects.create(**velden)


def test_uitnodigen_per_mail_tot_en_met_contact(als: Any, anna: Professional, client: Any) -> None:
    response = als(anna).post(
        "/contacten/uitnodigen/", {"email": "Kees@Voorbeeld.example", "regel": "Leuk gesprek!"}, follow=True
    )
    assert "gemaild naar kees@voorbeeld.example" in response.content.decode()
    brief = mail.outbox[-1]
    assert brief.to == ["kees@voorbeeld.example"]
    assert "Leuk gesprek!" in brief.body
    assert anna.gebruiker.email not in brief.body
    pad = re.search(r"/contacten/uitnodiging/\w+/", brief.body).group()  # type: ignore[union-attr]
    client.logout()
    pagina = client.get(pad).content.decode()
    assert "Anna Aker wil contact met u houden" in pagina
    assert "Account maken" in pagina
    gebruiker = maak_gebruiker(email="kees@voorbeeld.example")
    client.force_login(gebruiker)
    assert "Profiel maken" in client.get(pad).content.decode()
    kees = maak_professional(naam="Kees", gebruiker=gebruiker)
    assert client.get(pad).status_code == 200
    assert not Contact.objects.exists()
    client.force_login(gebruiker)
    client.post(pad, {"besluit": "ja"})
    assert zijn_contacten(anna, kees)
    assert woorden(anna) == ["Kees nam uw uitnodiging aan. U bent nu contacten."]
    assert client.get(pad).status_code == 410


def test_uitnodiging_is_voor_een_adres_en_een_keer(
    als: Any, anna: Professional, bram: Professional, cleo: Professional
) -> None:
    uitnodiging = uitnodigen.nodig_uit(door=anna, email=bram.gebruiker.email)
    pad = f"/contacten/uitnodiging/{uitnodiging.token}/"
    assert "voor een ander adres" in als(cleo).get(pad).content.decode()
    als(cleo).post(pad, {"besluit": "ja"})
    assert not Contact.objects.exists()
    als(bram).post(pad, {"besluit": "ja"})
    assert zijn_contacten(anna, bram)
    with pytest.raises(ContactFout):
        uitnodigen.aanvaard(uitnodiging=uitnodiging, door=bram)


def test_nee_zeggen_en_intrekken(als: Any, client: Any, anna: Professional) -> None:
    uitnodiging = uitnodigen.nodig_uit(door=anna, email="kees@voorbeeld.example")
    pad = f"/contacten/uitnodiging/{uitnodiging.token}/"
    assert "Goed, dan niet" in client.post(pad, {"besluit": "nee"}).content.decode()
    assert client.get(pad).status_code == 410
    tweede = uitnodigen.nodig_uit(door=anna, email="kees@voorbeeld.example")
    als(anna).post(f"/contacten/uitnodigen/{tweede.pk}/intrekken/")
    assert not Contactuitnodiging.objects.open().exists()
    # Another's invitation is not there.
    assert als(maak_professional()).post(f"/contacten/uitnodigen/{tweede.pk}/intrekken/").status_code == 404


def test_persoonlijke_link(als: Any, client: Any, anna: Professional, bram: Professional, cleo: Professional) -> None:
    als(anna).post("/contacten/uitnodigen/link/", {"doe": "maak"})
    link = Contactuitnodiging.objects.get()
    pad = f"/contacten/uitnodiging/{link.token}/"
    pagina = als(anna).get("/contacten/uitnodigen/").content.decode()
    assert pad in pagina
    assert "<svg" in pagina
    # Who has a link for all may not end it for all.
    client.logout()
    client.post(pad, {"besluit": "nee"})
    for mens in (bram, cleo):
        als(mens).post(pad, {"besluit": "ja"})
        assert zijn_contacten(anna, mens)
    assert "uw eigen uitnodiging" in als(anna).get(pad).content.decode()
    als(anna).post("/contacten/uitnodigen/link/", {"doe": "nieuw"})
    assert als(maak_professional()).get(pad).status_code == 410
    als(anna).post("/contacten/uitnodigen/link/", {"doe": "stop"})
    assert not Contactuitnodiging.objects.open().exists()


def test_wie_blokkeerde_krijgt_geen_mail_en_ziet_geen_uitnodiging(
    als: Any, anna: Professional, bram: Professional, django_capture_on_commit_callbacks: Any
) -> None:
    maak_blokkade(bram, anna)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        uitnodiging = uitnodigen.nodig_uit(door=anna, email=bram.gebruiker.email)
    assert mail.outbox == []
    pad = f"/contacten/uitnodiging/{uitnodiging.token}/"
    assert als(bram).get(pad).status_code == 410
    assert "Anna" not in als(bram).get(pad).content.decode()
    with pytest.raises(ContactFout):
        uitnodigen.aanvaard(uitnodiging=uitnodiging, door=bram)


@pytest.mark.parametrize("geval", ["eigen adres", "dubbel", "te veel"])
def test_wat_niet_kan_staat_bij_het_veld(als: Any, anna: Professional, geval: str, monkeypatch: Any) -> None:
    adres = anna.gebruiker.email if geval == "eigen adres" else "kees@voorbeeld.example"
    if geval == "dubbel":
        uitnodigen.nodig_uit(door=anna, email=adres)
    if geval == "te veel":
        monkeypatch.setattr(uitnodigen, "PER_DAG", 0)
    response = als(anna).post("/contacten/uitnodigen/", {"email": adres, "regel": "Dag"})
    assert response.status_code == 200
    assert 'aria-invalid="true"' in response.content.decode()
    assert adres in response.content.decode()


def test_onbekende_en_verlopen_uitnodiging(client: Any, anna: Professional) -> None:
    assert client.get("/contacten/uitnodiging/abc/").status_code == 404
    uitnodiging = uitnodigen.nodig_uit(door=anna, email="kees@voorbeeld.example")
    Contactuitnodiging.objects.update(verloopt_op=timezone.now() - timedelta(days=1))
    assert client.get(f"/contacten/uitnodiging/{uitnodiging.token}/").status_code == 410
    assert uitnodigen.ruim_op() == 0
    Contactuitnodiging.objects.update(verloopt_op=timezone.now() - timedelta(days=31))
    assert uitnodigen.ruim_op() == 1


@pytest.mark.parametrize("geval", ["dubbel", "link gebruikt"])
def test_database_weigert_uitnodigingen(anna: Professional, geval: str) -> None:
    velden: dict[str, Any] = {"door": anna, "verloopt_op": timezone.now(), "token_hash": "a", "email": "k@x.example"}
    if geval == "dubbel":
        Contactuitnodiging.objects.create(**{**velden, "token_hash": "b", "email": "K@x.example"})
    else:
        velden |= {"email": "", "gebruikt_op": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Contactuitnodiging.objects.create(**velden)
