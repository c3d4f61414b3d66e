use std::cell::Cell;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, LockResult, PoisonError, TryLockError, Weak};

/// How often any [`Mutex`] was locked.
static TAKEN: AtomicU64 = AtomicU64::new(0);

/// What is known of each lock that there is.
static ALL: std::sync::Mutex<Vec<Weak<Info>>> = std::sync::Mutex::new(Vec::new());

/// The lock of the standard library, which also counts how often it is taken, and knows who holds it and who waits.
///
/// It is used like the other one: `*total.lock().unwrap() += 1`.
pub struct Mutex<T> {
    info: Arc<Info>,
    value: std::sync::Mutex<T>,
}

#[derive(Debug)]
struct Info {
    name: String,
    /// The number of the thread that holds it, 0 if none does.
    holder: AtomicU64,
    /// The numbers of those that wait.
    waiting: std::sync::Mutex<Vec<u64>>,
}

/// Who holds a [`Mutex`]; gives it back when dropped.
pub struct MutexGuard<'l, T> {
    info: &'l Info,
    guard: std::sync::MutexGuard<'l, T>,
}

thread_local! {
    /// How many locks this thread holds.
    static HELD: Cell<u32> = const { Cell::new(0) };
    static NUMBER: u64 = {
        static THREADS: AtomicU64 = AtomicU64::new(1);
        THREADS.fetch_add(1, Relaxed)
    };
}

impl<T> Mutex<T> {
    /// A lock around `value`.
    pub fn new(value: T) -> Self {
        Self::named("a lock", value)
    }

    /// The same with a name, by which a deadlock is told.
    pub fn named(name: &str, value: T) -> Self {
        let info = Arc::new(Info {
            name: name.to_owned(),
            holder: AtomicU64::new(0),
            waiting: std::sync::Mutex::default(),
        });
        let mut all = ALL.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() > 1000 {
            all.retain(|info| info.strong_count() > 0);
        }
        all.push(Arc::downgrade(&info));
        drop(all);
        Mutex { info, value: std::sync::Mutex::new(value) }
    }

    /// Waits until nobody holds the lock, and takes it.
    ///
    /// # Errors
    ///
    /// Where a thread panicked while it held the lock.
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        TAKEN.fetch_add(1, Relaxed);
        let guarded = |guard| {
            HELD.set(HELD.get() + 1);
            MutexGuard { info: &self.info, guard }
        };
        let locked = match self.value.try_lock() {
            Ok(guard) => Ok(guarded(guard)),
            Err(TryLockError::Poisoned(poisoned)) => {
                Err(PoisonError::new(guarded(poisoned.into_inner())))
            }
            Err(TryLockError::WouldBlock) => {
                let me = NUMBER.with(|number| *number);
                let waiting = || self.info.waiting.lock().unwrap_or_else(PoisonError::into_inner);
                waiting().push(me);
                let locked = self.value.lock();
                waiting().retain(|other| *other != me);
                locked
                    .map(guarded)
                    .map_err(|poisoned| PoisonError::new(guarded(poisoned.into_inner())))
            }
        };
        self.info.holder.store(NUMBER.with(|number| *number), Relaxed);
        locked
    }

    /// The value, without the lock.
    ///
    /// # Errors
    ///
    /// Where a thread panicked while it held the lock.
    pub fn into_inner(self) -> LockResult<T> {
        self.value.into_inner()
    }
}

impl<T: Default> Default for Mutex<T> {
    fn default() -> Self {
        Mutex::new(T::default())
    }
}

impl<T: fmt::Debug> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.guard
    }
}

impl<T> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.guard
    }
}

impl<T> Drop for MutexGuard<'_, T> {
    fn drop(&mut self) {
        self.info.holder.store(0, Relaxed);
        HELD.set(HELD.get() - 1);
    }
}

/// Whether this thread holds a lock.
pub(crate) fn holds_one() -> bool {
    HELD.get() > 0
}

/// How often locks were taken since this program began.
pub fn locks_taken() -> u64 {
    TAKEN.load(Relaxed)
}

/// Who holds which lock and waits for which other, in words; nothing where nobody waits for a lock of this kind.
pub(crate) fn who_waits() -> Vec<String> {
    let all: Vec<Arc<Info>> = ALL
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .iter()
        .filter_map(Weak::upgrade)
        .collect();
    let mut words = Vec::new();
    for awaited in &all {
        for thread in awaited.waiting.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            let held = all.iter().filter(|info| info.holder.load(Relaxed) == *thread);
            let held: Vec<&str> = held.map(|info| info.name.as_str()).collect();
            words.push(match held.as_slice() {
                [] => format!("a thread waits for {}", awaited.name),
                held if held.contains(&awaited.name.as_str()) => {
                    format!("a thread waits for {}, which it holds itself", awaited.name)
                }
                held => {
                    format!("a thread holds {} and waits for {}", held.join(" and "), awaited.name)
                }
            });
        }
    }
    words.sort();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn who_waits_for_a_lock_that_is_held_is_told() {
        let (left, right) = (Mutex::named("left", 1), Mutex::named("right", 2));
        let before = locks_taken();
        let held = left.lock().expect("nobody panics");
        assert!(holds_one());
        thread::scope(|scope| {
            scope.spawn(|| {
                let _right = right.lock().expect("nobody panics");
                *left.lock().expect("nobody panics") + 1
            });
            let end = Instant::now() + Duration::from_secs(60);
            let told = "a thread holds right and waits for left".to_owned();
            while !who_waits().contains(&told) {
                assert!(Instant::now() < end, "{:?}", who_waits());
                thread::sleep(Duration::from_millis(1));
            }
            drop(held);
        });
        assert!(locks_taken() >= before + 3);
        assert!(!holds_one());
        assert_eq!((left.into_inner().expect("whole"), right.into_inner().expect("whole")), (1, 2));
    }
}
