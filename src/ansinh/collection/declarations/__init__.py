"""Employers' lists in: read, checked against the record, previewed in people and money, booked.

receive   a file or a typed grid → rows, every problem by its cell, what would change
book      the same plan made again under locks, written in a constant number of statements
"""
