x = 2**20000
print(x > 0)
print(x)
