"""Says in everyday words which device a browser's name stands for."""

from django import template

register = template.Library()

# In this order: Edge and Opera call themselves Chrome too, and everybody calls themselves Mozilla.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMEN = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


@register.filter
def apparaat(user_agent: str) -> str:
    """'Firefox op Windows' of what a browser calls itself; its own words are never shown."""
    browser = next((naam for merk, naam in BROWSERS if merk in user_agent), "")
    systeem = next((naam for merk, naam in SYSTEMEN if merk in user_agent), "")
    return " op ".join(deel for deel in (browser, systeem) if deel) or "Onbekend apparaat"
