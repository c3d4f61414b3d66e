print(max(5), abs("a"))
