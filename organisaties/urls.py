"""Addresses of the directory, below /organisaties/."""

app_name = "organisaties"

urlpatterns: list[object] = []
