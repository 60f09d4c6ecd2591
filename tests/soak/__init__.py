"""The soak: kills, faults, outages, backlogs, replicas and clocks, and a checker for what came of them."""
