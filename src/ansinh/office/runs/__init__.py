"""Kỳ và lượt chạy: the months of the books, and computations over everybody."""
