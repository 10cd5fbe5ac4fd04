"""`ansinh manage reseal`: seal the secrets of the second factors under the first of ANSINH_FIELD_KEYS."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Niêm phong lại: after a new key was put first; then the old one may be taken off the list."""

    help = "Niêm phong lại các khóa xác thực hai lớp / seal the secrets of second factors again"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Seal all of them in one transaction."""
        from ansinh.office.signin import factors

        self.stdout.write(f"{factors.reseal()} khóa đã niêm phong / secrets sealed")
