"""What a page carries unseen: the digest of what it shows, which its form sends back."""

from __future__ import annotations

import re
from typing import Any

SEEN = re.compile(r'name="seen" value="([0-9a-f]{64})"')


def seen(answer: Any) -> str:
    """The digest on a page; every form of the page carries the same one."""
    found = set(SEEN.findall(answer.content.decode()))
    assert len(found) == 1, found
    return found.pop()
