def gcd(a, b):
    while b:
        rest = a % b
        a = b
        b = rest
    return a

def power(base, exponent, modulus):
    result = 1
    while exponent > 0:
        if exponent & 1:
            result = result * base % modulus
        base = base * base % modulus
        exponent >>= 1
    return result

print(gcd(10**18, 6**20), gcd(17, 5), gcd(0, 9))
print(power(3, 10**30, 10**9 + 7), power(2, 100, 10**40))
