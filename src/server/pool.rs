//! The threads that read articles. Reading is work for a core, so it never runs on the threads that serve sockets.
//!
//! Two lanes: single articles, whose clients wait and whose queue is short, go before articles of bulk calls, whose queue is
//! their own window; every fourth turn belongs to the bulk lane, so that neither starves.
//! Invariant: both lanes are bounded: the single lane by its length, the bulk lane by permits that are taken before.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A piece of work.
pub type Job = Box<dyn FnOnce() + Send>;

/// The single lane is full.
#[derive(Debug, PartialEq, Eq)]
pub struct Full;

/// Threads and their two lanes. Dropped, it finishes what is queued and ends.
pub struct Pool {
    shared: Arc<Shared>,
    /// Places in the bulk lane: enough that no thread waits for the next article, few enough that all calls take turns.
    bulk_places: Arc<Semaphore>,
}

struct Shared {
    lanes: Mutex<Lanes>,
    work: Condvar,
    single_length: usize,
}

#[derive(Default)]
struct Lanes {
    single: VecDeque<Job>,
    bulk: VecDeque<Job>,
    turn: u8,
    closed: bool,
}

impl Lanes {
    fn next(&mut self) -> Option<Job> {
        let job = if self.turn == 3 {
            self.bulk.pop_front().or_else(|| self.single.pop_front())
        } else {
            self.single.pop_front().or_else(|| self.bulk.pop_front())
        };
        // Only work done is a turn; looking in vain is none.
        self.turn = (self.turn + u8::from(job.is_some())) % 4;
        job
    }
}

impl Pool {
    /// Starts `threads` threads (at least one); `single_length` single articles may wait.
    pub fn new(threads: usize, single_length: usize) -> std::io::Result<Pool> {
        let threads = threads.max(1);
        let shared = Arc::new(Shared {
            lanes: Mutex::default(),
            work: Condvar::new(),
            single_length: single_length.max(1),
        });
        for number in 0..threads {
            let shared = shared.clone();
            std::thread::Builder::new().name(format!("reader-{number}")).spawn(move || shared.work())?;
        }
        Ok(Pool { shared, bulk_places: Arc::new(Semaphore::new(threads * 2 + 2)) })
    }

    /// Queues a single article, or says at once that there is no room.
    pub fn single(&self, job: Job) -> Result<(), Full> {
        let mut lanes = self.shared.lock();
        if lanes.single.len() >= self.shared.single_length {
            return Err(Full);
        }
        lanes.single.push_back(job);
        drop(lanes);
        self.shared.work.notify_one();
        Ok(())
    }

    /// Waits for a place in the bulk lane; those who wait are served in order.
    pub async fn bulk_place(&self) -> OwnedSemaphorePermit {
        match self.bulk_places.clone().acquire_owned().await {
            Ok(place) => place,
            Err(_closed) => unreachable!("the semaphore is never closed"),
        }
    }

    /// Queues an article of a bulk call. The job gives its place back when it begins.
    pub fn bulk(&self, place: OwnedSemaphorePermit, job: Job) {
        let job = Box::new(move || {
            drop(place);
            job();
        });
        self.shared.lock().bulk.push_back(job);
        self.shared.work.notify_one();
    }

    /// Articles that wait: single, bulk.
    pub fn waiting(&self) -> (usize, usize) {
        let lanes = self.shared.lock();
        (lanes.single.len(), lanes.bulk.len())
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.shared.lock().closed = true;
        self.shared.work.notify_all();
    }
}

impl Shared {
    fn lock(&self) -> std::sync::MutexGuard<'_, Lanes> {
        // Jobs run outside the lock and catch their own panics: the lanes are whole whatever happened.
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        loop {
            let mut lanes = self.lock();
            let job = loop {
                match lanes.next() {
                    Some(job) => break job,
                    None if lanes.closed => return,
                    None => lanes = self.work.wait(lanes).unwrap_or_else(PoisonError::into_inner),
                }
            };
            drop(lanes);
            // A thread must outlive any job; what the panic was about is told where the job was made.
            let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(job));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[tokio::test]
    async fn the_single_lane_is_bounded_and_neither_lane_starves() {
        let pool = Pool::new(1, 3).expect("threads");
        let (release, gate) = mpsc::channel::<()>();
        let (tell, told) = mpsc::channel();
        let (begun, running) = mpsc::channel();
        let first = Box::new(move || {
            begun.send(()).ok();
            gate.recv().ok();
        });
        assert_eq!(pool.single(first), Ok(()));
        running.recv().expect("the first job runs");
        for name in ["s1", "s2", "s3"] {
            let tell = tell.clone();
            assert_eq!(pool.single(Box::new(move || tell.send(name).expect("told"))), Ok(()));
        }
        assert_eq!(pool.single(Box::new(|| ())), Err(Full));
        for name in ["b1", "b2"] {
            let (tell, place) = (tell.clone(), pool.bulk_place().await);
            pool.bulk(place, Box::new(move || tell.send(name).expect("told")));
        }
        assert_eq!(pool.waiting(), (3, 2));
        release.send(()).expect("the gate opens");
        let order: Vec<_> = (0..5).map(|_| told.recv().expect("done")).collect();
        assert_eq!(order, ["s1", "s2", "b1", "s3", "b2"]);
    }

    #[test]
    fn a_panic_costs_no_thread() {
        let pool = Pool::new(1, 8).expect("threads");
        assert_eq!(pool.single(Box::new(|| panic!("on purpose"))), Ok(()));
        let (tell, told) = mpsc::channel();
        assert_eq!(pool.single(Box::new(move || tell.send(7).expect("told"))), Ok(()));
        assert_eq!(told.recv(), Ok(7));
    }
}
