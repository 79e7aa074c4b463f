//! The edge to the browser: a preview that renders pages as they are asked for.
//!
//! One thread watches and builds; its result, a [`preview::Preview`], is swapped whole. A
//! request renders its page from the newest one. Nothing is written to disk, and what is
//! served are the bytes that `build` writes, with one script before `</body>`.

mod address;
mod answer;
mod desk;
mod editor;
mod files;
mod guard;
mod listen;
mod names;
mod panel;
mod preview;
mod reload;
mod server;
mod state;
mod worker;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use tokio::sync::watch;

use crate::diagnostic::Severity;
use crate::disk::{self, Watcher};
use crate::http::guard::Hosts;
use crate::http::names::MissingNames;
use crate::http::preview::Preview;
use crate::http::server::Server;
use crate::parse::config::Config;

pub use editor::Editor;
pub use worker::{Saved, WantedNow};

/// What a preview is made from.
pub struct Options {
    /// The folder that holds book.toml.
    pub root: PathBuf,
    /// The port; `None` takes 3000 or the next free one.
    pub port: Option<u16>,
    /// The address to listen on, as it was named; `None` for this machine alone.
    pub host: Option<String>,
    /// Further names under which it answers, such as that of a proxy before it.
    pub allowed_hosts: Vec<String>,
    /// Whether files are to be looked at instead of being watched.
    pub polls: bool,
    /// Where a place in a file is opened.
    pub editor: Editor,
    /// Says something while it runs.
    pub tell: Box<dyn Fn(&str) + Send>,
    /// Says what a save has changed.
    pub saved: Box<dyn Fn(&Saved) + Send>,
    /// Which briefs are wanted, asked again for each reading: the clock moves.
    pub wanted: WantedNow,
}

/// What there is to say once the preview can be opened.
pub struct Started {
    /// Its address, with the path of `site-url`.
    pub link: String,
    /// Whether other machines can read it.
    pub is_open_to_others: bool,
    /// How many errors the book has.
    pub n_errors: usize,
    /// How many warnings.
    pub n_warnings: usize,
}

/// Serves the book until Ctrl-C; `say` is called once, when it can be opened.
pub fn serve(
    options: Options,
    say: impl FnOnce(&Started) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    // A thousand connections are a thousand files. Where the limit stays, fewer are taken.
    drop(rlimit::increase_nofile_limit(4_096));
    // Each thread has a heap of its own, which stays as large as it once was: pages are made
    // by as many threads as there are cores, and other requests wait for one.
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .worker_threads(cores.min(4))
        .max_blocking_threads(cores + 2)
        .build()
        .context("cannot start threads")?;
    let ended = runtime.block_on(run(options, say));
    // Whoever still reads an event stream is not waited for.
    runtime.shutdown_background();
    ended
}

async fn run(
    options: Options,
    say: impl FnOnce(&Started) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let root = options
        .root
        .canonicalize()
        .with_context(|| format!("cannot find the folder {}", options.root.display()))?;
    let listeners = listen::bind(options.host.as_deref(), options.port).await?;
    let local: SocketAddr = listeners[0].local_addr()?;
    // Watching begins before reading, so that no change falls between the two.
    let config = Config::parse(&disk::read_settings(&root)?).value;
    let watcher = Watcher::new(&root, &config.src, options.polls);
    let inputs = disk::read(&root, (options.wanted)()?)?;
    let first = Arc::new(Preview::first(inputs));
    let report = &first.newest.report;
    let origin =
        format!("http://{}:{}", hosts_word(options.host.as_deref()), local.port());
    let started = Started {
        link: format!("{origin}{}", address::base(&first.shown)),
        is_open_to_others: !local.ip().is_loopback(),
        n_errors: report.of(Severity::Error).count(),
        n_warnings: report.of(Severity::Warning).count(),
    };
    let (sender, previews) = watch::channel(first);
    let server = Arc::new(Server {
        hosts: Hosts::new(options.host.as_deref(), &options.allowed_hosts, local.ip()),
        token: token()?,
        editor: options.editor,
        previews,
        names: MissingNames::default(),
        root: root.clone(),
    });
    let stop = watcher.stopper();
    let worker = worker::Worker {
        root,
        wanted: options.wanted,
        origin,
        tell: options.tell,
        saved: options.saved,
        watcher,
        sender,
    };
    std::thread::Builder::new()
        .name("watch".to_owned())
        .spawn(move || worker.run())
        .context("cannot start a thread")?;
    say(&started)?;
    tokio::select! {
        () = listen::accept_all(listeners, answer::router(server)) => {}
        signal = tokio::signal::ctrl_c() => signal.context("cannot wait for Ctrl-C")?,
    }
    stop();
    Ok(())
}

/// The host in the link that is printed.
fn hosts_word(host: Option<&str>) -> String {
    match host.map(|it| (it, it.parse::<std::net::IpAddr>())) {
        None => "localhost".to_owned(),
        Some((_, Ok(ip))) if ip.is_unspecified() => "localhost".to_owned(),
        Some((_, Ok(std::net::IpAddr::V6(ip)))) => format!("[{ip}]"),
        Some((name, _)) => name.to_owned(),
    }
}

/// 128 bits of the system's chance, in hexadecimal.
fn token() -> anyhow::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|it| anyhow::anyhow!("no random bytes: {it}"))?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}
