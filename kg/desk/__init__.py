"""What an editor asks before a line is printed: is it so, what speaks against it, what changed, what is known."""
