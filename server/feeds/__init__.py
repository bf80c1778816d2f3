"""What is public, as files that others read: GeoJSON, GPX, CSV, and our own GeoJSON, which the import takes back."""
