from django.apps import AppConfig


class GeoConfig(AppConfig):
    """Provinces, municipalities, places and postcodes of the Netherlands, and the map."""

    name = "welzijnportal.geo"
    label = "geo"
    verbose_name = "Plaatsen en postcodes"
