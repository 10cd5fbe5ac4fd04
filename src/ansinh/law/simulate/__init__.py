"""Thử cải cách: the law against a reform of it, over a whole population: who wins, who loses, the cost."""
