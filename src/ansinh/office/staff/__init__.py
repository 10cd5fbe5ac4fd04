"""Quản trị: accounts, the rights given to them by two people, the data of units, announced days off."""
