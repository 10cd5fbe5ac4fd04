"""What goes out after a month's run: C12-TS, D09-TS, 01-ĐĐ, and the lists C69a, C83a, B10a, D15."""
