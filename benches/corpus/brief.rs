//! Briefs: a text, what it names, and what stands in its margin.

use crate::corpus::entity::{Kind, slug};
use crate::corpus::random::Random;
use crate::corpus::{Cast, words};

/// A brief, not yet in the form of any tool.
#[derive(Clone, Debug)]
pub(crate) struct Brief {
    /// `quiet-audit-on-bread-prices-000017`.
    pub(crate) slug: String,
    pub(crate) title: String,
    /// `2019-03-07T14:05`.
    pub(crate) time: String,
    pub(crate) summary: String,
    /// The position of a place.
    pub(crate) place: usize,
    pub(crate) author: String,
    pub(crate) tags: Vec<&'static str>,
    pub(crate) storyline: Option<usize>,
    /// The number of a picture.
    pub(crate) picture: Option<usize>,
    /// Each an outlet, a title, an address and a day.
    pub(crate) sources: Vec<(&'static str, String, String, String)>,
    /// Markdown, but for `{{N}}` where brief N is to be linked.
    pub(crate) paragraphs: Vec<String>,
    pub(crate) annotations: Vec<Annotation>,
    /// What the text names, in order of first mention.
    pub(crate) mentions: Vec<usize>,
}

/// A footnote.
#[derive(Clone, Debug)]
pub(crate) struct Annotation {
    /// `n1`.
    pub(crate) id: String,
    pub(crate) note: Note,
    pub(crate) text: String,
}

/// What a footnote says of itself.
#[derive(Clone, Debug)]
pub(crate) enum Note {
    Plain,
    Claim { status: &'static str, by: usize, ledger: Option<usize> },
    Quote { speaker: usize },
    Event { headline: String, day: String },
    Source { outlet: &'static str },
}

impl Brief {
    pub(crate) fn new(cast: &Cast, number: usize) -> Brief {
        let random = &mut Random::of(3, number);
        let day = random.below(3_650);
        let (year, month, day_of_month) = date(day);
        let time = format!(
            "{year}-{month:02}-{day_of_month:02}T{:02}:{:02}",
            random.within(6, 22),
            random.below(60)
        );
        let mut writer = Writer {
            cast,
            random: random.clone(),
            year,
            day,
            left: Vec::new(),
            mentions: Vec::new(),
            annotations: Vec::new(),
        };
        let n = writer.random.within(3, 12);
        while writer.left.len() < n {
            let entity = cast.draw(&mut writer.random);
            if !writer.left.contains(&entity) {
                writer.left.push(entity);
            }
        }
        let first = writer.left[0];
        let headline = writer.random.one(words::HEADLINES);
        let headline = writer.fill(headline).replace("{A}", &cast.entities[first].name);
        let title = capitalized(&headline);
        let paragraphs = writer.text(number);
        let random = &mut writer.random;
        let matter = random.one(words::MATTERS);
        let mut brief = Brief {
            slug: format!("{}-{number:06}", slug(&title)),
            summary: format!(
                "What is known of the {} on {matter}, and what the {} make of it.",
                random.one(words::THINGS),
                random.one(words::PEOPLE)
            ),
            title,
            time,
            place: cast.places[random.below(cast.places.len().min(40))],
            author: format!(
                "{} {}",
                random.one(words::GIVEN),
                random.one(words::NAME_STARTS)
            ),
            tags: (0..random.within(1, 3)).map(|_| random.one(words::TAGS)).collect(),
            storyline: random.chance(25).then(|| random.below(cast.n_storylines())),
            picture: random.chance(35).then(|| random.below(8)),
            sources: Vec::new(),
            paragraphs,
            annotations: writer.annotations,
            mentions: writer.mentions,
        };
        brief.tags.sort_unstable();
        brief.tags.dedup();
        for _ in 0..random.within(1, 3) {
            let (thing, matter) = (random.one(words::THINGS), random.one(words::MATTERS));
            let address =
                format!("https://records.example.org/{}", random.below(10_000_000));
            let published = iso(day.saturating_sub(random.below(40)));
            let title = capitalized(&format!("{thing} on {matter}"));
            brief.sources.push((random.one(words::OUTLETS), title, address, published));
        }
        brief
    }
}

/// A brief that is being written.
struct Writer<'a> {
    cast: &'a Cast,
    random: Random,
    year: usize,
    /// Days since the book began.
    day: usize,
    /// Entities that are still to be named.
    left: Vec<usize>,
    mentions: Vec<usize>,
    annotations: Vec<Annotation>,
}

impl Writer<'_> {
    fn text(&mut self, number: usize) -> Vec<String> {
        let target = self.random.within(180, 370);
        let (mut paragraphs, mut n_words) = (Vec::new(), 0);
        while n_words < target || !self.left.is_empty() {
            let mut sentences = Vec::new();
            for _ in 0..self.random.within(2, 4) {
                let is_enough = n_words >= target && self.left.is_empty();
                if !is_enough || sentences.is_empty() {
                    let sentence = capitalized(&self.sentence());
                    n_words += sentence.split(' ').count();
                    sentences.push(sentence);
                }
            }
            if self.random.chance(40) {
                let remark = self.remark();
                n_words += remark.split(' ').count();
                sentences.push(remark);
            }
            if number > 10 && self.random.chance(6) {
                let earlier = number - self.random.within(1, number.min(500));
                sentences.push(format!(
                    "There is more in [an earlier brief]({{{{{earlier}}}}})."
                ));
            } else if self.random.chance(6) {
                let file = self.random.below(1_000_000);
                sentences.push(format!(
                    "The [full text](https://records.example.org/full/{file}?part=2&lang=en) is public."
                ));
            }
            paragraphs.push(sentences.join(" "));
        }
        if self.random.chance(12) {
            let at = self.random.within(1, paragraphs.len());
            let heading =
                ["Before this", "In figures", "What comes next", "Who says what"];
            paragraphs.insert(at, format!("## {}", self.random.one(&heading)));
        }
        if self.random.chance(8) {
            let items: Vec<String> = (0..self.random.within(2, 4))
                .map(|_| {
                    let sentence = self.random.one(words::OF_NONE);
                    format!("- {}", capitalized(&self.fill(sentence)))
                })
                .collect();
            paragraphs.push(items.join("\n"));
        }
        paragraphs
    }

    fn sentence(&mut self) -> String {
        let chance = self.random.below(100);
        if self.left.len() >= 2 && chance < 25 {
            let (a, b) = (self.left.remove(0), self.left.remove(0));
            let sentence = self.random.one(words::OF_TWO);
            let sentence = self.fill(sentence);
            // In the order in which they are read.
            let (first, second) = if sentence.find("{A}") < sentence.find("{B}") {
                (("{A}", a), ("{B}", b))
            } else {
                (("{B}", b), ("{A}", a))
            };
            let name = self.named(first.1);
            let sentence = sentence.replacen(first.0, &name, 1);
            let name = self.named(second.1);
            let sentence = sentence.replacen(second.0, &name, 1);
            let (again_a, again_b) = (self.named(a), self.named(b));
            return self.annotated(
                sentence.replace("{A}", &again_a).replace("{B}", &again_b),
                a,
            );
        }
        if !self.left.is_empty() && chance < 55 {
            let a = self.left.remove(0);
            let name = self.named(a);
            let sentence = self.random.one(words::OF_ONE);
            let sentence = self.fill(sentence).replacen("{A}", &name, 1);
            return self.annotated(sentence, a);
        }
        let sentence = self.random.one(words::OF_NONE);
        self.fill(sentence)
    }

    /// The name of an entity as a text would write it here.
    fn named(&mut self, entity: usize) -> String {
        let it = &self.cast.entities[entity];
        if self.mentions.contains(&entity) {
            let alias = it.aliases.first().filter(|_| self.random.chance(50));
            let surname = it.name.rsplit(' ').next().filter(|_| it.kind == Kind::Person);
            return surname.or(alias.map(String::as_str)).unwrap_or(&it.name).to_owned();
        }
        self.mentions.push(entity);
        if self.random.chance(4) {
            return format!("[[{}]]", it.name);
        }
        match it.title_in(self.year) {
            Some(title) if self.random.chance(30) => format!("{title} {}", it.name),
            _ => it.name.clone(),
        }
    }

    /// A remark by a person that was named, if there is one.
    fn remark(&mut self) -> String {
        let is_person = |at: &&usize| self.cast.entities[**at].kind == Kind::Person;
        let speaker = self.mentions.iter().find(is_person).copied();
        let remark = self.random.one(words::REMARKS);
        let remark = self.fill(remark);
        let Some(speaker) = speaker else {
            return format!(
                "\"{remark},\" one of the {} said.",
                self.random.one(words::PEOPLE)
            );
        };
        let (name, said) = (self.named(speaker), self.random.one(words::SAYS));
        if self.random.chance(25) {
            let id = self.note(Note::Quote { speaker }, String::new());
            return format!("\"[{remark}][^{id}],\" {name} {said}.");
        }
        format!("\"{remark},\" {name} {said}.")
    }

    /// A sentence, now and then with a note on it.
    fn annotated(&mut self, sentence: String, about: usize) -> String {
        if !self.random.chance(14) || !sentence.ends_with('.') {
            return sentence;
        }
        let text = self.random.one(words::OF_NONE);
        let text = capitalized(&self.fill(text));
        let note = match self.random.below(10) {
            0..4 => {
                let status = ["confirmed", "denied", "disputed", "unconfirmed"];
                let by = self.cast.persons
                    [self.random.below(self.cast.persons.len().min(200))];
                let ledger = self.random.chance(30).then(|| self.random.below(40));
                Note::Claim { status: self.random.one(&status), by, ledger }
            }
            4..6 => {
                let thing = self.random.one(words::THINGS);
                let matter = self.random.one(words::MATTERS);
                let headline = format!("{} on {matter}", capitalized(thing));
                let before = self.random.below(300);
                Note::Event { headline, day: iso(self.day.saturating_sub(before)) }
            }
            6..8 => Note::Source { outlet: self.random.one(words::OUTLETS) },
            _ => Note::Plain,
        };
        let (start, end) = match sentence.rfind(", ") {
            Some(at) if sentence.len() - at > 12 => (at + 2, sentence.len() - 1),
            _ => return format!("{sentence}[^{}]", self.note(note, text)),
        };
        let words = &sentence[start..end];
        if words.contains(['[', '*']) || words.contains(&self.cast.entities[about].name) {
            return format!("{sentence}[^{}]", self.note(note, text));
        }
        let id = self.note(note, text);
        format!("{}[{words}][^{id}].", &sentence[..start])
    }

    fn note(&mut self, note: Note, text: String) -> String {
        let id = format!("n{}", self.annotations.len() + 1);
        self.annotations.push(Annotation { id: id.clone(), note, text });
        id
    }

    /// A sentence with all but its names filled in.
    fn fill(&mut self, sentence: &str) -> String {
        const FEW: &[&str] =
            &["two", "three", "four", "five", "six", "seven", "eight", "nine"];
        const FEW_TH: &[&str] =
            &["second", "third", "fourth", "fifth", "sixth", "seventh"];
        let (mut filled, mut rest) =
            (String::with_capacity(sentence.len() * 2), sentence);
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let (slot, after) = after.split_once('}').expect("slots are closed");
            let random = &mut self.random;
            match slot {
                "adj" => filled.push_str(random.one(words::ADJECTIVES)),
                "thing" => filled.push_str(random.one(words::THINGS)),
                "matter" => filled.push_str(random.one(words::MATTERS)),
                "matter_c" => filled.push_str(&capitalized(random.one(words::MATTERS))),
                "people" => filled.push_str(random.one(words::PEOPLE)),
                "people_c" => filled.push_str(&capitalized(random.one(words::PEOPLE))),
                "act" => filled.push_str(random.one(words::ACTS)),
                "day" => filled.push_str(random.one(words::WEEKDAYS)),
                "month" => filled.push_str(random.one(words::MONTHS)),
                "few" => filled.push_str(random.one(FEW)),
                "few_c" => filled.push_str(&capitalized(random.one(FEW))),
                "few_th" => filled.push_str(random.one(FEW_TH)),
                "year" => filled.push_str(&random.within(1995, 2029).to_string()),
                "n" => filled.push_str(&random.within(12, 980).to_string()),
                name => {
                    filled.push('{');
                    filled.push_str(name);
                    filled.push('}');
                }
            }
            rest = after;
        }
        with_articles(&(filled + rest))
    }
}

/// `an` where a vowel follows.
fn with_articles(sentence: &str) -> String {
    let words: Vec<&str> = sentence.split(' ').collect();
    let mut mended = String::with_capacity(sentence.len() + 4);
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            mended.push(' ');
        }
        mended.push_str(word);
        let next = words.get(at + 1).and_then(|it| it.chars().next());
        if matches!(*word, "a" | "A") && next.is_some_and(|it| "aeiou".contains(it)) {
            mended.push('n');
        }
    }
    mended
}

fn capitalized(text: &str) -> String {
    match text.chars().next() {
        Some(first) => {
            first.to_uppercase().collect::<String>() + &text[first.len_utf8()..]
        }
        None => String::new(),
    }
}

/// Year, month and day of a number of days since 1 January 2016.
fn date(mut day: usize) -> (usize, usize, usize) {
    let mut year = 2016;
    loop {
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let february = if is_leap { 29 } else { 28 };
        let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        for (at, n) in months.into_iter().enumerate() {
            if day < n {
                return (year, at + 1, day + 1);
            }
            day -= n;
        }
        year += 1;
    }
}

fn iso(day: usize) -> String {
    let (year, month, day) = date(day);
    format!("{year}-{month:02}-{day:02}")
}
