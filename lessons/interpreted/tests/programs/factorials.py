def factorial(n):
    if n == 0:
        return 1
    return n * factorial(n - 1)

for n in range(0, 60, 7):
    print(n, factorial(n), len(str(factorial(n))))
