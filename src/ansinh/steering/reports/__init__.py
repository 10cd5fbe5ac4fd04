"""Báo cáo kỳ: reports of a month, quarter or year, made of the measures that the branches offer.

Here are the forms that sum up units for those above them (C69b, C83b, B01-B04, B06). The month's own lists
of an employer and its people (C12-TS, C69a-HD, C83a-HD, D09-TS) are the branch's books, shown to whoever may
read those people: they stay with `collection.notices.papers`.
"""
