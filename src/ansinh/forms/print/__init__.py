"""Bản in: official documents as PDF/A set by typst in Liberation Serif, and VietQR payment codes."""
