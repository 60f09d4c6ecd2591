"""The best set among some candidates as a flow of least cost, with the dual prices that prove it."""
