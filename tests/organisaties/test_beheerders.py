import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from organisaties.actions import uitnodigen as acties
from organisaties.models import Beheer, BeheerUitnodiging, Organisatie
from organisaties.models.beheer import Rol
from tests.accounts.stappen import code_uit_mail
from tests.fabriek import WACHTWOORD, maak_gebruiker, maak_organisatie
from welzijnportal.accounts.models import Gebruiker

pytestmark = pytest.mark.django_db
GAST = "gast@voorbeeld.example"


@pytest.fixture
def beheerder() -> Gebruiker:
    return maak_gebruiker(email="beheerder@linde.example", naam="Bea")


@pytest.fixture
def redacteur() -> Gebruiker:
    return maak_gebruiker(email="redacteur@linde.example", naam="Rik")


@pytest.fixture
def organisatie(beheerder: Gebruiker, redacteur: Gebruiker) -> Organisatie:
    return maak_organisatie(naam="De Linde", beheerder=beheerder, redacteur=redacteur)


@pytest.fixture
def ik(client: Client, beheerder: Gebruiker) -> Client:
    client.force_login(beheerder)
    return client


LIJST = "/organisaties/de-linde/beheerders/"


def nodig_uit(client: Client, email: str = GAST, rol: str = "redacteur") -> Any:
    return client.post(LIJST, {"email": email, "rol": rol}, follow=True)


def link() -> str:
    gevonden = re.search(r"(/organisaties/uitnodiging/\S+)", mail.outbox[-1].body)
    assert gevonden
    return gevonden[1]


def als(gebruiker: Gebruiker) -> Client:
    client = Client()
    client.force_login(gebruiker)
    return client


def rollen(organisatie: Organisatie) -> set[tuple[str, str]]:
    return set(Beheer.objects.filter(organisatie=organisatie).values_list("gebruiker__email", "rol"))


def test_uitnodigen_en_aannemen(ik: Client, organisatie: Organisatie) -> None:
    assert f"uitnodiging gemaild naar {GAST}" in nodig_uit(ik, "Gast@Voorbeeld.example", "beheerder").content.decode()
    assert [(m.to, m.subject) for m in mail.outbox] == [([GAST], "Bea nodigt u uit voor De Linde")]
    assert BeheerUitnodiging.objects.get().token_hash not in mail.outbox[0].body
    gast = als(maak_gebruiker(email=GAST))
    adres = link()
    assert "Uitnodiging aannemen" in gast.get(adres).content.decode()
    assert (GAST, "beheerder") not in rollen(organisatie)
    assert gast.post(adres).url == "/organisaties/de-linde/wijzigen/"
    assert (GAST, "beheerder") in rollen(organisatie)


def test_niet_ingelogd_komt_na_het_inloggen_terug(ik: Client, organisatie: Organisatie) -> None:
    nodig_uit(ik)
    adres = link()
    tekst = Client().get(adres).content.decode()
    assert f"/account/login/?next={adres.replace('/', '%2F')}" in tekst
    assert f"/account/signup/?next={adres.replace('/', '%2F')}" in tekst
    Client().post(adres)
    assert len(rollen(organisatie)) == 2


def test_wie_nog_geen_account_heeft_komt_na_het_bevestigen_terug(
    client: Client, ik: Client, organisatie: Organisatie
) -> None:
    nodig_uit(ik)
    adres = link()
    client.logout()
    client.post("/account/signup/", {"email": GAST, "password1": WACHTWOORD, "next": adres})
    response = client.post("/account/confirm-email/", {"code": code_uit_mail()}, follow=True)
    assert response.request["PATH_INFO"] == adres
    assert "Uitnodiging aannemen" in response.content.decode()


def test_uitnodiging_werkt_een_keer(ik: Client, organisatie: Organisatie) -> None:
    nodig_uit(ik)
    gast = als(maak_gebruiker(email=GAST))
    gast.post(link())
    for response in (gast.get(link()), gast.post(link())):
        assert response.status_code == 410
        assert "Deze uitnodiging is al gebruikt" in response.content.decode()


def test_uitnodiging_verloopt_na_veertien_dagen(ik: Client, organisatie: Organisatie) -> None:
    nodig_uit(ik)
    BeheerUitnodiging.objects.update(verloopt_op=timezone.now() - timedelta(seconds=1))
    response = als(maak_gebruiker(email=GAST)).post(link())
    assert (response.status_code, "is verlopen" in response.content.decode()) == (410, True)
    assert len(rollen(organisatie)) == 2
    assert "verlopen op" in ik.get(LIJST).content.decode()


def test_ingetrokken_uitnodiging_werkt_niet(ik: Client, organisatie: Organisatie) -> None:
    nodig_uit(ik)
    ik.post(f"/organisaties/de-linde/uitnodigingen/{BeheerUitnodiging.objects.get().pk}/intrekken/")
    response = als(maak_gebruiker(email=GAST)).post(link())
    assert (response.status_code, "is ingetrokken" in response.content.decode()) == (410, True)
    assert len(rollen(organisatie)) == 2


def test_opnieuw_sturen_vervangt_de_oude_link(ik: Client, organisatie: Organisatie) -> None:
    nodig_uit(ik)
    oud = link()
    ik.post(f"/organisaties/de-linde/uitnodigingen/{BeheerUitnodiging.objects.get().pk}/opnieuw/")
    assert len(mail.outbox) == 2
    gast = als(maak_gebruiker(email=GAST))
    assert gast.post(oud).status_code == 410
    assert gast.post(link()).status_code == 302
    assert BeheerUitnodiging.objects.filter(ingetrokken_op=None).count() == 1


def test_uitnodiging_voor_een_ander_adres(ik: Client, organisatie: Organisatie, vreemde: Gebruiker) -> None:
    nodig_uit(ik)
    response = als(vreemde).post(link())
    assert "voor een ander adres" in response.content.decode()
    assert len(rollen(organisatie)) == 2
    # An address that is on the account and not proved opens nothing.
    EmailAddress.objects.create(user=vreemde, email=GAST, verified=False)
    als(vreemde).post(link())
    assert len(rollen(organisatie)) == 2


@pytest.mark.parametrize("token", ["onzin", "a" * 2000, "%F0%9F%99%82"])
def test_onbekende_uitnodiging(client: Client, token: str) -> None:
    response = client.get(f"/organisaties/uitnodiging/{token}/")
    assert response.status_code == 404
    assert "Deze uitnodiging kennen wij niet" in response.content.decode()


def test_wie_er_al_bij_hoort_wordt_niet_uitgenodigd(ik: Client, organisatie: Organisatie) -> None:
    assert "hoort al bij deze organisatie" in nodig_uit(ik, "REDACTEUR@linde.example").content.decode()
    assert not mail.outbox


@pytest.mark.parametrize("email", ["", "geen", "a\x00@b.example", "x" * 1_000_000, "a@b.example\nBcc: c@d.example"])
def test_fout_adres(ik: Client, organisatie: Organisatie, email: str) -> None:
    assert "Nog niet gelukt" in nodig_uit(ik, email).content.decode()
    assert not BeheerUitnodiging.objects.exists()


def test_onbekende_rol(ik: Client, organisatie: Organisatie) -> None:
    assert "Deze rol bestaat niet" in nodig_uit(ik, GAST, "baas").content.decode()
    assert not mail.outbox


def test_te_veel_uitnodigingen(ik: Client, organisatie: Organisatie, settings: Any) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "uitnodigen": "1/h/key"}
    nodig_uit(ik, "een@voorbeeld.example")
    assert "over een uur opnieuw" in nodig_uit(ik, "twee@voorbeeld.example").content.decode()
    assert len(mail.outbox) == 1
    cache.clear()


def test_wie_mag_wat(organisatie: Organisatie, beheerder: Gebruiker, redacteur: Gebruiker, vreemde: Gebruiker) -> None:
    uitnodiging = acties.nodig_uit(organisatie=organisatie, email=GAST, rol=Rol.REDACTEUR, door=beheerder)
    rij = Beheer.objects.get(gebruiker=beheerder)
    doen = {
        "uitnodigen": (LIJST, {"email": "x@voorbeeld.example", "rol": "redacteur"}),
        "opnieuw": (f"/organisaties/de-linde/uitnodigingen/{uitnodiging.pk}/opnieuw/", {}),
        "intrekken": (f"/organisaties/de-linde/uitnodigingen/{uitnodiging.pk}/intrekken/", {}),
        "rol": (f"{LIJST}{rij.pk}/rol/", {"rol": "redacteur"}),
        "weghalen": (f"{LIJST}{rij.pk}/verwijderen/", {}),
    }
    for wie, verwacht in ((None, 302), (vreemde, 404), (redacteur, 404)):
        client = als(wie) if wie else Client()
        assert {naam: client.post(*opdracht).status_code for naam, opdracht in doen.items()} == dict.fromkeys(
            doen, verwacht
        )
    assert rollen(organisatie) == {("beheerder@linde.example", "beheerder"), ("redacteur@linde.example", "redacteur")}
    assert BeheerUitnodiging.objects.count() == 1


def test_rol_wijzigen_en_weghalen(ik: Client, organisatie: Organisatie, redacteur: Gebruiker) -> None:
    rij = Beheer.objects.get(gebruiker=redacteur)
    ik.post(f"{LIJST}{rij.pk}/rol/", {"rol": "beheerder"})
    assert ("redacteur@linde.example", "beheerder") in rollen(organisatie)
    assert "Ja, weghalen" in ik.get(f"{LIJST}{rij.pk}/verwijderen/").content.decode()
    ik.post(f"{LIJST}{rij.pk}/verwijderen/")
    assert rollen(organisatie) == {("beheerder@linde.example", "beheerder")}


def test_redacteur_kan_zelf_stoppen(organisatie: Organisatie, redacteur: Gebruiker) -> None:
    rij = Beheer.objects.get(gebruiker=redacteur)
    assert als(redacteur).post(f"{LIJST}{rij.pk}/verwijderen/").url == "/mijn/"
    assert len(rollen(organisatie)) == 1


def test_laatste_beheerder_blijft(ik: Client, organisatie: Organisatie, beheerder: Gebruiker) -> None:
    rij = Beheer.objects.get(gebruiker=beheerder)
    for adres, data in ((f"{LIJST}{rij.pk}/verwijderen/", {}), (f"{LIJST}{rij.pk}/rol/", {"rol": "redacteur"})):
        assert "ten minste één beheerder" in ik.post(adres, data, follow=True).content.decode()
    assert ("beheerder@linde.example", "beheerder") in rollen(organisatie)


@pytest.mark.parametrize("wat", ["weggehaald", "zelf weg", "redacteur geworden"])
def test_uitnodiging_vervalt_met_de_beheerder_die_haar_stuurde(
    organisatie: Organisatie, beheerder: Gebruiker, wat: str
) -> None:
    gaat = maak_gebruiker(email="gaat@linde.example")
    rij = Beheer.objects.create(organisatie=organisatie, gebruiker=gaat, rol=Rol.BEHEERDER)
    elders = maak_organisatie(naam="Elders", beheerder=gaat)
    for waar, email, door in (
        (organisatie, "een@voorbeeld.example", gaat),
        (organisatie, "twee@voorbeeld.example", gaat),
        (organisatie, "drie@voorbeeld.example", beheerder),
        (elders, GAST, gaat),
    ):
        acties.nodig_uit(organisatie=waar, email=email, rol=Rol.BEHEERDER, door=door)
    if wat == "redacteur geworden":
        als(beheerder).post(f"{LIJST}{rij.pk}/rol/", {"rol": "redacteur"})
    else:
        als(beheerder if wat == "weggehaald" else gaat).post(f"{LIJST}{rij.pk}/verwijderen/")
    assert not Beheer.objects.filter(pk=rij.pk, rol=Rol.BEHEERDER).exists()
    nog_open = BeheerUitnodiging.objects.filter(ingetrokken_op=None).values_list("email", flat=True)
    assert set(nog_open) == {"drie@voorbeeld.example", GAST}
    uitnodiging = BeheerUitnodiging.objects.get(email="een@voorbeeld.example")
    with pytest.raises(acties.BeheerFout, match="is ingetrokken"):
        acties.aanvaard(uitnodiging=uitnodiging, door=maak_gebruiker(email="een@voorbeeld.example"))


def test_wie_beheerder_blijft_houdt_zijn_uitnodigingen(
    ik: Client, organisatie: Organisatie, beheerder: Gebruiker
) -> None:
    nodig_uit(ik)
    ik.post(f"{LIJST}{Beheer.objects.get(gebruiker=beheerder).pk}/rol/", {"rol": "redacteur"})
    ik.post(f"{LIJST}{Beheer.objects.get(gebruiker=beheerder).pk}/rol/", {"rol": "beheerder"})
    assert BeheerUitnodiging.objects.get().ingetrokken_op is None


def test_wie_net_geen_beheerder_meer_is_nodigt_niemand_uit(organisatie: Organisatie, redacteur: Gebruiker) -> None:
    with pytest.raises(acties.BeheerFout, match="geen beheerder"):
        acties.nodig_uit(organisatie=organisatie, email=GAST, rol=Rol.BEHEERDER, door=redacteur)
    assert not BeheerUitnodiging.objects.exists()


def test_beheerder_van_een_ander_is_niet_te_bereiken(ik: Client, organisatie: Organisatie, vreemde: Gebruiker) -> None:
    elders = maak_organisatie(naam="Elders", beheerder=vreemde)
    rij = Beheer.objects.get(organisatie=elders)
    assert ik.post(f"{LIJST}{rij.pk}/rol/", {"rol": "redacteur"}).status_code == 404
    assert ik.post(f"{LIJST}{rij.pk}/verwijderen/").status_code == 404
    assert len(rollen(elders)) == 1


def _tegelijk(doen: list[Any]) -> list[str]:
    start, uitkomst = threading.Barrier(len(doen)), []

    def draad(doe: Any) -> None:
        start.wait()
        try:
            doe()
            uitkomst.append("gelukt")
        except acties.BeheerFout:
            uitkomst.append("geweigerd")
        finally:
            connection.close()

    draden = [threading.Thread(target=draad, args=(doe,)) for doe in doen]
    for een in draden:
        een.start()
    for een in draden:
        een.join()
    return sorted(uitkomst)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ronde", range(3))
def test_van_alle_beheerders_die_tegelijk_stoppen_blijft_er_een(ronde: int) -> None:
    organisatie = maak_organisatie()
    for _ in range(5):
        Beheer.objects.create(organisatie=organisatie, gebruiker=maak_gebruiker(), rol=Rol.BEHEERDER)
    rijen = list(Beheer.objects.select_related("organisatie"))
    doen = [lambda rij=rij: acties.verwijder_beheer(beheer=rij) for rij in rijen[:3]]
    doen += [lambda rij=rij: acties.wijzig_rol(beheer=rij, rol=Rol.REDACTEUR) for rij in rijen[3:]]
    assert _tegelijk(doen) == ["gelukt"] * 4 + ["geweigerd"]
    assert Beheer.objects.filter(rol=Rol.BEHEERDER).count() == 1


@pytest.mark.django_db(transaction=True)
def test_een_uitnodiging_die_tegelijk_wordt_aangenomen_geldt_een_keer() -> None:
    bea, gast = maak_gebruiker(), maak_gebruiker(email=GAST)
    organisatie = maak_organisatie(beheerder=bea)
    uitnodiging = acties.nodig_uit(organisatie=organisatie, email=GAST, rol=Rol.REDACTEUR, door=bea)
    doen = [lambda: acties.aanvaard(uitnodiging=uitnodiging, door=gast)] * 4
    assert _tegelijk(doen) == ["gelukt"] + ["geweigerd"] * 3
    assert Beheer.objects.filter(gebruiker=gast).count() == 1


@pytest.mark.parametrize("aantal", [1, 3])
def test_aantal_vragen_van_de_lijst(
    ik: Client, organisatie: Organisatie, aantal: int, django_assert_num_queries: Any
) -> None:
    for _ in range(aantal):
        Beheer.objects.create(organisatie=organisatie, gebruiker=maak_gebruiker())
    # The first page of a session notes the device.
    ik.get("/mijn/")
    with django_assert_num_queries(7):
        ik.get(LIJST)


def test_adressen_van_oude_uitnodigingen_worden_gewist(organisatie: Organisatie, beheerder: Gebruiker) -> None:
    for dagen in (10, 31):
        uitnodiging = acties.nodig_uit(
            organisatie=organisatie, email=f"gast{dagen}@voorbeeld.example", rol=Rol.REDACTEUR, door=beheerder
        )
        uitnodiging.verloopt_op = timezone.now() - timedelta(days=dagen)
        uitnodiging.save()
    assert acties.ruim_uitnodigingen_op() == 1
    assert BeheerUitnodiging.objects.get().email == "gast10@voorbeeld.example"
