"""Geodata of others: GDAL, and GPX and KML by expat. The process `python -m server.formats.gdal FILE…` reads one."""
