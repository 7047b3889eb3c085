"""Entry for gunicorn: `gunicorn tiepdan.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiepdan.settings")

application = get_wsgi_application()

# All views are loaded now and stay to the end. Set aside, they no longer cost whoever's request meets the collector's
# full round a tenth of a second.
get_resolver().url_patterns  # noqa: B018 - reading it loads the addresses and their views
gc.collect()
gc.freeze()
