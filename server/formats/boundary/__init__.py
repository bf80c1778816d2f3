"""A file of municipal boundaries. The process `python -m server.formats.boundary FILE CODE-OR-NAME` reads one."""
