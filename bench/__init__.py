"""Measurements, as ratios in one run: `python -m bench [contributions|print|one|month …] [--quick]`."""
