"""Cho máy theo dõi: `/healthz`, `/readyz`, `/metrics`, for this machine or who knows the token."""
