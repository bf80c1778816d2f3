"""What the server does by the clock. `table.py` says what and how often, `runner.py` sees to it that each is done, once at a time."""
