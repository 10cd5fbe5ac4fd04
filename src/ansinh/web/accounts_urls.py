"""Addresses of signing in. Only what is used is here; names that allauth reverses lead to our pages."""

from __future__ import annotations

from django.urls import path

from ansinh.web import language, preferences
from ansinh.web.accounts import invited, own_sessions, views

urlpatterns = [
    path("login/", views.SignIn.as_view(), name="account_login"),
    path("logout/", views.SignOut.as_view(), name="account_logout"),
    path("inactive/", views.Suspended.as_view(), name="account_inactive"),
    path("confirm/", views.ConfirmPassword.as_view(), name="account_reauthenticate"),
    path("password/", views.ChangePassword.as_view(), name="account_change_password"),
    path("code/", views.SignInCode.as_view(), name="mfa_authenticate"),
    path("code/confirm/", views.ConfirmCode.as_view(), name="mfa_reauthenticate"),
    path("code/activate/", invited.activate, name="mfa_activate_totp"),
    path("invitation/", invited.invitation, name="invitation"),
    path("invitation/<token:token>/", invited.invited, name="invitation_link"),
    path("recovery/", views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("recovery/generate/", views.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("recovery/download/", views.RecoveryCodesFile.as_view(), name="mfa_download_recovery_codes"),
    path("preferences/", preferences.page, name="preferences"),
    path("sessions/", own_sessions.page, name="sessions"),
    path("language/", language.choose, name="language"),
    path("security/", views.to_preferences, name="mfa_index"),
    path("security/code/", views.to_preferences, name="mfa_deactivate_totp"),
    path("signup/", views.to_sign_in, name="account_signup"),
]
