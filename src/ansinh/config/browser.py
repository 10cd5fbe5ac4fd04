"""Chromium for the browser tests: the machine's own, or Debian's package where it can be installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def find() -> str | None:
    """Path of a Chromium, or None."""
    named = os.environ.get("ANSINH_CHROMIUM")
    return (
        named
        or next((p for n in NAMES if (p := shutil.which(n))), None)
        or next((p for p in MAC if os.path.exists(p)), None)  # noqa: PTH110
    )


def main() -> int:
    """Install Chromium with apt where it is missing and this user may; say so where it cannot be."""
    if find():
        return 0
    if shutil.which("apt-get") and os.geteuid() == 0:
        for words in (["update"], ["install", "-y", "chromium"]):
            command = ["apt-get", "-qq", *words]
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL)  # noqa: S603 -- fixed words
    if find() is None:
        sys.stderr.write(
            "Không có Chromium: kiểm thử trình duyệt sẽ bị bỏ qua / no Chromium: browser tests are left out\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
