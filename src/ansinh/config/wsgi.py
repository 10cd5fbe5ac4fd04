"""WSGI entry point for gunicorn. Whoever starts it without `ansinh serve` meets the same refusals."""

from __future__ import annotations

import gc
import math
import os

import django
from django.conf import settings
from django.urls import get_resolver

from ansinh.config import database, guard

COLLECTED = (20_000, 20, 20)  # objects of a few pages

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ansinh.config.settings")
django.setup(set_prefix=False)
# a web process that begins while the database is away waits for it: to end would end the whole site
database.wait(settings.DATABASES["default"], seconds=math.inf)
if reasons := guard.reasons_not_to_serve():
    raise guard.UnsafeSettings(reasons)

from ansinh.web.shield import Site  # noqa: E402 -- after the settings are read
from ansinh.web.watch import counted  # noqa: E402 -- as above

application = Site()
counted.histogram()  # before there are threads, which would make one each
# every page's code is loaded here: threads that answer the first callers would otherwise wait for each other
_ = get_resolver().url_patterns
# what was loaded stays for good: it is not looked through again and again for what a page left behind
gc.collect()
gc.freeze()
gc.set_threshold(*COLLECTED)
