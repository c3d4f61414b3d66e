संख्या = 3
é = 4
ﬁ = 2
print(संख्या, é, fi, ｆｉ)
print(int("٣"), int("१२३"), float("٣.٥"), int(" ٣_٤ ", 16))
for letter in "aß字":
    print(letter, len(letter), end=";")
print(max("hello"), min(range(9, 0, -2)), max(range(3)))
aſ = "no keyword"
print(aſ)
