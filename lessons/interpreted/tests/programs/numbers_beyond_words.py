for i in range(2 ** 63 - 1, 2 ** 64, 2 ** 62):
    print(i)
print("before", 10 ** 5000)
