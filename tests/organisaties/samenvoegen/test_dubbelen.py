"""Finding listings that may be one organisation."""

from typing import Any

import pytest
from django.db import connection

from organisaties.actions import dubbelen
from organisaties.models import Dubbelpaar, Dubbelronde, Organisatie
from tests.fabriek import maak_locatie, maak_organisatie

pytestmark = pytest.mark.django_db


def paren() -> set[tuple[str, str]]:
    return set(Dubbelpaar.objects.values_list("een__naam", "ander__naam"))


@pytest.mark.parametrize(
    ("een", "ander", "redenen"),
    [
        ({"naam": "De Linde", "kvk_nummer": "12345678"}, {"naam": "Iets anders", "kvk_nummer": "12345678"},
         ["zelfde KvK-nummer"]),
        ({"naam": "Stichting De Linde", "website": "https://linde.example"},
         {"naam": "De Linde", "website": "http://www.linde.example/contact"}, ["zelfde website", "zelfde naam"]),
        ({"naam": "De Linde", "website": "https://linde.example", "telefoon": "+31301234567"},
         {"naam": "Bureau Noord", "website": "https://linde.example", "telefoon": "+31301234567"},
         ["zelfde website", "zelfde telefoonnummer"]),
    ],
)  # fmt: skip
def test_dit_is_een_paar(een: dict[str, Any], ander: dict[str, Any], redenen: list[str]) -> None:
    eerste, tweede = maak_organisatie(**een), maak_organisatie(**ander)
    assert dubbelen.zoek([tweede.pk]) == 1
    paar = Dubbelpaar.objects.get()
    assert (paar.een, paar.ander, paar.redenen) == (eerste, tweede, redenen)


def test_zelfde_naam_op_hetzelfde_adres_is_een_paar_en_elders_niet() -> None:
    maak_locatie(maak_organisatie(naam="Buurthuis De Linde"))
    hier, elders = maak_organisatie(naam="De Linde Buurthuis"), maak_organisatie(naam="Buurthuis De Linde")
    maak_locatie(hier, straat="lindelaan  12")
    maak_locatie(elders, straat="Dorpsstraat 1", postcode="9712 CP", plaats="Groningen")
    dubbelen.zoek([hier.pk, elders.pk])
    assert paren() == {("Buurthuis De Linde", "De Linde Buurthuis")}


@pytest.mark.parametrize(
    ("een", "ander"),
    [
        ({"website": "https://facebook.com/linde"}, {"website": "https://facebook.com/eik"}),
        ({"kvk_nummer": "12345678", "website": "https://l.example", "telefoon": "+31301234567"},
         {"kvk_nummer": "87654321", "website": "https://l.example", "telefoon": "+31301234567"}),
        ({"bron": "a", "extern_id": "1", "kort": "Eten", "kvk_nummer": "12345678"},
         {"bron": "a", "extern_id": "2", "kort": "Zingen", "kvk_nummer": "12345678"}),
        ({"kvk_nummer": "12345678"}, {"kvk_nummer": "12345678", "status": "gearchiveerd"}),
    ],
)  # fmt: skip
def test_dit_is_geen_paar(een: dict[str, Any], ander: dict[str, Any]) -> None:
    maak_organisatie(naam="De Linde", **een)
    assert dubbelen.zoek([maak_organisatie(naam="Het Zonnehuis", **ander).pk]) == 0


def test_een_paar_dat_opzij_ligt_blijft_opzij() -> None:
    een, ander = (maak_organisatie(naam="De Linde", kvk_nummer="12345678") for _ in range(2))
    dubbelen.zoek([een.pk])
    Dubbelpaar.objects.update(status="niet_dubbel")
    dubbelen.zoek([een.pk, ander.pk])
    assert list(Dubbelpaar.objects.values_list("status", flat=True)) == ["niet_dubbel"]
    assert not dubbelen.te_beoordelen().exists()


def test_de_ronde_gaat_verder_waar_zij_werd_afgebroken() -> None:
    for nummer in range(7):
        maak_organisatie(naam=f"Organisatie {nummer}", kvk_nummer="12345678")
    assert dubbelen.zoek_verder(seconden=-1, pakket=3) == 3
    ronde = Dubbelronde.objects.get()
    assert (ronde.aantal_bekeken, ronde.afgerond_op) == (3, None)
    assert dubbelen.zoek_verder(pakket=3) == 4
    ronde.refresh_from_db()
    assert (ronde.aantal_bekeken, ronde.afgerond_op is not None) == (7, True)
    assert Dubbelpaar.objects.count() == 21
    # What comes later is looked at as it comes.
    maak_organisatie(naam="Nog een", kvk_nummer="12345678")
    assert dubbelen.zoek_verder(pakket=3) == 1
    assert Dubbelpaar.objects.count() == 28


def test_elke_sleutel_wordt_met_een_index_gezocht() -> None:
    Organisatie.objects.bulk_create(
        Organisatie(naam=f"Organisatie {n}", slug=f"o-{n}", kvk_nummer=f"{n:08d}", website=f"https://o{n}.example",
                    telefoon=f"+3130{n:07d}", status="ingediend") for n in range(3000)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE organisaties_organisatie")
        cursor.execute(
            "EXPLAIN " + dubbelen._vraag(),
            {"pks": [Organisatie.objects.first().pk], "mee": ["ingediend"], "hosts": ["facebook.com"]},  # type: ignore[union-attr]
        )
        plan = "\n".join(rij[0] for rij in cursor.fetchall())
    for index in ("kvk", "webdomein", "telefoon", "naamkern"):
        assert f"organisatie_{index}" in plan, plan


def test_een_veelgedeelde_sleutel_maakt_geen_kwadraat() -> None:
    pks = [maak_organisatie(naam=f"Org {n}", kvk_nummer="12345678").pk for n in range(60)]
    assert len(dubbelen.kandidaten(pks[:1])) <= 60
    paren = dubbelen.kandidaten(pks)
    assert len(paren) <= 60 * dubbelen.PER_SLEUTEL
