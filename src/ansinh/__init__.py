"""An Sinh: the system that runs a social security office in Viet Nam."""
