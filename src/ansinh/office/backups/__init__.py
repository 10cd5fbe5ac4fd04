"""Sao lưu và khôi phục: the whole record in a folder elsewhere, and back into an empty place.

A place (`place`) holds many backups and, once for all of them, the files they name by digest. A backup is a
folder with the database as pg_dump writes it, the heads of the sealed chains, and a manifest that says what
is in it and what is not. Keys never lie there (`keys`). `ansinh backup`, `ansinh restore`.
"""
