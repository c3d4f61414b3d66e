use measure::Error;
use serde::{Deserialize, Serialize};
use wgpu::{Adapter, Backends, DeviceType, Instance, InstanceDescriptor, InstanceFlags};

/// What a device is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Its name, as the driver has it.
    pub name: String,
    /// What kind of device.
    pub kind: Kind,
    /// Through which interface it is asked: `vulkan`, `metal` or `dx12`.
    pub interface: String,
    /// The driver and its version.
    pub driver: String,
    /// Which of the features that rows can use it offers: `timestamps`, `subgroups`, `int64`.
    pub offers: Vec<String>,
    /// The invocations of a subgroup, from the fewest to the most.
    pub subgroup: [u32; 2],
}

/// Kinds of devices, the likely fastest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A card with memory of its own.
    Discrete,
    /// A part of the processor, which shares its memory.
    Integrated,
    /// What a virtual machine passes on.
    Virtual,
    /// A driver that does not say.
    Other,
    /// A program that does what a device would, on the cores.
    Software,
}

impl Kind {
    /// The word in tables and in the JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Discrete => "discrete",
            Kind::Integrated => "integrated",
            Kind::Virtual => "virtual",
            Kind::Other => "other",
            Kind::Software => "software",
        }
    }
}

impl Facts {
    pub(crate) fn of(adapter: &Adapter) -> Self {
        let (info, features) = (adapter.get_info(), adapter.features());
        let offers = [
            (wgpu::Features::TIMESTAMP_QUERY, "timestamps"),
            (wgpu::Features::SUBGROUP, "subgroups"),
            (wgpu::Features::SHADER_INT64, "int64"),
        ];
        let offers = offers.into_iter().filter(|(feature, _)| features.contains(*feature));
        Facts {
            name: info.name.trim().to_owned(),
            kind: match info.device_type {
                DeviceType::DiscreteGpu => Kind::Discrete,
                DeviceType::IntegratedGpu => Kind::Integrated,
                DeviceType::VirtualGpu => Kind::Virtual,
                DeviceType::Other => Kind::Other,
                DeviceType::Cpu => Kind::Software,
            },
            interface: info.backend.to_str().to_owned(),
            driver: format!("{} {}", info.driver, info.driver_info).trim().to_owned(),
            offers: offers.map(|(_, name)| name.to_owned()).collect(),
            subgroup: [info.subgroup_min_size, info.subgroup_max_size],
        }
    }

    /// Whether it is a program on the cores: its sums are right or wrong like any others, and its times say nothing
    /// about a GPU.
    pub fn is_software(&self) -> bool {
        self.kind == Kind::Software
    }
}

/// The adapters of this machine, the likely fastest first; those of one kind as the system has them.
pub(crate) fn adapters(flags: InstanceFlags) -> Vec<Adapter> {
    let instance = Instance::new(InstanceDescriptor {
        backends: Backends::PRIMARY,
        flags,
        ..InstanceDescriptor::new_without_display_handle()
    });
    let mut all = pollster::block_on(instance.enumerate_adapters(Backends::PRIMARY));
    all.sort_by_key(|adapter| Facts::of(adapter).kind);
    all
}

/// The adapter whose name has `asked` in it, in letters of any size; or else the first.
///
/// # Errors
///
/// [`Error::Missing`] where there is none at all, [`Error::Usage`] where none has that name.
pub(crate) fn chosen(asked: Option<&str>, flags: InstanceFlags) -> Result<Adapter, Error> {
    let mut all = adapters(flags);
    if all.is_empty() {
        return Err(missing());
    }
    let Some(asked) = asked else { return Ok(all.swap_remove(0)) };
    let names: Vec<String> = all.iter().map(|adapter| Facts::of(adapter).name).collect();
    match names.iter().position(|name| name.to_lowercase().contains(&asked.to_lowercase())) {
        Some(place) => Ok(all.swap_remove(place)),
        None => Err(Error::Usage(format!(
            "invalid value '{asked}' for --device: the devices here are {}; for example: --device '{}'",
            names.join(", "),
            names[0]
        ))),
    }
}

/// The error of a machine without a device.
pub(crate) fn missing() -> Error {
    Error::Missing {
        what: "a GPU with a driver".to_owned(),
        why: "neither Vulkan nor Metal nor Direct3D 12 shows a device".to_owned(),
        remedy: "install the driver of your GPU (NVIDIA's brings its own Vulkan), or one in software: on Debian \
                 `apt install mesa-vulkan-drivers`",
    }
}

/// The answer to `--list-devices`.
pub(crate) fn list() -> String {
    let all: Vec<Facts> = adapters(InstanceFlags::empty()).iter().map(Facts::of).collect();
    if all.is_empty() {
        return course::wrapped(&format!("{}.", missing()), 0);
    }
    let mut text = String::new();
    for facts in all {
        text += &course::wrapped(&facts.name, 0);
        let offers = if facts.offers.is_empty() {
            "nothing more".to_owned()
        } else {
            facts.offers.join(", ")
        };
        let about = format!(
            "{}, by {}; driver: {}; subgroups of {}; offers {offers}",
            facts.kind.as_str(),
            facts.interface,
            if facts.driver.is_empty() { "not told" } else { &facts.driver },
            match facts.subgroup {
                [few, most] if few == most => few.to_string(),
                [few, most] => format!("{few} to {most}"),
            },
        );
        text += &course::wrapped(&about, 2);
    }
    text
}
