"""The settings under which tests run: the test profile, whatever the shell says.

With the address of a server's superuser in DATABASE_URL alone, the tests make the two roles they need there.
Without one they have an embedded server of their own, apart from whatever stands in `var/`: nothing in it is
worth keeping through a power cut, so it does not wait for the disk.
"""

from __future__ import annotations

import os
from pathlib import Path

from tests.safety import servers

from ansinh.config import database

os.environ["ANSINH_PROFILE"] = "test"
given = os.environ.get("DATABASE_URL", "")
if given and not os.environ.get("DATABASE_OWNER_URL") and servers.is_superuser(given):
    os.environ |= servers.divided(given)

if not given:
    os.environ.setdefault("ANSINH_VAR", str(Path.cwd() / "var" / "tests"))
    database.TUNING |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}

from ansinh.config.settings import *  # noqa: E402, F403

DEVELOPER = True  # the stories of components are tried like every page
