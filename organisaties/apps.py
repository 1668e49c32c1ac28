from django.apps import AppConfig


class OrganisatiesConfig(AppConfig):
    """The directory of organisations that offer help."""

    name = "organisaties"
    verbose_name = "Organisaties"
