"""Theo dõi: what a machine asks of the site, whether it can work now and how it is doing.

Asked over a connection of its own, so that a full pool or a page's broken transaction is not the answer, and
never for longer than a bound: who asks has to know soon. Nothing of a person is counted or told.
"""
