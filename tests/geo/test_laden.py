from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import F

from welzijnportal.geo.models import Gemeente, Plaats, Plaatsnaam, Postcode, Provincie

pytestmark = pytest.mark.django_db


def test_heel_nederland_is_geladen():
    assert Provincie.objects.count() == 12
    assert Gemeente.objects.count() == 342
    assert Postcode.objects.count() == 4083
    assert Plaats.objects.filter(soort="woonplaats").count() == 2461


def test_gemeenten_dragen_de_namen_van_het_cbs():
    namen = dict(
        Gemeente.objects.filter(code__in=["GM0518", "GM0796", "GM0373", "GM0893", "GM1900"]).values_list("code", "naam")
    )
    assert namen == {
        "GM0373": "Bergen (NH.)",
        "GM0518": "'s-Gravenhage",
        "GM0796": "'s-Hertogenbosch",
        "GM0893": "Bergen (L.)",
        "GM1900": "Súdwest-Fryslân",
    }
    assert not Gemeente.objects.filter(naam__startswith="Gemeente").exists()


def test_elke_gemeente_heeft_een_woonplaats():
    assert not Gemeente.objects.exclude(plaatsen__soort="woonplaats").exists()


def test_provincie_en_gemeente_van_een_plaats_kloppen_met_elkaar():
    assert not Plaats.objects.exclude(provincie=F("gemeente__provincie")).exists()
    assert not Postcode.objects.exclude(gemeente=F("plaats__gemeente")).exists()


@pytest.mark.parametrize(
    ("pc4", "plaats", "gemeente"),
    [
        ("1097", "Amsterdam", "Amsterdam"),
        ("2511", "Den Haag", "'s-Gravenhage"),
        ("7083", "Voorst", "Oude IJsselstreek"),
        ("9828", "Oostwold", "Westerkwartier"),
        ("5721", "Asten", "Asten"),
        ("3755", "Eemnes", "Eemnes"),
        ("4871", "Etten-Leur", "Etten-Leur"),
        ("8891", "Midsland", "Terschelling"),
    ],
)
def test_postcode_ligt_in_de_goede_gemeente(pc4, plaats, gemeente):
    postcode = Postcode.objects.select_related("plaats", "gemeente").get(pk=pc4)
    assert (postcode.plaats.naam, postcode.gemeente.naam) == (plaats, gemeente)


def test_nog_eens_laden_verandert_niets_en_herstelt_wat_afwijkt():
    voor = list(Plaats.objects.order_by("pk").values()), list(Postcode.objects.order_by("pk").values())
    Plaats.objects.filter(pk="utrecht").update(naam="Utereg", punt=(1, 1))
    Plaatsnaam.objects.create(plaats_id="utrecht", naam="Utereg", zoeksleutel="utereg")
    Plaats.objects.create(
        slug="weg", naam="Weg", weergavenaam="Weg", zoeksleutel="weg", gemeente_id="GM0344", provincie_id="PV26",
        breedtegraad=52.1, lengtegraad=5.1, punt=(136, 456),
    )  # fmt: skip
    uit = StringIO()
    call_command("laad_geodata", stdout=uit)
    assert (list(Plaats.objects.order_by("pk").values()), list(Postcode.objects.order_by("pk").values())) == voor
    assert not Plaatsnaam.objects.filter(naam="Utereg").exists()
    assert "postcodes: 4083" in uit.getvalue()
