//! Panics as errors: the text and the place of a panic, without a trace on the terminal.

use std::any::Any;
use std::panic;
use std::sync::{Mutex, PoisonError};

/// Text and place of the last panic.
static LAST: Mutex<Option<(String, String)>> = Mutex::new(None);

/// From here on a panic prints nothing by itself: whoever catches it reports it, once.
pub fn quiet() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map_or_else(String::new, |at| format!(" at {at}"));
        let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        *last = Some((plain(info.payload()), place));
    }));
}

/// What a caught panic said, and where it was if that is known.
pub fn text(payload: &(dyn Any + Send)) -> String {
    let text = plain(payload);
    let last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    let place = last.as_ref().filter(|(last, _)| *last == text).map(|(_, place)| place.as_str());
    format!("it panicked{}: {text}", place.unwrap_or_default())
}

fn plain(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no text".into())
}
