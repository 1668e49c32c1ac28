#!/usr/bin/env python
"""Django's command line; starts the embedded database first when it is the one in use."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "welzijnportal.settings")
    from django.conf import settings
    from django.core.management import execute_from_command_line

    from welzijnportal import embedded

    without_database = {"db", "help", "version", "--help", "--version", "collectstatic", "makemessages"}
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if settings.USES_EMBEDDED_DATABASE and command not in without_database:
        try:
            embedded.hold()
            embedded.start()
            embedded.ensure_database(settings.DATABASES["default"]["NAME"])
        except embedded.EmbeddedError as error:
            sys.exit(f"De database start niet. {error}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
