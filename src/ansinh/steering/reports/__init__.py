"""Báo cáo kỳ: reports of a month, quarter or year, read from the books."""
