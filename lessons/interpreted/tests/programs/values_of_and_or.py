def say(x):
    print("say", x)
    return x

print(say(0) or say("") or say(3))
print(say(1) and say(0) and say(3))
print(say(1) < say(2) < say(2) < say(9))
print(not say(0), say(1) if say(0) else say(2))
x = 5
print(x > 3 and x < 10 or x == 100, 3 < x < 10, not x < 3)
if say(0) or not say(0) and say(1):
    print("yes")
while not (x < 0 or x == 2):
    x -= 1
print(x)
a = b = x + 1
print(a, b)
def f(a):
    b = a = a + 1
    a += b
    return a * b
print(f(2), f(f(1)))
