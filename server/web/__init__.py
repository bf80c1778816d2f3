"""HTTP in, HTTP out: handlers without a branch and without SQL."""
