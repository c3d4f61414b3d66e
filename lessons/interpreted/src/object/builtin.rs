//! The built-in functions: `print`, `len`, `abs`, `min`, `max`, `int`, `float`, `str`, `bool`, `range`.

use std::io::Write;

use num_traits::Signed;

use super::number::{float_from_text, int_from_text, to_float, truncated};
use super::{Heap, Payload, Value, compare, next_value, range, text};
use crate::{Comparison, Exception, ExceptionKind};

/// A built-in function.
#[derive(Debug)]
pub struct Builtin {
    /// Its name.
    pub name: &'static str,
    /// Whether it is a type.
    pub is_type: bool,
    /// What it does.
    pub(crate) run: fn(&[Value], &mut BuiltinCall<'_>) -> Result<Value, Box<Exception>>,
}

/// The context of a call.
pub(crate) struct BuiltinCall<'a> {
    pub heap: &'a mut Heap,
    pub output: &'a mut dyn Write,
    /// The names of the last arguments.
    pub keywords: &'a [String],
}

/// All built-in functions.
pub(crate) static BUILTINS: [Builtin; 10] = [
    Builtin { name: "print", is_type: false, run: print },
    Builtin { name: "len", is_type: false, run: len },
    Builtin { name: "abs", is_type: false, run: abs },
    Builtin { name: "min", is_type: false, run: |values, context| extreme(values, context, false) },
    Builtin { name: "max", is_type: false, run: |values, context| extreme(values, context, true) },
    Builtin { name: "int", is_type: true, run: int },
    Builtin { name: "float", is_type: true, run: float },
    Builtin { name: "str", is_type: true, run: str },
    Builtin { name: "bool", is_type: true, run: bool },
    Builtin {
        name: "range",
        is_type: true,
        run: |values, context| {
            unnamed("range", context)?;
            range::make(values)
        },
    },
];

type Outcome = Result<Value, Box<Exception>>;

fn print(values: &[Value], context: &mut BuiltinCall<'_>) -> Outcome {
    let (values, named) = values.split_at(values.len() - context.keywords.len());
    let (mut separator, mut end) = (" ".to_owned(), "\n".to_owned());
    for (name, value) in context.keywords.iter().zip(named) {
        let given = match (value.payload(), value.as_str()) {
            (Payload::None, _) => continue,
            (_, Some(text)) => text.to_string(),
            _ => {
                return Err(Exception::type_error(format!(
                    "{name} must be None or a string, not {}",
                    value.kind().name
                )));
            }
        };
        *(if name == "sep" { &mut separator } else { &mut end }) = given;
    }
    let mut line = String::new();
    let mut failed = None;
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            line += &separator;
        }
        match text(value) {
            Ok(text) => line += &text,
            Err(exception) => {
                failed = Some(exception);
                break;
            }
        }
    }
    // What stands before a value that has no text is written, as by CPython.
    if failed.is_none() {
        line += &end;
    }
    context.output.write_all(line.as_bytes()).map_err(|error| {
        let mut exception = Exception::new(ExceptionKind::OSError, error.to_string());
        exception.cause = Some(error.kind());
        exception
    })?;
    failed.map_or_else(|| Ok(context.heap.none()), Err)
}

fn len(values: &[Value], context: &mut BuiltinCall<'_>) -> Outcome {
    let value = one("len", values, context)?;
    match value.payload() {
        Payload::Str(text) => Ok(context.heap.int(text.characters() as i64)),
        Payload::Range(range) => match i64::try_from(range.length()) {
            Ok(length) => Ok(context.heap.int(length)),
            Err(_) => Err(Exception::overflow("Python int too large to convert to C ssize_t")),
        },
        _ => {
            let name = value.kind().name;
            Err(Exception::type_error(format!("object of type '{name}' has no len()")))
        }
    }
}

fn abs(values: &[Value], context: &mut BuiltinCall<'_>) -> Outcome {
    let value = one("abs", values, context)?;
    match (value.as_f64(), value.as_big()) {
        (Some(number), _) => Ok(context.heap.float(number.abs())),
        (_, Some(number)) => Ok(context.heap.big(number.abs())),
        _ => {
            let name = value.kind().name;
            Err(Exception::type_error(format!("bad operand type for abs(): '{name}'")))
        }
    }
}

fn extreme(values: &[Value], context: &mut BuiltinCall<'_>, largest: bool) -> Outcome {
    let name = if largest { "max" } else { "min" };
    unnamed(name, context)?;
    let letters: Vec<Value>;
    let values = match values {
        [] => {
            let message = format!("{name} expected at least 1 argument, got 0");
            return Err(Exception::type_error(message));
        }
        [one] => {
            letters = ends(one, context.heap)?;
            if letters.is_empty() {
                let message = format!("{name}() arg is an empty sequence");
                return Err(Exception::value_error(message));
            }
            &letters
        }
        _ => values,
    };
    let comparison = if largest { Comparison::Greater } else { Comparison::Less };
    let mut best = &values[0];
    for value in &values[1..] {
        if compare(comparison, value, best)? {
            best = value;
        }
    }
    Ok(best.clone())
}

/// The letters of a text, or the first and the last number of a range.
fn ends(value: &Value, heap: &mut Heap) -> Result<Vec<Value>, Box<Exception>> {
    if let Payload::Range(range) = value.payload() {
        let ends = range.first().cloned().into_iter().chain(range.last());
        return Ok(ends.map(|number| heap.big(number)).collect());
    }
    let iterator = range::iterate(value, heap)?;
    Ok(std::iter::from_fn(|| next_value(&iterator)).collect())
}

fn int(values: &[Value], context: &mut BuiltinCall<'_>) -> Outcome {
    unnamed("int", context)?;
    let (value, base) = match values {
        [] => return Ok(context.heap.int(0)),
        [value] => (value, 10),
        [value, base] => {
            let Some(base) = base.as_i64() else {
                let name = base.kind().name;
                let message = format!("'{name}' object cannot be interpreted as an integer");
                return Err(Exception::type_error(message));
            };
            if value.as_str().is_none() {
                let message = "int() can't convert non-string with explicit base";
                return Err(Exception::type_error(message));
            }
            match u32::try_from(base) {
                Ok(base) if base == 0 || (2..=36).contains(&base) => (value, base),
                _ => {
                    let message = "int() base must be >= 2 and <= 36, or 0";
                    return Err(Exception::value_error(message));
                }
            }
        }
        more => {
            let message = format!("int() takes at most 2 arguments ({} given)", more.len());
            return Err(Exception::type_error(message));
        }
    };
    match value.payload() {
        Payload::Int(number) => Ok(context.heap.int(*number)),
        Payload::Big(_) => Ok(value.clone()),
        Payload::Float(number) => truncated(*number, context.heap),
        Payload::Str(text) => int_from_text(&text.as_str(), base, context.heap),
        _ => Err(Exception::type_error(format!(
            "int() argument must be a string, a bytes-like object or a real number, not '{}'",
            value.kind().name
        ))),
    }
}

fn float(values: &[Value], context: &mut BuiltinCall<'_>) -> Outcome {
    let Some(value) = at_most_one("float", values, context)? else {
        return Ok(context.heap.float(0.0));
    };
    let number = match value.as_str() {
        Some(text) => float_from_text(&text)?,
        None => to_float(value)?,
    };
    Ok(context.heap.float(number))
}

fn str(values: &[Value], context: &mut BuiltinCall<'_>) -> Outcome {
    unnamed("str", context)?;
    if values.len() > 1 {
        return Err(Exception::type_error(undecodable(values)));
    }
    match values.first() {
        Some(value) if value.as_str().is_some() => Ok(value.clone()),
        Some(value) => Ok(super::text::make(text(value)?)),
        None => Ok(super::text::make(String::new())),
    }
}

/// Why bytes of an encoding cannot be made a text of: this language has no bytes.
fn undecodable(values: &[Value]) -> String {
    if values.len() > 3 {
        return format!("str() takes at most 3 arguments ({} given)", values.len());
    }
    for (value, name) in values[1..].iter().zip(["encoding", "errors"]) {
        if value.as_str().is_none() {
            let kind = value.kind().name;
            return format!("str() argument '{name}' must be str, not {kind}");
        }
    }
    match values[0].kind().name {
        "str" => "decoding str is not supported".to_owned(),
        kind => format!("decoding to str: need a bytes-like object, {kind} found"),
    }
}

fn bool(values: &[Value], context: &mut BuiltinCall<'_>) -> Outcome {
    let truth = at_most_one("bool", values, context)?.is_some_and(Value::truth);
    Ok(context.heap.bool(truth))
}

fn unnamed(name: &str, context: &BuiltinCall<'_>) -> Result<(), Box<Exception>> {
    if context.keywords.is_empty() {
        return Ok(());
    }
    Err(Exception::type_error(format!("{name}() takes no keyword arguments")))
}

fn one<'a>(
    name: &str,
    values: &'a [Value],
    context: &BuiltinCall<'_>,
) -> Result<&'a Value, Box<Exception>> {
    unnamed(name, context)?;
    match values {
        [value] => Ok(value),
        _ => Err(Exception::type_error(format!(
            "{name}() takes exactly one argument ({} given)",
            values.len()
        ))),
    }
}

fn at_most_one<'a>(
    name: &str,
    values: &'a [Value],
    context: &BuiltinCall<'_>,
) -> Result<Option<&'a Value>, Box<Exception>> {
    unnamed(name, context)?;
    match values {
        [] => Ok(None),
        [value] => Ok(Some(value)),
        more => Err(Exception::type_error(format!(
            "{name} expected at most 1 argument, got {}",
            more.len()
        ))),
    }
}
