"""A class whose objects refer to others of the same class: what Numba says, and the mend."""

from numba import deferred_type, njit, optional, uint64
from numba.core.errors import NumbaError
from numba.experimental import jitclass


def refused():
    """What Numba says of a class that names itself as the type of one of its fields."""

    class Link:
        number: uint64
        next: "Link"

        def __init__(self, number, next):
            self.number = number
            self.next = next

    # While the fields are read there is no such type yet: the class is only being made.
    try:
        jitclass(Link)
    except (NumbaError, TypeError, NameError) as error:
        return f"{type(error).__name__}: {error}"
    return "nothing: this version of Numba takes it"


# The mend: a type that is only promised, used in the fields, and filled in once the class exists.
promised = deferred_type()


@jitclass([("number", uint64), ("next", optional(promised))])
class Link:
    """A number, and the link after it, or None."""

    def __init__(self, number, next):
        self.number = number
        self.next = next


promised.define(Link.class_type.instance_type)


@njit
def add_chain(first):
    total = 0
    link = first
    while link is not None:
        total += link.number
        link = link.next
    return total


def mended(count=3):
    """The sum of a chain of the numbers 0..count, one link for each."""
    chain = None
    for number in range(count):
        chain = Link(number, chain)
    return add_chain(chain)
