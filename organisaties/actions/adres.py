"""Renaming a listing, with an address that keeps working."""

from django.db import transaction

from organisaties.models import Organisatie, OrganisatieSlug
from organisaties.models.organisatie import vrije_slug


@transaction.atomic
def hernoem(*, organisatie: Organisatie, naam: str) -> Organisatie:
    """Give a listing another name and address; the old address is kept and redirects for ever.

    Saves the organisation. A name that gives the same address keeps it.
    """
    organisatie.naam = naam
    nieuw = vrije_slug(naam, behalve=organisatie.pk)
    if nieuw != organisatie.slug:
        # A name may come back: then its old address is the present one again.
        OrganisatieSlug.objects.filter(organisatie=organisatie, slug=nieuw).delete()
        OrganisatieSlug.objects.get_or_create(slug=organisatie.slug, defaults={"organisatie": organisatie})
        organisatie.slug = nieuw
    organisatie.save()
    return organisatie
