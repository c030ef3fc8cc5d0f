"""Where a text names somebody or something, of which type, and which names are one."""
