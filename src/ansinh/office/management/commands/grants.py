"""`ansinh manage grants`: the application's role gets what the models declare, as after each migration."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ansinh.office import privileges


class Command(BaseCommand):
    help = "Trao quyền cho vai chạy phần mềm theo khai báo của các bảng / grant what the models declare."

    def handle(self, *_args: Any, **_options: Any) -> None:
        done = privileges.apply()
        for table in done.changed:
            self.stdout.write(table)
        for table in done.foreign:
            self.stderr.write(f"{table}: không phải chủ bảng / not the owner")
        self.stdout.write(f"{len(done.changed)} bảng đổi quyền / tables changed")
