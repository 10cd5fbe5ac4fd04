"""Tính chế độ: any calculator of the law as a page: its facts as a form, every step of its answer."""
