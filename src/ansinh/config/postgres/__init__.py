"""Máy chủ Postgres nhúng: the programs of a wheel, started, watched and stopped by us.

Every process that needs the server holds a shared lock beside the data folder (`lease`). One process, the
warden, is the server's parent: it starts it again when it dies, and stops it once nobody holds the lock.
A lock ends with its process, however that ended, so nothing is left running and no list has to be kept.
"""
