//! The file that the lesson makes: readings of thermometers, the same for the same seed on any machine.

use std::io::{self, Write};

use rng::Rng;

/// Some stations, and what is usual there, in tenths.
const STATIONS: [(&str, i32); 16] = [
    ("Abidjan", 260),
    ("Almaty", 100),
    ("Bogotá", 135),
    ("Cairo", 214),
    ("Dakar", 240),
    ("Helsinki", 59),
    ("Kyoto", 158),
    ("La Paz", 237),
    ("Lagos", 268),
    ("New Delhi", 250),
    ("Oslo", 57),
    ("Perth", 187),
    ("Reykjavík", 43),
    ("São Paulo", 190),
    ("Winnipeg", 30),
    ("Yakutsk", -88),
];

/// How far a reading may lie from the usual one: the sum of three random numbers below this, in tenths.
const SPREAD: usize = 81;

/// Writes so many records. Only whole numbers go into them: no machine rounds them differently.
///
/// # Errors
///
/// Where `output` does not take them.
pub fn write(records: u64, seed: u64, output: &mut impl Write) -> io::Result<()> {
    let mut rng = Rng::new(seed);
    for _ in 0..records {
        let (station, usual) = STATIONS[rng.below(STATIONS.len())];
        let random: usize = (0..3).map(|_| rng.below(SPREAD)).sum();
        let tenths = usual + random as i32 - (3 * (SPREAD as i32 - 1)) / 2;
        let sign = if tenths < 0 { "-" } else { "" };
        writeln!(output, "{station};{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)?;
    }
    Ok(())
}
