"""The production profile refuses to start when it would not be safe."""

from __future__ import annotations


class UnsafeSettings(SystemExit):
    """Cấu hình không an toàn: every reason at once, in Vietnamese and English."""


def refuse_unsafe(
    *, profile: str, default_secret: bool, debug: bool, secure_cookies: bool, hosts: list[str]
) -> None:
    """Raise `UnsafeSettings` in the production profile on a default secret, debug, or insecure cookies."""
    if profile not in {"demo", "test", "production"}:
        raise UnsafeSettings(f"ANSINH_PROFILE={profile}: demo | test | production")
    if profile != "production":
        return
    reasons = []
    if default_secret:
        reasons.append("ANSINH_SECRET_KEY còn mặc định / is the default secret")
    if debug:
        reasons.append("ANSINH_DEBUG đang bật / debug is on")
    if not secure_cookies:
        reasons.append("ANSINH_SECURE_COOKIES đang tắt / cookies are not secure")
    if "*" in hosts:
        reasons.append("ANSINH_HOSTS chứa '*' / hosts are not named")
    if reasons:
        raise UnsafeSettings("Không khởi động / refused to start:\n" + "\n".join(f"  - {r}" for r in reasons))
