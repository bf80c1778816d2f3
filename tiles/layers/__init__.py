"""What the map shows: one file a layer, each turning sources into features with Shortbread's layer names and kinds."""
