"""The public register GeoFA: what its columns and codes mean in our nouns, and its service page by page."""
