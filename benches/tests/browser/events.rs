//! What the events of a page say about it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::devtools::Event;

/// Errors and warnings of the console, uncaught exceptions, and loads that failed.
pub fn problems<'e>(events: impl Iterator<Item = &'e Event>) -> Vec<String> {
    let mut addresses = BTreeMap::new();
    let mut found = Vec::new();
    for Event { method, params, .. } in events {
        let request = params["requestId"].as_str().unwrap_or_default();
        match method.as_str() {
            "Runtime.consoleAPICalled" => found.extend(console(params)),
            "Runtime.exceptionThrown" => {
                found.push(format!("uncaught: {}", exception(&params["exceptionDetails"])));
            }
            "Log.entryAdded" => found.extend(log(&params["entry"])),
            "Network.requestWillBeSent" => {
                addresses.insert(request, &params["request"]["url"]);
            }
            "Network.responseReceived" if params["response"]["status"].as_u64() >= Some(400) => {
                let response = &params["response"];
                found.push(format!("{}: status {}", response["url"], response["status"]));
            }
            "Network.loadingFailed" => {
                let address = addresses.get(request).map_or("?", |url| url.as_str().unwrap_or("?"));
                let error = params["errorText"].as_str().unwrap_or_default();
                found.push(format!("failed to load {address}: {error}"));
            }
            _ => {}
        }
    }
    found
}

/// The addresses that were asked for, but for files and data that stand in the page itself.
pub fn requests<'e>(events: impl Iterator<Item = &'e Event>) -> Vec<String> {
    let asked = events.filter_map(|Event { method, params, .. }| match method.as_str() {
        "Network.requestWillBeSent" => params["request"]["url"].as_str(),
        "Network.webSocketCreated" => params["url"].as_str(),
        _ => None,
    });
    let local = |url: &&str| ["file:", "data:"].iter().any(|scheme| url.starts_with(scheme));
    asked.filter(|url| !local(url)).map(str::to_owned).collect()
}

/// The words of an exception: those of the error that was thrown, or of the engine.
pub fn exception(details: &Value) -> String {
    let thrown = &details["exception"];
    let words = [&thrown["description"], &thrown["value"], &details["text"]];
    words.into_iter().find_map(Value::as_str).unwrap_or("an exception without words").to_owned()
}

fn console(params: &Value) -> Option<String> {
    let kind = params["type"].as_str()?;
    let words = params["args"].as_array()?.iter();
    let words: Vec<String> = words
        .map(|argument| match (&argument["value"], argument["description"].as_str()) {
            (Value::Null, Some(description)) => description.to_owned(),
            (Value::String(word), _) => word.clone(),
            (value, _) => value.to_string(),
        })
        .collect();
    ["error", "warning", "assert"]
        .contains(&kind)
        .then(|| format!("console {kind}: {}", words.join(" ")))
}

/// What the browser itself says; a failed load is known from its own event, with its address.
fn log(entry: &Value) -> Option<String> {
    let level = entry["level"].as_str()?;
    let told = ["error", "warning"].contains(&level) && entry["source"] != "network";
    told.then(|| format!("{level}: {}", entry["text"].as_str().unwrap_or_default()))
}
