// The sum as a module of Python, in C++ with pybind11, which writes the calls of Python's interface.
//
// A function takes and gives types of C++; an exception of C++ becomes one of Python. pybind11 would
// convert the numbers, too, but to it -1 is of a wrong type, where Python says OverflowError. So they come as
// objects, and `border.h` converts them as all rungs do.
#include <stdexcept>

#include <pybind11/pybind11.h>

#include "border.h"

namespace py = pybind11;

// The loops know nothing of Python. What follows a loop in the same function may keep the compiler from
// adding two at once.
static uint64_t add_integers(uint64_t low, uint64_t high, uint64_t mask) {
    uint64_t sum = 0;
#pragma GCC unroll 4
    for (uint64_t i = low; i < high; i++)
        sum += i ^ mask;
    return sum;
}

static uint64_t add_numbers(const uint64_t *numbers, py::ssize_t count) {
    uint64_t sum = 0;
#pragma GCC unroll 4
    for (py::ssize_t i = 0; i < count; i++)
        sum += numbers[i];
    return sum;
}

static uint64_t number(const py::object &thing) {
    uint64_t number;
    if (!border_number(thing.ptr(), &number))
        throw py::error_already_set();
    return number;
}

static uint64_t integers(const py::object &first, const py::object &end, const py::object &pattern) {
    const uint64_t low = number(first), high = number(end), mask = number(pattern);
    if (!border_fits(low, high, mask))
        throw std::overflow_error(DOES_NOT_FIT);
    // The lock is taken again where this goes out of scope, on every way out.
    py::gil_scoped_release others_may_run;
    return add_integers(low, high, mask);
}

static uint64_t memory(const py::buffer &owner) {
    // Borrows the memory, and gives it back where `view` goes out of scope.
    const py::buffer_info view = owner.request();
    if (!border_is_uint64(view.format.c_str(), view.itemsize))
        throw py::type_error("the numbers must be of type uint64");
    if (view.ndim != 1)
        throw py::value_error("the numbers must have one dimension");
    const bool gaps = view.size > 1 && view.strides[0] != view.itemsize;
    const bool odd = view.size > 0 && reinterpret_cast<uintptr_t>(view.ptr) % sizeof(uint64_t) != 0;
    if (gaps || odd)
        throw py::buffer_error("the numbers must lie side by side, at a multiple of 8");

    const auto *numbers = static_cast<const uint64_t *>(view.ptr);
    py::gil_scoped_release others_may_run;
    return add_numbers(numbers, view.size);
}

PYBIND11_MODULE(pybind11, module, py::mod_gil_not_used()) {
    module.doc() = "The sum, bound by pybind11.";
    module.def("integers", integers, py::arg("low"), py::arg("high"), py::arg("mask") = 0,
               "The sum of i ^ mask for low <= i < high.");
    module.def("memory", memory, py::arg("numbers"),
               "The sum of numbers, a buffer of uint64. One that does not fit wraps round.");
}
