"""Lỗi của sao lưu và khôi phục."""

from __future__ import annotations

from ansinh.kernel.errors import BilingualError


class BackupError(BilingualError):
    """Không sao lưu hoặc không khôi phục được: why, in both languages; nothing was harmed."""
