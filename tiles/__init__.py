"""Makes the map: municipal layers in, PMTiles archives out."""
