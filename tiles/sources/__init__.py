"""Foreign files in: read in a limited process of their own, handed on as clean lines, points and areas in EPSG:3857."""
