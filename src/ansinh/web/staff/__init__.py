"""Màn hình của viên chức: one module a matter; each view reads, asks, acts, answers."""
