from django.apps import AppConfig


class OrganisatiesConfig(AppConfig):
    """The directory of organisations that offer help."""

    name = "organisaties"
    verbose_name = "Organisaties"

    def ready(self) -> None:
        from organisaties.actions import persoonsgegevens
        from welzijnportal import privacy

        privacy.registreer(
            "organisaties",
            export=persoonsgegevens.export,
            erase=persoonsgegevens.erase,
            gevolgen=persoonsgegevens.gevolgen,
        )
