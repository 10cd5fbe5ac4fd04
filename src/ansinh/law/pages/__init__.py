"""Trang luật: a page for each clause, from the book of law and its cases; ``ansinh law docs`` writes them."""

from ansinh.law.pages.clauses import clause_pages
from ansinh.law.pages.command import main
from ansinh.law.pages.coverage import index_page, unverified_page
from ansinh.law.pages.evidence import Evidence, gather

__all__ = ["Evidence", "clause_pages", "gather", "index_page", "main", "unverified_page"]
