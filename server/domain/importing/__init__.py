"""A file that was read becomes things of ours: made ready before BEGIN (row, join, routes, own → prepare; place_rows), written in one
transaction (apply: reimport, places, own_places), and told.

A *source* is the name that a register goes by here: what the caller said, else the layer's name in the file (a *layer* is a part of a file
and nothing else). What goes by it is the *register*: what clerks read, and what our own GeoJSON calls it, where `source` is what readers
are told of a fact or a thing."""
