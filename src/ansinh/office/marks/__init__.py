"""Mốc đã đọc: what a run has read of the record, and so what was written since, told by no clock.

    columns     the column of the transaction that last wrote a row, and the trigger that keeps it
    adding      the column added to a table that has rows
    marks       a run's mark (the snapshot it read by) and the SQL of what it has not read
    tables      which tables carry the column; rooms declare theirs when they are ready
    restoring   marks and columns made good in another server

A sequence or a clock misses what was under way while a run read and was committed after. A transaction's
number against the run's snapshot does not. Numbers belong to a server: in another one they mean nothing, so a
mark names its server, and `restoring.reset` rewrites both when a record moves.
"""
