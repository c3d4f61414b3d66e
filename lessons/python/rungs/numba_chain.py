"""A class whose objects refer to others of the same class: what Numba says, and the fix."""

from typing import Optional

from numba import deferred_type, njit, optional, uint64
from numba.core.errors import NumbaError
from numba.experimental import jitclass


class Link:
    """A number and the link after it, if any: to Python, and to who checks its types, all is well."""

    number: uint64
    next: Optional["Link"]

    def __init__(self, number, next):
        self.number = number
        self.next = next


def refused():
    """What Numba says of that class."""
    # A class of Python is no type to Numba, and while the fields are read it is nothing more.
    try:
        jitclass(Link)
    except NumbaError as error:
        return f"{type(error).__name__}: {error}"
    return "nothing: this version of Numba takes it"


# The fix: a type that is only promised stands in the fields, and is filled in once the class exists.
promised = deferred_type()


@jitclass([("number", uint64), ("next", optional(promised))])
class MendedLink:
    """The same for Numba."""

    def __init__(self, number, next):
        self.number = number
        self.next = next


promised.define(MendedLink.class_type.instance_type)


@njit
def add_chain(first):
    total = 0
    link = first
    while link is not None:
        total += link.number
        link = link.next
    return total


def fixed(count=3):
    """The sum of the numbers below `count`, each in a link of a chain."""
    chain = None
    for number in range(count):
        chain = MendedLink(number, chain)
    return add_chain(chain)
