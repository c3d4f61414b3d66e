print(float("1e400"), 1.0 % 0)
