//! A page that is open in a tab of its own.

use std::path::Path;
use std::time::Duration;
use std::{env, fmt, fs};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::Result;
use crate::chromium::Chromium;
use crate::devtools::Event;
use crate::events;

/// How wide the page is shown, in CSS pixels.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Width(pub u32);

/// The colour scheme that the reader prefers.
#[derive(Clone, Copy)]
pub enum Scheme {
    Light,
    Dark,
}

/// How high the window is, in CSS pixels.
const HEIGHT: u32 = 900;

/// The highest picture that is taken, in CSS pixels: Chromium cannot draw beyond.
const HIGHEST: f64 = 16_000.0;

/// For how long a quiet page sends no event.
const SILENCE: Duration = Duration::from_millis(100);

/// Resolves when the fonts are there, transitions have ended and two frames were drawn.
const DRAWN: &str = "(async () => {
    await document.fonts.ready;
    const finite = document.getAnimations()
        .filter(each => Number.isFinite(each.effect.getComputedTiming().endTime));
    await Promise.allSettled(finite.map(each => each.finished));
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
})()";

/// What the functions given to [`Page::apply`] may use.
const COMMON: &str = include_str!("common.js");

/// An open page. Dropped, its tab is closed.
pub struct Page<'c> {
    chromium: &'c Chromium,
    target: String,
    session: String,
}

impl<'c> Page<'c> {
    pub fn open(chromium: &'c Chromium, url: &str, width: Width, scheme: Scheme) -> Result<Self> {
        let call = |method, params| chromium.devtools.borrow_mut().call(None, method, params);
        // A window each: Chromium draws no frames for a tab behind another one.
        let created =
            call("Target.createTarget", json!({"url": "about:blank", "newWindow": true}))?;
        let target = text(&created["targetId"]);
        let attached = call("Target.attachToTarget", json!({"targetId": target, "flatten": true}))?;
        let page = Self { chromium, target, session: text(&attached["sessionId"]) };
        for domain in ["Page", "Runtime", "Log", "Network"] {
            page.call(&format!("{domain}.enable"), json!({}))?;
        }
        page.call("Page.setLifecycleEventsEnabled", json!({"enabled": true}))?;
        page.call("Emulation.setFocusEmulationEnabled", json!({"enabled": true}))?;
        page.call(
            "Emulation.setDeviceMetricsOverride",
            json!({"width": width.0, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": false}),
        )?;
        let preference = json!({"name": "prefers-color-scheme", "value": scheme.to_string()});
        page.call("Emulation.setEmulatedMedia", json!({"features": [preference]}))?;
        let navigated = page.call("Page.navigate", json!({"url": url}))?;
        if let Some(error) = navigated["errorText"].as_str() {
            return Err(format!("{url}: {error}").into());
        }
        chromium.devtools.borrow_mut().wait(&format!("{url} has loaded"), |event| {
            event.session == page.session
                && event.method == "Page.lifecycleEvent"
                && event.params["name"] == "load"
                && event.params["loaderId"] == navigated["loaderId"]
        })?;
        page.rest()?;
        if let Some(folder) = env::var_os("SCREENSHOTS").filter(|folder| !folder.is_empty()) {
            page.screenshot(Path::new(&folder).join(picture_name(url, width, scheme)))?;
        }
        Ok(page)
    }

    /// Waits until the fonts are there, nothing moves, and that has been drawn.
    pub fn drawn(&self) -> Result<()> {
        self.evaluate::<Value>(DRAWN)?;
        Ok(())
    }

    /// Waits until it is drawn and quiet, too: it asks for nothing and says nothing any more.
    pub fn rest(&self) -> Result<()> {
        self.drawn()?;
        self.chromium.devtools.borrow_mut().settle(SILENCE)
    }

    /// What went wrong so far: errors and warnings of the console, uncaught exceptions, failed loads.
    pub fn problems(&self) -> Vec<String> {
        events::problems(self.events(&self.chromium.devtools.borrow().events))
    }

    /// Every address that was fetched so far, but for files and `data:`.
    pub fn requests(&self) -> Vec<String> {
        events::requests(self.events(&self.chromium.devtools.borrow().events))
    }

    fn events<'e>(&'e self, all: &'e [Event]) -> impl Iterator<Item = &'e Event> {
        all.iter().filter(|event| event.session == self.session)
    }

    /// The value of a JavaScript expression; of a promise, what it resolves to.
    pub fn evaluate<T: DeserializeOwned>(&self, expression: &str) -> Result<T> {
        let mut answer = self.call(
            "Runtime.evaluate",
            json!({"expression": expression, "returnByValue": true, "awaitPromise": true}),
        )?;
        if let Some(exception) = answer.get("exceptionDetails") {
            return Err(events::exception(exception).into());
        }
        Ok(serde_json::from_value(answer["result"]["value"].take())?)
    }

    /// What a JavaScript function answers to `arguments`, a list. It may use what `common.js` has.
    pub fn apply<T: DeserializeOwned>(&self, function: &str, arguments: Value) -> Result<T> {
        self.evaluate(&format!(
            "(() => {{ {COMMON}\nreturn (\n{function}\n)(...{arguments}); }})()"
        ))
    }

    /// The time from the start of the navigation to the end of its load event.
    pub fn load_milliseconds(&self) -> Result<f64> {
        self.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    }

    /// Saves the whole page as a PNG; makes the folder where it is missing.
    pub fn screenshot(&self, path: impl AsRef<Path>) -> Result<()> {
        let size = &self.call("Page.getLayoutMetrics", json!({}))?["cssContentSize"];
        let height = size["height"].as_f64().ok_or("a page has a height")?.min(HIGHEST);
        let clip = json!({"x": 0, "y": 0, "width": size["width"], "height": height, "scale": 1});
        let picture = self.call(
            "Page.captureScreenshot",
            json!({"format": "png", "captureBeyondViewport": true, "clip": clip}),
        )?;
        let path = path.as_ref();
        fs::create_dir_all(path.parent().ok_or("a picture needs a name")?)?;
        let bytes = STANDARD.decode(text(&picture["data"]))?;
        Ok(fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))?)
    }

    /// A command of the DevTools protocol to this page.
    pub fn call(&self, method: &str, params: Value) -> Result<Value> {
        self.chromium.devtools.borrow_mut().call(Some(&self.session), method, params)
    }
}

impl Drop for Page<'_> {
    fn drop(&mut self) {
        let mut devtools = self.chromium.devtools.borrow_mut();
        // A browser that has ended has closed its tabs.
        drop(devtools.send(None, "Target.closeTarget", json!({"targetId": self.target})));
        devtools.events.retain(|event| event.session != self.session);
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Light => "light",
            Self::Dark => "dark",
        })
    }
}

/// The address of a file: its absolute path, in which what is no plain letter is written `%20`.
pub fn file_url(path: &Path) -> Result<String> {
    let path = path.canonicalize().map_err(|error| format!("{}: {error}", path.display()))?;
    let bytes = path.as_os_str().as_encoded_bytes().iter();
    let escaped = bytes.map(|&byte| match byte {
        b'/' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    Ok(format!("file://{}", escaped.collect::<String>()))
}

/// `folder-page-360-dark.png`: the last two parts of the address, how wide, and the scheme.
fn picture_name(url: &str, width: Width, scheme: Scheme) -> String {
    let path = url.split(['?', '#']).next().unwrap_or(url).trim_end_matches(".html");
    let mut parts = path.rsplit('/');
    let (page, folder) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    format!("{folder}-{page}-{}-{scheme}.png", width.0)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
