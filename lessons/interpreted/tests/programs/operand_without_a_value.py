def g():
    print("g ran")
    return 1


def f(x):
    if x:
        k = 1
    for i in range(x):
        j = 1
    return k + g() + j


print(f(1))
f(0)
