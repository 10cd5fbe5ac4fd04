"""Các bộ tính theo ngành: one module for each file of the contract, from facts by name to clauses and back."""
