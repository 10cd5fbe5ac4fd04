"""Số đo của thu: named figures over the books, by unit, month and fund, that steering reads.

Each is one statement over a subtree of units, whatever its size. What an official form makes of them is the
business of the reports; the month's own lists of one employer (C12-TS, C69a-HD, C83a-HD) are books of the
branch and stay with its papers.
"""
