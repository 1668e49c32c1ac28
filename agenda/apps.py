from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """Events and sign-ups; stands on netwerk and organisaties."""

    name = "agenda"
    verbose_name = "Agenda"
