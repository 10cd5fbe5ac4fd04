"""Đăng nhập: password, then for staff a time code; accounts are opened by the office, never by sign-up.

Allauth draws the steps; how attempts are counted, codes used once and sessions ended is `office.signin`.
"""
