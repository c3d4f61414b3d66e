//! `break-even`: curves, and where they cross.

use std::path::Path;

use libtest_mimic::{Failed, Trial};
use serde_json::Value;
use testkit::{finish, trial};

use super::PROGRAM;
use super::driver::{Driver, holds, not_hidden, only};

pub fn trials() -> Vec<Trial> {
    let lavapipe = Driver::Lavapipe.missing();
    let elsewhere = not_hidden();
    vec![
        trial("break_even_has_a_curve_for_each", lavapipe.clone(), curves),
        trial("break_even_names_a_program_on_the_cores", lavapipe.clone(), text),
        trial("break_even_foretells_nothing_of_uneven_terms", lavapipe.clone(), uneven),
        trial("break_even_refuses_other_kernels", lavapipe, refused),
        trial("break_even_without_a_device_says_so", elsewhere, without),
    ]
}

fn curves() -> Result<(), Failed> {
    let ended = Driver::Lavapipe.run(&["break-even", "-k", "memory", "-n", "9000", "--json"])?;
    ended.assert_good();
    let document = ended.document();
    assert_eq!((&document["lesson"], &document["missing"]), (&"gpu".into(), &Value::Null));
    let sizes = document["sizes"].as_array().ok_or("sizes")?;
    let terms: Vec<_> = sizes.iter().map(|size| size["terms"].as_u64()).collect();
    assert_eq!(terms, [1024, 4096, 9000].map(Some));
    for size in sizes {
        for curve in ["one_core", "all_cores", "device", "with_transfer"] {
            assert!(size[curve]["low"].as_f64() > Some(0.0), "{curve}: {size}");
        }
    }
    let answers = document["answers"].as_array().ok_or("answers")?;
    let rows: Vec<_> = answers.iter().map(|answer| (&answer["row"], &answer["than"])).collect();
    let of = |row: &str, than: &str| (Value::from(row), Value::from(than));
    let all = [
        of("strided", "one core"),
        of("strided", "all cores"),
        of("with-transfer", "one core"),
        of("with-transfer", "all cores"),
    ];
    assert_eq!(rows, all.each_ref().map(|(row, than)| (row, than)));
    // A few microseconds of work are no match for a dispatch.
    assert_eq!(answers[0]["measured"], "not up to 9,000", "{answers:?}");
    Ok(())
}

fn text() -> Result<(), Failed> {
    let ended = Driver::Lavapipe.run(&["break-even", "-n", "5000"])?;
    ended.assert_good();
    for part in ["quicker than", "foretold", "not up to 5,000", "This is a software device"] {
        holds(ended.stdout.contains(part), &ended)?;
    }
    holds(!ended.stdout.contains("with-transfer"), &ended)?;
    holds(ended.stdout.lines().all(|line| line.chars().count() <= 80), &ended)
}

fn uneven() -> Result<(), Failed> {
    let ended = Driver::Lavapipe.run(&["break-even", "-k", "primes", "-n", "2000", "--json"])?;
    ended.assert_good();
    let answers = ended.document()["answers"].as_array().cloned().ok_or("answers")?;
    assert!(!answers.is_empty());
    assert!(answers.iter().all(|answer| answer["foretold"].is_null()), "{answers:?}");
    Ok(())
}

fn refused() -> Result<(), Failed> {
    let ended = Driver::Lavapipe.run(&["break-even", "-k", "pi"])?;
    ended.assert_refused(2);
    holds(ended.stderr.contains("integers, memory and primes"), &ended)?;
    let ended = Driver::Lavapipe.run(&["break-even", "--device", "nonsense"])?;
    ended.assert_refused(2);
    holds(ended.stderr.contains("llvmpipe"), &ended)
}

fn without() -> Result<(), Failed> {
    let ended = finish(only(PROGRAM, &["break-even"], Path::new("/nonexistent")).spawn()?);
    ended.assert_good();
    holds(ended.stdout.contains("mesa-vulkan-drivers"), &ended)
}
