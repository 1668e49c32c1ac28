"""Asking for contact, answering, taking back and ending."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from netwerk.actions.contacten import contact as acties
from netwerk.actions.contacten.basis import ContactFout
from netwerk.actions.mensen.kaart import token_van_kaart
from netwerk.keuzes import Voor
from netwerk.models import Contact, Kennisgeving, Professional
from netwerk.permissions import zijn_contacten
from tests.fabriek import maak_blokkade, maak_contact, maak_gebruiker, maak_professional

pytestmark = pytest.mark.django_db


def kennis_van(mens: Professional) -> list[str]:
    return list(Kennisgeving.objects.filter(ontvanger=mens.gebruiker).values_list("tekst", flat=True))


def test_vragen_en_ja_zeggen(als: Any, anna: Professional, bram: Professional) -> None:
    pagina = als(anna).get(f"/contacten/{bram.code}/vragen/").content.decode()
    assert "Contact vragen aan Bram Bos" in pagina
    response = als(anna).post(
        f"/contacten/{bram.code}/vragen/", {"regel": "Wij spraken elkaar in Zwolle."}, follow=True
    )
    assert "U krijgt bericht als Bram Bos ja zegt" in response.content.decode()
    assert kennis_van(bram) == ["Anna Aker wil contact met u."]
    lijst = als(bram).get("/contacten/").content.decode()
    assert "Wil contact met u" in lijst
    assert "Wij spraken elkaar in Zwolle." in lijst
    response = als(bram).post(f"/contacten/{anna.code}/antwoord/", {"antwoord": "ja"}, follow=True)
    assert "U en Anna Aker zijn nu contacten." in response.content.decode()
    assert zijn_contacten(anna, bram)
    assert kennis_van(anna) == ["Bram Bos en u zijn nu contacten."]


def test_nee_is_stil_en_ziet_eruit_als_wachten(als: Any, anna: Professional, bram: Professional) -> None:
    acties.vraag(door=anna, aan=bram, regel="Hallo")
    adressen = ("/contacten/", f"/mensen/{bram.code}/", f"/contacten/{bram.code}/vragen/")

    def gezien() -> list[str]:
        paginas = [als(anna).get(adres).content.decode() for adres in adressen]
        return [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", pagina) for pagina in paginas]

    voor = gezien()
    als(bram).post(f"/contacten/{anna.code}/antwoord/", {"antwoord": "nee"})
    assert gezien() == voor
    for pagina, zin in zip(
        voor, ("U vroeg contact", "U hebt contact gevraagd", "U vroeg Bram Bos om contact"), strict=True
    ):
        assert zin in pagina
    assert kennis_van(anna) == []
    assert not zijn_contacten(anna, bram)
    assert "Wil contact met u" not in als(bram).get("/contacten/").content.decode()


def test_wie_afwees_wordt_niet_nog_eens_gevraagd(anna: Professional, bram: Professional) -> None:
    acties.vraag(door=anna, aan=bram)
    acties.antwoord(van=anna, door=bram, ja=False)
    assert acties.trek_in(door=anna, aan=bram)
    assert list(Contact.objects.gevraagd_door(anna)) == []
    assert not acties.trek_in(door=anna, aan=bram)
    eerder = len(kennis_van(bram))
    acties.vraag(door=anna, aan=bram, regel="Nog een keer")
    assert Contact.objects.gevraagd_door(anna).get().regel == "Nog een keer"
    assert len(kennis_van(bram)) == eerder
    assert list(Contact.objects.wacht_op(bram)) == []


def test_wie_afwees_en_later_zelf_vraagt_heeft_contact(anna: Professional, bram: Professional) -> None:
    acties.vraag(door=anna, aan=bram)
    acties.antwoord(van=anna, door=bram, ja=False)
    assert acties.vraag(door=bram, aan=anna).status == Contact.Status.BEVESTIGD
    assert kennis_van(anna) == ["Bram Bos en u zijn nu contacten."]


def test_wie_afwees_vraagt_opnieuw_na_intrekken(anna: Professional, bram: Professional) -> None:
    acties.vraag(door=anna, aan=bram)
    acties.antwoord(van=anna, door=bram, ja=False)
    acties.trek_in(door=anna, aan=bram)
    rij = acties.vraag(door=bram, aan=anna)
    assert (rij.status, rij.vrager) == (Contact.Status.GEVRAAGD, bram)
    assert kennis_van(anna) == ["Bram Bos wil contact met u."]


def test_twee_die_elkaar_vragen_zijn_contacten(anna: Professional, bram: Professional) -> None:
    acties.vraag(door=anna, aan=bram)
    assert acties.vraag(door=bram, aan=anna).status == Contact.Status.BEVESTIGD
    assert acties.vraag(door=anna, aan=bram).status == Contact.Status.BEVESTIGD
    assert Contact.objects.count() == 1


def test_intrekken_neemt_het_woord_mee(anna: Professional, bram: Professional) -> None:
    acties.vraag(door=anna, aan=bram)
    assert acties.trek_in(door=anna, aan=bram)
    assert kennis_van(bram) == []
    assert not Contact.objects.exists()
    with pytest.raises(ContactFout):
        acties.antwoord(van=anna, door=bram, ja=True)


def test_antwoord_alleen_door_wie_gevraagd_is(anna: Professional, bram: Professional) -> None:
    acties.vraag(door=anna, aan=bram)
    with pytest.raises(ContactFout):
        acties.antwoord(van=bram, door=anna, ja=True)
    assert not zijn_contacten(anna, bram)


def test_beeindigen_is_stil(als: Any, anna: Professional, bram: Professional) -> None:
    maak_contact(anna, bram)
    assert "beëindigen?" in als(anna).get(f"/contacten/{bram.code}/beeindigen/").content.decode()
    als(anna).post(f"/contacten/{bram.code}/beeindigen/")
    assert not Contact.objects.exists()
    assert kennis_van(bram) == []
    assert als(anna).get(f"/contacten/{bram.code}/beeindigen/").status_code == 404


def test_hoogstens_honderd_vragen_tegelijk(anna: Professional, bram: Professional, monkeypatch: Any) -> None:
    monkeypatch.setattr(acties, "MEEST_OPEN", 1)
    acties.vraag(door=anna, aan=maak_professional())
    with pytest.raises(ContactFout, match="wachten al 1"):
        acties.vraag(door=anna, aan=bram)


def test_vragen_vervallen_na_een_jaar_of_er_nu_nee_is_gezegd_of_niet(anna: Professional, bram: Professional) -> None:
    oud = timezone.now() - timedelta(days=366)
    maak_contact(anna, bram, status="gevraagd", gevraagd_op=oud)
    maak_contact(anna, maak_professional(), status="afgewezen", gevraagd_op=oud)
    maak_contact(anna, maak_professional(), gevraagd_op=oud)
    maak_contact(anna, maak_professional(), status="gevraagd")
    assert acties.ruim_op() == 2
    assert Contact.objects.count() == 2


@pytest.mark.parametrize(
    "velden",
    [
        {"status": "gevraagd", "beantwoord_op": timezone.now()},
        {"status": "bevestigd", "beantwoord_op": None},
        {"status": "gevraagd", "is_ingetrokken": True},
        {"zelf": True},
        {"nog_een": True},
    ],
)
def test_database_weigert_wat_niet_kan(anna: Professional, bram: Professional, velden: dict[str, Any]) -> None:
    ander = anna if velden.pop("zelf", False) else bram
    if velden.pop("nog_een", False):
        maak_contact(bram, anna)
    with pytest.raises(IntegrityError), transaction.atomic():
        maak_contact(anna, ander, **velden)


# Who, and what they get at the page on which one asks somebody for contact.
STAND = {
    "vindbaar": (Voor.LEDEN, 200),
    "gesloten": (Voor.NIEMAND, 404),
    "alleen voor contacten": (Voor.CONTACTEN, 404),
}


@pytest.mark.parametrize("naam", STAND)
def test_alleen_wie_gevonden_wil_worden_kan_gevraagd_worden(als: Any, anna: Professional, naam: str) -> None:
    voor, code = STAND[naam]
    mens = maak_professional(vindbaar_voor=voor)
    assert als(anna).get(f"/contacten/{mens.code}/vragen/").status_code == code
    assert als(anna).post(f"/contacten/{mens.code}/vragen/", {"regel": ""}).status_code == (302 if code == 200 else 404)
    assert Contact.objects.exists() == (code == 200)


def test_wie_een_kaart_zag_kan_ook_een_gesloten_profiel_vragen(als: Any, anna: Professional) -> None:
    mens = maak_professional(naam="Dora Dam", vindbaar_voor=Voor.NIEMAND)
    getekend = token_van_kaart(mens)
    pagina = als(anna).get(f"/mensen/kaart/{getekend}/").content.decode()
    assert f"/contacten/{mens.code}/vragen/?kaart=" in pagina
    assert als(anna).get(f"/contacten/{mens.code}/vragen/?kaart={getekend}").status_code == 200
    assert als(anna).post(f"/contacten/{mens.code}/vragen/?kaart={getekend}", {"regel": ""}).status_code == 302
    assert (
        als(anna).get(f"/contacten/{maak_professional(vindbaar_voor=0).code}/vragen/?kaart={getekend}").status_code
        == 404
    )


@pytest.mark.parametrize("wie", ["blokkeerder", "geblokkeerde", "uitgeschakeld", "onbekend", "zelf"])
@pytest.mark.parametrize("pad", ["vragen", "antwoord", "intrekken", "beeindigen", "voorstellen"])
def test_vreemden_vinden_niets(als: Any, anna: Professional, bram: Professional, wie: str, pad: str) -> None:
    code = {"onbekend": "bcdfghjkmnpq", "zelf": anna.code}.get(wie, bram.code)
    if wie == "blokkeerder":
        maak_blokkade(anna, bram)
    if wie == "geblokkeerde":
        maak_blokkade(bram, anna)
    if wie == "uitgeschakeld":
        bram.gebruiker.is_active = False
        bram.gebruiker.save()
    response = als(anna).post(f"/contacten/{code}/{pad}/", {"regel": "", "antwoord": "ja"})
    if pad in ("antwoord", "intrekken"):
        # Of a question that is gone one is told, and of who is not there no more than that.
        assert response.status_code == 302
        response = als(anna).get(response.headers["Location"])
        assert "Deze vraag is er niet meer." in response.content.decode()
    else:
        assert response.status_code == 404
    assert "Bram" not in response.content.decode()


def test_zonder_profiel_eerst_een_profiel_en_zonder_account_inloggen(client: Any, bram: Professional) -> None:
    assert client.get("/contacten/").headers["Location"].startswith("/account/login/")
    client.force_login(maak_gebruiker())
    assert client.get("/contacten/").headers["Location"].startswith("/mijn/profiel/maken/")
    assert client.get(f"/contacten/{bram.code}/vragen/").status_code == 302


@pytest.mark.parametrize("aantal", [1, 3])
def test_lijst_kost_een_vast_aantal_vragen(
    als: Any, anna: Professional, aantal: int, django_assert_num_queries: Any
) -> None:
    for _ in range(aantal):
        maak_contact(anna, maak_professional())
        maak_contact(anna, maak_professional(), status="gevraagd")
        maak_contact(maak_professional(), anna, status="gevraagd")
    client = als(anna)
    client.get("/contacten/")
    with django_assert_num_queries(8):
        client.get("/contacten/")


def test_zoeken_in_contacten(als: Any, anna: Professional) -> None:
    maak_contact(anna, maak_professional(naam="Piet Post", functie="wijkcoach", functie_voor=Voor.CONTACTEN))
    maak_contact(anna, maak_professional(naam="Rita Riet", functie="wijkcoach", functie_voor=Voor.NIEMAND))
    gevonden = als(anna).get("/contacten/", {"q": "wijkcoach"}).content.decode()
    assert "Piet Post" in gevonden
    assert "Rita Riet" not in gevonden
    assert "vonden wij geen contact" in als(anna).get("/contacten/", {"q": "zzz"}).content.decode()


def test_gedeelde_contacten_alleen_van_wie_dat_wil(
    als: Any, anna: Professional, bram: Professional, cleo: Professional
) -> None:
    maak_contact(anna, cleo)
    maak_contact(cleo, bram)
    assert "U kent allebei" not in als(anna).get(f"/mensen/{bram.code}/").content.decode()
    Professional.objects.filter(pk=cleo.pk).update(toont_kring=True)
    assert "U kent allebei" not in als(anna).get(f"/mensen/{bram.code}/").content.decode()
    Professional.objects.filter(pk=bram.pk).update(toont_kring=True)
    pagina = als(anna).get(f"/mensen/{bram.code}/").content.decode()
    assert "U kent allebei" in pagina
    assert "Cleo Cats" in pagina
