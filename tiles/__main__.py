"""`python -m tiles`: see `tiles.cli`."""

from tiles.cli import main

if __name__ == "__main__":
    main()
