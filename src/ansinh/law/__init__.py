"""Pháp luật thành thư viện: every clause once, as plain Python beside its dated, cited parameters.

`engine` gives provisions, the parameter book, explanations and columns; each branch of the law is a folder of
its own with `parameters.yaml` beside its rules. Nothing here knows Django, a clock or a database of ours.
"""
