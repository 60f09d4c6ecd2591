"""Two people: who may be paired by the rules, how good a pair is, and both for many people at once."""
