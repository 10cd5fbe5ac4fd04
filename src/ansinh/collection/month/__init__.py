"""The month's run: dues (C69a), allocation (C83a), charges, what stays open, statements (C12), ledger.

    freeze    one snapshot of the record → Parquet files of the run
    compute   dues → items → allocation → charges → closing, over columns, from those files alone
    post      the differences to what earlier runs of the month posted, in one transaction

A run killed before `post` leaves nothing; run again with nothing changed, it posts nothing.
"""

KIND = "collection.month"
"""The kind of run that computes a month."""
