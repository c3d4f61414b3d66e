# What stands behind a break, a continue or a return is never run, and does no harm.


def first(n):
    for i in range(n):
        if i % 3:
            break
            break
        else:
            continue
            return 1
        print("never")
    return i
    return i + 1


def second(n):
    while True:
        n += 1
        if n > 3:
            return n
            while n:
                n -= 1
                continue
        else:
            pass
    print("never")
    for i in range(n):
        break


def third():
    return
    if 1:
        for j in range(2):
            print(j)
    x = 1 and 2 or 3


print(first(5), second(0), third())
