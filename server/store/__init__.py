"""SpatiaLite: driver, pool, migrations; one module and one .sql per noun."""
