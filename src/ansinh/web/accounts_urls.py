"""Addresses of signing in. Only what is used is here; names that allauth reverses lead to our pages."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from django.urls import path

from ansinh.web import accounts, language, preferences

urlpatterns = [
    path("login/", accounts.SignIn.as_view(), name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("code/", mfa.authenticate, name="mfa_authenticate"),
    path("code/confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("code/activate/", accounts.Activate.as_view(), name="mfa_activate_totp"),
    path("recovery/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery/generate/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("recovery/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("preferences/", preferences.page, name="preferences"),
    path("language/", language.choose, name="language"),
    path("security/", accounts.to_preferences, name="mfa_index"),
    path("security/code/", accounts.to_preferences, name="mfa_deactivate_totp"),
    path("signup/", accounts.to_sign_in, name="account_signup"),
]
