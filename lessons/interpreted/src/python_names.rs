//! The names that Python knows before a program defines any.

/// Those of the program itself, in the order of its dictionary.
pub(crate) const MODULE: &str = "__name__ __doc__ __package__ __loader__ __spec__ __annotations__ \
    __builtins__ __file__ __cached__";

/// Those of the module `builtins`, in the order of its dictionary.
pub(crate) const BUILTINS: &str = "__name__ __doc__ __package__ __loader__ __spec__ __build_class__ \
    __import__ abs all any ascii bin breakpoint callable chr compile delattr dir divmod eval exec \
    format getattr globals hasattr hash hex id input isinstance issubclass iter aiter len locals \
    max min next anext oct ord pow print repr round setattr sorted sum vars None Ellipsis \
    NotImplemented False True bool memoryview bytearray bytes classmethod complex dict enumerate \
    filter float frozenset property int list map object range reversed set slice staticmethod str \
    super tuple type zip __debug__ BaseException BaseExceptionGroup Exception GeneratorExit \
    KeyboardInterrupt SystemExit ArithmeticError AssertionError AttributeError BufferError EOFError \
    ImportError LookupError MemoryError NameError OSError ReferenceError RuntimeError \
    StopAsyncIteration StopIteration SyntaxError SystemError TypeError ValueError Warning \
    FloatingPointError OverflowError ZeroDivisionError BytesWarning DeprecationWarning \
    EncodingWarning FutureWarning ImportWarning PendingDeprecationWarning ResourceWarning \
    RuntimeWarning SyntaxWarning UnicodeWarning UserWarning BlockingIOError ChildProcessError \
    ConnectionError FileExistsError FileNotFoundError InterruptedError IsADirectoryError \
    NotADirectoryError PermissionError ProcessLookupError TimeoutError IndentationError IndexError \
    KeyError ModuleNotFoundError NotImplementedError RecursionError UnboundLocalError UnicodeError \
    BrokenPipeError ConnectionAbortedError ConnectionRefusedError ConnectionResetError TabError \
    UnicodeDecodeError UnicodeEncodeError UnicodeTranslateError ExceptionGroup EnvironmentError \
    IOError open quit exit copyright credits license help";

/// What a name is that Python knows and this language does not, in words.
pub(crate) fn missing(name: &str) -> Option<String> {
    let known = |names: &str| names.split(' ').any(|known| known == name);
    let ours = crate::object::BUILTINS.iter().any(|builtin| builtin.name == name);
    if ours || predefined(name).is_some() || !known(BUILTINS) && !known(MODULE) {
        return None;
    }
    Some(match name {
        "True" | "False" | "None" | "__debug__" => return None,
        "Ellipsis" | "NotImplemented" => format!("the value {name}"),
        _ if name.starts_with("__") => format!("the name {name}"),
        _ if name.starts_with(char::is_uppercase) => format!("the exception {name}"),
        _ => format!("the function {name}()"),
    })
}

/// The value of a name that every program has from its start; `None` is Python's.
pub(crate) fn predefined(name: &str) -> Option<Option<&'static str>> {
    match name {
        "__name__" => Some(Some("__main__")),
        "__doc__" | "__package__" | "__spec__" | "__cached__" => Some(None),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_python_knows_and_this_language_does_not_is_named() {
        assert_eq!(missing("ValueError").as_deref(), Some("the exception ValueError"));
        assert_eq!(missing("sorted").as_deref(), Some("the function sorted()"));
        assert_eq!(missing("__file__").as_deref(), Some("the name __file__"));
        assert_eq!(["print", "x", "True", "__name__", "__doc__"].map(missing), [const { None }; 5]);
    }
}
