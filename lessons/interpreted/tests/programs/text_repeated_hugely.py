print("a" * 10**20)
