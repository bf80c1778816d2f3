"""What offices have in spreadsheets: CSV as Excel writes it, and .xlsx. The process `python -m server.formats.table FILE` reads one."""
