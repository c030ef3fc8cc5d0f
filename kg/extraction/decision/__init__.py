"""What the witnesses say together."""
