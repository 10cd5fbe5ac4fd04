"""Trình duyệt: a browser's own description in a few words, e.g. "Chrome · Windows"."""

from __future__ import annotations

# the first that fits: most browsers also call themselves by the names below theirs
BROWSERS = (
    ("coc_coc", "Cốc Cốc"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("HeadlessChrome", "Chrome"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def described(agent: str) -> str:
    """The browser and its system; "" when neither is known."""
    names = (
        next((name for sign, name in BROWSERS if sign in agent), ""),
        next((name for sign, name in SYSTEMS if sign in agent), ""),
    )
    return " · ".join(name for name in names if name)
