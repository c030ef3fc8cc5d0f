"""``python -m kg``: the ``kg`` command."""

from kg.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
