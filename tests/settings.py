"""The settings under which tests run: the test profile, whatever the shell says.

With the address of a server's superuser in DATABASE_URL alone, the tests make the two roles they need there.
"""

from __future__ import annotations

import os

from tests.safety import servers

os.environ["ANSINH_PROFILE"] = "test"
given = os.environ.get("DATABASE_URL", "")
if given and not os.environ.get("DATABASE_OWNER_URL") and servers.is_superuser(given):
    os.environ |= servers.divided(given)

from ansinh.config.settings import *  # noqa: E402, F403

DEVELOPER = True  # the stories of components are tried like every page
