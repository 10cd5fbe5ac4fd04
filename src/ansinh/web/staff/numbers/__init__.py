"""Sổ văn bản: series of official numbers, as an auditor reads them."""
