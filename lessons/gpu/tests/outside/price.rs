//! `price`, as the lesson `limits` asks for it.

use std::path::Path;

use libtest_mimic::{Failed, Trial};
use serde_json::Value;
use testkit::{Ended, trial};

use crate::PROGRAM;

/// A device that is a program on the cores.
const LAVAPIPE: &str = "/usr/share/vulkan/icd.d/lvp_icd.x86_64.json";

pub(crate) fn trials() -> Vec<Trial> {
    let elsewhere = "elsewhere than on Linux drivers cannot be hidden";
    let hidden = (!cfg!(target_os = "linux")).then(|| elsewhere.to_owned());
    let lavapipe = (!Path::new(LAVAPIPE).exists())
        .then(|| format!("{LAVAPIPE} is missing: apt-get install mesa-vulkan-drivers"));
    vec![
        trial("price::no_device_is_an_answer", hidden, no_device_is_an_answer),
        trial("price::a_device_in_software_is_named_as_one", lavapipe, software),
    ]
}

/// What `price` answers where only this driver is shown.
fn price(driver: &str, arguments: &[&str]) -> Ended {
    let mut command = testkit::command(PROGRAM, &[&["price"], arguments].concat());
    command.env("VK_ICD_FILENAMES", driver).env("NODEVICE_SELECT", "1");
    let ended = testkit::finish(command.spawn().expect("it starts"));
    ended.assert_good();
    ended
}

fn no_device_is_an_answer() -> Result<(), Failed> {
    let document = price("/nonexistent", &["--json"]).document();
    assert_eq!((&document["lesson"], &document["device"]), (&"gpu".into(), &Value::Null));
    assert_eq!(document["dispatch"], Value::Null);
    let missing = document["missing"].as_str().expect("a reason");
    assert!(missing.contains("a GPU with a driver is missing: "), "{missing}");
    let text = price("/nonexistent", &[]).stdout;
    assert_eq!(text.split_whitespace().collect::<Vec<_>>().join(" "), format!("{missing}."));
    Ok(())
}

fn software() -> Result<(), Failed> {
    let document = price(LAVAPIPE, &["--json"]).document();
    assert_eq!(document["device"]["kind"], "software");
    assert_eq!(document["missing"], Value::Null);
    let of = |end| document["dispatch"][end].as_f64().expect("a number");
    let [low, median, high] = ["low", "median", "high"].map(of);
    assert!(0.0 < low && low <= median && median <= high && high < 20.0, "{document}");
    assert!(document["rounds"].as_u64().is_some_and(|rounds| rounds >= 12), "{document}");
    let text = price(LAVAPIPE, &[]).stdout;
    assert!(text.contains("a program on the"), "{text}");
    Ok(())
}
