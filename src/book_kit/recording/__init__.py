"""Every Python of a machine, asked what objects cost."""
