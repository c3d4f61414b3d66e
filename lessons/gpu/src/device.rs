use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use measure::{Context, Error, panics};
use wgpu::{ErrorFilter, Features, Limits, PollError, PollStatus, PollType, SubmissionIndex};

use crate::adapters::Facts;

/// How often somebody who waits for the device looks whether the run is over.
const LOOK: Duration = Duration::from_millis(50);

/// What rows would use if it were offered.
const WANTED: Features =
    Features::TIMESTAMP_QUERY.union(Features::SUBGROUP).union(Features::SHADER_INT64);

/// No binding is asked to be larger, so that no index in a shader needs more than 32 bits.
const LARGEST_BINDING: u64 = 1 << 30;

/// A device that can be asked to compute, with everything that goes wrong on it made an error.
#[derive(Debug)]
pub struct Device {
    /// What it is.
    pub facts: Facts,
    pub(crate) wgpu: wgpu::Device,
    pub(crate) queue: wgpu::Queue,
    /// What it said when it was lost, or when something went wrong that nobody was asking for.
    fault: Arc<Mutex<Option<String>>>,
    /// Somebody has given up waiting for it.
    stuck: AtomicBool,
    /// It was busy then, and not lost.
    busy: AtomicBool,
}

impl Device {
    /// Opens the device behind `adapter`, with what the rows can use of what it offers.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] where it does not open.
    pub fn open(adapter: &wgpu::Adapter) -> Result<Self, Error> {
        let facts = Facts::of(adapter);
        let offered = adapter.limits();
        let binding = offered.max_storage_buffer_binding_size.min(LARGEST_BINDING);
        let limits = Limits {
            max_storage_buffer_binding_size: binding,
            max_buffer_size: offered.max_buffer_size.min(LARGEST_BINDING),
            ..Limits::default().or_worse_values_from(&offered)
        };
        let descriptor = wgpu::DeviceDescriptor {
            label: None,
            required_features: adapter.features() & WANTED,
            required_limits: limits,
            ..wgpu::DeviceDescriptor::default()
        };
        let opened = quietly(|| pollster::block_on(adapter.request_device(&descriptor)));
        let refused = |cause| Error::Refused {
            what: format!("the device {}", facts.name),
            cause,
            remedy: "take another one with --device; --list-devices shows them",
        };
        let opened = opened.map_err(&refused)?;
        let (wgpu, queue) = opened.map_err(|cause| refused(one_line(&cause.to_string())))?;
        let fault = Arc::new(Mutex::new(None));
        let (lost, uncaptured) = (Arc::clone(&fault), Arc::clone(&fault));
        wgpu.set_device_lost_callback(move |_, why| note(&lost, &why));
        wgpu.on_uncaptured_error(Arc::new(move |error: wgpu::Error| {
            note(&uncaptured, &error.to_string());
        }));
        let (stuck, busy) = (AtomicBool::new(false), AtomicBool::new(false));
        Ok(Device { facts, wgpu, queue, fault, stuck, busy })
    }

    /// Whether it can be asked for more.
    pub fn is_usable(&self) -> bool {
        !self.stuck.load(Relaxed) && self.fault().is_none()
    }

    /// Whether somebody has given up waiting for it, and it still does what it was asked for then.
    pub(crate) fn is_still_busy(&self) -> bool {
        let polled = || quietly(|| self.wgpu.poll(PollType::Poll));
        self.busy.load(Relaxed) && matches!(polled(), Ok(Ok(PollStatus::Poll)))
    }

    /// Makes something on the device. What the device says against it is an error of `what`.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] where its memory is full, [`Error::Worker`] for everything else.
    pub(crate) fn make<T>(&self, what: &str, make: impl FnOnce() -> T) -> Result<T, Error> {
        let filters = [ErrorFilter::Internal, ErrorFilter::Validation, ErrorFilter::OutOfMemory];
        let scopes = filters.map(|filter| self.wgpu.push_error_scope(filter));
        let made = quietly(make);
        // The last one first.
        let said = scopes.into_iter().rev().filter_map(|scope| pollster::block_on(scope.pop()));
        let said: Vec<wgpu::Error> = said.collect();
        match said.into_iter().next() {
            Some(wgpu::Error::OutOfMemory { .. }) => Err(Error::Refused {
                what: format!("memory of {} for {what}", self.facts.name),
                cause: "it is full".to_owned(),
                remedy: "ask for fewer terms with -n",
            }),
            Some(error) => Err(self.failed(&one_line(&error.to_string()))),
            None => match (made, self.fault()) {
                (Err(panic), _) => Err(self.failed(&panic)),
                (Ok(_), Some(fault)) => Err(self.failed(&fault)),
                (Ok(made), None) => Ok(made),
            },
        }
    }

    /// Waits until the device has done what was submitted, as long as the run of `context` may take.
    ///
    /// # Errors
    ///
    /// [`Error::Worker`] where the device is lost, and where the run is over: the device is then given up, busy as it
    /// is.
    pub(crate) fn wait(&self, until: &SubmissionIndex, context: &Context) -> Result<(), Error> {
        loop {
            let wait =
                PollType::Wait { submission_index: Some(until.clone()), timeout: Some(LOOK) };
            // A device that is lost meanwhile makes wgpu panic.
            match quietly(|| self.wgpu.poll(wait)) {
                Ok(Ok(_)) => break,
                Ok(Err(PollError::Timeout)) if context.is_cancelled() => {
                    self.busy.store(true, Relaxed);
                    self.give_up();
                    return Err(self.failed("it is still busy with this shader"));
                }
                Ok(Err(PollError::Timeout)) => {}
                Ok(Err(error)) => return Err(self.failed(&error.to_string())),
                Err(panic) => {
                    note(&self.fault, &panic);
                    self.give_up();
                }
            }
            if let Some(fault) = self.fault() {
                return Err(self.failed(&fault));
            }
        }
        self.fault().map_or(Ok(()), |fault| Err(self.failed(&fault)))
    }

    /// Nobody may ever wait for this device again; and to drop it would be to wait for it.
    fn give_up(&self) {
        if !self.stuck.swap(true, Relaxed) {
            std::mem::forget((self.wgpu.clone(), self.queue.clone()));
        }
    }

    pub(crate) fn failed(&self, cause: &str) -> Error {
        Error::Worker {
            worker: format!("the device {}", self.facts.name),
            cause: cause.to_owned(),
            remedy: "fix the shader, or take another device with --device",
        }
    }

    fn fault(&self) -> Option<String> {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The first fault stands.
fn note(fault: &Mutex<Option<String>>, what: &str) {
    let mut fault = fault.lock().unwrap_or_else(PoisonError::into_inner);
    fault.get_or_insert_with(|| one_line(what));
}

/// What `work` gives; a panic of it in words.
fn quietly<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| one_line(&panics::text(&*panic)))
}

/// A message of several lines as one.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
