"""Thành phần giao diện: the components every page is made of. How each is called: `/ui/` (stories.py).

Templates extend `base.html` and use the components by name, `<c-summary-list :rows="rows" />`; a list shown
as a table is built by `tables.Table` and drawn by `<c-data-table :table="table" />`; form fields that read
money, dates, months and codes the way people type them are in `fields`.
"""
