"""Files that hold or need others: zips, and layers of several files. The process `python -m server.formats.archive` opens a zip."""
