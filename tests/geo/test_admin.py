import pytest
from django.contrib import admin
from django.test import RequestFactory

from tests.fabriek import maak_gebruiker
from welzijnportal.geo.models import Gemeente, Plaats, Postcode, Provincie

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Provincie, Gemeente, Plaats, Postcode])
def test_geodata_is_in_het_beheer_alleen_te_lezen(model):
    request = RequestFactory().get("/")
    request.user = maak_gebruiker(email="beheer@voorbeeld.example", is_staff=True, is_superuser=True)
    beheer = admin.site.get_model_admin(model)
    mag = (
        beheer.has_add_permission(request),
        beheer.has_change_permission(request),
        beheer.has_delete_permission(request),
    )
    assert mag == (False, False, False)
    assert beheer.has_view_permission(request)


def test_het_beheer_vindt_een_plaats_bij_haar_andere_naam_eenmaal():
    request = RequestFactory().get("/")
    beheer = admin.site.get_model_admin(Plaats)
    gevonden, dubbel = beheer.get_search_results(request, Plaats.objects.all(), "Ljouwert")
    assert dubbel
    assert [plaats.pk for plaats in gevonden] == ["leeuwarden"]
