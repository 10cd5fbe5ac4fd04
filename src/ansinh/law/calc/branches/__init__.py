"""Các bộ tính theo ngành: a module for each file of the contract, from facts to clauses and back."""
