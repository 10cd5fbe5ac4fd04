"""Addresses of the officers' pages: cases of every procedure, stand-ins and bars."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe

from ansinh.web.staff.cases import acts, desk, people, ways

urlpatterns = [
    path("giai-quyet/", require_safe(desk.mine), name="cases"),
    path("giai-quyet/dang-cho/", require_safe(desk.waiting), name="cases_waiting"),
    path("giai-quyet/da-xong/", require_safe(desk.done), name="cases_done"),
    path("giai-quyet/nhan-viec/", desk.take_next, name="case_next"),
    path("giai-quyet/ho-so/<key:pk>/", require_safe(desk.page), name="case"),
    path("giai-quyet/ho-so/<key:pk>/nhan/", acts.take, name="case_take"),
    path("giai-quyet/ho-so/<key:pk>/giao/", acts.assign, name="case_assign"),
    path("giai-quyet/ho-so/<key:pk>/tra-hang-doi/", acts.release, name="case_release"),
    path("giai-quyet/ho-so/<key:pk>/cho/", acts.wait, name="case_wait"),
    path("giai-quyet/ho-so/<key:pk>/het-cho/<dotted:code>/", acts.resume, name="case_resume"),
    path("giai-quyet/ho-so/<key:pk>/ket-luan/<dotted:code>/", acts.question, name="case_question"),
    path("giai-quyet/ho-so/<key:pk>/dong-y/<dotted:code>/", acts.approve, name="case_approve"),
    path("giai-quyet/ho-so/<key:pk>/tra-lai/<dotted:code>/", acts.return_, name="case_return"),
    path("giai-quyet/ho-so/<key:pk>/giu-nguyen/<dotted:code>/", acts.confirm, name="case_confirm"),
    path("giai-quyet/ho-so/<key:pk>/dung/", ways.stop, name="case_stop"),
    path("giai-quyet/ho-so/<key:pk>/rut/", ways.ask, name="case_withdraw"),
    path("giai-quyet/ho-so/<key:pk>/rut/dong-y/", ways.agree, name="case_withdraw_agree"),
    path("giai-quyet/ho-so/<key:pk>/rut/khong-rut/", ways.keep, name="case_withdraw_refuse"),
    path("giai-quyet/ho-so/<key:pk>/mo-lai/", ways.reopen, name="case_reopen"),
    path("giai-quyet/ho-so/<key:pk>/tra-ket-qua/", ways.hand_over, name="case_hand_over"),
    path("giai-quyet/phan-cong/", require_safe(people.page), name="case_people"),
    path("giai-quyet/phan-cong/thay/", people.stand_in, name="case_stand_in"),
    path("giai-quyet/phan-cong/thay/<key:pk>/thoi/", people.end_stand_in, name="case_stand_in_end"),
    path("giai-quyet/phan-cong/tranh/", people.bar, name="case_bar"),
    path("giai-quyet/phan-cong/tranh/<key:pk>/thoi/", people.lift, name="case_bar_lift"),
]
