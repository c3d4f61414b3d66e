for i in range(5, 0, -2): print(i)
for i in range(0): print("never")
else: print("else", 1)
try_ = 3
while try_:
    try_ -= 1
    for j in range(3):
        if j == 1: continue
        if try_ == 1: break
        print(try_, j)
    else:
        print("inner done")
else:
    print("done")
def f(a, b): return a if a > b else b
def g(n):
    """doc"""
    while True:
        n += 1
        if n > 10: return n
def h(): pass
print(f(1,2), g(3), h())
x = y = 5
x += 1; y *= 2; x **= 2; y //= 3; x %= 7; x <<= 3; x |= 1; x ^= 2; x &= 0xff; y /= 2; x >>= 1; y -= 1
print(x, y)
s = "a"
s += "b"; s *= 3
print(s)
def outer():
    def inner(k): return k * 2
    return inner(4)
print(outer())
n = 27
steps = 0
while n != 1:
    n = n // 2 if n % 2 == 0 else 3 * n + 1
    steps += 1
print(steps)
if not (1 < 2 and 3 < 2) or False: print("yes")
elif 1: print("no")
else: print("neither")
def fact(n): return 1 if n < 2 else n * fact(n - 1)
print(fact(50))
a = (1 +
     2) \
    + 3
print(a)
