//! Connections: accepted, counted by peer, wrapped in TLS, and closed when nothing moves on them any more.

use super::client::Client;
use super::metrics;
use super::tls::Certificates;
use crate::config::Limits;
use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::{Instant, Sleep};
use tokio_rustls::server::TlsStream;
use tokio_stream::wrappers::ReceiverStream;
use tonic::transport::server::Connected;

/// Who is at the other end, as far as the connection tells.
#[derive(Clone, Debug, Default)]
pub struct Peer {
    /// Address and port.
    pub address: Option<SocketAddr>,
    /// Fingerprint of the certificate that the peer proved to hold.
    pub certificate: Option<Arc<str>>,
    /// Extraction calls that are open on the connection.
    calls: Arc<AtomicU32>,
}

/// An open extraction call of a connection, as long as it is kept.
#[derive(Debug)]
pub struct OpenCall(Arc<AtomicU32>);

impl Drop for OpenCall {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Peer {
    /// The peer as a client.
    pub fn client(&self) -> Client {
        match &self.certificate {
            Some(fingerprint) => Client::certificate(fingerprint),
            None => Client::address(self.address.map(|address| address.ip())),
        }
    }

    /// Counts one more extraction call; of at most `limit`, that the transport holds the peer to.
    pub fn open_call(&self, limit: u32) -> OpenCall {
        if self.calls.fetch_add(1, Ordering::Relaxed) + 1 == limit {
            metrics::rejected("max_streams_per_connection");
        }
        OpenCall(self.calls.clone())
    }
}

/// Accepts until the receiving end is dropped; the listener is then closed.
pub fn accept(
    listener: TcpListener,
    certificates: Option<Arc<Certificates>>,
    limits: &Limits,
) -> ReceiverStream<io::Result<Connection>> {
    let (ready, connections) = mpsc::channel(64);
    let counts = Arc::new(Counts {
        all: limits.max_connections,
        per_peer: limits.max_connections_per_peer,
        open: Mutex::default(),
    });
    let (times, handshake) = (Times::of(limits), limits.handshake_time.get());
    tokio::spawn(async move {
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                () = ready.closed() => return,
            };
            let (socket, address) = match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of descriptors, most likely: let some close before the next try.
                    tracing::warn!(%error, "cannot accept a connection");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            };
            let Some(place) = Counts::take(&counts, address.ip()) else { continue };
            let _ = socket.set_nodelay(true);
            let (ready, certificates) = (ready.clone(), certificates.clone());
            // In a task of its own: a slow handshake holds up nobody else.
            tokio::spawn(async move {
                let opened = open(socket, address, certificates, handshake, times, place).await;
                match opened {
                    Ok(connection) => drop(ready.send(Ok(connection)).await),
                    Err(error) => tracing::debug!(%address, %error, "handshake failed"),
                }
            });
        }
    });
    ReceiverStream::new(connections)
}

async fn open(
    socket: TcpStream,
    address: SocketAddr,
    certificates: Option<Arc<Certificates>>,
    handshake: Duration,
    times: Times,
    place: Place,
) -> io::Result<Connection> {
    let mut peer = Peer { address: Some(address), ..Peer::default() };
    let wire = match certificates {
        None => Wire::Plain(socket),
        Some(certificates) => {
            let accepted = tokio::time::timeout(handshake, certificates.acceptor().accept(socket)).await;
            let stream = accepted.unwrap_or_else(|_late| {
                metrics::rejected("handshake_time");
                Err(io::ErrorKind::TimedOut.into())
            })?;
            let chain = stream.get_ref().1.peer_certificates();
            peer.certificate =
                chain.and_then(|chain| chain.first()).map(|leaf| super::tls::fingerprint(leaf).into());
            Wire::Tls(Box::new(stream))
        }
    };
    metrics::connection_opened();
    let idle = times.idle.map(Idle::new);
    Ok(Connection { wire, peer, idle, life: Life::begin(times), _place: place })
}

/// How long a connection may live and be silent.
#[derive(Clone, Copy)]
struct Times {
    idle: Option<Duration>,
    age: Option<Duration>,
    /// From the last byte received until the transport gives up on its ping.
    unanswered: Option<Duration>,
}

impl Times {
    fn of(limits: &Limits) -> Times {
        let interval = limits.keepalive_interval.limit();
        Times {
            idle: limits.idle_time.limit(),
            age: limits.max_connection_age.limit(),
            unanswered: interval.map(|interval| interval + limits.keepalive_timeout.get()),
        }
    }
}

/// Counts the connection as open until it is dropped, and then tells which limit the transport ended it for: it closes old
/// connections and those that answer no ping by itself, without a word.
struct Life {
    times: Times,
    begun: Instant,
    received: Instant,
}

impl Life {
    fn begin(times: Times) -> Life {
        Life { times, begun: Instant::now(), received: Instant::now() }
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        metrics::connection_closed();
        // A peer that closes by itself is heard: the end of its bytes is received.
        if self.times.unanswered.is_some_and(|limit| self.received.elapsed() >= limit) {
            metrics::rejected("keepalive_timeout");
        } else if self.times.age.is_some_and(|limit| self.begun.elapsed() >= limit) {
            metrics::rejected("max_connection_age");
        }
    }
}

/// How many connections are open, and whose.
struct Counts {
    all: usize,
    per_peer: usize,
    open: Mutex<(usize, HashMap<IpAddr, usize>)>,
}

/// One connection's place in the counts.
struct Place {
    counts: Arc<Counts>,
    address: IpAddr,
}

impl Counts {
    /// A place for a connection from `address`; none, and counted, where a limit is reached.
    fn take(counts: &Arc<Counts>, address: IpAddr) -> Option<Place> {
        let mut open = counts.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.0 >= counts.all {
            metrics::rejected("max_connections");
            return None;
        }
        let of_peer = open.1.entry(address).or_default();
        if *of_peer >= counts.per_peer {
            metrics::rejected("max_connections_per_peer");
            return None;
        }
        *of_peer += 1;
        open.0 += 1;
        Some(Place { counts: counts.clone(), address })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.counts.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.0 -= 1;
        if let Some(of_peer) = open.1.get_mut(&self.address) {
            *of_peer -= 1;
            if *of_peer == 0 {
                open.1.remove(&self.address);
            }
        }
    }
}

enum Wire {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

/// Ends a connection on which no byte moved for a time.
struct Idle {
    limit: Duration,
    last: Instant,
    timer: Pin<Box<Sleep>>,
}

impl Idle {
    fn new(limit: Duration) -> Idle {
        Idle { limit, last: Instant::now(), timer: Box::pin(tokio::time::sleep(limit)) }
    }

    /// Ready when the time is over. The timer is set anew only when it fires, not for every byte.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        loop {
            ready!(self.timer.as_mut().poll(context));
            let end = self.last + self.limit;
            if end <= Instant::now() {
                return Poll::Ready(());
            }
            self.timer.as_mut().reset(end);
        }
    }
}

/// One connection, ready for HTTP.
pub struct Connection {
    wire: Wire,
    peer: Peer,
    idle: Option<Idle>,
    life: Life,
    _place: Place,
}

impl Connected for Connection {
    type ConnectInfo = Peer;

    fn connect_info(&self) -> Peer {
        self.peer.clone()
    }
}

impl Connection {
    fn moved(&mut self) {
        if let Some(idle) = &mut self.idle {
            idle.last = Instant::now();
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let connection = &mut *self;
        let read = match &mut connection.wire {
            Wire::Plain(stream) => Pin::new(stream).poll_read(context, buffer),
            Wire::Tls(stream) => Pin::new(stream.as_mut()).poll_read(context, buffer),
        };
        if read.is_ready() {
            connection.life.received = Instant::now();
            connection.moved();
            return read;
        }
        if let Some(idle) = &mut connection.idle {
            ready!(idle.poll(context));
            metrics::rejected("idle_time");
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        Poll::Pending
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = match &mut self.wire {
            Wire::Plain(stream) => Pin::new(stream).poll_write(context, bytes),
            Wire::Tls(stream) => Pin::new(stream.as_mut()).poll_write(context, bytes),
        };
        if written.is_ready() {
            self.moved();
        }
        written
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = match &mut self.wire {
            Wire::Plain(stream) => Pin::new(stream).poll_write_vectored(context, slices),
            Wire::Tls(stream) => Pin::new(stream.as_mut()).poll_write_vectored(context, slices),
        };
        if written.is_ready() {
            self.moved();
        }
        written
    }

    fn is_write_vectored(&self) -> bool {
        match &self.wire {
            Wire::Plain(stream) => stream.is_write_vectored(),
            Wire::Tls(stream) => stream.is_write_vectored(),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.wire {
            Wire::Plain(stream) => Pin::new(stream).poll_flush(context),
            Wire::Tls(stream) => Pin::new(stream.as_mut()).poll_flush(context),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.wire {
            Wire::Plain(stream) => Pin::new(stream).poll_shutdown(context),
            Wire::Tls(stream) => Pin::new(stream.as_mut()).poll_shutdown(context),
        }
    }
}
