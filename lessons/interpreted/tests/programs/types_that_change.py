# The same instruction meets ints, big ints, floats, texts and booleans.
def add(a, b):
    return a + b

def less(a, b):
    return a < b

def twice(a):
    s = a
    s += a
    return s

for i in range(3):
    print(add(i, i), add(i, 0.5), add("a", "b"), add(True, i), add(2**62, 2**62), add(2**63, -1))
    print(less(i, 1), less("a", "b"), less(0.5, i), less(2**70, 1e30), less(True, 2))
    print(twice(i), twice("x"), twice(1.5), twice(2**62), twice(False))
a = 9223372036854775807
for i in range(3):
    a = a + 1
    print(a, a - 9223372036854775807, -a)
for i in range(3):
    a = a - 9223372036854775807
    print(a)
