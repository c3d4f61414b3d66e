# The primes below 200, and a sum of them.
def is_prime(n):
    if n < 2:
        return False
    i = 2
    while i * i <= n:
        if n % i == 0:
            return False
        i += 1
    return True

total = 0
for n in range(200):
    if is_prime(n):
        total += n
        print(n, end=" ")
print()
print("sum", total)
