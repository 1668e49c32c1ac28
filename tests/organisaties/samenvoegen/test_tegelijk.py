"""A merge that meets an edit, a report or another merge at the same moment."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from organisaties.actions.melden import meld
from organisaties.actions.samenvoegen import SamenvoegFout, bezorg_na, kenmerk, maak_ongedaan, voeg_samen
from organisaties.models import Melding, Organisatie, Samenvoeging
from tests.fabriek import maak_dienst, maak_gebruiker, maak_locatie, maak_moderator
from tests.organisaties.samenvoegen.conftest import maak
from welzijnportal.accounts.models import Gebruiker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def moderator() -> Gebruiker:
    return maak_moderator(email="moderator@voorbeeld.example")


@pytest.fixture
def twee() -> tuple[Organisatie, Organisatie]:
    beheerder = maak_gebruiker(email="bea@linde.example", naam="Bea")
    return maak("Buurthuis De Linde", telefoon="0301234567"), maak("Stichting De Linde", beheerder=beheerder)


def als_beheerder() -> Client:
    client = Client(headers={"sec-fetch-site": "same-origin"})
    client.force_login(Gebruiker.objects.get(email="bea@linde.example"))
    return client


class Draad(threading.Thread):
    """Does one thing in a transaction of its own, and keeps what came of it."""

    def __init__(self, doe: Callable[[], Any]) -> None:
        super().__init__()
        self.doe, self.uitkomst = doe, None

    def run(self) -> None:
        try:
            self.uitkomst = self.doe()
        except SamenvoegFout as fout:
            self.uitkomst = str(fout)
        finally:
            connection.close()


def wacht_op_slot() -> None:
    """Return when another waits for a lock of ours; give up after ten seconds."""
    einde = time.monotonic() + 10
    with connection.cursor() as cursor:
        while time.monotonic() < einde:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
            )
            if cursor.fetchone()[0]:
                return
    raise AssertionError("Nobody waits.")


def tijdens_samenvoegen(twee: tuple[Organisatie, Organisatie], door: Gebruiker, doe: Callable[[], Any]) -> Any:
    """Merge, and before the merge is committed let another do something that waits for it."""
    draad = Draad(doe)
    with transaction.atomic():
        voeg_samen(blijver=twee[0], ander=twee[1], door=door)
        draad.start()
        wacht_op_slot()
    draad.join()
    return draad.uitkomst


def test_wie_bewaart_tijdens_het_samenvoegen_ziet_wat_er_nu_staat_met_de_eigen_tekst(
    twee: tuple[Organisatie, Organisatie], moderator: Gebruiker
) -> None:
    client = als_beheerder()
    adres = "/organisaties/stichting-de-linde/wijzigen/bereikbaarheid/"
    stand = client.get(adres).context["stand"]
    getypt = {"telefoon": "0307654321", "email": "nieuw@linde.example", "stand": stand}
    antwoord = tijdens_samenvoegen(twee, moderator, lambda: client.post(adres, getypt))
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 200
    assert "De vermelding van Stichting De Linde is samengevoegd met die van Buurthuis De Linde" in tekst
    assert 'value="030 765 4321"' in tekst
    assert 'value="nieuw@linde.example"' in tekst
    assert "+31 30 123 4567" in tekst or "030 123 4567" in tekst or "030-1234567" in tekst
    # The page itself saves what was typed, in the listing that stayed.
    antwoord = client.post(adres, {**getypt, "stand": antwoord.context["stand"]})
    assert antwoord.url == "/organisaties/buurthuis-de-linde/wijzigen/"
    blijver = Organisatie.objects.get(pk=twee[0].pk)
    assert (blijver.email, blijver.telefoon.as_e164) == ("nieuw@linde.example", "+31307654321")


def test_een_dienst_die_tijdens_het_samenvoegen_wordt_bewaard_komt_bij_de_blijver(
    twee: tuple[Organisatie, Organisatie], moderator: Gebruiker
) -> None:
    dienst = maak_dienst(twee[1], naam="Samen eten")
    client = als_beheerder()
    adres = f"/organisaties/stichting-de-linde/wijzigen/diensten/{dienst.pk}/"
    stand = client.get(adres).context["stand"]
    getypt = {"naam": "Samen eten en koken", "is_gratis": "on", "stand": stand}
    antwoord = tijdens_samenvoegen(twee, moderator, lambda: client.post(adres, getypt))
    dienst.refresh_from_db()
    assert antwoord.status_code == 302
    assert (dienst.naam, dienst.organisatie_id) == ("Samen eten en koken", twee[0].pk)


def test_tijden_van_een_locatie_die_er_al_was_gaan_niet_verloren(
    twee: tuple[Organisatie, Organisatie], moderator: Gebruiker
) -> None:
    eigen, zelfde = maak_locatie(twee[0]), maak_locatie(twee[1])
    client = als_beheerder()
    adres = f"/organisaties/stichting-de-linde/wijzigen/openingstijden/locaties/{zelfde.pk}/"
    stand = client.get(adres).context["stand"]
    getypt = {"stand": stand, "aantal_d1": "1", "d1-0-van": "09:00", "d1-0-tot": "12:00"}
    antwoord = tijdens_samenvoegen(twee, moderator, lambda: client.post(adres, getypt))
    assert antwoord.status_code == 302
    assert [str(tijd) for tijd in eigen.openingstijden.all()] == ["maandag 09.00–12.00"]


def test_een_melding_die_op_het_slot_wachtte_komt_na(
    twee: tuple[Organisatie, Organisatie], moderator: Gebruiker
) -> None:
    tijdens_samenvoegen(twee, moderator, lambda: meld(organisatie=twee[1], tekst="Het nummer klopt niet."))
    voeging = Samenvoeging.objects.get()
    bezorg_na(voeging.pk)
    assert Melding.objects.get().organisatie_id == twee[0].pk
    assert bezorg_na(voeging.pk) == 0
    maak_ongedaan(samenvoeging=voeging, door=moderator)
    assert Melding.objects.get().organisatie_id == twee[1].pk


def test_wie_eerst_bewaart_houdt_het_samenvoegen_tegen(
    twee: tuple[Organisatie, Organisatie], moderator: Gebruiker
) -> None:
    gezien = kenmerk(*twee)
    draad = Draad(lambda: voeg_samen(blijver=twee[0], ander=twee[1], door=moderator, gezien=gezien))
    with transaction.atomic():
        ander = Organisatie.objects.select_for_update().get(pk=twee[1].pk)
        ander.kort, ander.versie = "Wij zijn verhuisd.", ander.versie + 1
        ander.save()
        draad.start()
        wacht_op_slot()
    draad.join()
    assert "aangepast terwijl u keek" in str(draad.uitkomst)
    assert Organisatie.objects.get(pk=twee[1].pk).kort == "Wij zijn verhuisd."
    assert not Samenvoeging.objects.exists()


@pytest.mark.parametrize("ronde", range(3))
def test_van_samenvoegingen_tegelijk_gaat_er_een_door(ronde: int, moderator: Gebruiker) -> None:
    een, twee, drie = (maak(f"De Linde {nummer}") for nummer in range(3))
    paren = [(een, twee), (twee, een), (drie, een), (drie, twee), (een, drie), (twee, drie)]
    start = threading.Barrier(len(paren))

    def doe(blijver: Organisatie, ander: Organisatie) -> Any:
        start.wait()
        return voeg_samen(blijver=blijver, ander=ander, door=moderator)

    draden = [Draad(lambda paar=paar: doe(*paar)) for paar in paren]  # type: ignore[misc]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    gelukt = [draad.uitkomst for draad in draden if isinstance(draad.uitkomst, Samenvoeging)]
    geweigerd = [draad.uitkomst for draad in draden if isinstance(draad.uitkomst, str)]
    assert (len(gelukt), len(geweigerd)) == (2, 4)
    zichtbaar = Organisatie.objects.zichtbaar().get()
    assert set(zichtbaar.oude_slugs.values_list("slug", flat=True)) == {
        "de-linde-0", "de-linde-1", "de-linde-2",
    } - {zichtbaar.slug}  # fmt: skip
    assert Organisatie.objects.filter(samengevoegd_met=zichtbaar).count() == 2


def test_de_redactie_die_een_samengevoegde_vermelding_bewaart_wekt_haar_niet_tot_leven(
    twee: tuple[Organisatie, Organisatie], moderator: Gebruiker, settings: Any
) -> None:
    settings.ADMIN_NEEDS_SECOND_FACTOR = False
    client = Client(headers={"sec-fetch-site": "same-origin"})
    client.force_login(moderator)
    adres = f"/beheer/organisaties/organisatie/{twee[1].pk}/change/"
    pagina = client.get(adres)
    data = {
        naam: waarde
        for naam, waarde in pagina.context["adminform"].form.initial.items()
        if isinstance(waarde, (str, int)) and waarde
    }
    for formset in pagina.context["inline_admin_formsets"]:
        for naam, waarde in formset.formset.management_form.initial.items():
            data[f"{formset.formset.prefix}-{naam}"] = waarde
    data |= {"gezien_versie": twee[1].versie, "kort": "Getypt terwijl het werd samengevoegd."}
    antwoord = tijdens_samenvoegen(twee, moderator, lambda: client.post(adres, data))
    ander = Organisatie.objects.get(pk=twee[1].pk)
    assert (ander.status, ander.samengevoegd_met_id) == ("samengevoegd", twee[0].pk)
    assert "intussen aangepast" in antwoord.content.decode()
    assert "Getypt terwijl het werd samengevoegd." in antwoord.content.decode()
