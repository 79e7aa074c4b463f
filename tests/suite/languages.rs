//! Each text carries its own language and direction, wherever it is shown.

use crate::book::{book, page};

const BOOK: &str = "
//- content/entities/noor.md
---
name: نور
kind: person
language: ar
---
ملف.
//- content/storylines/port.md
---
title: الميناء
summary: قصة الميناء.
language: ar
---
//- content/pages/about.md
---
title: عن المكتب
language: ar
---
نص.
//- content/briefs/a.md
---
title: حريق في الميناء
date: 2025-08-08
language: ar
storylines: [port]
corrections: [{on: 2025-08-09, text: خطأ}]
---
قال نور إن [النار أحرقت الرصيف][^q]، وهكذا [بدأت][^e]، و[احترق][^c].

[^q]:
    quote: نور

[^e]:
    event: حريق الرصيف
    on: 2025-08-07
    place: نور

[^c]:
    claim: احترق الرصيف
    said-by: نور
//- content/briefs/b.md
---
title: A fire in the port
date: 2025-08-07
---
English.
";

const ARABIC: &str = " lang=\"ar\" dir=\"rtl\">";

#[test]
fn a_text_has_its_language_on_its_own_page_and_around_it_the_books() {
    let inputs = book(BOOK);
    for path in ["entities/noor/", "storylines/port/", "about/", "2025/08/08/a/"] {
        let html = page(&inputs, &format!("{path}index.html"));
        assert!(html.contains("<html lang=\"ar\" dir=\"rtl\">"), "{path}");
        assert!(html.contains("<header class=\"masthead\" lang=\"en\" dir=\"ltr\">"));
    }
    let english = page(&inputs, "2025/08/07/b/index.html");
    assert!(english.contains("<html lang=\"en\" dir=\"ltr\">"));
}

#[test]
fn a_text_has_its_language_wherever_it_is_shown() {
    let inputs = book(BOOK);
    let shown = [
        ("index.html", "حريق في الميناء"),
        ("index.html", "الميناء"),
        ("storylines/index.html", "الميناء"),
        ("storylines/port/index.html", "حريق الرصيف"),
        ("claims/index.html", "احترق الرصيف."),
        ("entities/noor/index.html", "النار أحرقت الرصيف"),
        ("entities/noor/index.html", "حريق الرصيف"),
        ("entities/noor/index.html", "احترق الرصيف."),
        ("corrections/index.html", "حريق في الميناء"),
    ];
    for (path, words) in shown {
        let html = page(&inputs, path);
        let is_marked = html.match_indices(words).any(|(at, _)| {
            let before = &html[..at];
            before.ends_with(ARABIC)
                || before.rsplit('<').take(2).any(|it| it.contains("dir=\"rtl\""))
        });
        assert!(is_marked, "{words} in {path}: {html}");
    }
}
