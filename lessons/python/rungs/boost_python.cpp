// The sum as a module of Python, in C++ with Boost.Python, from which pybind11 took its idea.
//
// It is a library of its own that is compiled for one version of Python: a distribution ships it for its
// own interpreter. It knows neither buffers nor the lock, so both are done by hand here.
#define BOOST_ALLOW_DEPRECATED_HEADERS // its own headers use them, and warn about it
#define BOOST_BIND_GLOBAL_PLACEHOLDERS
#include <boost/python.hpp>

#include "border.h"

namespace python = boost::python;

// The loops know nothing of Python.
static uint64_t add_integers(uint64_t low, uint64_t high, uint64_t mask) {
    uint64_t sum = 0;
#pragma GCC unroll 4
    for (uint64_t i = low; i < high; i++)
        sum += i ^ mask;
    return sum;
}

static uint64_t add_numbers(const uint64_t *numbers, Py_ssize_t count) {
    uint64_t sum = 0;
#pragma GCC unroll 4
    for (Py_ssize_t i = 0; i < count; i++)
        sum += numbers[i];
    return sum;
}

// Other threads may run Python while one of these exists.
struct OthersMayRun {
    PyThreadState *state = PyEval_SaveThread();
    ~OthersMayRun() { PyEval_RestoreThread(state); }
};

// Memory of Python's that is borrowed while one of these exists.
struct Borrowed {
    Py_buffer view;
    explicit Borrowed(const python::object &owner) {
        if (!border_numbers(owner.ptr(), &view))
            python::throw_error_already_set();
    }
    ~Borrowed() { PyBuffer_Release(&view); }
    Borrowed(const Borrowed &) = delete;
};

static uint64_t number(const python::object &thing) {
    uint64_t number = 0;
    if (!border_number(thing.ptr(), &number))
        python::throw_error_already_set();
    return number;
}

static uint64_t integers(const python::object &first, const python::object &end,
                         const python::object &pattern) {
    const uint64_t low = number(first), high = number(end), mask = number(pattern);
    if (!border_fits(low, high, mask)) {
        PyErr_SetString(PyExc_OverflowError, DOES_NOT_FIT);
        python::throw_error_already_set();
    }
    OthersMayRun others_may_run;
    return add_integers(low, high, mask);
}

static uint64_t memory(const python::object &owner) {
    const Borrowed borrowed(owner);
    const auto *numbers = static_cast<const uint64_t *>(borrowed.view.buf);
    const Py_ssize_t count = borrowed.view.len / borrowed.view.itemsize;
    OthersMayRun others_may_run;
    return add_numbers(numbers, count);
}

BOOST_PYTHON_MODULE(boost_python) {
    using python::arg;
    python::scope().attr("__doc__") = "The sum, bound by Boost.Python.";
    python::def("integers", integers, (arg("low"), arg("high"), arg("mask") = 0),
                "The sum of i ^ mask for low <= i < high.");
    python::def("memory", memory, (arg("numbers")),
                "The sum of numbers, a buffer of uint64. One that does not fit wraps round.");
}
