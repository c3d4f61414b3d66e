//! A made-up class: what honest learners hand in, from all kinds of machines, and what is damaged or forged. The same
//! at every call with the same seed.

#[path = "made_up_class/forged.rs"]
pub mod forged;
#[path = "made_up_class/honest.rs"]
pub mod honest;
#[path = "made_up_class/practised.rs"]
pub mod practised;

use course::HandIn;

pub use honest::{Kind, honest};

/// So many honest files, one kind after the other.
pub fn class(number: usize, seed: u64) -> Vec<HandIn> {
    let kinds = Kind::ALL.iter().cycle().enumerate().take(number);
    let one = |(place, kind): (usize, &Kind)| {
        honest(&format!("learner-{place:03}"), *kind, seed + place as u64)
    };
    kinds.map(one).collect()
}

/// The bytes of a file.
pub fn file(hand_in: &HandIn) -> (String, Vec<u8>) {
    (format!("{}.json", hand_in.name), hand_in.to_json().into_bytes())
}
