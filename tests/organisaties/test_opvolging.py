import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from organisaties.actions import persoonsgegevens
from organisaties.actions import uitnodigen as acties
from organisaties.actions.opvolging import ZONDER_BEHEERDER
from organisaties.models import Beheer, BeheerUitnodiging, Melding, Organisatie
from organisaties.models.beheer import Rol
from tests.fabriek import maak_gebruiker, maak_moderator, maak_organisatie
from welzijnportal.accounts.models import Gebruiker

pytestmark = pytest.mark.django_db
ADRES = "/organisaties/de-linde/beheerders/overdragen/"


@pytest.fixture
def bea(db: None) -> Gebruiker:
    return maak_gebruiker(email="bea@linde.example", naam="Bea")


@pytest.fixture
def linde(bea: Gebruiker) -> Organisatie:
    return maak_organisatie(naam="De Linde", beheerder=bea, email="info@linde.example")


def rollen(organisatie: Organisatie) -> set[tuple[str, str]]:
    return set(Beheer.objects.filter(organisatie=organisatie).values_list("gebruiker__email", "rol"))


def als(gebruiker: Gebruiker) -> Client:
    client = Client(headers={"sec-fetch-site": "same-origin"})
    client.force_login(gebruiker)
    return client


def test_overdragen_in_een_stap(linde: Organisatie, bea: Gebruiker, django_capture_on_commit_callbacks: Any) -> None:
    assert ADRES in als(bea).get("/organisaties/de-linde/beheerders/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        als(bea).post("/organisaties/de-linde/beheerders/", {"email": "ander@voorbeeld.example", "rol": "redacteur"})
        als(bea).post(ADRES, {"email": "opa@linde.example"})
    assert mail.outbox[-1].subject == "Bea draagt De Linde aan u over"
    link = re.search(r"(/organisaties/uitnodiging/\S+)", mail.outbox[-1].body)
    assert link
    assert rollen(linde) == {("bea@linde.example", "beheerder")}
    opvolger = maak_gebruiker(email="opa@linde.example", naam="Opa")
    assert "U wordt beheerder, en Bea stopt" in als(opvolger).get(link[1]).content.decode()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        als(opvolger).post(link[1])
    assert rollen(linde) == {("opa@linde.example", "beheerder")}
    assert sorted(bericht.to[0] for bericht in mail.outbox) == ["bea@linde.example", "opa@linde.example"]
    # What the leaver left open works no more.
    assert not BeheerUitnodiging.objects.filter(gebruikt_op=None, ingetrokken_op=None).exists()
    assert not Melding.objects.exists()
    assert als(bea).get(ADRES).status_code == 404


def test_een_leeg_of_bekend_adres(linde: Organisatie, bea: Gebruiker) -> None:
    tekst = als(bea).post(ADRES, {"email": ""}).content.decode()
    assert "Vul het e-mailadres van uw opvolger in." in tekst
    tekst = als(bea).post(ADRES, {"email": "bea@linde.example"}).content.decode()
    assert "hoort al bij deze organisatie" in tekst


@pytest.mark.parametrize("wie", ["redacteur", "vreemde"])
def test_alleen_een_beheerder_draagt_over(linde: Organisatie, wie: str) -> None:
    persoon = maak_gebruiker()
    if wie == "redacteur":
        Beheer.objects.create(organisatie=linde, gebruiker=persoon, rol=Rol.REDACTEUR)
    assert als(persoon).get(ADRES).status_code == 404
    assert als(persoon).post(ADRES, {"email": "x@voorbeeld.example"}).status_code == 404


def test_wie_de_laatste_beheerder_is_leest_het_voor_het_verwijderen(linde: Organisatie, bea: Gebruiker) -> None:
    Beheer.objects.create(organisatie=linde, gebruiker=maak_gebruiker(), rol=Rol.REDACTEUR)
    assert ["laatste beheerder van ‘De Linde’" in zin for zin in persoonsgegevens.gevolgen(bea)] == [True]
    Beheer.objects.create(organisatie=linde, gebruiker=maak_gebruiker(), rol=Rol.BEHEERDER)
    assert persoonsgegevens.gevolgen(bea) == []


def test_een_gewist_account_laat_geen_uitnodiging_achter_en_de_organisatie_hoort_het(
    linde: Organisatie, bea: Gebruiker, django_capture_on_commit_callbacks: Any
) -> None:
    acties.nodig_uit(organisatie=linde, email="gast@voorbeeld.example", rol=Rol.REDACTEUR, door=bea)
    with django_capture_on_commit_callbacks(execute=True):
        persoonsgegevens.erase(bea)
    assert [bericht.to for bericht in mail.outbox if "Niemand houdt" in bericht.subject] == [["info@linde.example"]]
    assert "/organisaties/de-linde/overnemen/" in mail.outbox[-1].body
    assert BeheerUitnodiging.objects.get().ingetrokken_op is not None
    assert [melding.tekst for melding in Melding.objects.filter(organisatie=linde)] == [ZONDER_BEHEERDER]


def test_wie_een_andere_rol_krijgt_of_weg_moet_krijgt_een_mail(
    linde: Organisatie, django_capture_on_commit_callbacks: Any
) -> None:
    rij = Beheer.objects.create(
        organisatie=linde, gebruiker=maak_gebruiker(email="rik@linde.example"), rol=Rol.REDACTEUR
    )
    with django_capture_on_commit_callbacks(execute=True):
        acties.wijzig_rol(beheer=rij, rol=Rol.BEHEERDER)
    assert "U bent nu beheerder" in mail.outbox[-1].body
    with django_capture_on_commit_callbacks(execute=True):
        acties.verwijder_beheer(beheer=rij)
    assert (mail.outbox[-1].to, "niet meer bij" in mail.outbox[-1].body) == (["rik@linde.example"], True)
    assert len(mail.outbox) == 2


def test_weghalen_in_het_beheer_trekt_de_uitnodigingen_in(
    linde: Organisatie, bea: Gebruiker, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.ADMIN_NEEDS_SECOND_FACTOR = False
    acties.nodig_uit(organisatie=linde, email="gast@voorbeeld.example", rol=Rol.REDACTEUR, door=bea)
    client = als(maak_moderator())
    adres = f"/beheer/organisaties/organisatie/{linde.pk}/change/"
    pagina = client.get(adres)
    data: dict[str, Any] = {
        naam: waarde
        for naam, waarde in pagina.context["adminform"].form.initial.items()
        if isinstance(waarde, (str, int)) and waarde
    }
    data["gezien_versie"] = linde.versie
    for formset in pagina.context["inline_admin_formsets"]:
        for naam, waarde in formset.formset.management_form.initial.items():
            data[f"{formset.formset.prefix}-{naam}"] = waarde
    rij = Beheer.objects.get()
    data |= {
        "beheer-0-id": rij.pk, "beheer-0-organisatie": linde.pk, "beheer-0-gebruiker": bea.pk,
        "beheer-0-rol": "beheerder", "beheer-0-DELETE": "on",
    }  # fmt: skip
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(adres, data).status_code == 302
    assert rollen(linde) == set()
    assert BeheerUitnodiging.objects.get().ingetrokken_op is not None
    assert {bericht.to[0] for bericht in mail.outbox} >= {"bea@linde.example", "info@linde.example"}
    assert Melding.objects.get().tekst == ZONDER_BEHEERDER


@pytest.mark.django_db(transaction=True)
def test_een_opvolger_die_aanneemt_terwijl_de_ander_stopt() -> None:
    bea, opvolger = maak_gebruiker(), maak_gebruiker(email="opa@linde.example")
    linde = maak_organisatie(beheerder=bea)
    Beheer.objects.create(organisatie=linde, gebruiker=maak_gebruiker(), rol=Rol.BEHEERDER)
    uitnodiging = acties.nodig_uit(
        organisatie=linde, email="opa@linde.example", rol=Rol.BEHEERDER, door=bea, is_opvolging=True
    )
    rij = Beheer.objects.select_related("organisatie").get(gebruiker=bea)
    start, fouten = threading.Barrier(2), []

    def doe(wat: Any) -> None:
        start.wait()
        try:
            wat()
        except acties.BeheerFout as fout:
            fouten.append(str(fout))
        finally:
            connection.close()

    draden = [
        threading.Thread(target=doe, args=(lambda: acties.aanvaard(uitnodiging=uitnodiging, door=opvolger),)),
        threading.Thread(target=doe, args=(lambda: acties.verwijder_beheer(beheer=rij),)),
    ]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    # Either the successor is in, or the leaver was first and the invitation went along.
    assert not Beheer.objects.filter(gebruiker=bea).exists()
    assert Beheer.objects.filter(gebruiker=opvolger).exists() == (not fouten)


def test_een_uitnodiging_van_voor_het_samenvoegen_geldt_voor_de_blijver(linde: Organisatie, bea: Gebruiker) -> None:
    eik = maak_organisatie(naam="De Eik")
    uitnodiging = BeheerUitnodiging.objects.create(
        organisatie=linde, email="opa@linde.example", token_hash="x", uitgenodigd_door=bea, rol=Rol.BEHEERDER,
        verloopt_op=timezone.now() + timedelta(days=3), is_opvolging=True,
    )  # fmt: skip
    Organisatie.objects.filter(pk=linde.pk).update(status="samengevoegd", samengevoegd_met=eik)
    acties.aanvaard(uitnodiging=uitnodiging, door=maak_gebruiker(email="opa@linde.example"))
    assert rollen(eik) == {("opa@linde.example", "beheerder")}
