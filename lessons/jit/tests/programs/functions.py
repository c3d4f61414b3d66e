def total(n):
    s = 0
    for i in range(n):
        s += i
    return s

def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)

def fact(n):
    if n <= 1:
        return 1
    return n * fact(n - 1)

def mean(n):
    s = 0.0
    i = 0
    while i < n:
        s += i / 2
        i += 1
    return s / n

def collatz(n):
    steps = 0
    while n != 1:
        if n % 2 == 0:
            n //= 2
        else:
            n = 3 * n + 1
        steps += 1
    return steps

def down(n):
    t = 0
    for i in range(n, 0, -1):
        if i % 3 == 0:
            continue
        if i == 5:
            break
        t -= i
    return t

def even(n):
    if n == 0:
        return True
    return odd(n - 1)
def odd(n):
    if n == 0:
        return False
    return even(n - 1)

def shout(x):
    print("x is", x)
    return x

print(total(10), total(0), total(-3), total(1000000))
print(fib(20))
print(fact(10), fact(20), fact(25), fact(30))
print(mean(10), collatz(27), down(20))
print(even(10), odd(7), even(True))
print(shout(3), total(True))
print(total(10**10 // 10**9))
print(min(3, 2), 2 ** 70)
