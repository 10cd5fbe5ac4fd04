"""Đăng nhập: waits after wrong attempts, codes used once, sealed secrets, sessions, invitations.

What must hold on every process at once is a row with a constraint, never a cache of one process.
"""
