//! Each stage alone, on the made-up book: `cargo bench`, or `cargo bench -- mentions`.
//!
//! Parsing and linking use all cores, as they do in a build; `RAYON_NUM_THREADS=1` gives
//! the work of one. `benches/compare.sh` measures whole builds.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on has failed")]
#![expect(clippy::disallowed_methods, reason = "it looks for a folder in memory")]

mod corpus;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use dateline::disk::Writer;
use dateline::input::{Asset, Inputs};
use dateline::link::edition::Edition;
use dateline::link::link;
use dateline::link::mentions::{self, Context, RulesOff, passages_of_plain};
use dateline::outline::kind::{FeedForm, FeedOf, Page, PageKind};
use dateline::parse::{Parsed, parse};
use dateline::pictures::Traces;
use dateline::render::Rendered;
use dateline::shard::Shard;
use dateline::site::Site;
use dateline::{Built, build};

use crate::corpus::brief::Brief;
use crate::corpus::{Cast, book, usual_entities};

/// Briefs of the book that is parsed, linked and rendered.
const N_BRIEFS: usize = 1_000;
/// Briefs of the book in which one is edited.
const N_ARCHIVE: usize = 20_000;

/// The made-up book as inputs, without going through files.
fn inputs(cast: &Cast, n_briefs: usize) -> Inputs {
    let mut inputs = Inputs::empty("2026-01-01T00:00:00Z".parse().unwrap());
    for (path, text) in book::files(cast, n_briefs) {
        if let Some(asset) = path.strip_prefix("static/") {
            let size = Some(text.len() as u64);
            let asset_file = Asset {
                size,
                modified: 0,
                dimensions: Some((320, 180)),
                traces: Traces::default(),
                refused: None,
            };
            inputs.assets.insert(asset.into(), asset_file);
        } else {
            inputs.insert(&path, &text);
        }
    }
    inputs
}

fn stages(c: &mut Criterion) {
    let inputs = inputs(&Cast::new(usual_entities(N_BRIEFS)), N_BRIEFS);
    let parsed = parse(&inputs, &Parsed::default()).value;
    let mut group = c.benchmark_group("stage");
    group.throughput(Throughput::Elements(N_BRIEFS as u64));
    group.bench_function("parse", |b| {
        b.iter_with_large_drop(|| parse(&inputs, &Parsed::default()));
    });
    group.bench_function("link", |b| {
        b.iter_with_large_drop(|| link(&parsed, &Edition::default()));
    });
    let (built, _) = build(&inputs, &Built::default());
    group.bench_function("outline", |b| {
        b.iter_with_large_drop(|| {
            let (edition, outline) = <(Edition, _)>::default();
            dateline::outline::outline(&built.edition, &edition, &outline)
        });
    });
    group.bench_function("deal to 7 parts", |b| {
        let shard = Shard::new(3, 7).unwrap();
        b.iter(|| shard.pages(&built.edition, black_box(&built.outline)).len());
    });
    group.finish();
}

/// What a preview does after a save: one brief of many has another word in its text.
fn editing(c: &mut Criterion) {
    let mut inputs = inputs(&Cast::new(usual_entities(N_ARCHIVE)), N_ARCHIVE);
    let (last, _) = build(&inputs, &Built::default());
    let path = last.edition.briefs[N_ARCHIVE / 2].brief.document.path.clone();
    let text = format!(
        "{}\nOne more word.\n",
        last.edition.briefs[N_ARCHIVE / 2].brief.document.text
    );
    inputs.insert(&path, &text);
    let mut group = c.benchmark_group("edit");
    group.bench_function("parse", |b| {
        b.iter_with_large_drop(|| parse(&inputs, &last.parsed));
    });
    let parsed = parse(&inputs, &last.parsed).value;
    group.bench_function("link", |b| {
        b.iter_with_large_drop(|| link(&parsed, &last.edition));
    });
    let edition = link(&parsed, &last.edition).value;
    group.bench_function("outline", |b| {
        b.iter_with_large_drop(|| {
            dateline::outline::outline(&edition, &last.edition, &last.outline)
        });
    });
    group.finish();
}

/// Running text through the finder, beside registries of different size.
fn finding(c: &mut Criterion) {
    let mut group = c.benchmark_group("mentions");
    for n_names in [1_000, 5_000, 50_000] {
        // An entity has one and a half names or so.
        let cast = Cast::new(n_names * 2 / 3);
        let (built, _) = build(&inputs(&cast, 0), &Built::default());
        let briefs: Vec<Brief> =
            (0..200).map(|number| Brief::new(&cast, number)).collect();
        let n_named: usize = briefs.iter().map(|it| it.mentions.len()).sum();
        let text: Vec<String> =
            briefs.iter().map(|it| it.paragraphs.join("\n\n")).collect();
        let n_bytes: usize = text.iter().map(String::len).sum();
        group.throughput(Throughput::Bytes(n_bytes as u64));
        group.bench_function(format!("{n_names} names"), |b| {
            let settled = BTreeMap::new();
            let language = built.edition.registry.language;
            let context = Context {
                date: None,
                language,
                settled: &settled,
                rules_off: &RulesOff::default(),
                written: &[],
            };
            let find = || -> usize {
                let found = text.iter().map(|text| {
                    let passages: Vec<_> =
                        passages_of_plain(text).into_iter().map(|it| it.1).collect();
                    mentions::find(&built.edition.registry, &passages, &context)
                });
                found.map(|it| it.mentions.len()).sum()
            };
            // What finds nothing is fast.
            assert!(find() * 10 >= n_named * 9, "{} of {n_named} names found", find());
            b.iter(find);
        });
    }
    group.finish();
}

/// One page of each kind that costs something.
fn rendering(c: &mut Criterion) {
    let inputs = inputs(&Cast::new(usual_entities(N_BRIEFS)), N_BRIEFS);
    let site = Site::of(inputs, &Built::default());
    let built = &site.built;
    let most = (0..).zip(&built.edition.entities).max_by_key(|(_, it)| it.briefs.n_all());
    let most = dateline::link::registry::EntityIdx(most.unwrap().0);
    let middle = dateline::link::texts::BriefIdx(500);
    let kinds = [
        ("brief", PageKind::Brief(middle)),
        ("entity", PageKind::Entity(most, 1)),
        ("storyline", PageKind::Storyline(dateline::link::texts::StorylineIdx(0))),
        ("home", PageKind::Home(1)),
        ("registry", PageKind::Registry(None)),
        ("feed.xml", PageKind::Feed(FeedOf::Site, FeedForm::Atom)),
        ("feed.json", PageKind::Feed(FeedOf::Site, FeedForm::Json)),
        ("entity's feed.xml", PageKind::Feed(FeedOf::Entity(most), FeedForm::Atom)),
        ("sitemap", PageKind::Sitemap),
    ];
    let mut group = c.benchmark_group("render");
    for (name, kind) in kinds {
        let page: &Page = built.outline.iter().find(|page| page.kind == kind).unwrap();
        let rendered = || site.render(page).unwrap();
        let Rendered::Bytes(bytes) = rendered() else { panic!("{name} is copied") };
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(name, |b| b.iter(rendered));
    }
    group.finish();
}

/// 500 files into a new output, and into one that holds them already.
fn writing(c: &mut Criterion) {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() {
        tempfile::tempdir_in(memory).unwrap()
    } else {
        tempfile::tempdir().unwrap()
    };
    let content = vec![b'x'; 20_000];
    let paths: Vec<String> =
        (0..500).map(|at| format!("{}/{at}/index.html", at % 12)).collect();
    let put_all = |output: &Path| {
        let writer = Writer::open(output, folder.path(), &[]).unwrap();
        for path in &paths {
            writer.put(path, &content).unwrap();
        }
        writer.finish().unwrap()
    };
    let mut group = c.benchmark_group("write");
    group.throughput(Throughput::Elements(paths.len() as u64));
    let fresh = folder.path().join("fresh");
    group.bench_function("new files", |b| {
        b.iter_batched(
            || drop(std::fs::remove_dir_all(&fresh)),
            |()| put_all(&fresh),
            BatchSize::PerIteration,
        );
    });
    let there = folder.path().join("there");
    put_all(&there);
    group.bench_function("unchanged files", |b| b.iter(|| put_all(&there)));
    group.finish();
}

/// Few samples: a change that matters is larger than what more would tell.
fn quick() -> Criterion {
    Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
}

criterion_group! { name = all; config = quick(); targets = stages, editing, finding, rendering, writing }
criterion_main!(all);
