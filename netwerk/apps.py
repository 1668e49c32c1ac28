from django.apps import AppConfig


class NetwerkConfig(AppConfig):
    """Professionals and their networks, conversations, messages and contacts."""

    name = "netwerk"
    verbose_name = "Netwerk"

    def ready(self) -> None:
        """Register each noun's share of privacy and of the daily round; one block of lines for each noun."""
