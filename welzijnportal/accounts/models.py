"""The person who logs in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from welzijnportal.validators import een_regel


class GebruikerManager(BaseUserManager["Gebruiker"]):
    """Makes accounts; the e-mail address is stored in lower case, so that it is one person's only."""

    def create_user(self, email: str, password: str | None = None, **velden: Any) -> Gebruiker:
        if not email:
            raise ValueError("An account needs an e-mail address.")
        gebruiker = self.model(email=email.strip().lower(), **velden)
        gebruiker.set_password(password)
        gebruiker.save(using=self._db)
        return gebruiker

    def create_superuser(self, email: str, password: str | None = None, **velden: Any) -> Gebruiker:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **velden)

    def get_by_natural_key(self, username: str | None) -> Gebruiker:
        return self.get(email__iexact=username)


class Gebruiker(AbstractBaseUser, PermissionsMixin):
    """A login identity, known by its e-mail address; not a professional's profile.

    Personal data: the address and the name are exported on request and erased with the account.
    """

    email = models.EmailField(
        "e-mailadres", max_length=254, unique=True, error_messages={"unique": "Dit e-mailadres heeft al een account."}
    )
    naam = models.CharField("naam", max_length=100, blank=True, validators=[een_regel])
    is_active = models.BooleanField("actief", default=True)
    is_staff = models.BooleanField("mag in het beheer", default=False)
    aangemaakt_op = models.DateTimeField("aangemaakt op", default=timezone.now, editable=False)

    objects = GebruikerManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="gebruiker_email_uniek",
                violation_error_message="Dit e-mailadres heeft al een account.",
            )
        ]

    def __str__(self) -> str:
        return self.naam or self.email

    def clean(self) -> None:
        self.email = self.email.strip().lower()

    def get_full_name(self) -> str:
        return self.naam

    def get_short_name(self) -> str:
        return self.naam.split(" ")[0] if self.naam else "u"

    @property
    def is_laatste_hoofdbeheerder(self) -> bool:
        """Whether nobody could manage the portal any more without this person."""
        anderen = Gebruiker.objects.filter(is_active=True, is_staff=True, is_superuser=True).exclude(pk=self.pk)
        return self.is_superuser and self.is_active and not anderen.exists()
