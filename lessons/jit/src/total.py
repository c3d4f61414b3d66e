def total(first, end):
    s = 0
    for i in range(first, end):
        s += i
    return s
