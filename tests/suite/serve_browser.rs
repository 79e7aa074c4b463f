//! The preview in a real browser.

use std::fs;
use std::path::Path;

use crate::chromium::Browser;
use crate::serve::{Preview, sample};

const BRIEF: &str = "content/briefs/2025/2025-08-08-military-options.md";
/// The panel, which is in a shadow of its own.
const PANEL: &str = "document.querySelector('dateline-panel').shadowRoot";

fn edit(root: &Path, file: &str, change: impl Fn(&str) -> String) {
    let path = root.join(file);
    let text = fs::read_to_string(&path).unwrap();
    let changed = change(&text);
    assert_ne!(text, changed, "{file}");
    fs::write(path, changed).unwrap();
}

#[test]
fn a_page_follows_what_is_saved() {
    let Some(mut browser) = Browser::start() else { return };
    let root = sample();
    let preview = Preview::of(root.path());
    let site = format!("http://localhost:{}{}", preview.port, preview.base);
    browser.open(&format!("{site}2025/08/08/military-options/"));
    let connected = format!("{PANEL}.getElementById('open').textContent.length > 0");
    browser.until(&format!("{connected} && !{PANEL}.getElementById('open').hidden"));

    // A save loads the page again, at the place it was scrolled to.
    browser.get("scrollTo(0, 400); document.body.dataset.old = 'yes'");
    browser.until("scrollY == 400");
    edit(root.path(), BRIEF, |text| text.replace("has [told", "has now [told"));
    preview.until("2025/08/08/military-options/", |it| {
        String::from_utf8_lossy(&it.body).contains("has now ")
    });
    browser.until("document.body.innerText.includes('has now told')");
    browser.until("scrollY == 400 && !document.body.dataset.old");

    // A mistake shows the panel above the last good page; its mending takes the panel away.
    edit(root.path(), BRIEF, |text| text.replace("\nplace: ", "\nplaec: "));
    browser
        .until(&format!("{PANEL}.getElementById('errors').innerText.includes('plaec')"));
    browser.until(&format!(
        "{PANEL}.getElementById('errors').innerText.includes('write `place`')"
    ));
    // The panel shows what `check --fix` would do about it.
    browser.until(&format!(
        "{PANEL}.querySelector('#errors .fix').innerText.includes('+place: ')"
    ));
    browser.until("document.body.innerText.includes('has now told')");
    edit(root.path(), BRIEF, |text| text.replace("\nplaec: ", "\nplace: "));
    browser.until(&format!("{PANEL}.getElementById('panel').hidden"));

    // A stylesheet is swapped; the page stays.
    browser.until(&connected);
    browser.get("document.body.dataset.old = 'yes'");
    edit(root.path(), "static/dateline.css", |css| {
        format!("{css}\nh1 {{ color: rgb(1, 2, 3) }}\n")
    });
    browser
        .until("getComputedStyle(document.querySelector('h1')).color == 'rgb(1, 2, 3)'");
    browser.until("document.body.dataset.old == 'yes'");
}

#[test]
fn the_keyboard_reaches_all_of_the_panel() {
    let Some(mut browser) = Browser::start() else { return };
    let root = sample();
    let preview = Preview::of(root.path());
    let site = format!("http://localhost:{}{}", preview.port, preview.base);
    edit(root.path(), BRIEF, |text| {
        text.replacen("\n\n[^", "\n\nAsked for Zed Quimby, he left.\n\n[^", 1)
    });
    preview.until("2025/08/08/military-options/", |it| {
        String::from_utf8_lossy(&it.body).contains("Zed Quimby")
    });
    browser.open(&format!("{site}2025/08/08/military-options/"));
    let open = format!("{PANEL}.getElementById('open')");
    browser.until(&format!("!{open}.hidden"));
    browser.get(&format!("{open}.focus()"));
    browser.press("Enter");
    browser.until(&format!("!{PANEL}.getElementById('panel').hidden"));
    let focused = format!("{PANEL}.activeElement");
    browser.until(&format!("{focused} == {PANEL}.getElementById('close')"));
    // On to the names of the brief, which Enter unfolds.
    let desk = format!("{PANEL}.getElementById('desk')");
    for _ in 0..6 {
        browser.press("Tab");
        if browser.get(&format!("{focused} == {desk}.firstElementChild")) == true {
            break;
        }
    }
    browser.until(&format!("{focused} == {desk}.firstElementChild"));
    browser.press("Enter");
    browser.until(&format!("{desk}.open"));
    browser.until(&format!("{desk}.innerText.includes('Donald Trump')"));
    browser.until(&format!("{desk}.innerText.includes('dateline new entity') && {desk}.innerText.includes('Zed Quimby')"));
    browser.press("Tab");
    browser.until(&format!("{desk}.contains({focused}) && {focused}.tagName == 'A'"));
    browser.press("Escape");
    browser.until(&format!("{PANEL}.getElementById('panel').hidden"));
    browser.until(&format!("{focused} == {open}"));
}
