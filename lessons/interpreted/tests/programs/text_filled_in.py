form = "%5.2f|"
for value in range(3):
    print("%d of %%" % value, form % value, "%-4s|" % value)
print("start")
print("%d" % "three")
