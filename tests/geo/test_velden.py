import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from welzijnportal.geo.fields import Afstand, Punt, PuntField, naar_rd
from welzijnportal.geo.models import Gemeente, Plaats, Postcode, Provincie

pytestmark = pytest.mark.django_db
DAM = naar_rd(52.3731, 4.8926)


def test_punt_komt_uit_de_database_zoals_het_erin_ging():
    plaats = Plaats.objects.get(pk="utrecht")
    plaats.punt = (1.5, -2.25)
    plaats.save()
    plaats.refresh_from_db()
    assert plaats.punt == Punt(1.5, -2.25)
    assert Plaats.objects.filter(punt=Punt(1.5, -2.25)).get() == plaats


def test_punt_gaat_heel_door_een_bestand():
    plaats = Plaats.objects.get(pk="utrecht")
    (terug,) = serializers.deserialize("json", serializers.serialize("json", [plaats]))
    assert terug.object.punt == plaats.punt


@pytest.mark.parametrize("onzin", ["", "abc", (1,), (1, 2, 3), ("x", 1), (float("nan"), 1), (float("inf"), 1), 5])
def test_punt_weigert_wat_geen_twee_getallen_zijn(onzin):
    with pytest.raises(ValidationError):
        PuntField().get_prep_value(onzin)


def test_afstand_geeft_kilometers():
    km = Plaats.objects.annotate(km=Afstand("punt", DAM)).get(pk="utrecht").km
    assert km == pytest.approx(35, abs=1)


def test_afstand_kent_ook_kolommen():
    ver = Postcode.objects.annotate(km=Afstand("punt", F("plaats__punt"))).get(pk="1109").km
    assert ver == pytest.approx(11.5, abs=1)


def test_afstand_van_niets_is_niets():
    assert Plaats.objects.annotate(km=Afstand("punt", None)).get(pk="utrecht").km is None


def test_binnen_vindt_wie_binnen_de_straal_ligt():
    gevonden = set(Plaats.objects.filter(soort="woonplaats", punt__binnen=(DAM, 6)).values_list("pk", flat=True))
    echt = {p.pk for p in Plaats.objects.filter(soort="woonplaats") if p.punt.afstand(DAM) <= 6}
    assert gevonden == echt
    assert {"amsterdam"} <= gevonden
    assert "utrecht" not in gevonden


@pytest.mark.parametrize("gebied", [(None, 5), (DAM, None), (DAM, -1), (DAM, float("nan"))])
def test_binnen_zonder_bruikbaar_gebied_vindt_niets(gebied):
    assert list(Plaats.objects.filter(punt__binnen=gebied)) == []


def test_binnen_kent_ook_kolommen():
    assert Postcode.objects.filter(pk__in=["1109", "1012"], punt__binnen=(F("plaats__punt"), 3)).get().pk == "1012"


def test_de_dichtstbijzijnde_komen_uit_de_index():
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE geo_postcode")
    dichtbij = Postcode.objects.annotate(km=Afstand("punt", DAM)).order_by("km")[:5]
    assert "Index Scan using postcode_punt" in dichtbij.explain()
    assert "postcode_punt" in Postcode.objects.filter(punt__binnen=(DAM, 3)).explain()
    assert dichtbij[0].pk == "1012"


@pytest.mark.parametrize(
    ("model", "pk", "velden", "naam"),
    [
        (Provincie, "PV26", {"code": "26"}, "provincie_code_is_cbs_code"),
        (Gemeente, "GM0344", {"code": "0344"}, "gemeente_code_is_cbs_code"),
        (Gemeente, "GM0344", {"breedtegraad": 5.1, "lengtegraad": 52.1}, "gemeente_ligt_in_nederland"),
        (Plaats, "utrecht", {"lengtegraad": 0}, "plaats_ligt_in_nederland"),
        (Plaats, "utrecht", {"soort": "stad"}, "plaats_soort_bestaat"),
        (Postcode, "1012", {"breedtegraad": 0}, "postcode_ligt_in_nederland"),
        (Postcode, "1012", {"pc4": "0123"}, "postcode_is_vier_cijfers"),
    ],
)
def test_de_database_weigert_onmogelijke_gegevens(model, pk, velden, naam):
    with pytest.raises(IntegrityError, match=naam), transaction.atomic():
        model.objects.filter(pk=pk).update(**velden)


def test_een_plaats_heeft_een_andere_naam_maar_eenmaal():
    plaats = Plaats.objects.get(pk="den-haag")
    with pytest.raises(IntegrityError, match="plaatsnaam_eenmaal_per_plaats"), transaction.atomic():
        plaats.andere_namen.create(naam="'s-Gravenhage", zoeksleutel="sgravenhage")
