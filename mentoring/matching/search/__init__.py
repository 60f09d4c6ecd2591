"""The best set of pairs where there are too many to list: few candidates, and a look at all others."""
