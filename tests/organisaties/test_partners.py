from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from organisaties.actions.partners import PartnerFout, beantwoord, beeindig, maak_los, vraag
from organisaties.keuzes import Status
from organisaties.models import Organisatie, Verbinding
from organisaties.weergave.netwerk import groepen, teken_rond
from organisaties.zoeken import ververs
from tests.fabriek import maak_gebruiker, maak_locatie, maak_organisatie

PARTNER, ONDERDEEL = Verbinding.Soort.PARTNER, Verbinding.Soort.ONDERDEEL
PAD = "/organisaties/de-linde/partners/"


def maak(naam: str) -> Organisatie:
    slug = naam.lower().replace(" ", "-")
    return maak_organisatie(naam=naam, slug=slug, beheerder=maak_gebruiker(email=f"b@{slug}.example"))


@pytest.fixture
def linde(db: None) -> Organisatie:
    return maak("De Linde")


@pytest.fixture
def eik(db: None) -> Organisatie:
    return maak("De Eik")


def wie(organisatie: Organisatie) -> Any:
    return organisatie.beheer.first().gebruiker


def verbind(van: Organisatie, naar: Organisatie, **velden: Any) -> Verbinding:
    velden = {"status": "bevestigd", "beantwoord_op": timezone.now(), **velden}
    return Verbinding.objects.create(van=van, naar=naar, **velden)


def test_vragen_en_bevestigen_zet_het_op_beide_paginas(
    client: Any, log_in: Any, linde: Organisatie, eik: Organisatie
) -> None:
    ververs([linde.pk, eik.pk])
    client = log_in(wie(linde))
    html = client.get(PAD, {"q": "eik"}).content.decode()
    assert "De Eik" in html
    assert "Vraag als partner" in html
    client.post(PAD, {"actie": "vraag", "pk": eik.pk, "soort": "partner"})
    assert [bericht.to for bericht in mail.outbox] == [["b@de-eik.example"]]
    assert "De Linde wil op het portaal laten zien dat zij samenwerkt met De Eik" in mail.outbox[0].body
    assert "/organisaties/de-eik/partners/" in mail.outbox[0].body
    assert "Partners" not in client.get("/organisaties/de-linde/").content.decode().split("<main")[1]
    verbinding = Verbinding.objects.get()
    log_in(wie(eik)).post("/organisaties/de-eik/partners/", {"actie": "ja", "pk": verbinding.pk})
    assert [bericht.to for bericht in mail.outbox[1:]] == [["b@de-linde.example"]]
    client.logout()
    for slug, ander in (("de-linde", eik), ("de-eik", linde)):
        deel = client.get(f"/organisaties/{slug}/").content.decode().partition('id="samen"')[2]
        assert f'<li><a href="{ander.get_absolute_url()}">{ander}</a></li>' in deel
        assert '<svg class="net net--round"' in deel


def test_nee_verandert_niets_en_wie_nee_zei_wordt_even_niet_gevraagd(linde: Organisatie, eik: Organisatie) -> None:
    verbinding = vraag(van=linde, naar=eik, soort=PARTNER, door=wie(linde))
    beantwoord(verbinding=verbinding, ja=False, door=wie(eik))
    assert not Verbinding.objects.zichtbaar().exists()
    with pytest.raises(PartnerFout, match="kort geleden niet bevestigd"):
        vraag(van=linde, naar=eik, soort=PARTNER, door=wie(linde))
    Verbinding.objects.update(beantwoord_op=timezone.now() - timedelta(days=91))
    assert vraag(van=linde, naar=eik, soort=PARTNER, door=wie(linde)).status == "gevraagd"


def test_wie_nee_zei_mag_zelf_wel_vragen(linde: Organisatie, eik: Organisatie) -> None:
    beantwoord(verbinding=vraag(van=linde, naar=eik, soort=PARTNER, door=wie(linde)), ja=False, door=wie(eik))
    nieuw = vraag(van=eik, naar=linde, soort=PARTNER, door=wie(eik))
    assert (nieuw.van, nieuw.status, Verbinding.objects.count()) == (eik, "gevraagd", 1)


@pytest.mark.parametrize("kant", ["linde", "eik"])
def test_elke_kant_mag_beeindigen(client: Any, log_in: Any, linde: Organisatie, eik: Organisatie, kant: str) -> None:
    verbinding = verbind(linde, eik)
    deze = {"linde": linde, "eik": eik}[kant]
    log_in(wie(deze)).post(f"{deze.get_absolute_url()}partners/", {"actie": "stop", "pk": verbinding.pk})
    assert not Verbinding.objects.exists()


def test_wie_vroeg_geeft_zelf_geen_antwoord(client: Any, log_in: Any, linde: Organisatie, eik: Organisatie) -> None:
    verbinding = vraag(van=linde, naar=eik, soort=PARTNER, door=wie(linde))
    assert log_in(wie(linde)).post(PAD, {"actie": "ja", "pk": verbinding.pk}).status_code == 404
    verbinding.refresh_from_db()
    assert verbinding.status == "gevraagd"


@pytest.mark.parametrize(("rol", "status"), [("beheerder", 200), ("redacteur", 404), ("", 404)])
def test_wie_de_partners_regelt(
    client: Any, log_in: Any, linde: Organisatie, eik: Organisatie, rol: str, status: int
) -> None:
    persoon = maak_gebruiker()
    if rol:
        linde.beheer.create(gebruiker=persoon, rol=rol)
    client = log_in(persoon)
    assert client.get(PAD).status_code == status
    client.post(PAD, {"actie": "vraag", "pk": eik.pk, "soort": "partner"})
    assert Verbinding.objects.exists() == (status == 200)


def test_een_verbinding_van_anderen_is_niet_te_raken(
    client: Any, log_in: Any, linde: Organisatie, eik: Organisatie
) -> None:
    verbinding = verbind(eik, maak("De Beuk"))
    for actie in ("stop", "ja", "nee"):
        assert log_in(wie(linde)).post(PAD, {"actie": actie, "pk": verbinding.pk}).status_code == 404
    assert Verbinding.objects.exists()


@pytest.mark.parametrize(
    "velden", [{}, {"actie": "x", "pk": "1"}, {"actie": "vraag", "pk": "٣"}, {"actie": "vraag", "pk": "9" * 30}]
)
def test_onzin_doet_niets(
    client: Any, log_in: Any, linde: Organisatie, eik: Organisatie, velden: dict[str, str]
) -> None:
    response = log_in(wie(linde)).post(PAD, velden)
    assert response.status_code in (302, 404)
    assert not Verbinding.objects.exists()


def test_een_onderdeel_vraagt_en_het_geheel_bevestigt(linde: Organisatie, eik: Organisatie) -> None:
    verbinding = vraag(van=linde, naar=eik, soort=ONDERDEEL, door=wie(linde))
    linde.refresh_from_db()
    assert linde.hoort_bij is None
    beantwoord(verbinding=verbinding, ja=True, door=wie(eik))
    linde.refresh_from_db()
    assert linde.hoort_bij == eik
    assert linde.history.first().history_user == wie(eik)
    with pytest.raises(PartnerFout, match="hoort zelf bij"):
        vraag(van=eik, naar=linde, soort=ONDERDEEL, door=wie(eik))
    maak_los(lid=linde, door=wie(eik))
    linde.refresh_from_db()
    assert (linde.hoort_bij, Verbinding.objects.count()) == (None, 0)


def test_een_lid_vraagt_er_een_tegelijk(linde: Organisatie, eik: Organisatie) -> None:
    vraag(van=linde, naar=eik, soort=ONDERDEEL, door=wie(linde))
    with pytest.raises(PartnerFout, match="Er wacht al een vraag"):
        vraag(van=linde, naar=maak("De Beuk"), soort=ONDERDEEL, door=wie(linde))


def test_losmaken_kan_alleen_wie_erbij_hoort(client: Any, log_in: Any, linde: Organisatie, eik: Organisatie) -> None:
    beuk = maak("De Beuk")
    Organisatie.objects.filter(pk=beuk.pk).update(hoort_bij=eik)
    assert log_in(wie(linde)).post(PAD, {"actie": "los", "pk": beuk.pk}).status_code == 404
    client.post(PAD, {"actie": "los", "pk": beuk.pk})
    beuk.refresh_from_db()
    assert beuk.hoort_bij == eik
    log_in(wie(eik)).post("/organisaties/de-eik/partners/", {"actie": "los", "pk": beuk.pk})
    beuk.refresh_from_db()
    assert beuk.hoort_bij is None


def test_vragen_aan_wie_niet_kan_antwoorden(linde: Organisatie, eik: Organisatie) -> None:
    door = wie(linde)
    with pytest.raises(PartnerFout, match="andere organisatie dan de uwe"):
        vraag(van=linde, naar=linde, soort=PARTNER, door=door)
    eik.beheer.all().delete()
    with pytest.raises(PartnerFout, match="niemand kan antwoorden"):
        vraag(van=linde, naar=eik, soort=PARTNER, door=door)
    Organisatie.objects.filter(pk=eik.pk).update(status=Status.CONCEPT)
    with pytest.raises(PartnerFout, match="op het portaal staan"):
        vraag(van=linde, naar=eik, soort=PARTNER, door=door)


@pytest.mark.parametrize(
    ("maak_fout", "naam"),
    [
        (lambda a, b, c: verbind(b, a), "verbinding_een_per_paar"),
        (lambda a, b, c: verbind(a, b, status="gevraagd", beantwoord_op=None), "verbinding_een_per_paar"),
        (lambda a, b, c: verbind(a, a), "verbinding_niet_met_zichzelf"),
        (lambda a, b, c: verbind(a, c, beantwoord_op=None), "verbinding_antwoord_heeft_moment"),
        (lambda a, b, c: verbind(a, c, status="onzin"), "verbinding_antwoord_heeft_moment"),
        (lambda a, b, c: [verbind(a, b, soort="onderdeel") for _ in range(2)], "verbinding_een_vraag_per_ouder"),
        (
            lambda a, b, c: [
                verbind(a, naar, soort="onderdeel", status="gevraagd", beantwoord_op=None) for naar in (b, c)
            ],
            "verbinding_een_open_vraag_per_lid",
        ),
    ],
)
def test_regels_van_een_verbinding(
    linde: Organisatie, eik: Organisatie, maak_fout: Callable[..., Any], naam: str
) -> None:
    verbind(linde, eik)
    beuk = maak("De Beuk")
    with pytest.raises(IntegrityError, match=naam), transaction.atomic():
        maak_fout(linde, eik, beuk)


def tegelijk(*acties: Callable[[], Any]) -> list[Any]:
    start = Barrier(len(acties))

    def doe(actie: Callable[[], Any]) -> Any:
        try:
            start.wait(10)
            return actie()
        except PartnerFout as fout:
            return fout
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acties)) as pool:
        return list(pool.map(doe, acties))


@pytest.mark.django_db(transaction=True)
def test_die_elkaar_tegelijk_vragen_zijn_partners() -> None:
    linde, eik = maak("De Linde"), maak("De Eik")
    een, ander = wie(linde), wie(eik)
    tegelijk(
        lambda: vraag(van=linde, naar=eik, soort=PARTNER, door=een),
        lambda: vraag(van=eik, naar=linde, soort=PARTNER, door=ander),
    )
    assert [verbinding.status for verbinding in Verbinding.objects.all()] == ["bevestigd"]


@pytest.mark.django_db(transaction=True)
def test_ja_en_nee_tegelijk_geeft_een_antwoord() -> None:
    linde, eik = maak("De Linde"), maak("De Eik")
    verbinding, door = vraag(van=linde, naar=eik, soort=PARTNER, door=wie(linde)), wie(eik)
    uitkomst = tegelijk(
        lambda: beantwoord(verbinding=verbinding, ja=True, door=door),
        lambda: beantwoord(verbinding=verbinding, ja=False, door=door),
    )
    fouten = [str(fout) for fout in uitkomst if isinstance(fout, PartnerFout)]
    assert len(fouten) == 1
    assert "al beantwoord" in fouten[0]


@pytest.mark.django_db(transaction=True)
def test_vier_die_in_een_kring_bevestigen_sluiten_hem_niet() -> None:
    rij = [maak(naam) for naam in ("De Linde", "De Eik", "De Beuk", "De Es")]
    vragen = [vraag(van=rij[n], naar=rij[(n + 1) % 4], soort=ONDERDEEL, door=wie(rij[n])) for n in range(4)]
    mensen = [wie(rij[(n + 1) % 4]) for n in range(4)]

    def ja(nummer: int) -> Callable[[], Any]:
        return lambda: beantwoord(verbinding=vragen[nummer], ja=True, door=mensen[nummer])

    uitkomst = tegelijk(*[ja(nummer) for nummer in range(4)])
    assert sum(isinstance(fout, PartnerFout) for fout in uitkomst) == 1
    assert Organisatie.objects.filter(hoort_bij=None).count() == 1


def test_intrekken_terwijl_de_ander_ja_zegt(linde: Organisatie, eik: Organisatie) -> None:
    verbinding = vraag(van=linde, naar=eik, soort=PARTNER, door=wie(linde))
    beeindig(verbinding=verbinding)
    with pytest.raises(PartnerFout, match="ingetrokken"):
        beantwoord(verbinding=verbinding, ja=True, door=wie(eik))


# The network as a whole


def test_het_netwerk_toont_groepen_met_dezelfde_lijst(client: Any, linde: Organisatie, eik: Organisatie) -> None:
    beuk, es, los = maak("De Beuk"), maak("De Es"), maak("De Els")
    verbind(linde, eik)
    verbind(linde, beuk)
    Organisatie.objects.filter(pk=es.pk).update(hoort_bij=beuk)
    verbind(es, los, status="gevraagd", beantwoord_op=None)
    alle, aantal = groepen()
    assert (aantal, [knoop.naam for knoop in alle[0].knopen]) == (1, ["De Beuk", "De Linde", "De Es", "De Eik"])
    response = client.get("/organisaties/netwerk/")
    html = response.content.decode()
    assert "Rond De Beuk" in html
    assert "De Els" not in html
    for een in (linde, eik, beuk, es):
        assert html.count(f'href="{een.get_absolute_url()}"') == 2
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in html


def test_wie_niet_zichtbaar_is_staat_niet_in_het_netwerk(client: Any, linde: Organisatie, eik: Organisatie) -> None:
    verbind(linde, eik)
    Organisatie.objects.filter(pk=eik.pk).update(status=Status.GEARCHIVEERD)
    assert groepen() == ([], 0)
    assert "Er zijn nog geen verbindingen" in client.get("/organisaties/netwerk/").content.decode()
    assert "De Eik" not in client.get("/organisaties/de-linde/").content.decode()


def test_het_netwerk_van_een_gemeente(client: Any, linde: Organisatie, eik: Organisatie) -> None:
    call_command("laad_geodata", verbosity=0)
    beuk, es = maak("De Beuk"), maak("De Es")
    verbind(linde, eik)
    verbind(beuk, es)
    maak_locatie(linde, plaats="Zutphen", gemeente_id="GM0301")
    html = client.get("/organisaties/netwerk/?plaats=zutphen").content.decode()
    assert "De Linde" in html
    assert "De Eik" in html
    assert "De Beuk" not in html
    assert "in de gemeente Zutphen" in html
    assert "nog geen verbindingen" in client.get("/organisaties/netwerk/?plaats=Lochem").content.decode()
    for onbekend in ("Atlantis", "x" * 100, "%00", "' OR 1=1"):
        html = client.get("/organisaties/netwerk/", {"plaats": onbekend}).content.decode()
        assert "De Linde" not in html


def test_de_nummers_van_partners_staan_op_volgorde(linde: Organisatie) -> None:
    for nummer in (3, 1, 2):
        verbind(linde, maak(f"Partner {nummer}"))
    (groep,), _ = groepen()
    assert [buur.nummer for buur in groep.knopen[0].partners] == [2, 3, 4]


@pytest.mark.parametrize("aantal", [1, 3])
def test_het_netwerk_kost_twee_vragen(
    client: Any, linde: Organisatie, aantal: int, django_assert_num_queries: Any
) -> None:
    for nummer in range(aantal):
        verbind(linde, maak(f"Partner {nummer}"))
    with django_assert_num_queries(2):
        client.get("/organisaties/netwerk/")


@pytest.mark.parametrize("aantal", [1, 3])
def test_de_partnerpagina_kost_evenveel_vragen(
    client: Any, log_in: Any, linde: Organisatie, aantal: int, django_assert_num_queries: Any
) -> None:
    for nummer in range(aantal):
        verbind(linde, maak(f"Partner {nummer}"))
        vraag(van=maak(f"Vrager {nummer}"), naar=linde, soort=PARTNER, door=wie(linde))
    client = log_in(wie(linde))
    client.get(PAD)
    with django_assert_num_queries(7):
        client.get(PAD)


def test_de_tekening_is_elke_keer_gelijk_en_ontwapent_namen() -> None:
    partners = [{"naam": f"<b>Partner & {nummer}</b>", "slug": f"p{nummer}"} for nummer in range(12)]
    een, twee = (teken_rond("De Linde", partners, {"naam": "Boven", "slug": "boven"}, []) for _ in range(2))
    assert een == twee
    assert "<b>" not in een
    assert een.count("<a ") == 9
    assert 'aria-hidden="true"' in een
    assert teken_rond("De Linde", [], None, []) == ""


def test_een_groot_netwerk_blijft_klein_en_snel(client: Any, linde: Organisatie) -> None:
    anderen = [
        Organisatie(
            naam=f"Organisatie met een lange naam {n}",
            slug=f"o{n}",
            status="gepubliceerd",
            gepubliceerd_op=timezone.now(),
        )
        for n in range(400)
    ]
    Organisatie.objects.bulk_create(anderen)
    nu = timezone.now()
    Verbinding.objects.bulk_create(
        Verbinding(van=anderen[n], naar=anderen[(n * 7 + 1) % 400], status="bevestigd", beantwoord_op=nu)
        for n in range(0, 400, 3)
        if n != (n * 7 + 1) % 400
    )
    html = client.get("/organisaties/netwerk/").content
    assert len(html) < 40_000
    assert max(len(groep.knopen) for groep in groepen()[0]) <= 20
