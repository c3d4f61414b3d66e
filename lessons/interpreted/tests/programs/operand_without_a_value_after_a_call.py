def f(a):
    print(a)
    print(c)
    c = 1


y = 3
print(1 + (y * (y + (y * y))))
f(1)
