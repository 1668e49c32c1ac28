"""Invitations by mail, by link and by QR: once, for one address, never by a GET."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from netwerk.actions.netwerken import uitnodigen as acties
from netwerk.actions.netwerken.basis import NetwerkFout
from netwerk.actions.netwerken.leden import verwijder_lid
from netwerk.keuzes import Rol, Zicht
from netwerk.models import Lidmaatschap, Netwerk, Netwerklink, Netwerkuitnodiging, Professional
from tests.fabriek import maak_blokkade, maak_gebruiker, maak_lid, maak_netwerk, maak_professional
from tests.netwerk.netwerken.stappen import als

pytestmark = pytest.mark.django_db
GAST = "gast@voorbeeld.example"
PAGINA = "/netwerken/net/beheer/uitnodigen/"


@pytest.fixture
def netwerk(beheerder: Professional) -> Netwerk:
    return maak_netwerk(naam="Het net", slug="net", beheerder=beheerder, zicht_pagina=Zicht.NETWERK, zicht_leden=1)


@pytest.fixture
def ik(client: Client, beheerder: Professional) -> Client:
    client.force_login(beheerder.gebruiker)
    return client


def gast(email: str = GAST, **velden: Any) -> Professional:
    return maak_professional(naam="Gast Vrij", gebruiker=maak_gebruiker(email=email, **velden))


def link() -> str:
    gevonden = re.search(r"(/netwerken/uitnodiging/\S+)", str(mail.outbox[-1].body))
    assert gevonden
    return gevonden[1]


def tekst(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_uitnodigen_per_mail_en_aannemen(ik: Client, netwerk: Netwerk) -> None:
    response = ik.post(PAGINA, {"email": "Gast@Voorbeeld.example", "regel": "Leuk je te spreken."}, follow=True)
    assert f"De uitnodiging is gemaild naar {GAST}" in tekst(response)
    assert [(m.to, m.subject) for m in mail.outbox] == [([GAST], "Bea Beheer nodigt u uit voor het netwerk Het net")]
    assert "Leuk je te spreken." in mail.outbox[0].body
    rij = Netwerkuitnodiging.objects.get()
    assert rij.token_hash not in mail.outbox[0].body
    assert rij.zaad not in mail.outbox[0].body
    mens = als(gast())
    assert mens.get("/netwerken/net/").status_code == 404
    assert "Ja, ik word lid" in tekst(mens.get(link()))
    assert not Lidmaatschap.objects.filter(professional__naam="Gast Vrij").exists()
    response = mens.post(link(), {"besluit": "ja"}, follow=True)
    assert "Welkom, u bent lid van Het net" in tekst(response)
    netwerk.refresh_from_db()
    assert netwerk.aantal_leden == 2
    rij.refresh_from_db()
    assert rij.gebruikt_door is not None
    for antwoord in (mens.get(link()), mens.post(link(), {"besluit": "ja"})):
        assert (antwoord.status_code, "al gebruikt" in tekst(antwoord)) == (410, True)


def test_zonder_account_staat_er_hoe_het_gaat(ik: Client, netwerk: Netwerk) -> None:
    ik.post(PAGINA, {"email": GAST})
    adres = link()
    html = tekst(als(None).get(adres))
    assert f"/account/signup/?next={adres.replace('/', '%2F')}" in html
    assert f"/account/login/?next={adres.replace('/', '%2F')}" in html
    assert als(None).post(adres, {"besluit": "ja"}).status_code == 200
    zonder = Client()
    zonder.force_login(maak_gebruiker(email=GAST))
    assert "Maak nog een profiel" in tekst(zonder.get(adres))
    zonder.post(adres, {"besluit": "ja"})
    assert Lidmaatschap.objects.count() == 1


def test_nee_zeggen_kan_zonder_account_en_houdt_de_mail_tegen(ik: Client, netwerk: Netwerk) -> None:
    ik.post(PAGINA, {"email": GAST})
    assert "hierover geen mail meer" in tekst(als(None).post(link(), {"besluit": "nee"}))
    Netwerkuitnodiging.objects.update(verstuurd_op=timezone.now() - timedelta(days=6))
    assert acties.herinner() == 0
    assert "is ingetrokken" in tekst(als(gast()).post(link(), {"besluit": "ja"}))


@pytest.mark.parametrize("bevestigd", [True, False])
def test_een_ander_adres_komt_er_niet_in(ik: Client, netwerk: Netwerk, bevestigd: bool) -> None:
    ik.post(PAGINA, {"email": GAST})
    # Somebody else, and somebody who never showed that the address is theirs.
    ander = gast("ander@voorbeeld.example") if bevestigd else gast(bevestigd=False)
    response = als(ander).post(link(), {"besluit": "ja"})
    assert "Deze uitnodiging is voor een ander adres" in tekst(response)
    with pytest.raises(NetwerkFout, match="ander e-mailadres"):
        acties.aanvaard(uitnodiging=Netwerkuitnodiging.objects.get(), door=ander)
    assert Lidmaatschap.objects.count() == 1


def test_verlopen_ingetrokken_en_onbekend(ik: Client, netwerk: Netwerk, beheerder: Professional) -> None:
    ik.post(PAGINA, {"email": GAST})
    mens = als(gast())
    Netwerkuitnodiging.objects.update(verloopt_op=timezone.now() - timedelta(seconds=1))
    response = mens.post(link(), {"besluit": "ja"})
    assert (response.status_code, "is verlopen" in tekst(response)) == (410, True)
    Netwerkuitnodiging.objects.update(verloopt_op=timezone.now() + timedelta(days=1))
    ik.post(f"{PAGINA}{Netwerkuitnodiging.objects.get().pk}/intrekken/")
    response = mens.post(link(), {"besluit": "ja"})
    assert (response.status_code, "is ingetrokken" in tekst(response)) == (410, True)
    for onbekend in ("x", "a" * 500, "%27%3B--"):
        assert mens.get(f"/netwerken/uitnodiging/{onbekend}/").status_code == 404
        assert mens.get(f"/netwerken/link/{onbekend}/").status_code == 404
    rij = acties.nodig_uit(netwerk=netwerk, email=GAST, door=beheerder)
    Netwerk.objects.update(status="gesloten")
    assert mens.post(f"/netwerken/uitnodiging/{rij.token}/", {"besluit": "ja"}).status_code == 410
    assert Lidmaatschap.objects.count() == 1


def test_een_open_uitnodiging_per_adres_en_opnieuw_na_intrekken(ik: Client, netwerk: Netwerk) -> None:
    ik.post(PAGINA, {"email": GAST})
    assert "heeft al een uitnodiging" in tekst(ik.post(PAGINA, {"email": GAST.upper()}))
    assert len(mail.outbox) == 1
    # One that ran out makes room by itself.
    Netwerkuitnodiging.objects.update(verloopt_op=timezone.now() - timedelta(days=1))
    ik.post(PAGINA, {"email": GAST})
    assert (len(mail.outbox), Netwerkuitnodiging.objects.open().count()) == (2, 1)


@pytest.mark.parametrize(
    ("email", "fout"),
    [
        ("", "Vul het e-mailadres in"),
        ("geen adres", "zoals naam@voorbeeld.nl"),
        ("a@b.nl\r\nBcc: x@y.nl", "één regel"),
        ("a" * 300 + "@b.nl", ""),
    ],
)
def test_een_verkeerd_adres_wordt_gezegd(ik: Client, netwerk: Netwerk, email: str, fout: str) -> None:
    html = tekst(ik.post(PAGINA, {"email": email}))
    assert "Nog niet gelukt" in html
    assert fout in html
    assert not mail.outbox


def test_grenzen_per_netwerk_en_per_persoon(
    netwerk: Netwerk, beheerder: Professional, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acties, "PER_PERSOON", 2)
    monkeypatch.setattr(acties, "PER_NETWERK", 3)
    ander = maak_professional()
    maak_lid(netwerk, ander, rol=Rol.BEHEERDER)
    elders = maak_netwerk(beheerder=beheerder)
    acties.nodig_uit(netwerk=netwerk, email="a@voorbeeld.example", door=beheerder)
    acties.nodig_uit(netwerk=elders, email="a@voorbeeld.example", door=beheerder)
    with pytest.raises(NetwerkFout, match="U verstuurde vandaag al 2"):
        acties.nodig_uit(netwerk=netwerk, email="b@voorbeeld.example", door=beheerder)
    for nummer in range(2):
        acties.nodig_uit(netwerk=netwerk, email=f"c{nummer}@voorbeeld.example", door=ander)
    monkeypatch.setattr(acties, "PER_PERSOON", 99)
    with pytest.raises(NetwerkFout, match="Dit netwerk verstuurde vandaag al 3"):
        acties.nodig_uit(netwerk=netwerk, email="d@voorbeeld.example", door=ander)
    Netwerkuitnodiging.objects.update(verstuurd_op=timezone.now() - timedelta(hours=25))
    acties.nodig_uit(netwerk=netwerk, email="d@voorbeeld.example", door=ander)


def test_herinnering_na_vijf_en_vijftien_dagen_en_dan_niet_meer(
    netwerk: Netwerk, beheerder: Professional, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        rij = acties.nodig_uit(netwerk=netwerk, email=GAST, door=beheerder)
    begin = timezone.now()
    gestuurd = []
    for dag in range(29):
        Netwerkuitnodiging.objects.update(verstuurd_op=begin - timedelta(days=dag, minutes=1))
        with django_capture_on_commit_callbacks(execute=True):
            gestuurd += [dag] * acties.herinner()
            gestuurd += [dag] * acties.herinner()
    assert gestuurd == [5, 15]
    assert [bericht.subject for bericht in mail.outbox[1:]] == ["Uw uitnodiging voor het netwerk Het net wacht nog"] * 2
    # The link of the reminder is the link of the invitation.
    assert link() == f"/netwerken/uitnodiging/{rij.token}/"
    assert "laatste mail hierover" in mail.outbox[-1].body
    assert "laatste mail hierover" not in mail.outbox[1].body


def test_een_herinnering_na_een_nieuwe_sleutel_heeft_een_link_die_werkt(
    netwerk: Netwerk, beheerder: Professional, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    acties.nodig_uit(netwerk=netwerk, email=GAST, door=beheerder)
    Netwerkuitnodiging.objects.update(verstuurd_op=timezone.now() - timedelta(days=6))
    settings.SECRET_KEY = "een-andere-sleutel-van-genoeg-tekens-voor-deze-toets"
    with django_capture_on_commit_callbacks(execute=True):
        acties.herinner()
    assert als(gast()).get(link()).status_code == 200


def test_wie_de_beheerder_blokkeerde_krijgt_geen_mail(ik: Client, netwerk: Netwerk, beheerder: Professional) -> None:
    maak_blokkade(gast(), beheerder)
    # The sender learns nothing of it.
    assert "is gemaild naar" in tekst(ik.post(PAGINA, {"email": GAST}, follow=True))
    Netwerkuitnodiging.objects.update(verstuurd_op=timezone.now() - timedelta(days=6))
    assert acties.herinner() == 0
    assert not mail.outbox


def test_of_een_adres_van_een_lid_is_wordt_niet_verteld(ik: Client, netwerk: Netwerk) -> None:
    lid = gast()
    maak_lid(netwerk, lid)
    assert "is gemaild naar" in tekst(ik.post(PAGINA, {"email": GAST}, follow=True))
    als(lid).post(link(), {"besluit": "ja"})
    netwerk.refresh_from_db()
    assert netwerk.aantal_leden == 2


def test_een_uitnodiging_haalt_een_verwijderd_lid_terug(netwerk: Netwerk, beheerder: Professional) -> None:
    mens = gast()
    rij = maak_lid(netwerk, mens)
    verwijder_lid(lid=rij, door=beheerder)
    uitnodiging = acties.nodig_uit(netwerk=netwerk, email=GAST, door=beheerder)
    assert acties.aanvaard(uitnodiging=uitnodiging, door=mens).status == "lid"
    netwerk.refresh_from_db()
    assert netwerk.aantal_leden == 2


def test_verwijderde_beheerder_laat_geen_uitnodiging_of_link_achter(netwerk: Netwerk, beheerder: Professional) -> None:
    ander = maak_professional()
    rij = maak_lid(netwerk, ander, rol=Rol.BEHEERDER)
    acties.nodig_uit(netwerk=netwerk, email=GAST, door=ander)
    acties.nodig_uit(netwerk=netwerk, email="twee@voorbeeld.example", door=beheerder)
    acties.maak_link(netwerk=netwerk, naam="x", door=ander)
    verwijder_lid(lid=rij, door=beheerder)
    assert [een.email for een in Netwerkuitnodiging.objects.open()] == ["twee@voorbeeld.example"]
    assert not Netwerklink.objects.open().exists()
    with pytest.raises(NetwerkFout, match="geen beheerder"):
        acties.nodig_uit(netwerk=netwerk, email="drie@voorbeeld.example", door=ander)


def test_oude_adressen_worden_gewist(netwerk: Netwerk, beheerder: Professional) -> None:
    for nummer, dagen in enumerate((10, 31)):
        rij = acties.nodig_uit(netwerk=netwerk, email=f"g{nummer}@voorbeeld.example", door=beheerder)
        Netwerkuitnodiging.objects.filter(pk=rij.pk).update(verloopt_op=timezone.now() - timedelta(days=dagen))
    assert acties.ruim_op() == 1
    assert Netwerkuitnodiging.objects.get().email == "g0@voorbeeld.example"


# Links and QR --------------------------------------------------------------------------------------


def test_link_en_qr_tonen_alleen_het_token(ik: Client, netwerk: Netwerk) -> None:
    response = ik.post("/netwerken/net/beheer/links/", {"naam": "Studiedag", "meest": "2"}, follow=True)
    rij = Netwerklink.objects.get()
    html = tekst(response)
    assert f"/netwerken/link/{rij.token}/" in html
    assert 'class="qr"' in html
    assert rij.token_hash not in html
    mens = gast()
    assert als(mens).get(f"/netwerken/link/{rij.token}/").status_code == 200
    assert Lidmaatschap.objects.count() == 1
    als(mens).post(f"/netwerken/link/{rij.token}/")
    als(mens).post(f"/netwerken/link/{rij.token}/")
    rij.refresh_from_db()
    assert (rij.aantal_gebruikt, Lidmaatschap.objects.leden().count()) == (1, 2)
    als(maak_professional()).post(f"/netwerken/link/{rij.token}/")
    response = als(maak_professional()).post(f"/netwerken/link/{rij.token}/")
    assert (response.status_code, "al zo vaak gebruikt" in tekst(response)) == (410, True)


def test_link_verloopt_en_wordt_ingetrokken(ik: Client, netwerk: Netwerk, beheerder: Professional) -> None:
    ik.post("/netwerken/net/beheer/links/", {"naam": "Vandaag", "tot": str(timezone.localdate())})
    rij = Netwerklink.objects.get()
    assert rij.verloopt_op is not None
    assert timezone.localtime(rij.verloopt_op).date() == timezone.localdate() + timedelta(days=1)
    Netwerklink.objects.update(verloopt_op=timezone.now())
    mens = als(gast())
    assert "Deze link is verlopen" in tekst(mens.post(f"/netwerken/link/{rij.token}/"))
    ander = acties.maak_link(netwerk=netwerk, naam="Folder", door=beheerder)
    ik.post(f"/netwerken/net/beheer/links/{ander.pk}/")
    assert "is ingetrokken" in tekst(mens.post(f"/netwerken/link/{ander.token}/"))
    assert ik.get(f"/netwerken/net/beheer/links/{ander.pk}/").status_code == 404
    assert Lidmaatschap.objects.count() == 1


@pytest.mark.parametrize(
    ("invoer", "fout"),
    [
        ({"naam": ""}, "Schrijf op waar de link voor is"),
        ({"naam": "x", "meest": "0"}, "Vul een getal van 1 of meer in"),
        ({"naam": "x", "meest": "9" * 30}, "Vul hoogstens 5000 in"),
        ({"naam": "x", "tot": "2020-01-01"}, "Kies vandaag of een dag die nog komt"),
        ({"naam": "x", "tot": "9999-12-31"}, "komende vijf jaar"),
        ({"naam": "x", "tot": "2026-02-30"}, "Vul een datum in"),
    ],
)
def test_een_link_met_onzin_wordt_geweigerd(ik: Client, netwerk: Netwerk, invoer: dict[str, str], fout: str) -> None:
    assert fout in tekst(ik.post("/netwerken/net/beheer/links/", invoer))
    assert not Netwerklink.objects.exists()


def test_verwijderd_lid_komt_niet_terug_met_een_link(netwerk: Netwerk, beheerder: Professional) -> None:
    mens = gast()
    verwijder_lid(lid=maak_lid(netwerk, mens), door=beheerder)
    rij = acties.maak_link(netwerk=netwerk, naam="x", door=beheerder)
    assert "persoonlijke uitnodiging" in tekst(als(mens).post(f"/netwerken/link/{rij.token}/"))
    rij.refresh_from_db()
    assert (rij.aantal_gebruikt, Lidmaatschap.objects.leden().count()) == (0, 1)


@pytest.mark.parametrize("aantal", [1, 3])
def test_aantal_vragen_van_de_beheerpaginas(
    ik: Client, netwerk: Netwerk, beheerder: Professional, aantal: int, django_assert_num_queries: Any
) -> None:
    for nummer in range(aantal):
        acties.nodig_uit(netwerk=netwerk, email=f"g{nummer}@voorbeeld.example", door=beheerder)
        acties.maak_link(netwerk=netwerk, naam="x", door=beheerder)
        maak_lid(netwerk)
        maak_lid(netwerk, status="aangevraagd", antwoorden=["Hallo"])
    ik.get("/mijn/")
    for pad, vragen in (("", 6), ("leden/", 7), ("uitnodigen/", 6), ("links/", 6), ("steun/", 6)):
        with django_assert_num_queries(vragen):
            ik.get(f"/netwerken/net/beheer/{pad}")
    with django_assert_num_queries(9):
        ik.get("/netwerken/net/wijzigen/")


# Constraints ---------------------------------------------------------------------------------------


def test_grenzen_van_uitnodigingen_en_links(netwerk: Netwerk, beheerder: Professional) -> None:
    rij = acties.nodig_uit(netwerk=netwerk, email=GAST, door=beheerder)
    link = acties.maak_link(netwerk=netwerk, naam="x", door=beheerder, meest=1)
    nu = timezone.now()
    rijen = Netwerkuitnodiging.objects.filter(pk=rij.pk)
    for naam, doe in (
        ("netwerkuitnodiging_gebruikt_of_ingetrokken", lambda: rijen.update(gebruikt_op=nu, ingetrokken_op=nu)),
        ("netwerkuitnodiging_hoogstens_twee_herinneringen", lambda: rijen.update(herinneringen=3)),
        (
            "netwerkuitnodiging_een_open_per_adres",
            lambda: Netwerkuitnodiging.objects.create(
                netwerk=netwerk, email=GAST.upper(), token_hash="x", verloopt_op=nu
            ),
        ),
        ("netwerklink_niet_vaker_dan_mag", lambda: Netwerklink.objects.filter(pk=link.pk).update(aantal_gebruikt=2)),
    ):
        with pytest.raises(IntegrityError, match=naam), transaction.atomic():
            doe()
