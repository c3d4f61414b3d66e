use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};

use kernels::Spec;
use measure::{Context, Error};
use wgpu::InstanceFlags;

use crate::adapters::{Facts, chosen};
use crate::device::Device;
use crate::numbers::Numbers;
use crate::shader::Shader;

/// What the rows of one run share: the device, and the numbers that lie in its memory.
///
/// It is opened when the first row asks for it. One that was lost, or never comes back, is replaced by a new one, so
/// that a shader that fails takes no other row with it.
#[derive(Debug, Default)]
pub struct Session {
    asked: OnceLock<Asked>,
    open: Mutex<Open>,
}

/// What the command line asks for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    /// A part of the device's name.
    pub(crate) device: Option<String>,
    /// The workgroups of rows that loop; `None`: as many as the kind of device likes.
    pub(crate) workgroups: Option<u32>,
    /// The text of the row `your-turn`, where it is not the lesson's own.
    pub(crate) your_turn: Option<Shader>,
    /// How the instance is made: with validation, or without.
    pub(crate) flags: Option<InstanceFlags>,
}

#[derive(Debug, Default)]
struct Open {
    device: Option<Arc<Device>>,
    numbers: Weak<Numbers>,
}

/// Enough to fill the largest devices a few times over.
const WORKGROUPS: u32 = 2048;

/// A program on a few cores is not quicker with more.
const WORKGROUPS_IN_SOFTWARE: u32 = 64;

impl Session {
    /// A session for what was asked.
    pub(crate) fn ask(&self, asked: Asked) {
        // Once, by the one who reads the command line.
        let _ = self.asked.set(asked);
    }

    pub(crate) fn asked(&self) -> Asked {
        self.asked.get().cloned().unwrap_or_default()
    }

    /// The device.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`] where there is none, or only one in software that never comes back, and those of opening it.
    pub fn device(&self) -> Result<Arc<Device>, Error> {
        let mut open = self.open();
        if let Some(device) = open.device.as_ref().filter(|device| device.is_usable()) {
            return Ok(Arc::clone(device));
        }
        // A GPU is taken from a shader that does not end by the system, but nobody takes away threads.
        let busy = open.device.as_ref().filter(|device| device.is_still_busy());
        if let Some(device) = busy.filter(|device| device.facts.is_software()) {
            return Err(Error::Missing {
                what: "a device that is free".to_owned(),
                why: format!(
                    "{} is busy with another row, whose sum does not end",
                    device.facts.name
                ),
                remedy: "fix that row, or leave it out: name the others with -s",
            });
        }
        let asked = self.asked();
        let adapter = chosen(asked.device.as_deref(), asked.flags.unwrap_or_default())?;
        let device = Arc::new(Device::open(&adapter)?);
        *open = Open { device: Some(Arc::clone(&device)), numbers: Weak::new() };
        Ok(device)
    }

    /// What the device is; `None` where none was opened.
    pub fn facts(&self) -> Option<Facts> {
        self.open().device.as_ref().map(|device| device.facts.clone())
    }

    /// The numbers of the kernel that `spec` describes, on `device`: those that are there, or sent now.
    ///
    /// # Errors
    ///
    /// Where they do not fit.
    pub(crate) fn numbers(
        &self,
        device: &Arc<Device>,
        spec: &Spec,
        context: &Context,
    ) -> Result<Option<Arc<Numbers>>, Error> {
        let mut open = self.open();
        let same = open.device.as_ref().is_some_and(|open| Arc::ptr_eq(open, device));
        if let Some(there) = open.numbers.upgrade().filter(|there| same && there.are_of(spec)) {
            return Ok(Some(there));
        }
        let sent = Numbers::send(device, spec, context)?;
        if let (Some(sent), true) = (&sent, same) {
            open.numbers = Arc::downgrade(sent);
        }
        Ok(sent)
    }

    /// How many workgroups the rows that loop have on `device`.
    pub(crate) fn workgroups(&self, device: &Device) -> u32 {
        let usual = if device.facts.is_software() { WORKGROUPS_IN_SOFTWARE } else { WORKGROUPS };
        self.asked().workgroups.unwrap_or(usual)
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
