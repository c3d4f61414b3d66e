//! Where the time of a sum goes: what the document has of it, and what is said of it.

use libtest_mimic::{Failed, Trial};
use serde_json::Value;
use testkit::trial;

use super::driver::{Driver, holds};

/// Six rounds are the fewest that tell anything.
const FEW: [&str; 6] = ["-n", "5000", "--rounds", "6", "-w", "1"];

pub fn trials() -> Vec<Trial> {
    let lavapipe = Driver::Lavapipe.missing();
    vec![
        trial("the_parts_of_a_sum_add_up", lavapipe.clone(), parts),
        trial("nothing_is_concluded_from_a_program_on_the_cores", lavapipe.clone(), concluded),
        trial("few_rounds_measure_no_costs", lavapipe, few),
    ]
}

fn samples(seconds: &Value) -> Vec<f64> {
    let all = seconds["samples"].as_array().cloned().unwrap_or_default();
    all.iter().filter_map(Value::as_f64).collect()
}

/// In every round. What is left over is the dispatch, so that none of the others may be more than the whole.
fn parts() -> Result<(), Failed> {
    let wanted = ["-k", "memory", "-s", "strided,with-transfer", "--json"];
    let ended = Driver::Lavapipe.run(&[&FEW[..], &wanted].concat())?;
    ended.assert_good();
    let document = ended.document();
    assert_eq!(document["device"]["kind"], "software");
    let costs = &document["device_costs"];
    assert_eq!(samples(&costs["dispatch"]).len(), 6, "{costs}");
    assert!(costs["sends"]["low"].as_f64() > Some(0.0), "{costs}");
    assert!(costs["copies"]["low"].as_f64() > Some(0.0), "lavapipe has a clock: {costs}");
    let groups = costs["occupancy"].as_array().ok_or("occupancy")?;
    let groups: Vec<_> = groups.iter().map(|it| it["workgroups"].as_u64()).collect();
    assert_eq!(groups, [Some(1), Some(4), Some(16), Some(20)], "5,000 terms are 20 workgroups");
    for run in document["runs"].as_array().ok_or("runs")? {
        let of = |part: &str| samples(&run["parts"][part]);
        let (whole, before, kernel) = (of("whole"), of("before"), of("kernel"));
        let (dispatch, back) = (of("dispatch"), of("back"));
        assert_eq!([&whole, &before, &kernel, &dispatch, &back].map(Vec::len), [6; 5], "{run}");
        for i in 0..6 {
            assert!(kernel[i] > 0.0 && before[i] + kernel[i] <= whole[i], "{run}");
            let all = before[i] + kernel[i] + dispatch[i] + back[i];
            // Where getting it back took longer when it was measured apart, there is no dispatch left.
            let left = dispatch[i] == 0.0 || (all / whole[i] - 1.0).abs() < 1e-6;
            assert!(left, "round {i}: {all} of {}: {run}", whole[i]);
        }
        let sends = run["strategy"] == "with-transfer";
        assert_eq!(before.iter().all(|time| *time > 1e-5), sends, "{run}");
    }
    Ok(())
}

fn concluded() -> Result<(), Failed> {
    let ended = Driver::Lavapipe.run(&[&FEW[..], &["-k", "memory"]].concat())?;
    ended.assert_good();
    let words = ended.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    holds(words.contains("nothing is concluded from its times"), &ended)?;
    for row in ["where the time goes", "workgroups of strided", "a dispatch that adds one term"] {
        holds(words.contains(row), &ended)?;
    }
    for said in ["should pay", "Sending the numbers took", "took the device", "device computed for"]
    {
        holds(!words.contains(said), &ended)?;
    }
    holds(ended.stdout.lines().all(|line| line.chars().count() <= 80), &ended)
}

fn few() -> Result<(), Failed> {
    let ended = Driver::Lavapipe.run(&["-n", "1000", "--rounds", "5", "-s", "strided"])?;
    ended.assert_good();
    holds(!ended.stdout.contains("where the time goes"), &ended)?;
    holds(ended.stdout.contains("a software device"), &ended)
}
