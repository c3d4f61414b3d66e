/* What stands at the border between Python and a loop in C: arguments are looked at here, once a call,
 * so that the loop need not look at anything.
 *
 * The functions answer as those of Python do: 0 is a failure, and then an exception is set. */
#ifndef BORDER_H
#define BORDER_H

#include <Python.h>
#include <stdint.h>

/* The text of an OverflowError. */
#define DOES_NOT_FIT "the sum does not fit 64 bits"

/* Writes the whole number that `thing` stands for to `place`, a uint64_t.
 *
 * An int stands for one, and so does all that has __index__: a bool, an integer of NumPy. A float has
 * none, not even 1.0: TypeError. A number below 0 or above 2^64 - 1: OverflowError. */
static inline int border_number(PyObject *thing, void *place) {
    PyObject *index = PyNumber_Index(thing);
    if (index == NULL)
        return 0;
    unsigned long long number = PyLong_AsUnsignedLongLong(index);
    Py_DECREF(index);
    /* This answer may be a number or a failure. Only then is it worth a second question. */
    if (number == (unsigned long long)-1 && PyErr_Occurred())
        return 0;
    *(uint64_t *)place = number;
    return 1;
}

/* Whether the sum of `i ^ mask` for low <= i < high is sure to fit 64 bits. An empty range sums to 0.
 *
 * i ^ mask is at most i + mask. The products need up to 128 bits, which GCC and Clang have. */
static inline int border_fits(uint64_t low, uint64_t high, uint64_t mask) {
    typedef unsigned __int128 wide;
    if (low >= high)
        return 1;
    wide count = high - low;
    wide of_numbers = count * ((wide)low + high - 1) / 2;
    wide of_masks = count * mask;
    return of_numbers <= UINT64_MAX && of_masks <= UINT64_MAX - of_numbers;
}

/* Whether a buffer's elements are uint64_t, by the letters of the module `struct`.
 *
 * The first letter may tell the order of the bytes, and only this machine's will do. Q has 8 bytes;
 * L has 8 on some systems, where NumPy calls its uint64 so. No letters at all mean single bytes. */
static inline int border_is_uint64(const char *format, Py_ssize_t itemsize) {
    const char native = PY_LITTLE_ENDIAN ? '<' : '>';
    if (format == NULL || itemsize != sizeof(uint64_t))
        return 0;
    if (*format == '@' || *format == '=' || *format == native)
        format++;
    return (format[0] == 'Q' || format[0] == 'L') && format[1] == '\0';
}

/* Whether numbers lie side by side, at an address that 8 divides: the loop in C may count on both. */
static inline int border_side_by_side(const Py_buffer *view) {
    return PyBuffer_IsContiguous(view, 'C') && (uintptr_t)view->buf % sizeof(uint64_t) == 0;
}

/* Borrows the memory of `thing`: one row of uint64_t without gaps. Nothing is copied. On success the
 * caller must give it back with PyBuffer_Release; until then its owner can neither free nor resize it.
 *
 * No memory to lend, or other elements: TypeError. A table instead of a row: ValueError. Gaps between
 * the numbers, or an address that 8 does not divide: BufferError. Read-only memory will do, and so will
 * none at all, wherever that lies. */
static inline int border_numbers(PyObject *thing, Py_buffer *view) {
    if (PyObject_GetBuffer(thing, view, PyBUF_FULL_RO) != 0)
        return 0;
    if (!border_is_uint64(view->format, view->itemsize))
        PyErr_SetString(PyExc_TypeError, "the numbers must be of type uint64");
    else if (view->ndim != 1)
        PyErr_SetString(PyExc_ValueError, "the numbers must have one dimension");
    else if (view->len > 0 && !border_side_by_side(view))
        PyErr_SetString(PyExc_BufferError, "the numbers must lie side by side, at a multiple of 8");
    else
        return 1;
    PyBuffer_Release(view);
    return 0;
}

#endif
