//! What a reader does with a page: points at things, and presses keys.

use serde::Deserialize;
use serde_json::json;

use crate::Result;
use crate::page::Page;

/// A key: its name, its number on Windows keyboards (which the protocol wants), and what it types.
const KEYS: [(&str, u32, &str); 8] = [
    ("Tab", 9, ""),
    ("Enter", 13, "\r"),
    ("Escape", 27, ""),
    ("Space", 32, " "),
    ("ArrowLeft", 37, ""),
    ("ArrowUp", 38, ""),
    ("ArrowRight", 39, ""),
    ("ArrowDown", 40, ""),
];

#[derive(Deserialize)]
struct Point {
    x: f64,
    y: f64,
}

impl Page<'_> {
    /// Presses a key and lets it go.
    pub fn key(&self, name: &str) -> Result<()> {
        let key = KEYS.iter().find(|(known, ..)| *known == name);
        let (_, number, text) = key.ok_or_else(|| format!("no key {name}: {KEYS:?}"))?;
        let key = if name == "Space" { " " } else { name };
        let down = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
        for kind in [down, "keyUp"] {
            let text = if kind == "keyDown" { *text } else { "" };
            self.call(
                "Input.dispatchKeyEvent",
                json!({"type": kind, "key": key, "code": name, "text": text,
                       "windowsVirtualKeyCode": number}),
            )?;
        }
        Ok(())
    }

    /// Moves the mouse onto the first element that matches.
    pub fn hover(&self, selector: &str) -> Result<()> {
        self.hover_nth(selector, 0)
    }

    /// Moves the mouse onto the element number `index`, from 0, of those that match; fails where it
    /// cannot be pointed at because another one covers it.
    pub fn hover_nth(&self, selector: &str, index: usize) -> Result<()> {
        let Point { x, y } = self.apply(include_str!("point.js"), json!([selector, index]))?;
        self.point(x, y)
    }

    /// Moves the mouse to the corner of the window.
    pub fn leave(&self) -> Result<()> {
        self.point(0.0, 0.0)
    }

    fn point(&self, x: f64, y: f64) -> Result<()> {
        self.call("Input.dispatchMouseEvent", json!({"type": "mouseMoved", "x": x, "y": y}))?;
        Ok(())
    }
}
