def f():
    print(x)
    x = 1
print("before")
f()
