"""Biểu mẫu do cơ quan BHXH lập: the official forms the office issues, as workbooks, and the table export.

Each form is a typed dataclass with `check()`, which verifies the form's own arithmetic and answers a list
of sentences (empty when sound), and a `to_xlsx(form) -> bytes`. Every workbook is built afresh from our own
layouts (`forms/layouts/*.yaml`): the published templates carry hidden working sheets and are never copied.
Source: Quyết định 366/QĐ-BHXH of 29/4/2026 and its guides.
"""
