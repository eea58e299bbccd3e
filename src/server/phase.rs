//! Where the server stands in its life: serving, draining, closing. Everybody who must know watches the same value.

use tokio::sync::watch;

/// Where the server stands. It only ever moves forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Not yet ready.
    Starting,
    /// Calls are taken.
    Serving,
    /// Told to stop: no new calls; open calls run on.
    Draining,
    /// The time for that is over: open streams take no more articles, answer what they have, and end.
    Closing,
}

/// The phase, to look at and to wait for.
#[derive(Clone, Debug)]
pub struct Phases(watch::Receiver<Phase>);

impl Phases {
    /// A phase that is moved by the sender.
    pub fn new() -> (watch::Sender<Phase>, Phases) {
        let (sender, receiver) = watch::channel(Phase::Starting);
        (sender, Phases(receiver))
    }

    /// The phase now.
    pub fn now(&self) -> Phase {
        *self.0.borrow()
    }

    /// Waits until the server stands at `phase` or beyond; a server that is gone is beyond all.
    pub async fn reached(&self, phase: Phase) {
        let mut receiver = self.0.clone();
        let _ = receiver.wait_for(|&now| now >= phase).await;
    }
}
