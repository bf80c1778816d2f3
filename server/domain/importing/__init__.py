"""A file that was read becomes things of ours: made ready before BEGIN, written in one transaction, and told."""
