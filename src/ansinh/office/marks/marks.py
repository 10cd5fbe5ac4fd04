"""Mốc của một lượt chạy: the snapshot it read by, and the SQL of what it has not read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.db import connection

from ansinh.office.marks.columns import BEFORE
from ansinh.office.runs.models import Run

SNAPSHOT: Final = "pg_current_snapshot()::text"
SERVER: Final = "(SELECT system_identifier::text FROM pg_control_system())"
TAKEN: Final = f"SELECT {SNAPSHOT}, {SERVER}"
"""The first query of whoever freezes: what `kept` is to keep with the run."""
# nothing of this server to be seen bears a higher number, but what another server wrote may
NEWEST: Final = "greatest(pg_snapshot_xmax(pg_current_snapshot()), pg_current_xact_id_if_assigned())"
_FORM = re.compile(r"(\d+):\d+:[\d,]*")


@dataclass(frozen=True, slots=True)
class Mark:
    """Mốc đã đọc: a run's snapshot, "" where none was kept; `here` when its numbers are this server's."""

    snapshot: str
    here: bool

    def unread(self, written: str) -> str:
        """SQL: that the run has not read what the transaction in the column `written` wrote.

        Of this server: what its snapshot did not see, late commits among it; an index finds it. Of another
        server, nobody having set marks and numbers again: what the snapshot did not see and whatever may have
        been written here since, which is too much rather than too little. Numbers above this server's own
        came with a restored record; the first run here has read them, and later ones pass over them.
        """
        found = _FORM.fullmatch(self.snapshot)
        if found is None:
            return f"({written} > '{BEFORE}'::xid8)"
        unseen = f"NOT pg_visible_in_snapshot({written}, '{self.snapshot}'::pg_snapshot)"
        if self.here:
            return f"({written} >= '{found[1]}'::xid8 AND {written} <= {NEWEST} AND {unseen})"
        return f"({written} > '{BEFORE}'::xid8 AND ({written} <= {NEWEST} OR {unseen}))"


def kept(snapshot: str, server: str) -> dict[str, str]:
    """What a run keeps of `TAKEN`, among its frozen facts."""
    return {"snapshot": snapshot, "server": server}


def mark_of(run: Run) -> Mark:
    """The mark of a run that has read. It is not of here when the record was restored into this server."""
    snapshot, server = str(run.frozen.get("snapshot", "")), str(run.frozen.get("server", ""))
    if not _FORM.fullmatch(snapshot):
        return Mark("", here=False)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT {SERVER} = %s
                   AND pg_snapshot_xmax(%s::pg_snapshot) <= pg_snapshot_xmax(pg_current_snapshot())""",
            [server, snapshot],
        )
        return Mark(snapshot, here=bool(cursor.fetchone()[0]))
