"""`python -m server`: the commands (cli.py)."""

from server.cli import main

if __name__ == "__main__":
    main()
