/// What the layer says of a line: that of the text which it was given.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Message {
    /// The line in the shader's text, from 1.
    pub(super) line: u32,
    /// The variable on which there is a race.
    pub(super) variable: String,
}

impl Message {
    /// Reads a message about a race in the shader `name`; `None` where this is none.
    pub(super) fn of(text: &str, name: &str) -> Option<Self> {
        if !text.contains("data race was detected") {
            return None;
        }
        // `no_barrier:18:42`, first where the other access stands, if it stands elsewhere, and at last where this one does.
        let places = format!("occurred at {name}:");
        let (_, place) = text.rsplit_once(&places)?;
        let line = place.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()?;
        let variable = text.split_once("variable \"").and_then(|(_, rest)| rest.split_once('"'));
        let variable = variable.map_or("the memory of the workgroup", |(name, _)| name).to_owned();
        Some(Message { line, variable })
    }
}

/// Why a layer heard nothing, as far as its messages say.
pub(super) fn trouble(messages: &[String]) -> Option<&'static str> {
    let says = |part| messages.iter().any(|message| message.contains(part));
    if says("unable to find layer") {
        return Some("the loader of Vulkan does not find it");
    }
    if says("Invalid source language operand") {
        return Some(
            "it is too old, and does not know what shaders made of WGSL say about themselves",
        );
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const RACE: &str = r#"VALIDATION [SharedMemoryDataRace-RaceOnLoad (0x1)]
    [ Debug region: tree ] vkCmdDispatch(): A data race was detected on the shared memory variable "part" in local
    invocation index 1 while performing a load operation. (Likely against local invocation index 0)
    The other access in this race was at:
    Shader validation error occurred at tree:61:13

            part[lane] = add(part[lane], part[lane + half]);
            ^
    Shader Module (0x5) (internal ID 5)
    Shader validation error occurred at tree:64:12"#;

    #[test]
    fn a_race_is_read_and_nothing_else_is() {
        let race = Message { line: 64, variable: "part".to_owned() };
        assert_eq!(Message::of(RACE, "tree"), Some(race));
        assert_eq!(Message::of(RACE, "one_barrier"), None);
        assert_eq!(Message::of("objects: (type: QUEUE, name: tree:1:2)", "tree"), None);
        let cut = &RACE[..RACE.find("The other").expect("it is there")];
        assert_eq!(Message::of(cut, "tree"), None, "without a place it is no use");
    }

    #[test]
    fn a_layer_that_cannot_say_anything_is_told_from_one_that_has_nothing_to_say() {
        let said = |text: &str| trouble(&[text.to_owned()]);
        assert!(said("... requested, but unable to find layer: VK_LAYER").is_some());
        assert!(said("[VUID] Invalid source language operand: 10").is_some());
        assert_eq!(said(RACE), None);
    }
}
