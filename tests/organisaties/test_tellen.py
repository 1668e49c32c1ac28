from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.core.cache.backends.db import DatabaseCache
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from organisaties.actions import tellen
from organisaties.actions.tellen import ruim_tellingen_op, tel, woorden_van
from organisaties.keuzes import Status
from organisaties.models import Dagtelling, Organisatie, Telsoort, Woord, Woordtelling
from organisaties.zoeken.vraag import Verbetering, Zoekresultaat
from tests.fabriek import maak_gebruiker, maak_moderator, maak_organisatie
from welzijnportal import onderhoud

pytestmark = pytest.mark.django_db
EIGEN = {"Sec-Fetch-Site": "same-origin", "User-Agent": "Mozilla/5.0 Firefox/140.0"}


def stuur(client: Any, tekst: str = "", *, soort: str = "application/x-www-form-urlencoded", **kop: str) -> Any:
    return client.post("/tel/", tekst, content_type=soort, headers={**EIGEN, **kop})


def geteld() -> set[tuple[str, str, int]]:
    return {(t.organisatie.slug, t.soort, t.aantal) for t in Dagtelling.objects.select_related("organisatie")}


@pytest.fixture
def linde() -> Organisatie:
    return maak_organisatie(naam="De Linde", slug="de-linde")


@pytest.mark.parametrize("soort", Telsoort.values)
def test_elke_soort_wordt_per_dag_geteld(client: Any, linde: Organisatie, soort: str) -> None:
    with time_machine.travel(datetime(2026, 11, 3, 23, 50, tzinfo=ZoneInfo("Europe/Amsterdam")), tick=False) as klok:
        antwoorden = [stuur(client, f"soort={soort}&wie=de-linde") for _ in range(2)]
        klok.shift(timedelta(minutes=20))
        antwoorden.append(stuur(client, f"soort={soort}&wie=de-linde"))
    assert [(a.status_code, a.content, dict(a.cookies)) for a in antwoorden] == [(204, b"", {})] * 3
    assert set(Dagtelling.objects.values_list("organisatie", "dag", "soort", "aantal")) == {
        (linde.pk, date(2026, 11, 3), soort, 2),
        (linde.pk, date(2026, 11, 4), soort, 1),
    }


def test_een_lijst_telt_in_een_opdracht(client: Any, linde: Organisatie, django_assert_num_queries: Any) -> None:
    namen = ["de-linde", *(maak_organisatie(slug=f"club-{n}").slug for n in range(19))]
    Woord.objects.create(woord="~taalles", aantal=1)
    with django_assert_num_queries(1):
        stuur(client, f"soort=getoond&wie={','.join(namen)}&woorden=taalles")
    assert geteld() == {(naam, "getoond", 1) for naam in namen}
    assert Woordtelling.objects.filter(woord="taalles", aantal=1).count() == 20


def test_alleen_wat_gepubliceerd_is_telt(client: Any) -> None:
    gewoon = sorted(set(Status.values) - {"samengevoegd"})
    for status in gewoon:
        maak_organisatie(slug=status, status=status)
    stuur(client, f"soort=getoond&wie={','.join(gewoon)},bestaat-niet,gepubliceerd")
    assert geteld() == {("gepubliceerd", "getoond", 1)}


@pytest.mark.parametrize(
    "lichaam",
    [
        "",
        "soort=&wie=de-linde",
        "soort=gekocht&wie=de-linde",
        "soort=geopend",
        "soort=geopend&wie=",
        "soort=geopend&wie=De Linde",
        "soort=geopend&wie=de-linde%00",
        "soort=geopend&wie=de-linde'--",
        "soort=geopend%00&wie=de-linde",
        "soort=geopend&wie=de-linde&woorden=%ff%fe",
        "soort=getoond&wie=de-linde&woorden=Jan+Jansen",
        "soort=getoond&wie=de-linde&woorden=3511ab",
        "soort=getoond&wie=de-linde&woorden=%00",
        f"soort=getoond&wie=de-linde&woorden={'a' * 300}",
        f"soort=geopend&wie={'a' * 141}",
        f"soort=geopend&wie={','.join(['de-linde'] * 600)}",
        f"soort=geopend&wie=de-linde&x={'y' * 7000}",
        "&".join(["soort=geopend&wie=de-linde"] * 1500),
        "soort=geopend&wie[]=de-linde",
        "\x00\xff\xfe",
    ],
)
def test_vreemde_inhoud_telt_niet_en_breekt_niets(client: Any, linde: Organisatie, lichaam: str) -> None:
    assert stuur(client, lichaam).status_code == 204
    assert not Dagtelling.objects.exists()
    assert not Woordtelling.objects.exists()
    stuur(client, "soort=geopend&wie=de-linde")
    assert geteld() == {("de-linde", "geopend", 1)}


@pytest.mark.parametrize("soort", ["application/json", "multipart/form-data; boundary=x", "text/plain", ""])
def test_ander_soort_inhoud_telt_niet(client: Any, linde: Organisatie, soort: str) -> None:
    assert stuur(client, "soort=geopend&wie=de-linde", soort=soort).status_code == 204
    assert not Dagtelling.objects.exists()


def test_van_een_andere_site_telt_niet(client: Any, linde: Organisatie) -> None:
    for plaats in ("cross-site", "same-site"):
        assert stuur(client, "soort=geopend&wie=de-linde", **{"Sec-Fetch-Site": plaats}).status_code == 403
    assert not Dagtelling.objects.exists()


def test_lezen_telt_niet(client: Any, linde: Organisatie) -> None:
    for methode in (client.get, client.head, client.put, client.delete):
        assert methode("/tel/?soort=geopend&wie=de-linde", headers=EIGEN).status_code == 405
    client.get("/organisaties/de-linde/")
    assert not Dagtelling.objects.exists()


@pytest.mark.parametrize(
    "programma", ["Googlebot/2.1", "facebookexternalhit preview", "curl/8.1", "python-httpx/1", "my-crawler"]
)
def test_programmas_tellen_niet(client: Any, linde: Organisatie, programma: str) -> None:
    stuur(client, "soort=geopend&wie=de-linde", **{"User-Agent": programma})
    assert not Dagtelling.objects.exists()


def test_wie_de_vermelding_bijhoudt_telt_niet(log_in: Any, vreemde: Any) -> None:
    beheerder, redacteur = maak_gebruiker(), maak_gebruiker()
    maak_organisatie(slug="de-linde", beheerder=beheerder, redacteur=redacteur)
    maak_organisatie(slug="de-es")
    for wie in (beheerder, redacteur, maak_moderator()):
        stuur(log_in(wie), "soort=getoond&wie=de-linde,de-es")
    assert geteld() == {("de-es", "getoond", 2)}
    stuur(log_in(vreemde), "soort=getoond&wie=de-linde,de-es")
    assert geteld() == {("de-es", "getoond", 3), ("de-linde", "getoond", 1)}


def test_een_bezoeker_telt_niet_eindeloos(client: Any, linde: Organisatie) -> None:
    with time_machine.travel(datetime(2026, 11, 3, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))) as klok:
        for _ in range(15):
            stuur(client, "soort=gebeld&wie=de-linde")
        stuur(client, "soort=geopend&wie=de-linde")
        assert geteld() == {("de-linde", "gebeld", 10), ("de-linde", "geopend", 1)}
        tel(soort=Telsoort.GEBELD, slugs=["de-linde"], adres="192.0.2.9")
        assert geteld() == {("de-linde", "gebeld", 11), ("de-linde", "geopend", 1)}
        klok.shift(timedelta(days=1))
        stuur(client, "soort=gebeld&wie=de-linde")
    assert geteld() == {("de-linde", "gebeld", 11), ("de-linde", "geopend", 1), ("de-linde", "gebeld", 1)}


def test_een_bezoeker_telt_niet_te_snel(client: Any) -> None:
    for nummer in range(8):
        maak_organisatie(slug=f"club-{nummer}")
    with time_machine.travel(datetime(2026, 11, 3, 12, tzinfo=ZoneInfo("Europe/Amsterdam")), tick=False) as klok:
        for nummer in range(70):
            stuur(client, f"soort=geopend&wie=club-{nummer % 8}")
        assert sum(aantal for _, _, aantal in geteld()) == 60
        klok.shift(timedelta(minutes=1))
        stuur(client, "soort=geopend&wie=club-7")
        assert sum(aantal for _, _, aantal in geteld()) == 61


def test_verzonnen_namen_vullen_het_geheugen_niet() -> None:
    with time_machine.travel(datetime(2026, 11, 3, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))) as klok:
        for ronde in range(70):
            tel(soort=Telsoort.GETOOND, slugs=[f"x{ronde}-{n}" for n in range(40)], adres="192.0.2.1")
            klok.shift(timedelta(seconds=30))
        maat = max(len(waarde) for waarde in cache._cache.values())  # type: ignore[attr-defined]
    assert maat < 60_000


def test_het_adres_wordt_niet_bewaard_en_is_na_de_dag_niet_meer_te_vinden(settings: Any) -> None:
    maak_organisatie(slug="de-linde")
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
    dag = datetime(2026, 11, 3, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
    with time_machine.travel(dag, tick=False):
        tel(soort=Telsoort.GEBELD, slugs=["de-linde"], adres="192.0.2.77")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value, expires FROM cache WHERE cache_key LIKE '%%tellen%%'")
        rijen = cursor.fetchall()
    assert len(rijen) == 2
    for sleutel, waarde, verloopt in rijen:
        assert "192.0.2.77" not in sleutel + waarde
        assert verloopt.astimezone(ZoneInfo("Europe/Amsterdam")) <= datetime(
            2026, 11, 4, 0, 0, 2, tzinfo=ZoneInfo("Europe/Amsterdam")
        )


def test_onderhoud_wist_wat_verlopen_is_uit_de_cache(settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
    opslag = DatabaseCache("cache", {})
    opslag.set("adres:192.0.2.77", 1, -5)
    opslag.set("blijft", 1, 600)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache WHERE cache_key LIKE '%%192.0.2.77%%'")
        stond_er = cursor.fetchone()[0]
        onderhoud.ruim_cache_op(cursor)
        cursor.execute("SELECT count(*) FROM cache WHERE cache_key LIKE '%%192.0.2.77%%'")
        assert (stond_er, cursor.fetchone()[0], opslag.get("blijft")) == (1, 0, 1)


def test_alleen_woorden_van_de_zoekindex_blijven(linde: Organisatie) -> None:
    Woord.objects.bulk_create(
        [
            Woord(woord="~taalles", aantal=1),
            Woord(woord="~schuld", aantal=4),
            Woord(woord="~humanitas", aantal=3),
            Woord(woord="~jansen", aantal=2),
            Woord(woord="~verdwenen", aantal=0),
        ]
    )
    woorden = ["taalles", "schulden", "humanitas", "jansen", "pietersma", "verdwenen"]
    tel(soort=Telsoort.GETOOND, slugs=["de-linde"], adres="192.0.2.1", woorden=woorden)
    tel(soort=Telsoort.GETOOND, slugs=["de-linde"], adres="192.0.2.1", woorden=["taalles", "taalles"])
    tel(soort=Telsoort.GEOPEND, slugs=["de-linde"], adres="192.0.2.1", woorden=["taalles"])
    assert set(Woordtelling.objects.values_list("woord", "aantal")) == {
        ("taalles", 2),
        ("schulden", 1),
        ("humanitas", 1),
    }


@pytest.mark.parametrize(
    ("tekst", "verbeterd", "onbekend", "woorden"),
    [
        ("Taalles in Utrecht", {}, [], ["taalles", "utrecht"]),
        ("hulp bij schulden", {}, [], ["schulden"]),
        ("tallles", {"tallles": "taalles"}, [], ["taalles"]),
        ("taalles xqzzy", {}, ["xqzzy"], ["taalles"]),
        ("06-12345678 3511ab schulden", {}, [], ["schulden"]),
        ("", {}, [], []),
    ],
)
def test_woorden_van_een_vraag(tekst: str, verbeterd: dict[str, str], onbekend: list[str], woorden: list[str]) -> None:
    resultaat = Zoekresultaat(verbeterd=[Verbetering(*paar) for paar in verbeterd.items()], onbekend=onbekend)
    assert woorden_van(tekst, resultaat) == woorden


@pytest.mark.django_db(transaction=True)
def test_tellingen_die_samenvallen_kloppen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tellen, "PER_MINUUT", 10_000)
    slugs = [maak_organisatie(slug=f"club-{n}").slug for n in range(12)]
    Woord.objects.bulk_create([Woord(woord="~taalles", aantal=1), Woord(woord="eten", aantal=1)])

    def bezoek(nummer: int) -> None:
        try:
            # Everybody gives the listings in another order.
            volgorde = slugs[nummer % 12 :] + slugs[: nummer % 12]
            if nummer % 2:
                volgorde.reverse()
            woorden = ["taalles", "eten"] if nummer % 3 else ["eten", "taalles"]
            tel(soort=Telsoort.GETOOND, slugs=volgorde, adres=f"192.0.2.{nummer}", woorden=woorden)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(bezoek, range(120)))
    assert geteld() == {(slug, "getoond", 120) for slug in slugs}
    assert set(Woordtelling.objects.values_list("aantal", flat=True)) == {120}
    assert Woordtelling.objects.count() == 24


@pytest.mark.django_db(transaction=True)
def test_tellen_wacht_niet_op_wie_de_vermelding_bewerkt(linde: Organisatie) -> None:
    def bezoek() -> int:
        try:
            return tel(soort=Telsoort.GEOPEND, slugs=["de-linde"], adres="192.0.2.1")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        Organisatie.objects.select_for_update().get(pk=linde.pk)
        assert pool.submit(bezoek).result(timeout=5) == 1


def test_dagen_worden_maanden_en_verdwijnen(linde: Organisatie) -> None:
    def zet(dag: date, aantal: int) -> None:
        Dagtelling.objects.create(organisatie=linde, dag=dag, soort="getoond", aantal=aantal)
        Woordtelling.objects.create(organisatie=linde, dag=dag, woord="taalles", aantal=aantal)

    for dag, aantal in (
        (date(2025, 10, 31), 1),
        (date(2025, 11, 1), 2),
        (date(2025, 11, 30), 4),
        (date(2026, 9, 1), 8),
        (date(2026, 9, 2), 16),
        (date(2026, 10, 13), 32),
        (date(2026, 10, 14), 64),
        (date(2026, 11, 23), 128),
    ):
        zet(dag, aantal)
    verwacht = {
        (date(2025, 11, 1), 6),
        (date(2026, 9, 1), 24),
        (date(2026, 10, 1), 32),
        (date(2026, 10, 14), 64),
        (date(2026, 11, 23), 128),
    }
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))):
        for _ in range(2):
            ruim_tellingen_op()
            assert set(Dagtelling.objects.values_list("dag", "aantal")) == verwacht
            assert set(Woordtelling.objects.values_list("dag", "aantal")) == verwacht


def test_opruimen_wist_wat_van_niemand_meer_is(linde: Organisatie) -> None:
    for sleutel in (linde.pk, linde.pk + 1000):
        Dagtelling.objects.create(organisatie_id=sleutel, dag=timezone.localdate(), soort="getoond", aantal=1)
        Woordtelling.objects.create(organisatie_id=sleutel, dag=timezone.localdate(), woord="taalles", aantal=1)
    ruim_tellingen_op()
    assert Dagtelling.objects.get().organisatie_id == Woordtelling.objects.get().organisatie_id == linde.pk


def test_verwijderen_neemt_de_tellingen_mee(linde: Organisatie) -> None:
    Dagtelling.objects.create(organisatie=linde, dag=timezone.localdate(), soort="getoond", aantal=1)
    Woordtelling.objects.create(organisatie=linde, dag=timezone.localdate(), woord="taalles", aantal=1)
    linde.delete()
    assert not Dagtelling.objects.exists()
    assert not Woordtelling.objects.exists()


@pytest.mark.parametrize(
    ("model", "velden", "naam"),
    [
        (Dagtelling, {"soort": "getoond", "aantal": 0}, "dagtelling_aantal_is_positief"),
        (Dagtelling, {"soort": "gekocht"}, "dagtelling_soort_bestaat"),
        (Dagtelling, {"soort": "geopend"}, "dagtelling_eenmaal_per_dag"),
        (Woordtelling, {"woord": "taalles", "aantal": 0}, "woordtelling_aantal_is_positief"),
        (Woordtelling, {"woord": "3511ab"}, "woordtelling_woord_is_een_woord"),
        (Woordtelling, {"woord": "eten"}, "woordtelling_eenmaal_per_dag"),
    ],
)
def test_de_database_weigert(linde: Organisatie, model: Any, velden: dict[str, Any], naam: str) -> None:
    dag = date(2026, 11, 3)
    Dagtelling.objects.create(organisatie=linde, dag=dag, soort="geopend")
    Woordtelling.objects.create(organisatie=linde, dag=dag, woord="eten")
    with pytest.raises(IntegrityError, match=naam), transaction.atomic():
        model.objects.create(organisatie=linde, dag=dag, **velden)
