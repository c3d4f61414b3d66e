//! Values of the interpreter as words of the machine, and back.

use ::interpreted::{BOOL, FLOAT, INT, NONE, Value};
use num_bigint::BigInt;
use num_traits::ToPrimitive;

use crate::native::Frame;
use crate::types::Type;

/// The type of an argument; `None` where it has no compiled form.
pub(crate) fn kind(value: &Value) -> Option<Type> {
    [Type::Int, Type::Bool, Type::Float, Type::None]
        .into_iter()
        .find(|kind| fits(value, kind, false))
}

/// Whether a value may be passed as this type. For an explicit type any integer may, though it may turn out
/// not to fit.
pub(crate) fn fits(value: &Value, kind: &Type, explicit: bool) -> bool {
    let is = |other: &'static ::interpreted::Type| std::ptr::eq(value.kind(), other);
    match kind {
        Type::Int => is(&INT) && (explicit || value.as_i64().is_some()),
        Type::Unsigned => is(&INT),
        Type::Bool => is(&BOOL),
        Type::Float => is(&FLOAT),
        Type::None => is(&NONE),
        Type::Struct(_) | Type::Range(_) => false,
    }
}

/// The word of a value that fits the type, if it takes one.
pub(crate) fn word(value: &Value, kind: &Type) -> Result<Option<u64>, String> {
    let refuse =
        || format!("{} does not fit {kind}", ::interpreted::text(value).unwrap_or_default());
    match kind {
        Type::Int | Type::Bool => value.as_i64().map(|word| Some(word as u64)).ok_or_else(refuse),
        Type::Unsigned => {
            value.as_big().and_then(|number| number.to_u64()).map(Some).ok_or_else(refuse)
        }
        Type::Float => value.as_f64().map(|float| Some(float.to_bits())).ok_or_else(refuse),
        _ => Ok(None),
    }
}

/// The value of a result.
pub(crate) fn value(frame: &Frame, kind: &Type) -> Option<Value> {
    match kind {
        Type::Int => Some(Value::int(frame[0] as i64)),
        Type::Unsigned => Some(Value::big(BigInt::from(frame[0]))),
        Type::Float => Some(Value::float(f64::from_bits(frame[0]))),
        // Only the lowest byte was written.
        Type::Bool => Some(Value::bool(frame[0] & 0xff != 0)),
        Type::None => Some(Value::none()),
        Type::Struct(_) | Type::Range(_) => None,
    }
}
