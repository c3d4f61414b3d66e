/* The sum as a module of Python, written in C against Python's own interface, without any help.
 *
 * From bottom to top: the module, its table of functions, the functions, the loops. A function gets
 * Python objects and answers with one. NULL as the answer means: an exception was set, raise it.
 * Nothing here is kept between two calls, so there is nothing to free when the module goes. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "border.h"

/* The loops know nothing of Python. Four turns in one: see `ffi/c/kernels.c`. */
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

PyDoc_STRVAR(integers_doc, "integers($module, low, high, mask=0)\n--\n\n"
                           "The sum of i ^ mask for low <= i < high.");

static PyObject *integers(PyObject *module, PyObject *arguments, PyObject *keywords) {
    static char *names[] = {"low", "high", "mask", NULL};
    uint64_t low, high, mask = 0, sum;
    (void)module;
    /* O& hands each argument to border_number; what comes after | may be left out. Too few, too many
     * or unknown ones: TypeError, and the text after the colon is the name in its message. */
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "O&O&|O&:integers", names, border_number,
                                     &low, border_number, &high, border_number, &mask))
        return NULL;
    if (!border_fits(low, high, mask)) {
        PyErr_SetString(PyExc_OverflowError, DOES_NOT_FIT);
        return NULL;
    }
    // ANCHOR: released
    /* Between these two lines other threads may run Python: here no object may be touched. */
    Py_BEGIN_ALLOW_THREADS
    sum = add_integers(low, high, mask);
    Py_END_ALLOW_THREADS
    // ANCHOR_END: released
    return PyLong_FromUnsignedLongLong(sum);
}

PyDoc_STRVAR(memory_doc, "memory($module, numbers)\n--\n\n"
                         "The sum of numbers, a buffer of uint64. One that does not fit wraps round.");

static PyObject *memory(PyObject *module, PyObject *arguments, PyObject *keywords) {
    static char *names[] = {"numbers", NULL};
    PyObject *numbers;
    Py_buffer view;
    uint64_t sum;
    (void)module;
    /* O borrows: the object belongs to the caller, and no reference is ours to give back. */
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "O:memory", names, &numbers))
        return NULL;
    if (!border_numbers(numbers, &view))
        return NULL;
    /* Another thread may change the numbers meanwhile, but not take their memory away. */
    Py_BEGIN_ALLOW_THREADS
    sum = add_numbers(view.buf, view.len / view.itemsize);
    Py_END_ALLOW_THREADS
    PyBuffer_Release(&view);
    return PyLong_FromUnsignedLongLong(sum);
}

/* The casts are Python's own habit: a function with keywords has one argument more than the table says. */
static PyMethodDef functions[] = {
    {"integers", (PyCFunction)(void (*)(void))integers, METH_VARARGS | METH_KEYWORDS, integers_doc},
    {"memory", (PyCFunction)(void (*)(void))memory, METH_VARARGS | METH_KEYWORDS, memory_doc},
    {NULL, NULL, 0, NULL},
};

/* What Python may do with the module. Older versions do not ask. */
static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_multiple_interpreters
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "c_extension",
    .m_doc = "The sum, written against the C interface of Python.",
    .m_size = 0, /* bytes of its own for each interpreter */
    .m_methods = functions,
    .m_slots = slots,
};

/* `import` looks this name up. It only describes the module; Python makes it (in two phases: first the
 * object, then what the slots say), as often as there are interpreters that import it. */
PyMODINIT_FUNC PyInit_c_extension(void) { return PyModuleDef_Init(&definition); }
