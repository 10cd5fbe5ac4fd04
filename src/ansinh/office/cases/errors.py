"""Không làm được với hồ sơ: why, in both languages, with a stable code."""

from __future__ import annotations

from ansinh.kernel.errors import BilingualError


class CaseError(BilingualError):
    """Không làm được với hồ sơ này: code ``case.…``."""


class ProcedureError(BilingualError):
    """Thủ tục khai báo sai: every fault of the file, a line each."""
