//! The shaders of the table under Khronos' validation layer: it sees no race in any of them. It does see one where there
//! is one.

use std::fs;
use std::path::Path;

use libtest_mimic::{Failed, Trial};
use testkit::{finish, trial};

use super::PROGRAM;
use super::driver::{Driver, holds};

/// As Debian's package of Chromium brings it, without a description for the loader.
const LIBRARY: &str = "/usr/lib/chromium/libVkLayer_khronos_validation.so";

const RACY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/races/no_barrier.wgsl");

pub fn trials() -> Vec<Trial> {
    let missing = Driver::Lavapipe.missing().or(Driver::SwiftShader.missing());
    vec![
        trial("no_shader_of_the_table_has_a_race_that_the_layer_sees", missing.clone(), || {
            seen(&["--check"], 0, |races| races == 0)
        }),
        trial("the_layer_sees_the_race_of_a_readers_shader", missing, || {
            seen(&["-s", "your-turn", "--your-turn", RACY], 1, |races| races > 0)
        }),
    ]
}

/// Runs the table, which ends with `code`, under the layer, which names so many races.
fn seen(arguments: &[&str], code: i32, expected: fn(usize) -> bool) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let (settings, log) = (folder.path().join("settings.txt"), folder.path().join("log.txt"));
    let described = serde_json::json!({
        "file_format_version": "1.0.0",
        "layer": {
            "name": "VK_LAYER_KHRONOS_validation",
            "type": "GLOBAL",
            "library_path": LIBRARY,
            "api_version": "1.3.0",
            "implementation_version": "1",
            "description": "Khronos Validation Layer",
        },
    });
    fs::write(folder.path().join("layer.json"), described.to_string())?;
    fs::write(&settings, settings_with(&log))?;
    let few = ["-k", "memory", "-n", "1000", "-w", "1", "--rounds", "1", "--no-baseline"];
    let mut command = Driver::Lavapipe.command(PROGRAM, &[&few[..], arguments].concat());
    command.env("VK_LAYER_PATH", folder.path()).env("VK_LAYER_SETTINGS_PATH", &settings);
    command.env("VK_INSTANCE_LAYERS", "VK_LAYER_KHRONOS_validation");
    let ended = finish(command.spawn()?);
    holds(ended.code() == Some(code), &ended)?;
    // It is there as soon as the layer is.
    let said = fs::read_to_string(&log)?;
    let races = said.matches("data race was detected").count();
    if expected(races) { Ok(()) } else { Err(said.into()) }
}

fn settings_with(log: &Path) -> String {
    let log = log.display();
    format!(
        "khronos_validation.gpuav_enable = true\n\
         khronos_validation.gpuav_shared_memory_data_race = true\n\
         khronos_validation.debug_action = VK_DBG_LAYER_ACTION_LOG_MSG\n\
         khronos_validation.report_flags = error\n\
         khronos_validation.log_filename = {log}\n"
    )
}
