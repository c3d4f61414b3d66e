//! The program as one writes it first: short, clear, and right.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use measure::Error;

use crate::Parts;
use crate::record::{BadLine, LARGEST, LONGEST_NAME, Parsed, Record, lines, quoted};

/// A byte order mark in UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// All four parts as they stand below.
pub fn first() -> Parts {
    Parts { read, parse, distances, write }
}

/// The whole file at once, without the byte order mark that some programs write before a text.
///
/// # Errors
///
/// Where the system refuses it.
#[inline(never)]
pub fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let mut text = fs::read(path).map_err(|cause| Error::Input {
        path: path.to_owned(),
        remedy: course::remedy(&cause).unwrap_or("give --file a file that you may read"),
        cause: cause.to_string(),
    })?;
    if text.starts_with(MARK) {
        text.drain(..MARK.len());
    }
    Ok(text)
}

/// Each line as text of its own, cut into fields of their own.
///
/// # Errors
///
/// The first bad line, unless `lenient` leaves such lines out.
// ANCHOR: parse
#[inline(never)]
pub fn parse(text: &[u8], lenient: bool) -> Result<Parsed<'_>, BadLine> {
    let mut parsed = Parsed::default();
    for (number, line) in (1..).zip(lines(text)) {
        parsed.take(number, record(line), lenient)?;
    }
    Ok(parsed)
}

/// One line, or what is wrong with it.
pub fn record(line: &[u8]) -> Result<Record<'static>, String> {
    let line = String::from_utf8(line.to_vec()).map_err(|_| "it is not text (UTF-8)")?;
    let fields: Vec<String> = line.split(';').map(|field| field.chars().collect()).collect();
    match &fields[..] {
        [station, value] => {
            Ok(Record { station: Cow::Owned(name(station)?), tenths: tenths(value)? })
        }
        [empty] if empty.is_empty() => Err("it is empty".to_owned()),
        [one] => Err(format!("there is no ';' between a station and a value in {}", quoted(one))),
        more => Err(format!("it has {} fields, not a station and a value", more.len())),
    }
}
// ANCHOR_END: parse

fn name(text: &str) -> Result<String, String> {
    if text.is_empty() {
        return Err("the name of the station is empty".to_owned());
    }
    if text.len() > LONGEST_NAME {
        return Err(format!("the name {} is longer than {LONGEST_NAME} bytes", quoted(text)));
    }
    if text.chars().any(|letter| letter < ' ') {
        return Err(format!("the name {} has a control character", quoted(text)));
    }
    Ok(text.to_owned())
}

fn tenths(text: &str) -> Result<i32, String> {
    let value: f64 =
        text.parse().map_err(|_| format!("the value {} is no number", quoted(text)))?;
    if value.is_nan() {
        return Err(format!("the value {} is no number", quoted(text)));
    }
    if value.abs() > LARGEST {
        return Err(format!("the value {} is not within +-{LARGEST}", quoted(text)));
    }
    let tenths = (value * 10.0).round();
    if tenths / 10.0 != value {
        return Err(format!("the value {} has more than one decimal place", quoted(text)));
    }
    Ok(tenths as i32)
}

/// For each record a loop over all records.
// ANCHOR: distances
#[inline(never)]
pub fn distances(records: &[Record<'_>]) -> Vec<u64> {
    records.iter().map(|one| distance_from(one.tenths, records)).collect()
}

/// The sum of the distances from one value to all.
pub fn distance_from(one: i32, all: &[Record<'_>]) -> u64 {
    all.iter().map(|other| u64::from(one.abs_diff(other.tenths))).sum()
}
// ANCHOR_END: distances

/// A line for each record, and the sum of all sums in the last one.
///
/// # Errors
///
/// Where the system refuses the file, or has no room for it.
#[inline(never)]
pub fn write(path: &Path, records: &[Record<'_>], distances: &[u64]) -> Result<(), Error> {
    let written = || -> io::Result<()> {
        let mut output = BufWriter::new(File::create(path)?);
        let mut total = 0_u128;
        for (record, distance) in records.iter().zip(distances) {
            let value = f64::from(record.tenths) / 10.0;
            writeln!(output, "{};{value:.1};{distance}", record.station)?;
            total += u128::from(*distance);
        }
        writeln!(output, "{total}")?;
        output.flush()
    };
    written().map_err(Error::Output)
}
