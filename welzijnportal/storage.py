"""Where static files come from in production."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticStorage(CompressedManifestStaticFilesStorage):
    """Also hashes what a script imports, so that a part of a script is never older than the script itself."""

    support_js_module_import_aggregation = True
