"""Chuỗi niêm phong: rows that are only ever added to are sealed, link after link, so that a change shows.

Writers know nothing of it: a row carries the number of its transaction, and a sealer beside them takes what
no transaction under way can add to any more. A link holds the digest of its rows and of the link before.
"""

from __future__ import annotations
