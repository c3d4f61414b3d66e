//! # A channel with a limit
//!
//! One worker produces faster than others consume. What keeps the memory from filling up?
//!
//! A channel with room for a few values: who sends into a full one waits. That is backpressure: the fast side is
//! slowed down to the slow one, and the memory stays small. A queue without a limit works in every test, and falls
//! over under load.
//!
//! So both sides may wait, for opposite things: a sender for room, a receiver for a value. With one `Condvar` for
//! both, `notify_one` may wake somebody who waits for the other thing, and goes back to sleep.
//!
//! Counts: in every order of steps all values arrive, each once and in order; there are never more in the channel
//! than it has room for; nobody is left waiting. A `wait` at a `Condvar` may also come back without a notification.
//!
//! Read: [threads, `channel`](../../../threads/README.md)

use std::collections::VecDeque;

use judge::model::sync::{Condvar, Mutex};

/// A channel for at most so many values at a time.
pub struct Channel<T> {
    most: usize,
    values: Mutex<VecDeque<T>>,
    has_room: Condvar,
    has_values: Condvar,
}

impl<T> Channel<T> {
    pub fn with_room_for(most: usize) -> Self {
        let (has_room, has_values) = (Condvar::new(), Condvar::new());
        Channel { most, values: Mutex::new(VecDeque::new()), has_room, has_values }
    }

    /// How many values are in it.
    pub fn len(&self) -> usize {
        self.values.lock().expect("nobody panics in here").len()
    }

    // HOLE
    /// Sends a value, once there is room for it.
    pub fn send(&self, value: T) {
        let mut values = self.values.lock().expect("nobody panics in here");
        while values.len() == self.most {
            values = self.has_room.wait(values).expect("nobody panics in here");
        }
        values.push_back(value);
        self.has_values.notify_one();
    }

    /// Receives the next value, once there is one.
    pub fn receive(&self) -> T {
        let mut values = self.values.lock().expect("nobody panics in here");
        loop {
            if let Some(value) = values.pop_front() {
                self.has_room.notify_one();
                return value;
            }
            values = self.has_values.wait(values).expect("nobody panics in here");
        }
    }
    // SKELETON stress: 2 values were in a channel with room for 1
    //| /// Sends a value, once there is room for it.
    //| pub fn send(&self, value: T) {
    //|     let mut values = self.values.lock().expect("nobody panics in here");
    //|     values.push_back(value);
    //|     self.has_values.notify_one();
    //| }
    //|
    //| /// Receives the next value, once there is one.
    //| pub fn receive(&self) -> T {
    //|     let mut values = self.values.lock().expect("nobody panics in here");
    //|     while values.is_empty() {
    //|         values = self.has_values.wait(values).expect("nobody panics in here");
    //|     }
    //|     values.pop_front().expect("it is not empty")
    //| }
    // WRONG stress: a deadlock
    //| pub fn send(&self, value: T) {
    //|     let mut values = self.values.lock().expect("nobody panics in here");
    //|     while values.len() == self.most {
    //|         values = self.has_room.wait(values).expect("nobody panics in here");
    //|     }
    //|     values.push_back(value);
    //|     self.has_values.notify_one();
    //| }
    //|
    //| pub fn receive(&self) -> T {
    //|     let mut values = self.values.lock().expect("nobody panics in here");
    //|     while values.is_empty() {
    //|         values = self.has_values.wait(values).expect("nobody panics in here");
    //|     }
    //|     values.pop_front().expect("it is not empty")
    //| }
    // WRONG stress: it is not empty
    //| pub fn send(&self, value: T) {
    //|     let mut values = self.values.lock().expect("nobody panics in here");
    //|     if values.len() == self.most {
    //|         values = self.has_room.wait(values).expect("nobody panics in here");
    //|     }
    //|     values.push_back(value);
    //|     self.has_values.notify_one();
    //| }
    //|
    //| pub fn receive(&self) -> T {
    //|     let mut values = self.values.lock().expect("nobody panics in here");
    //|     if values.is_empty() {
    //|         values = self.has_values.wait(values).expect("nobody panics in here");
    //|     }
    //|     self.has_room.notify_one();
    //|     values.pop_front().expect("it is not empty")
    //| }
    // WRONG stress: a deadlock
    //| pub fn send(&self, value: T) {
    //|     let mut values = self.values.lock().expect("nobody panics in here");
    //|     while values.len() == self.most {
    //|         values = self.has_values.wait(values).expect("nobody panics in here");
    //|     }
    //|     values.push_back(value);
    //|     self.has_values.notify_one();
    //| }
    //|
    //| pub fn receive(&self) -> T {
    //|     let mut values = self.values.lock().expect("nobody panics in here");
    //|     while values.is_empty() {
    //|         values = self.has_values.wait(values).expect("nobody panics in here");
    //|     }
    //|     self.has_values.notify_one();
    //|     values.pop_front().expect("it is not empty")
    //| }
    // WRONG stress: 2 values were in a channel with room for 1
    //| pub fn send(&self, value: T) {
    //|     let mut values = self.values.lock().expect("nobody panics in here");
    //|     if values.len() == self.most {
    //|         values = self.has_room.wait(values).expect("nobody panics in here");
    //|     }
    //|     values.push_back(value);
    //|     self.has_values.notify_one();
    //| }
    //|
    //| pub fn receive(&self) -> T {
    //|     let mut values = self.values.lock().expect("nobody panics in here");
    //|     while values.is_empty() {
    //|         values = self.has_values.wait(values).expect("nobody panics in here");
    //|     }
    //|     self.has_room.notify_one();
    //|     values.pop_front().expect("it is not empty")
    //| }
    // WRONG stress: [1, 2] was sent, and [2, 1] received
    //| pub fn send(&self, value: T) {
    //|     let mut values = self.values.lock().expect("nobody panics in here");
    //|     while values.len() == self.most {
    //|         values = self.has_room.wait(values).expect("nobody panics in here");
    //|     }
    //|     values.push_back(value);
    //|     self.has_values.notify_one();
    //| }
    //|
    //| pub fn receive(&self) -> T {
    //|     let mut values = self.values.lock().expect("nobody panics in here");
    //|     while values.is_empty() {
    //|         values = self.has_values.wait(values).expect("nobody panics in here");
    //|     }
    //|     self.has_room.notify_one();
    //|     values.pop_back().expect("it is not empty")
    //| }
    // WRONG stress: a sender and two receivers, with room for 2
    //| pub fn send(&self, value: T) {
    //|     let mut values = self.values.lock().expect("nobody panics in here");
    //|     while values.len() == self.most {
    //|         values = self.has_room.wait(values).expect("nobody panics in here");
    //|     }
    //|     values.push_back(value);
    //|     if values.len() == 1 {
    //|         self.has_values.notify_one();
    //|     }
    //| }
    //|
    //| pub fn receive(&self) -> T {
    //|     let mut values = self.values.lock().expect("nobody panics in here");
    //|     while values.is_empty() {
    //|         values = self.has_values.wait(values).expect("nobody panics in here");
    //|     }
    //|     self.has_room.notify_one();
    //|     values.pop_front().expect("it is not empty")
    //| }
    // WRONG stress: two values in a channel with room for 2
    //| pub fn send(&self, value: T) {
    //|     let mut values = self.values.lock().expect("nobody panics in here");
    //|     while !values.is_empty() {
    //|         values = self.has_room.wait(values).expect("nobody panics in here");
    //|     }
    //|     values.push_back(value);
    //|     self.has_values.notify_one();
    //| }
    //|
    //| pub fn receive(&self) -> T {
    //|     let mut values = self.values.lock().expect("nobody panics in here");
    //|     while values.is_empty() {
    //|         values = self.has_values.wait(values).expect("nobody panics in here");
    //|     }
    //|     self.has_room.notify_one();
    //|     values.pop_front().expect("it is not empty")
    //| }
    // END
}

// HINT `send` is the mirror image of `receive`: it waits while the channel is full, on a `Condvar` of its own.
// HINT Whoever makes room has to tell those that wait for it: `receive` calls `self.has_room.notify_one()`.
// HINT `while values.len() == self.most { values = self.has_room.wait(values)... }`, and then the value goes in.
// `while`, because another sender may have been faster when you wake.
// RULES
/// First alone; then with little room and few threads, so that each of them has to wait.
pub fn rules() -> Rules {
    use std::sync::Arc;

    fn channel(most: usize) -> Arc<attempt::Channel<u64>> {
        Arc::new(attempt::Channel::with_room_for(most))
    }

    /// Two receive what one has sent.
    fn two_receivers(most: usize) {
        let channel = channel(most);
        let receivers = [(); 2].map(|()| {
            let channel = Arc::clone(&channel);
            model::thread::spawn(move || channel.receive())
        });
        channel.send(1);
        channel.send(2);
        let mut received = receivers.map(|thread| thread.join().expect("it only receives"));
        received.sort_unstable();
        assert!(received == [1, 2], "1 and 2 were sent, and {received:?} received");
    }

    Rules::new()
        .model("two values in a channel with room for 2, and then a receiver", || {
            let channel = channel(2);
            channel.send(1);
            channel.send(2);
            let received = [channel.receive(), channel.receive()];
            assert!(received == [1, 2], "[1, 2] was sent, and {received:?} received");
        })
        .model("a sender and a receiver", || {
            let channel = channel(1);
            let theirs = Arc::clone(&channel);
            model::thread::spawn(move || (1..=3).for_each(|number| theirs.send(number)));
            let mut received = [0; 3];
            for number in &mut received {
                let inside = channel.len();
                assert!(inside <= 1, "{inside} values were in a channel with room for 1");
                *number = channel.receive();
            }
            assert!(received == [1, 2, 3], "[1, 2, 3] was sent, and {received:?} received");
        })
        .model("a sender and two receivers", || two_receivers(1))
        .model("a sender and two receivers, with room for 2", || two_receivers(2))
        .model("two senders and a receiver", || {
            let channel = channel(1);
            for number in [1, 2] {
                let channel = Arc::clone(&channel);
                model::thread::spawn(move || channel.send(number));
            }
            let mut received = [channel.receive(), channel.receive()];
            received.sort_unstable();
            assert!(received == [1, 2], "1 and 2 were sent, and {received:?} received");
        })
}
