"""Điều hành.

Steering stands above the branches: targets and reports, read from the measures that each branch offers.
"""
