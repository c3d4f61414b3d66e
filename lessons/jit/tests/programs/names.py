# Names that get their values late, and change them.
def first(n):
    if n > 5:
        return second(n) + limit
    return n

print(first(1))

def second(n):
    return n * 2

limit = 7
print(first(6), first(2))
limit = 8
print(first(6))

for limit in range(20):
    print(first(6), end=" ")
print()

def used(n):
    return min(n, abs(-n))

print(used(3))

def abs(n):
    return 100

print(used(300))

def unset(n):
    if n > 2:
        value = n
    return value

print(unset(3))
print(unset(2))
