use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The validation layer of Khronos, as a machine may have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layer {
    /// Its description for the loader, or else its library.
    pub(super) file: PathBuf,
}

/// What its description is called everywhere.
const DESCRIPTION: &str = "VkLayer_khronos_validation.json";

/// Below these the loader of Vulkan finds layers that are asked for.
const PREFIXES: [&str; 4] = ["/usr/local/share", "/usr/share", "/etc", "/usr/local/etc"];

/// Chromium, as Debian builds it, brings the library without a description.
const LIBRARIES: [&str; 2] = [
    "/usr/lib/chromium/libVkLayer_khronos_validation.so",
    "/usr/lib/chromium-browser/libVkLayer_khronos_validation.so",
];

/// What to do where there is none.
pub(super) const REMEDY: &str = "install Khronos' validation layer: the Vulkan SDK of vulkan.lunarg.com has it (VULKAN_SDK \
                                 says where), and on Debian so has the package chromium";

/// Where this machine has the layer, the likely newest first.
pub(super) fn layers() -> Vec<Layer> {
    let variable = |name| env::var_os(name).map(|value| env::split_paths(&value).collect());
    let asked: Vec<PathBuf> = variable("VK_LAYER_PATH").unwrap_or_default();
    let sdk: Vec<PathBuf> = variable("VULKAN_SDK").unwrap_or_default();
    let sdk = sdk.iter().flat_map(|sdk| {
        ["share/vulkan/explicit_layer.d", "etc/vulkan/explicit_layer.d", "Bin"]
            .map(|at| sdk.join(at))
    });
    let system = PREFIXES.map(|prefix| Path::new(prefix).join("vulkan/explicit_layer.d"));
    let described = asked.into_iter().chain(sdk).map(|folder| folder.join(DESCRIPTION));
    let libraries = LIBRARIES.map(PathBuf::from);
    let all = described.chain(libraries).chain(system.map(|folder| folder.join(DESCRIPTION)));
    all.filter(|file| file.is_file()).map(|file| Layer { file }).collect()
}

impl Layer {
    /// Writes into `folder` what the loader needs to find the layer, and what the layer needs to look for races.
    /// Gives the variables that say so to a child.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub(super) fn switched_on(&self, folder: &Path) -> io::Result<[(&'static str, PathBuf); 2]> {
        let settings = folder.join("vk_layer_settings.txt");
        fs::write(&settings, SETTINGS)?;
        let is_library = self.file.extension() != Some("json".as_ref());
        let found_in = if is_library {
            fs::write(folder.join(DESCRIPTION), described(&self.file))?;
            folder
        } else {
            self.file.parent().unwrap_or(folder)
        };
        Ok([("VK_LAYER_PATH", found_in.to_owned()), ("VK_LAYER_SETTINGS_PATH", settings)])
    }
}

/// Races between the invocations of a workgroup are looked for only where they are asked for.
const SETTINGS: &str = "khronos_validation.gpuav_enable = true\n\
                        khronos_validation.gpuav_shared_memory_data_race = true\n\
                        khronos_validation.enable_message_limit = false\n";

/// The description of a layer in `library`.
fn described(library: &Path) -> String {
    let description = serde_json::json!({
        "file_format_version": "1.2.0",
        "layer": {
            "name": "VK_LAYER_KHRONOS_validation",
            "type": "GLOBAL",
            "library_path": library,
            "api_version": "1.3.0",
            "implementation_version": "1",
            "description": "Khronos Validation Layer",
            "instance_extensions": [
                { "name": "VK_EXT_debug_report", "spec_version": "9" },
                { "name": "VK_EXT_debug_utils", "spec_version": "1" },
                { "name": "VK_EXT_validation_features", "spec_version": "2" },
                { "name": "VK_EXT_layer_settings", "spec_version": "2" },
            ],
        },
    });
    description.to_string()
}
