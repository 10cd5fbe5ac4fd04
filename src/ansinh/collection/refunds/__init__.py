"""Money given back (C16-TS): prepared by one officer, approved by another, posted once."""
