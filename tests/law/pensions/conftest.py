"""Spark is an optional extra: its tests exist only where it can run."""

import importlib.util
import shutil

has_spark = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None
collect_ignore = [] if has_spark else ["test_spark.py"]
