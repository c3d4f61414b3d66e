//! `price`, as the lesson `limits` asks for it.

use std::path::Path;

use libtest_mimic::{Failed, Trial};
use serde_json::Value;
use testkit::{Ended, finish, trial};

use super::PROGRAM;
use super::driver::{Driver, not_hidden, only};

pub fn trials() -> Vec<Trial> {
    let hidden = not_hidden();
    vec![
        trial("a_price_without_a_device_is_an_answer", hidden, no_device_is_an_answer),
        trial("a_price_in_software_is_named_as_one", Driver::Lavapipe.missing(), software),
    ]
}

fn without(arguments: &[&str]) -> Result<Ended, Failed> {
    let arguments = [&["price"], arguments].concat();
    let ended = finish(only(PROGRAM, &arguments, Path::new("/nonexistent")).spawn()?);
    ended.assert_good();
    Ok(ended)
}

fn no_device_is_an_answer() -> Result<(), Failed> {
    let document = without(&["--json"])?.document();
    assert_eq!((&document["lesson"], &document["device"]), (&"gpu".into(), &Value::Null));
    assert_eq!(document["dispatch"], Value::Null);
    let missing = document["missing"].as_str().expect("a reason");
    assert!(missing.contains("a GPU with a driver is missing: "), "{missing}");
    let text = without(&[])?.stdout;
    assert_eq!(text.split_whitespace().collect::<Vec<_>>().join(" "), format!("{missing}."));
    Ok(())
}

fn software() -> Result<(), Failed> {
    let document = Driver::Lavapipe.run(&["price", "--json"])?.document();
    assert_eq!(document["device"]["kind"], "software");
    assert_eq!(document["missing"], Value::Null);
    let of = |end| document["dispatch"][end].as_f64().expect("a number");
    let [low, median, high] = ["low", "median", "high"].map(of);
    assert!(0.0 < low && low <= median && median <= high && high < 20.0, "{document}");
    assert!(document["rounds"].as_u64().is_some_and(|rounds| rounds >= 12), "{document}");
    let text = Driver::Lavapipe.run(&["price"])?.stdout;
    assert!(text.contains("a program on the"), "{text}");
    Ok(())
}
