"""Money in: bank statements read once; credits matched, or kept in suspense until somebody knows whose."""
