"""The group of people who moderate, with what they need and no more."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

GROEP = "Moderatoren"
AANPASSEN = (
    "organisatie", "dienst", "locatie", "contactpersoon", "openingstijd", "openingsuitzondering", "beheer", "thema",
    "doelgroep", "synoniemgroep",
)  # fmt: skip
# Listings are archived, themes stand in addresses: those nobody deletes by accident.
VERWIJDEREN = ("dienst", "locatie", "contactpersoon", "openingstijd", "openingsuitzondering", "beheer", "synoniemgroep")
BEKIJKEN = (
    "melding",
    "correctie",
    "voorspraak",
    "verbinding",
    "wijzigingsverzoek",
    "importopdracht",
    "statusstap",
    "samenvoeging",
    "dubbelpaar",
    "overname",
    "nietvermelding",
)
# By name: the app of the networks stands above this one.
NETWERKEN = ["change_netwerk", *(f"view_{model}" for model in ("netwerk", "lidmaatschap", "netwerksteun"))]


def zorg_voor_moderatoren() -> Group:
    """Make the group when it is missing and add the rights it lacks; rights that an admin added stay.

    Whoever is in the group also needs to be staff, and so a second factor. Accounts are no part of it: a
    moderator cannot make somebody else a moderator.
    """
    codes = [f"{doen}_{model}" for model in AANPASSEN for doen in ("view", "add", "change")]
    codes += [f"delete_{model}" for model in VERWIJDEREN] + [f"view_{model}" for model in BEKIJKEN]
    rechten = Permission.objects.filter(
        Q(content_type__app_label="organisaties", codename__in=codes)
        | Q(content_type__app_label="netwerk", codename__in=NETWERKEN)
        | Q(content_type__app_label__in=["geo", "taggit", "django_tasks_database"], codename__startswith="view_")
    )
    groep, _ = Group.objects.get_or_create(name=GROEP)
    groep.permissions.add(*rechten)
    return groep
