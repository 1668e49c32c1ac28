from django.apps import AppConfig


class WelzijnportalConfig(AppConfig):
    """The portal's ground and roof: commands, template tags, shared pages."""

    name = "welzijnportal"
    verbose_name = "Welzijnportal"
