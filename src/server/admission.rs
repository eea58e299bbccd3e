//! Who is let in: bounds on open calls, on text under way, and on each client's rate.
//!
//! Invariant: a permit lives inside the stream that it lets in, for a call is not over when its head is answered.

use super::metrics;
use crate::config::Limits;
use crate::grpc::status;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tonic::Status;

/// Text is counted in units of so many bytes, that a permit's 32 bits are enough.
const UNIT: usize = 1024;

/// All bounds that calls share.
#[derive(Debug)]
pub struct Admission {
    requests: Arc<Semaphore>,
    streams: Arc<Semaphore>,
    text: Arc<Semaphore>,
    rate: Option<DefaultKeyedRateLimiter<Arc<str>>>,
    retry: Duration,
    places: usize,
}

impl Admission {
    /// The bounds of a server with these limits.
    pub fn new(limits: &Limits) -> Admission {
        let quota = (limits.rate > 0.0)
            .then(|| Quota::with_period(Duration::from_secs_f64(1.0 / limits.rate)))
            .flatten()
            .map(|quota| quota.allow_burst(NonZeroU32::new(limits.burst).unwrap_or(NonZeroU32::MIN)));
        Admission {
            requests: Arc::new(Semaphore::new(limits.max_requests)),
            streams: Arc::new(Semaphore::new(limits.max_streams)),
            text: Arc::new(Semaphore::new(limits.max_bytes_in_flight.div_ceil(UNIT))),
            rate: quota.map(RateLimiter::keyed),
            retry: limits.retry_delay.get(),
            places: limits.max_requests + limits.max_streams,
        }
    }

    /// Lets an ExtractEvents call in, or refuses it.
    pub fn request(&self) -> Result<OwnedSemaphorePermit, Status> {
        let permit = self.requests.clone().try_acquire_owned();
        permit.map_err(|_| self.refuse("max_requests", "too many open calls of ExtractEvents"))
    }

    /// Lets an ExtractEventsBulk call in, or refuses it.
    pub fn stream(&self) -> Result<OwnedSemaphorePermit, Status> {
        let permit = self.streams.clone().try_acquire_owned();
        permit.map_err(|_| self.refuse("max_streams", "too many open calls of ExtractEventsBulk"))
    }

    /// Extraction calls that are open.
    pub fn open(&self) -> usize {
        self.places - self.requests.available_permits() - self.streams.available_permits()
    }

    /// Lets a text of a single article in, or refuses it.
    pub fn text(&self, bytes: usize) -> Result<OwnedSemaphorePermit, Status> {
        let permit = self.text.clone().try_acquire_many_owned(units(bytes));
        permit.map_err(|_| self.refuse("max_bytes_in_flight", "too much text is under way"))
    }

    /// Waits until a text of a bulk call may come in.
    pub async fn text_turn(&self, bytes: usize) -> OwnedSemaphorePermit {
        match self.text.clone().acquire_many_owned(units(bytes)).await {
            Ok(permit) => permit,
            Err(_closed) => unreachable!("the semaphore is never closed"),
        }
    }

    /// Counts a single article of `client`, or refuses it.
    pub fn rate(&self, client: &Arc<str>) -> Result<(), Status> {
        match self.over_rate(client) {
            None => Ok(()),
            Some(wait) => {
                metrics::rejected("rate");
                Err(status::exhausted("rate", "this client sends more articles a second than it may", wait))
            }
        }
    }

    /// Counts an article of a bulk call of `client`, and waits until its turn has come.
    pub async fn rate_turn(&self, client: &Arc<str>) {
        while let Some(wait) = self.over_rate(client) {
            tokio::time::sleep(wait).await;
        }
    }

    /// Forgets clients that have not called for a while.
    pub fn forget_the_quiet(&self) {
        if let Some(rate) = &self.rate {
            rate.retain_recent();
            rate.shrink_to_fit();
        }
    }

    /// The refusal of an article for which no core has room.
    pub fn queue_full(&self) -> Status {
        self.refuse("queue_length", "all cores are busy and the queue is full")
    }

    fn over_rate(&self, client: &Arc<str>) -> Option<Duration> {
        let limited = self.rate.as_ref()?.check_key(client).err()?;
        // Never zero, or a waiting stream would spin.
        Some(limited.wait_time_from(DefaultClock::default().now()).max(Duration::from_millis(1)))
    }

    fn refuse(&self, limit: &'static str, message: &str) -> Status {
        metrics::rejected(limit);
        status::exhausted(limit, message, self.retry)
    }
}

fn units(bytes: usize) -> u32 {
    u32::try_from(bytes.div_ceil(UNIT)).unwrap_or(u32::MAX)
}
