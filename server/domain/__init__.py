"""What people do: verbs.py is the table of verbs; one file per noun beside it."""
