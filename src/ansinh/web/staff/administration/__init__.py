"""Quản trị: accounts, rights, units, the calendar, alerts; each page for whoever holds its verb."""
