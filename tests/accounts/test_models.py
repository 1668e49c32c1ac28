"""Accounts: one address is one person's, however it is written."""

import pytest
from django.db import IntegrityError, transaction

from tests.fabriek import maak_gebruiker
from welzijnportal.accounts.models import Gebruiker

pytestmark = pytest.mark.django_db


def test_een_adres_is_van_een_persoon_ongeacht_hoofdletters() -> None:
    maak_gebruiker(email="anna@voorbeeld.example")
    with pytest.raises(IntegrityError, match="gebruiker_email_uniek"), transaction.atomic():
        Gebruiker.objects.bulk_create([Gebruiker(email="Anna@Voorbeeld.example")])


def test_create_user_bewaart_het_adres_in_kleine_letters() -> None:
    assert Gebruiker.objects.create_user(" Anna@Voorbeeld.EXAMPLE ", "x").email == "anna@voorbeeld.example"


def test_create_user_weigert_een_leeg_adres() -> None:
    with pytest.raises(ValueError, match="needs an e-mail address"):
        Gebruiker.objects.create_user("")


def test_laatste_hoofdbeheerder() -> None:
    een = maak_gebruiker(is_staff=True, is_superuser=True)
    assert een.is_laatste_hoofdbeheerder
    ander = maak_gebruiker(is_staff=True, is_superuser=True, is_active=False)
    assert een.is_laatste_hoofdbeheerder
    Gebruiker.objects.filter(pk=ander.pk).update(is_active=True)
    assert not een.is_laatste_hoofdbeheerder
    assert not maak_gebruiker().is_laatste_hoofdbeheerder
