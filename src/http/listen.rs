//! Sockets: where to listen, how many may come, how long they may take.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::http::guard::{MAX_HEADERS, MAX_URI};

/// The port that is tried first.
const PORT: u16 = 3000;
/// How many connections there may be at once.
const MAX_CONNECTIONS: usize = 1_024;
/// How many of those too many are told so at once; beyond, they are closed without a word.
const MAX_REFUSALS: usize = 64;
/// How long a client may take to send the headers of a request, or nothing at all.
const HEADERS_WITHIN: Duration = Duration::from_secs(10);

/// Opens the sockets: 127.0.0.1 and, where there is one, `::1`; or the host that is named.
///
/// Without a port, 3000 or the next free one. The error is for a port that is taken or a
/// host that is not this machine's.
pub(super) async fn bind(
    host: Option<&str>,
    port: Option<u16>,
) -> anyhow::Result<Vec<TcpListener>> {
    let ips = match host {
        None | Some("localhost") => {
            vec![IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)]
        }
        Some(host) => {
            let found = tokio::net::lookup_host((host, 0)).await;
            let mut found =
                found.with_context(|| format!("cannot find the host {host}"))?;
            vec![found.next().with_context(|| format!("{host} has no address"))?.ip()]
        }
    };
    let ports = port.map_or(PORT..=PORT + 99, |port| port..=port);
    for port in ports.clone() {
        match bind_all(&ips, port).await {
            Ok(listeners) => return Ok(listeners),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => {
                return Err(error)
                    .with_context(|| format!("cannot listen on port {port}"));
            }
        }
    }
    match port {
        Some(port) => bail!("port {port} is taken: name another with --port"),
        None => bail!(
            "ports {} to {} are taken: name another with --port",
            ports.start(),
            ports.end()
        ),
    }
}

/// All addresses at one port; one beyond the first may be unknown to this machine.
async fn bind_all(ips: &[IpAddr], port: u16) -> std::io::Result<Vec<TcpListener>> {
    let mut listeners: Vec<TcpListener> = Vec::new();
    let mut failed = None;
    for ip in ips {
        let port = listeners
            .first()
            .map_or(Ok(port), |it| it.local_addr().map(|it| it.port()))?;
        match TcpListener::bind(SocketAddr::new(*ip, port)).await {
            Ok(listener) => listeners.push(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse => return Err(error),
            // A machine may have only one of the two.
            Err(error) => failed = Some(error),
        }
    }
    match failed {
        Some(error) if listeners.is_empty() => Err(error),
        _ => Ok(listeners),
    }
}

/// Answers on all sockets, for ever.
pub(super) async fn accept_all(listeners: Vec<TcpListener>, router: Router) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let refusals = Arc::new(Semaphore::new(MAX_REFUSALS));
    let mut all = JoinSet::new();
    for listener in listeners {
        all.spawn(accept(
            listener,
            router.clone(),
            Arc::clone(&places),
            Arc::clone(&refusals),
        ));
    }
    while all.join_next().await.is_some() {}
}

async fn accept(
    listener: TcpListener,
    router: Router,
    places: Arc<Semaphore>,
    refusals: Arc<Semaphore>,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEADERS_WITHIN)
        .max_buf_size(MAX_URI + MAX_HEADERS);
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // No file handle is free, or the client has left already.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        drop(stream.set_nodelay(true));
        if let Ok(place) = Arc::clone(&places).try_acquire_owned() {
            let service = TowerToHyperService::new(router.clone());
            let connection = http.serve_connection(TokioIo::new(stream), service);
            tokio::spawn(async move {
                // What a client does wrong ends its connection and is nobody else's concern.
                drop(connection.await);
                drop(place);
            });
        } else if let Ok(place) = Arc::clone(&refusals).try_acquire_owned() {
            tokio::spawn(async move {
                drop(tokio::time::timeout(Duration::from_secs(2), refuse(stream)).await);
                drop(place);
            });
        }
    }
}

/// Says that there are too many, and reads what the client has sent: closing a socket with
/// unread bytes would take the answer back.
async fn refuse(mut stream: TcpStream) -> std::io::Result<()> {
    let words = "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nCache-Control: no-store\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n";
    stream.write_all(words.as_bytes()).await?;
    stream.shutdown().await?;
    let mut unread = [0; 1_024];
    while stream.read(&mut unread).await? > 0 {}
    Ok(())
}
