from django.apps import AppConfig


class NetwerkConfig(AppConfig):
    """Networks of professionals; stands on organisaties."""

    name = "netwerk"
    verbose_name = "Netwerk"
