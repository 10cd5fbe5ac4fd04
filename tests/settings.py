"""The settings under which tests run: the test profile, whatever the shell says."""

from __future__ import annotations

import os

os.environ["ANSINH_PROFILE"] = "test"

from ansinh.config.settings import *  # noqa: F403
