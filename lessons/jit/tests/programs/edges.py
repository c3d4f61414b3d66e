# Where compiled code and the interpreter could differ.
top = 9223372036854775807
low = -9223372036854775807 - 1

def add(a, b):
    return a + b

def subtract(a, b):
    return a - b

def multiply(a, b):
    return a * b

def floor(a, b):
    return a // b

def rest(a, b):
    return a % b

def true(a, b):
    return a / b

def power(a, b):
    return a ** b

def less(a, b):
    return a < b

def equal(a, b):
    return a == b

def negative(a):
    return -a

def size(a):
    return abs(a)

def shift(a, b):
    return (a << b) + (a >> b)

def bits(a, b):
    return (a & b) + (a | b) - (a ^ b) + ~a

print(add(top, 1), add(top, 0), add(low, -1), add(True, True), add(1, 0.5))
print(subtract(low, 1), subtract(0, low), multiply(top, 2), multiply(low, -1))
print(floor(low, -1), floor(-7, 2), floor(7, -2), floor(-7, -2), floor(7.5, -2))
print(rest(low, -1), rest(-7, 2), rest(7, -2), rest(-7.5, 2), rest(0.0, -3.0))
print(true(top, 3), true(7, 2), true(2 ** 53 + 1, 3), true(1, 3))
print(power(2, 62), power(2, 63), power(2, -1), power(-3, 39), power(-3, 41), power(2.0, 0.5), power(0, 0))
print(less(2 ** 53, 2.0 ** 53), less(2 ** 53 + 1, 2.0 ** 53), equal(2 ** 53 + 1, 2.0 ** 53), equal(1, True))
print(negative(low), negative(True), negative(-0.0), size(low), size(-2.5), size(False))
print(shift(1, 62), shift(1, 63), shift(-5, 2), shift(3, 100), bits(12, 10), bits(True, False))

def steps(first, end, by):
    s = 0
    for i in range(first, end, by):
        s = s * 3 + i
    return s

print(steps(0, 10, 3), steps(10, 0, -4), steps(0, 10, -1), steps(top - 2, top, 2), steps(low + 1, low, -1))

def late(n):
    for i in range(n):
        x = i
    return x

print(late(3))

def mixed(n):
    s = 0
    for i in range(n):
        s += i / 2
    return s

print(mixed(0), mixed(1), mixed(5))

def maybe(n):
    if n > 3:
        return n

print(maybe(2), maybe(5))

def first(a, b):
    return a and b

def other(a, b):
    return a or b

print(first(0, 2), first(1, 2), first(1, 2.5), other(0, 0.0), other(3, None), first(None, 1))

def between(a, b, c):
    return a < b < c

print(between(1, 2, 3), between(1, 3, 2), between(1, 2.5, 3))

def choose(a, b):
    return min(a, b) * 10 + max(a, b)

print(choose(1, 2), choose(2.5, 1.5), choose(2, 1.5), choose(True, 0))

scale = 2

def scaled(x):
    return x * scale

print(scaled(4))
scale = 2.5
print(scaled(4))
scale = "ab"
print(scaled(4))

def double(x):
    return x * 2

def apply(x):
    return double(x) + 1

print(apply(4))

def double(x):
    return x * 3

print(apply(4))

def again(r):
    t = 0
    numbers = range(r)
    for i in numbers:
        for j in numbers:
            if j > i:
                break
            t += j
    else:
        t += 100
    return t

print(again(4), again(0))

def until(n):
    while True:
        n -= 1
        if n < 0:
            return n

print(until(5))

def deep(n):
    if n == 0:
        return 0
    return 1 + deep(n - 1)

print(deep(900))
print(int(True), float(3))

def casts(x):
    return int(x) + float(x) + bool(x)

print(casts(3), casts(-2.7), casts(1e17))
print(deep(5000))
