"""What a text asserts, and by whose word."""
