use serde::{Deserialize, Serialize};

use super::Measurements;

/// The field of the document in which a lesson tells its device.
const FIELD: &str = "device";

/// A device that summed in the place of the cores, as a document tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Its name, as the driver has it.
    pub name: String,
    /// What it is: `discrete`, `integrated`, `virtual`, `other`, or `software`.
    pub kind: String,
    /// The driver and its version; empty where it does not tell.
    #[serde(default)]
    pub driver: String,
}

impl Device {
    /// Whether it is a program that does on the cores what a device would: its sums count, and its times tell nothing
    /// about a device.
    pub fn is_software(&self) -> bool {
        self.kind == "software"
    }
}

impl Measurements {
    /// The device of the lesson; `None` where it has none, or tells none.
    pub fn device(&self) -> Option<Device> {
        let told = self.extra.get(FIELD)?;
        Device::deserialize(told).ok()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{Document, made_up};

    fn read_back(told: Option<Value>) -> Option<Device> {
        let mut written = made_up::integers(Vec::new());
        written.extra.extend(told.map(|told| (FIELD.to_owned(), told)));
        Document::<Measurements>::parse(&written.to_json()).expect("it is one").device()
    }

    #[test]
    fn a_device_is_read_back_with_its_kind() {
        let told = |kind| json!({"name": "a card", "kind": kind, "offers": ["int64"]});
        let software = read_back(Some(told("software"))).expect("it is told");
        assert_eq!((software.name.as_str(), software.is_software()), ("a card", true));
        let card = read_back(Some(told("discrete"))).expect("it is told");
        assert!(!card.is_software());
    }

    #[test]
    fn where_no_device_is_told_there_is_none() {
        for told in [None, Some(Value::Null), Some(json!({"name": 7}))] {
            assert_eq!(read_back(told.clone()), None, "{told:?}");
        }
    }
}
