"""What people do to events; every change of their times goes through writing.py."""
