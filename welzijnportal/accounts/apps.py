from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts of the people who log in."""

    name = "welzijnportal.accounts"
    label = "accounts"
    verbose_name = "Accounts"
