print(foo(1)
