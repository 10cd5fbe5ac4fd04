"""Trang luật: an overview and a page for each clause, from the book of law and its cases."""

from ansinh.law.pages.command import main

__all__ = ["main"]
