"""WSGI entry point for gunicorn. Whoever starts it without `ansinh serve` meets the same refusals."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from ansinh.config import guard

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ansinh.config.settings")
application = get_wsgi_application()
if reasons := guard.reasons_not_to_serve():
    raise guard.UnsafeSettings(reasons)
# every page's code is loaded here: threads that answer the first callers would otherwise wait for each other
_ = get_resolver().url_patterns
