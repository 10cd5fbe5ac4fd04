"""Cảnh báo: numbers that do not match are counted, slowed down, stopped, and told to the administrator.

admit        before numbers are checked: refused while somebody has to wait, or is stopped
mismatched   after a check: how many did not match; counted once the request is over
lift         an administrator looked into it
"""
