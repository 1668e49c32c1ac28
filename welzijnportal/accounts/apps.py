from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts of the people who log in."""

    name = "welzijnportal.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from welzijnportal import privacy
        from welzijnportal.accounts import privacy as eigen

        privacy.registreer("account", export=eigen.export, erase=eigen.erase)
