"""Round every reader of foreign geodata, the import's and the tile maker's: limits on its process, and a look at GeoJSON before GDAL."""
